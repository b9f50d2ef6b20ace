/**
 * The page of notes and what its forms post. Who may look and who may write is asked for all pages below a site (mount.ts); keys are
 * refused there, and forms of other sites (access/guard.ts).
 */
import { type Context, Hono } from "hono";
import { checkNote } from "../../../schema/note.ts";
import { dateOf } from "../../../schema/period.ts";
import { callerOf, mayOwn } from "../../access/guard.ts";
import type { Env } from "../../env.ts";
import { addNote, changeNote, notesOf, removeNote } from "../../notes/store.ts";
import { Problem } from "../../problem.ts";
import { type Site, siteOf } from "../../sites/sites.ts";
import { field, frameFor } from "../account/routes.tsx";
import { requestLanguage, sendPage } from "../routes.tsx";
import { type NoteForm, renderNotes } from "./page.tsx";

type AppContext = Context<{ Bindings: Env }>;

export const notePages = new Hono<{ Bindings: Env }>();

const base = "/sites/:site/notes";

const siteFor = (c: AppContext): Promise<Site> => siteOf(c.env, c.req.param("site") ?? "");
const back = (c: AppContext) => c.redirect(`/sites/${c.req.param("site")}/notes?lang=${requestLanguage(c)}`, 303);

/** `typed`: what stood in a form that was not understood. */
async function show(c: AppContext, typed?: NoteForm): Promise<Response> {
	const site = await siteFor(c);
	const [notes, caller] = await Promise.all([notesOf(c.env.DB, site.id), callerOf(c)]);
	const asked = notes.find(({ id }) => id === c.req.query("note"));
	const fresh = { id: "", from: dateOf(Date.now(), site.timeZone), to: "", text: "", page: "" };
	const known = asked && { ...asked, to: asked.to === asked.from ? "" : asked.to, page: asked.page ?? "" };
	const frame = frameFor(c, true);
	const html = renderNotes(frame, {
		site,
		notes,
		origin: new URL(c.req.url).origin,
		...(mayOwn(caller, site.id) ? { form: typed ?? known ?? fresh } : {}),
	});
	return sendPage(c, html, frame.nonce);
}

notePages.get(base, (c) => show(c));

notePages.post(base, async (c) => {
	const site = await siteFor(c);
	const [id, from, to, text, page] = await Promise.all(
		["id", "from", "to", "text", "page"].map((name) => field(c, name)),
	);
	const typed: NoteForm = { id: id ?? "", from: from ?? "", to: to ?? "", text: text ?? "", page: (page ?? "").trim() };
	const sent = { text: typed.text, from: typed.from, to: typed.to || typed.from, page: typed.page || null };
	const checked = checkNote(sent, dateOf(Date.now(), site.timeZone));
	if (!checked.ok) return show(c, { ...typed, wrong: checked.field ?? "other" });
	try {
		if (typed.id === "") await addNote(c.env.DB, site.id, checked.value);
		else if (!(await changeNote(c.env.DB, site.id, typed.id, checked.value))) throw new Problem("not-found");
	} catch (error) {
		// Gone meanwhile, or one too many: what was typed stays.
		if (!(error instanceof Problem)) throw error;
		return show(c, { ...typed, id: "", wrong: "other" });
	}
	return back(c);
});

notePages.post(`${base}/remove`, async (c) => {
	await removeNote(c.env.DB, (await siteFor(c)).id, await field(c, "id"));
	return back(c);
});
