/** Notes over HTTP: owners and viewers read them, owners write and delete them, so that a script that deploys can leave one. */
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { maxBodyBytes } from "../../schema/limits.ts";
import { checkNote } from "../../schema/note.ts";
import { dateOf } from "../../schema/period.ts";
import { guard } from "../access/guard.ts";
import type { Env } from "../env.ts";
import { Problem } from "../problem.ts";
import { siteOf } from "../sites/sites.ts";
import { addNote, notesOf, removeNote } from "./store.ts";

export const notes = new Hono<{ Bindings: Env }>();

const base = "/v1/sites/:site/notes";

for (const path of [base, `${base}/:note`])
	notes.use(path, async (c, next) => {
		await guard(c, c.req.param("site") ?? "", c.req.method === "GET" ? ["owner", "viewer"] : ["owner"]);
		await next();
		c.header("Cache-Control", "no-store");
	});

notes.get(base, async (c) => {
	const { id } = await siteOf(c.env, c.req.param("site"));
	return c.json({ notes: await notesOf(c.env.DB, id) });
});

notes.post(
	base,
	bodyLimit({
		maxSize: maxBodyBytes,
		onError: () => {
			throw new Problem("too-large", "A note takes at most 64 KiB.");
		},
	}),
	async (c) => {
		const { id, timeZone } = await siteOf(c.env, c.req.param("site"));
		const body: unknown = await c.req.json().catch(() => {
			throw new Problem("malformed", "Send the note as JSON.");
		});
		const checked = checkNote(body, dateOf(Date.now(), timeZone));
		if (!checked.ok) throw new Problem("outside-limits", checked.detail);
		return c.json(await addNote(c.env.DB, id, checked.value));
	},
);

notes.delete(`${base}/:note`, async (c) => {
	const { id } = await siteOf(c.env, c.req.param("site"));
	if (!(await removeNote(c.env.DB, id, c.req.param("note")))) throw new Problem("not-found", "There is no such note.");
	return c.body(null, 204);
});
