/** The scheduled work, in words: seal every period whose late reports can no longer come, erase what waited for that, delete what is too old to keep, sum months. */
import { lateMs } from "../../schema/limits.ts";
import { boundsOf } from "../../schema/period.ts";
import { bookOf } from "../book/books.ts";
import type { Env } from "../env.ts";
import { allSites, type Site, siteOf } from "../sites/sites.ts";
import { sumMonths } from "./months.ts";
import { forgetOld } from "./retain.ts";

/** Does what is due on every site. One site's failure does not keep the others waiting; it is tried again next time. */
export async function doDueWork(env: Env, now: number): Promise<void> {
	for (const id of await allSites(env)) {
		try {
			const site = await siteOf(env, id, now);
			await closeDue(env, site, now);
			await bookOf(env, site.id).applyErasures(site.id, now);
			await forgetOld(env, site, now);
			await sumMonths(env, site, now);
		} catch (error) {
			console.error(`scheduled work of ${id} failed: ${error instanceof Error ? error.message : "unknown error"}`);
		}
	}
}

async function closeDue(env: Env, site: Site, now: number): Promise<void> {
	const book = bookOf(env, site.id);
	for (const { period, state } of await book.openPeriods()) {
		const bounds = boundsOf(period, site.grain, site.timeZone);
		if (state !== "joining" && bounds && bounds.end + lateMs < now)
			await book.close({ site: site.id, period, k: site.k }, now);
	}
}
