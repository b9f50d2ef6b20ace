/** The health route: version, migrations, and what waits in the books. */
import { Hono } from "hono";
import { bookOf } from "./book/books.ts";
import type { Env } from "./env.ts";
import { allSites } from "./sites/sites.ts";
import { version } from "./version.ts";

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
		{ version, migrations: migrations.results.map(({ name }) => name), books: Object.fromEntries(books) },
		200,
		{
			"Cache-Control": "no-store",
		},
	);
});
