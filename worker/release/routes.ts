/**
 * The owner's routes: plan, create, list, change and end releases of a site. What was or will be public about a period is never
 * changed. Leaves out what partners read (partner-routes.ts).
 */
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { maxBodyBytes } from "../../schema/limits.ts";
import { guard } from "../access/guard.ts";
import type { Env } from "../env.ts";
import { Problem } from "../problem.ts";
import { siteOf } from "../sites/sites.ts";
import type { Site } from "../sites/stored.ts";
import { ownedRelease } from "./about.ts";
import { type Checked, checkChanges, checkNew, checkTerms } from "./check.ts";
import {
	changeRelease,
	createRelease,
	endRelease,
	type Release,
	refuseBadPeriod,
	releaseOf,
	releasesOf,
} from "./definition.ts";
import { planRelease } from "./plan.ts";
import { resolvePages } from "./sitemap.ts";

type AppContext = Context<{ Bindings: Env }>;

export const releases = new Hono<{ Bindings: Env }>();

const base = "/v1/sites/:site/releases";

for (const path of [base, `${base}/*`]) {
	releases.use(path, async (c, next) => {
		await guard(c, c.req.param("site") ?? "", ["owner"]);
		await next();
		c.header("Cache-Control", "no-store");
	});
	releases.use(
		path,
		bodyLimit({
			maxSize: maxBodyBytes,
			onError: () => {
				throw new Problem("too-large", "A release takes at most 64 KiB.");
			},
		}),
	);
}

const bodyOf = (c: AppContext): Promise<unknown> =>
	c.req.json().catch(() => {
		throw new Problem("malformed", "Send the release as JSON.");
	});

/** The value, or `outside-limits` in the words of the check. */
function accepted<T>(checked: Checked<T>): T {
	if (!checked.ok) throw new Problem("outside-limits", checked.detail);
	return checked.value;
}

/** A release of the path's site. Throws `not-found`. */
async function found(c: AppContext): Promise<{ site: Site; release: Release }> {
	const site = await siteOf(c.env, c.req.param("site") ?? "");
	const release = await releaseOf(c.env.DB, c.req.param("release") ?? "");
	if (release?.site !== site.id) throw new Problem("not-found", "This site has no such release.");
	return { site, release };
}

const answer = async (c: AppContext, site: Site, release: Release) =>
	c.json(await ownedRelease(c.env.DB, release, site, Date.now()));

releases.get(base, async (c) => {
	const site = await siteOf(c.env, c.req.param("site"));
	const rows = await releasesOf(c.env.DB, site.id);
	const now = Date.now();
	return c.json({ releases: await Promise.all(rows.map((row) => ownedRelease(c.env.DB, row, site, now))) });
});

releases.post(`${base}/plan`, async (c) => {
	const site = await siteOf(c.env, c.req.param("site"));
	const terms = accepted(checkTerms(c.env, await bodyOf(c)));
	refuseBadPeriod(site, terms);
	return c.json(await planRelease(c.env, site, await resolvePages(terms, site.origins), Date.now()));
});

releases.post(base, async (c) => {
	const site = await siteOf(c.env, c.req.param("site"));
	const wanted = accepted(checkNew(c.env, await bodyOf(c)));
	refuseBadPeriod(site, wanted);
	const { pages } = await resolvePages(wanted, site.origins);
	return answer(c, site, await createRelease(c.env.DB, site, { ...wanted, pages }, Date.now()));
});

releases.get(`${base}/:release`, async (c) => {
	const { site, release } = await found(c);
	return answer(c, site, release);
});

releases.put(`${base}/:release`, async (c) => {
	const { site, release } = await found(c);
	await changeRelease(c.env.DB, release.id, accepted(checkChanges(await bodyOf(c))));
	return answer(c, site, (await found(c)).release);
});

releases.delete(`${base}/:release`, async (c) => {
	const { site, release } = await found(c);
	await endRelease(c.env.DB, release.id, Date.now());
	return answer(c, site, (await found(c)).release);
});
