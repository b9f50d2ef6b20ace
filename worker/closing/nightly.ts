/** The scheduled work, as a table in words: seal every period whose late reports can no longer come. */
import { lateMs } from "../../schema/limits.ts";
import { boundsOf } from "../../schema/period.ts";
import { bookOf } from "../book/books.ts";
import type { Env } from "../env.ts";
import { allSites, siteOf } from "../sites/sites.ts";

/** Closes what is due on every site. One site's failure does not keep the others waiting; it is tried again next time. */
export async function closeDue(env: Env, now: number): Promise<void> {
	for (const id of await allSites(env)) {
		try {
			const site = await siteOf(env, id, now);
			const book = bookOf(env, id);
			for (const { period, state } of await book.openPeriods()) {
				const bounds = boundsOf(period, site.grain, site.timeZone);
				if (state !== "joining" && bounds && bounds.end + lateMs < now)
					await book.close({ site: id, period, k: site.k }, now);
			}
		} catch (error) {
			console.error(`closing ${id} failed: ${error instanceof Error ? error.message : "unknown error"}`);
		}
	}
}
