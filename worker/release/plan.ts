/**
 * What a release would show, told to the owner before it is switched on, from the site's own sealed past: pages, share of page
 * views, widths of intervals, budget. Nothing of it goes to partners, and nothing of it decides what is declared.
 */
import { and, desc, eq, gte, inArray } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { maxBoundedPages } from "../../schema/limits.ts";
import { datesOf, type Grain, periodOfDate, periodsBetween } from "../../schema/period.ts";
import type { ReleasePeriod, ReleaseTerms } from "../../schema/release.ts";
import { cell, closing } from "../../schema/tables.ts";
import { otherName } from "../../schema/tree-rules.ts";
import type { Env } from "../env.ts";
import { decode, read } from "../query/tally.ts";
import { shardOf } from "../sites/shards.ts";
import type { Site } from "../sites/stored.ts";
import type { ReleaseBudget, ReleasePlan } from "./answers.ts";
import { activeReleases, nextStart } from "./definition.ts";
import { groupRules } from "./groups.ts";
import { halfWidth } from "./interval.ts";
import { composed, epsilonOf, noiseDelta, rhoOf, sigma2Of, thresholdDelta, thresholdOf } from "./noise/accountant.ts";

/** Of the site's past, so many closed periods. */
const pastPeriods = 14;

/** The most periods that a browser can be in. */
const periodsIn: Record<Grain, { month: number; year: number }> = {
	day: { month: 31, year: 366 },
	week: { month: 5, year: 53 },
	month: { month: 1, year: 12 },
};

/** What so many periods tell together; names of unlisted pages cost their own part of δ. */
export function togetherOf({ epsilon, unlisted }: Pick<ReleaseTerms, "epsilon" | "unlisted">, periods: number) {
	if (periods === 0) return { periods, epsilon: 0, delta: 0 };
	const all = composed(epsilon, periods);
	return { periods, epsilon: rounded(all.epsilon), delta: unlisted ? all.delta : noiseDelta };
}

/** Shown to people: two decimals, upwards. */
const rounded = (epsilon: number) => Math.ceil(epsilon * 100) / 100;

export function budgetOf(terms: Pick<ReleaseTerms, "epsilon" | "unlisted">, grain: Grain): ReleaseBudget {
	const { month, year } = periodsIn[grain];
	return {
		epsilon: terms.epsilon,
		delta: noiseDelta + (terms.unlisted ? thresholdDelta : 0),
		month: togetherOf(terms, month),
		year: togetherOf(terms, year),
	};
}

/** How many of the site's periods what partners see at once is made of; 1 where they are the same. */
function periodsOfShown(grain: Grain, period: ReleasePeriod, label: string): number {
	const dates = datesOf(label, grain);
	const shown = dates && datesOf(periodOfDate(dates.first, period), period);
	return shown ? periodsBetween(shown.first, shown.last, grain).length : 1;
}

/** The plan of resolved terms. */
export async function planRelease(env: Env, site: Site, terms: ReleaseTerms, now: number): Promise<ReleasePlan> {
	const { pages, unlisted, groups, epsilon, k, period } = terms;
	const threshold = unlisted ? thresholdOf(sigma2Of(groupRules.page, epsilon), maxBoundedPages) + k - 1 : null;
	const others = await activeReleases(env.DB, site.id);
	const starts = nextStart(site, period, now);
	const each = periodsOfShown(site.grain, period, starts);
	const rho = others.reduce((sum, one) => sum + one.rho, rhoOf(epsilon));
	const names = thresholdDelta * (others.filter((one) => one.terms.unlisted).length + (unlisted ? 1 : 0));
	return {
		pages,
		starts,
		...(await pastOf(env, site, pages, threshold)),
		groups: groups.map((group) => {
			const sigma2 = sigma2Of(groupRules[group], epsilon);
			return { group, plusMinus: halfWidth(sigma2), ofPeriod: halfWidth(each * sigma2) };
		}),
		threshold,
		budget: budgetOf(terms, site.grain),
		together: { releases: others.length + 1, epsilon: rounded(epsilonOf(rho)), delta: noiseDelta + names },
	};
}

/** What of the last closed periods would have been shown. A sealed cell's devices stand for the noisy count. */
async function pastOf(
	env: Env,
	site: Site,
	declared: readonly string[],
	threshold: number | null,
): Promise<Pick<ReleasePlan, "basis" | "shown">> {
	const db = drizzle(shardOf(env, site));
	const closings = await db
		.select({ period: closing.period })
		.from(closing)
		.where(eq(closing.site, site.id))
		.orderBy(desc(closing.period))
		.limit(pastPeriods);
	const labels = closings.map(({ period }) => period).sort();
	const [first = "", last = ""] = [labels[0], labels.at(-1)];
	const [from, to] = [datesOf(first, site.grain)?.first, datesOf(last, site.grain)?.last];
	if (!from || !to) return { basis: null, shown: { pages: declared.length, share: null } };
	const rows = await db
		.select({ key: cell.key, devices: cell.devices, tally: cell.tally })
		.from(cell)
		.where(and(eq(cell.site, site.id), inArray(cell.tree, ["page"]), gte(cell.period, first)));
	let [all, onShown, named] = [0, 0, 0];
	for (const { key, devices, tally } of rows) {
		const views = read(decode(tally), "views");
		all += views;
		const isNamed = key !== otherName && !declared.includes(key) && threshold !== null && devices >= threshold;
		if (isNamed) named++;
		if (isNamed || declared.includes(key)) onShown += views;
	}
	return {
		basis: { from, to, periods: labels.length },
		shown: {
			pages: declared.length + Math.round(named / labels.length),
			share: all === 0 ? null : onShown / all,
		},
	};
}
