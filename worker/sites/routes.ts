/** The owner reads and changes a site's settings. Leaves out the notice, whose versions are published, not changed. */
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { maxBodyBytes } from "../../schema/limits.ts";
import { guard } from "../access/guard.ts";
import type { Env } from "../env.ts";
import { Problem } from "../problem.ts";
import { makeChange } from "./change.ts";
import { settingsOf } from "./settings.ts";
import { siteOf } from "./sites.ts";

/** Who may read and change them. */
const owners = ["owner", "operator"] as const;

export const siteRoutes = new Hono<{ Bindings: Env }>();

siteRoutes.use("/v1/sites/:site/settings", async (c, next) => {
	await guard(c, c.req.param("site"), owners);
	await next();
	c.header("Cache-Control", "no-store");
});

siteRoutes.get("/v1/sites/:site/settings", async (c) => c.json(settingsOf(await siteOf(c.env, c.req.param("site")))));

siteRoutes.put(
	"/v1/sites/:site/settings",
	bodyLimit({
		maxSize: maxBodyBytes,
		onError: () => {
			throw new Problem("too-large", "Settings take at most 64 KiB.");
		},
	}),
	async (c) => {
		const id = c.req.param("site");
		const { name } = await guard(c, id, owners);
		const body: unknown = await c.req.json().catch(() => {
			throw new Problem("malformed", "Send the settings to change as JSON.");
		});
		const changed = await makeChange(c.env, id, name, () => body, Date.now());
		if (!changed.ok) throw new Problem("outside-limits", changed.detail);
		return c.json(settingsOf(await siteOf(c.env, id)));
	},
);
