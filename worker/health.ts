/** The health route: version, migrations, and what waits in the books. */
import { Hono } from "hono";
import * as v from "valibot";
import { said } from "../schema/words.ts";
import { bookOf } from "./book/books.ts";
import type { Env } from "./env.ts";
import { allSites } from "./sites/sites.ts";
import { version } from "./version.ts";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const healthAnswer = v.object({
	version: v.string(),
	migrations: v.array(v.string()),
	books: said(
		v.record(v.string(), v.object({ pending: count, late: count, open: v.array(v.string()) })),
		"By site: page views that wait, reports that came too late, and the periods that are open.",
		"Per nettsted: sidevisninger som venter, rapporter som kom for sent, og periodene som er åpne.",
	),
});

export const health = new Hono<{ Bindings: Env }>();

health.get("/healthz", async (c) => {
	const migrations = await c.env.DB.prepare("SELECT name FROM d1_migrations ORDER BY id").all<{ name: string }>();
	const books = await Promise.all(
		(await allSites(c.env)).map(async (site) => {
			const { pending, late, open } = await bookOf(c.env, site).status();
			return [site, { pending, late, open }] as const;
		}),
	);
	return c.json(
		{
			version,
			migrations: migrations.results.map(({ name }) => name),
			books: Object.fromEntries(books),
		} satisfies v.InferOutput<typeof healthAnswer>,
		200,
		{
			"Cache-Control": "no-store",
		},
	);
});
