/** What is known of a site's set-up: what the Worker has noted, the last look at the owner's page, the books. Leaves out judging it (judge.ts). */
import { booksOf } from "../book/books.ts";
import type { Env } from "../env.ts";
import { shardOf } from "../sites/shards.ts";
import type { Site } from "../sites/sites.ts";
import { judgeSetup, type Setup } from "./judge.ts";
import { sightingsOf } from "./sightings.ts";
import { lookOf } from "./watch.ts";

export async function setupOf(env: Env, site: Site, now: number): Promise<Setup> {
	const [sightings, look, open, closed] = await Promise.all([
		sightingsOf(env.DB, site.id),
		lookOf(env.DB, site.id),
		Promise.all(booksOf(env, site).map((book) => book.openPeriods())),
		hasClosed(env, site),
	]);
	const periods = open.flat();
	return judgeSetup(site, { sightings, look, periods, closed }, now);
}

/** Whether a period of the site's own is closed; those that another tool counted are none. */
async function hasClosed(env: Env, { id, shard }: Site): Promise<boolean> {
	const row = await shardOf(env, { shard })
		.prepare(
			`SELECT 1 FROM closing LEFT JOIN imported USING (site, period)
			WHERE closing.site = ?1 AND imported.source IS NULL LIMIT 1`,
		)
		.bind(id)
		.first();
	return row !== null;
}
