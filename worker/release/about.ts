/** What is said of a release itself: to its partners, and with the budget to its owner. */
import { datesOf, dayOf } from "../../schema/period.ts";
import type { Site } from "../sites/stored.ts";
import type { OwnedRelease, ReleaseAbout } from "./answers.ts";
import { type Release, releasedPeriods } from "./definition.ts";
import { budgetOf, togetherOf } from "./plan.ts";
import { type Dates, releasedDates } from "./released.ts";

type SiteOf = Pick<Site, "name" | "timeZone" | "grain">;

/** Definition and dates; all of it was fixed beforehand, or is public by being out. */
export function aboutRelease(
	{ id, name, audience, terms, grain }: Release,
	site: SiteOf,
	released: Dates | undefined,
): ReleaseAbout {
	const { period, groups, pages, countries, unlisted, epsilon, k } = terms;
	return {
		release: id,
		site: site.name,
		name,
		audience,
		period,
		grain,
		timeZone: site.timeZone,
		groups: [...groups],
		pages: [...pages],
		countries: [...countries],
		unlisted,
		epsilon,
		delta: budgetOf(terms, grain).delta,
		k,
		released: released ?? null,
	};
}

const dayMs = 86_400_000;

/** The same with what an owner decides and has spent. */
export async function ownedRelease(d1: D1Database, release: Release, site: SiteOf, now: number): Promise<OwnedRelease> {
	const { frames, webhook, terms, created, starts, ended, grain } = release;
	const periods = await releasedPeriods(d1, release);
	const since = (days: number) => {
		const first = dayOf(now - days * dayMs);
		return periods.filter(({ period }) => (datesOf(period, grain)?.first ?? "") >= first).length;
	};
	return {
		...aboutRelease(release, site, await releasedDates(d1, release)),
		frames,
		webhook,
		samples: terms.samples,
		created: new Date(created).toISOString(),
		starts,
		ended: ended === null ? null : new Date(ended).toISOString(),
		budget: budgetOf(terms, grain),
		spent: { month: togetherOf(terms, since(31)), year: togetherOf(terms, since(366)) },
	};
}
