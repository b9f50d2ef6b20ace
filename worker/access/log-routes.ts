/** The owner reads a site's log of access, as JSON or CSV. */
import { Hono } from "hono";
import * as v from "valibot";
import { accessEvents } from "../../schema/access.ts";
import { said } from "../../schema/words.ts";
import type { Env } from "../env.ts";
import { writeLines } from "../stats/csv.ts";
import { guard } from "./guard.ts";
import { readLog } from "./log.ts";

/** More than a place of people can do in a year. */
const mostEntries = 10_000;

export const logAnswer = v.object({
	entries: v.array(
		v.object({
			at: said(v.string(), "Instant, ISO 8601.", "Tidspunkt, ISO 8601."),
			who: said(v.string(), "Name of the person or key.", "Navnet på personen eller nøkkelen."),
			what: v.picklist(accessEvents),
			about: said(v.string(), "Role, release or file; may be empty.", "Rolle, utgivelse eller fil; kan være tom."),
		}),
	),
});

export const accessLogRoutes = new Hono<{ Bindings: Env }>();

async function entriesOf(env: Env, site: string) {
	const entries = await readLog(env.DB, site, mostEntries);
	return entries.map(({ at, ...entry }) => ({ at: new Date(at).toISOString(), ...entry }));
}

accessLogRoutes.get("/v1/sites/:site/log", async (c) => {
	const site = c.req.param("site");
	await guard(c, site, ["owner"]);
	const answer: v.InferOutput<typeof logAnswer> = { entries: await entriesOf(c.env, site) };
	return c.json(answer, 200, { "Cache-Control": "no-store" });
});

accessLogRoutes.get("/v1/sites/:site/log.csv", async (c) => {
	const site = c.req.param("site");
	await guard(c, site, ["owner"]);
	const rows = (await entriesOf(c.env, site)).map(({ at, who, what, about }) => [at, who, what, about]);
	return c.body(writeLines([["at", "who", "what", "about"], ...rows]), 200, {
		"Content-Type": "text/csv; charset=utf-8",
		"Content-Disposition": `attachment; filename="${site}-log.csv"`,
		"Cache-Control": "no-store",
		"X-Content-Type-Options": "nosniff",
	});
});
