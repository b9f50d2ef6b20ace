/**
 * The routes visitors' browsers use: config and reports after consent, erasures at any time. Nothing a client sends is answered
 * with 5xx.
 */
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { maxBodyBytes } from "../../schema/limits.ts";
import type { Report } from "../../schema/report.ts";
import { aimKeys } from "../../schema/settings.ts";
import { bookOf } from "../book/books.ts";
import type { Env } from "../env.ts";
import { countRefusal } from "../operator/refusals.ts";
import { kindOf, Problem } from "../problem.ts";
import { noteRefusal, noteSighting } from "../setup/sightings.ts";
import { type Site, siteOrDeleted, siteWithBooks } from "../sites/sites.ts";
import { configFor, configOfDeleted } from "./config.ts";
import { checkAgainstSite, isTooLate, makeEntries } from "./entries.ts";
import { erase, parseErasure } from "./erase.ts";
import { type Parsed, parseBody } from "./parse.ts";
import { limitSender } from "./rate-limit.ts";

/** Referrer policies make browsers send no origin, or "null": those are taken; a foreign one is not. Throws `foreign-origin`. */
export function checkOrigin(origin: string | undefined, site: Site): void {
	if (origin && origin !== "null" && !site.origins.includes(origin)) throw new Problem("foreign-origin");
}

type IngestContext = Context<{ Bindings: Env }>;
export const ingest = new Hono<{ Bindings: Env }>();

/** The site that a request has named. */
const namedBy = new WeakMap<Request, Site>();

/** What an owner who sets up the site sees of a request; see worker/setup. Nothing where the browser asks not to be measured. */
function note({ req, env, error }: IngestContext, now: number): Promise<unknown> | undefined {
	const site = namedBy.get(req.raw);
	if (!site || req.path === "/v1/erasures" || req.header("Sec-GPC") === "1") return undefined;
	if (error) return noteRefusal(env.DB, site, kindOf(error), req.header("Origin"), now);
	return noteSighting(env.DB, site, req.method === "POST" ? "report" : "config", now);
}

/** Refusals too must be readable by the page that sent: the collector drops what is refused and keeps what is not. */
for (const path of ["/v1/sites/:site/config", "/v1/reports", "/v1/erasures"]) {
	ingest.use(path, async (c, next) => {
		await next();
		const now = Date.now();
		for (const writing of [c.error && countRefusal(c.env.DB, kindOf(c.error), now), note(c, now)])
			if (writing) c.executionCtx.waitUntil(writing);
		c.header("Access-Control-Allow-Origin", c.req.header("Origin") ?? "*");
		c.header("Vary", "Origin");
	});
}

ingest.get("/v1/sites/:site/config", async (c) => {
	const site = await siteOrDeleted(c.env, c.req.param("site"));
	// A refusal would stand in the console of a visitor who still has the page's gate file.
	if (!site) return c.json(configOfDeleted(c.req.param("site"), Date.now()), 200, { "Cache-Control": "no-store" });
	namedBy.set(c.req.raw, site);
	checkOrigin(c.req.header("Origin"), site);
	return c.json(configFor(site, c.req.raw, Date.now()), 200, { "Cache-Control": "no-store" });
});

const withinLimit = bodyLimit({
	maxSize: maxBodyBytes,
	onError: () => {
		throw new Problem("too-large");
	},
});

/** What was parsed. Throws its refusal. */
function accepted<T>(parsed: Parsed<T>): T {
	if (!parsed.ok) throw new Problem(parsed.kind, parsed.detail);
	return parsed.value;
}

/** The site that reports name, if they may come from where they come; undefined for one that was deleted. */
async function siteOfReport(c: IngestContext, reports: Report[]): Promise<Site | undefined> {
	const site = await siteOrDeleted(c.env, reports[0]?.site ?? "").catch((error) => {
		// The address exists; it is the report that names no site.
		throw error instanceof Problem ? new Problem("outside-limits", "No such site.") : error;
	});
	if (!site) return undefined;
	namedBy.set(c.req.raw, site);
	checkOrigin(c.req.header("Origin"), site);
	return siteWithBooks(c.env, site, 1 + Math.max(...reports.map(({ book = 0 }) => book)));
}

ingest.post("/v1/reports", withinLimit, async (c) => {
	const now = Date.now();
	await limitSender(c.req.raw, now);
	if (c.req.header("Sec-GPC") === "1") throw new Problem("privacy-signal");
	const reports = accepted(parseBody(await c.req.text()));
	const site = await siteOfReport(c, reports);
	if (!site) return c.body(null, 204); // too late to count, for good
	checkAgainstSite(reports, site, now);
	const inTime = reports.filter((report) => !isTooLate(report, site, now));
	const entries = await makeEntries(inTime, aimKeys(site.settings));
	// An array may hold several visits, each in a book of its own. Where one book fails, all are sent again, and nothing counts twice.
	const byBook = Map.groupBy(entries, ({ report }) => report.book ?? 0);
	await Promise.all([...byBook].map(([number, some]) => bookOf(c.env, site.id, number).accept(some)));
	return c.body(null, 204);
});

ingest.post("/v1/erasures", withinLimit, async (c) => {
	await limitSender(c.req.raw, Date.now());
	const erasure = accepted(parseErasure(await c.req.text()));
	const site = await siteOfReport(c, [erasure.report]);
	if (!site) throw new Problem("nothing-to-erase"); // it went with the site
	await erase(c.env, site, erasure);
	return c.body(null, 204);
});
