/** The scheduled work, in words: release and seal every period whose late reports can no longer come, erase what waited for that, delete what is too old to keep and what is left of deleted sites, sum months and usual ranges. */
import { lateMs } from "../../schema/limits.ts";
import { boundsOf } from "../../schema/period.ts";
import { forgetOldLog } from "../access/log.ts";
import { bookOf, booksOf } from "../book/books.ts";
import type { Env } from "../env.ts";
import { type Watch, watchWork } from "../operator/alerts.ts";
import { checkReleases, closeEmpty } from "../release/complete.ts";
import { endWatch } from "../setup/watch.ts";
import { deliverSummaries } from "../sharing/delivery.ts";
import { forgetWho, sitesToDelete } from "../sites/delete.ts";
import { shardOf } from "../sites/shards.ts";
import { allSites, forgetSite, type Site, siteOrDeleted } from "../sites/sites.ts";
import { planFor } from "./close.ts";
import { deleteRest, deletionStep } from "./delete-sites.ts";
import { keepLoads } from "./loads.ts";
import { sumMonths } from "./months.ts";
import { forgetOld } from "./retain.ts";
import { sumSpans } from "./spans.ts";

/** Tells those who asked about a site what there is to tell; the words come from the dashboard, which nothing here imports. */
export type Telling = (env: Env, site: Site, now: number) => Promise<void>;

/** Does what is due on every site. One site's failure does not keep the others waiting; it is tried again next time. */
export async function doDueWork(env: Env, now: number, tell?: Telling): Promise<void> {
	const watch = await watchWork(env, now);
	for (const site of await sitesToDelete(env.DB))
		await watch.attempt(deletionStep(site.id), () => deleteRest(env, site, now));
	await forgetWho(env.DB, now);
	for (const id of await allSites(env)) {
		await watch.attempt({ site: id, kind: "upkeep", subject: "" }, async () => {
			forgetSite(id); // a book too few would be a book left out
			const site = await siteOrDeleted(env, id, now);
			if (!site) return; // since this run began
			await closeDue(env, site, now, watch);
			await closeEmpty(env, site, now, watch);
			await checkReleases(env, site, now, watch);
			const telling = { site: site.id, kind: "upkeep", subject: "webhooks" } as const;
			await watch.attempt(telling, () => deliverSummaries(env, site, now));
			for (const book of booksOf(env, site)) await book.applyErasures({ id: site.id, shard: site.shard }, now);
			await keepLoads(env, site, now);
			await forgetOld(shardOf(env, site), site, now);
			await forgetOldLog(env.DB, site.id, now);
			await endWatch(env.DB, site, now);
			await sumMonths(shardOf(env, site), site, now);
			await sumSpans(shardOf(env, site), site, now);
			const messages = { site: site.id, kind: "upkeep", subject: "messages" } as const;
			if (tell) await watch.attempt(messages, () => tell(env, site, now));
		});
	}
}

/** Oldest first; one that fails keeps those after it waiting, because a too small period joins the next. */
async function closeDue(env: Env, site: Site, now: number, watch: Watch): Promise<void> {
	const rows = (await Promise.all(booksOf(env, site).map((book) => book.openPeriods()))).flat();
	const periods = new Set(rows.filter(({ state }) => state !== "joining").map(({ period }) => period));
	for (const period of [...periods].sort()) {
		const bounds = boundsOf(period, site.grain, site.timeZone);
		if (!bounds || bounds.end + lateMs >= now) continue;
		const step = { site: site.id, kind: "closing", subject: period } as const;
		if (!(await watch.attempt(step, () => bookOf(env, site.id).close(planFor(site, period), now)))) break;
	}
	await watch.endClosings(site.id, periods);
}
