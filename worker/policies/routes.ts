/**
 * The versions of a site's notice: its owner publishes, everybody reads all there ever were. Leaves out which version a gate
 * file carries (worker/sites/gate.ts) and which ones ingest takes.
 */
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { hashPolicy } from "../../schema/canonical.ts";
import { maxBodyBytes } from "../../schema/limits.ts";
import type { PolicyLine } from "../../schema/policy.ts";
import { guard } from "../access/guard.ts";
import type { Env } from "../env.ts";
import { Problem } from "../problem.ts";
import { forgetSite, type Site, siteOf } from "../sites/sites.ts";
import { checkPublication, notePublished, type PolicyRow, publish, versionsOf } from "./publish.ts";

export const policies = new Hono<{ Bindings: Env }>();

/** Public: a visitor's browser, on the site's own pages or anywhere else, may compare what it agreed to with what was published. */
policies.use("/v1/sites/:site/policies/*", async (c, next) => {
	await next();
	c.header("Access-Control-Allow-Origin", "*");
});

/** What is said of a version. Those from before there was a chain follow nothing, and their name is an older hash. */
async function lineOf({ version, follows, material, notice, published }: PolicyRow, site: Site): Promise<PolicyLine> {
	return {
		policy: version,
		sha256: await hashPolicy({ follows, material, notice }),
		follows,
		material,
		published: new Date(published).toISOString(),
		holds: site.valid.has(version),
	};
}

policies.get("/v1/sites/:site/policies", async (c) => {
	const site = await siteOf(c.env, c.req.param("site"));
	const lines = await Promise.all(site.policies.toReversed().map((row) => lineOf(row, site)));
	return c.json({ site: site.id, policies: lines }, 200, { "Cache-Control": "public, max-age=60" });
});

policies.get("/v1/sites/:site/policies/:policy", async (c) => {
	const site = await siteOf(c.env, c.req.param("site"));
	const row = site.policies.find(({ version }) => version === c.req.param("policy"));
	if (!row) throw new Problem("not-found", "No such version of the notice.");
	return c.json({ ...(await lineOf(row, site)), notice: row.notice }, 200, { "Cache-Control": "public, max-age=60" });
});

policies.post(
	"/v1/sites/:site/policies",
	async (c, next) => {
		await guard(c, c.req.param("site"), ["owner"]);
		await next();
	},
	bodyLimit({
		maxSize: maxBodyBytes,
		onError: () => {
			throw new Problem("too-large", "A notice takes at most 64 KiB.");
		},
	}),
	async (c) => {
		const id = c.req.param("site");
		const body: unknown = await c.req.json().catch(() => {
			throw new Problem("malformed", "Send material and notice as JSON.");
		});
		const latest = (await versionsOf(c.env.DB, id)).at(-1);
		const checked = checkPublication(body, latest);
		if (!checked.ok) throw new Problem("outside-limits", checked.detail);
		const { name } = await guard(c, id, ["owner"]);
		const row = await publish(c.env.DB, id, checked.value, latest, Date.now());
		await notePublished(c.env.DB, row, name);
		forgetSite(id);
		const line = await lineOf(row, await siteOf(c.env, id));
		return c.json({ ...line, notice: row.notice }, 200, { "Cache-Control": "no-store" });
	},
);
