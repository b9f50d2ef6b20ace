/** Gathers what the page about privacy tells besides the figures, from the site, its book, its closed books and its releases. */
import { count, eq, max } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { dateOf } from "../../../schema/period.ts";
import { erasure } from "../../../schema/tables.ts";
import { erasingNow } from "../../book/books.ts";
import type { Env } from "../../env.ts";
import { grantDaysOf } from "../../policies/publish.ts";
import { ownedRelease } from "../../release/about.ts";
import { releasesOf } from "../../release/definition.ts";
import { shardOf } from "../../sites/shards.ts";
import type { Site } from "../../sites/stored.ts";
import { clockOf } from "./clock.ts";
import type { PrivacyFacts } from "./facts.ts";

export async function privacyFacts(env: Env, site: Site, isOwner: boolean, now: number): Promise<PrivacyFacts> {
	const [waiting, [corrected], releases] = await Promise.all([
		erasingNow(env, site),
		drizzle(shardOf(env, site))
			.select({ done: count(), last: max(erasure.applied) })
			.from(erasure)
			.where(eq(erasure.site, site.id)),
		isOwner ? releasesOf(env.DB, site.id) : undefined,
	]);
	const { done = 0, last = null } = corrected ?? {};
	const going = releases?.filter(({ ended }) => ended === null);
	return {
		site: { ...site, grantDays: grantDaysOf(site.notice) },
		clock: clockOf(site, now),
		erasures: { waiting, done, last: last === null ? null : dateOf(last, site.timeZone) },
		...(going ? { shared: await Promise.all(going.map((one) => ownedRelease(env.DB, one, site, now))) } : {}),
	};
}
