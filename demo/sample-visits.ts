/**
 * Sample visits of the demo shop: the reports that about 400 invented visits a day would have sent, the same for the same
 * seed. Leaves out sending them, and everything that a report does not hold.
 */
import { createHash } from "node:crypto";
import { claimGroups } from "../collector/bounded.ts";
import { boundaries, vitalLimits } from "../schema/buckets.ts";
import type { Report, ViewKind } from "../schema/report.ts";
import { countedIn, groupsOf } from "../schema/tree-rules.ts";
import { browsersOf, busyness, weekdayOf } from "./browsers.ts";
import * as habits from "./habits.ts";
import { interact } from "./interactions.ts";
import { measureView } from "./measurements.ts";
import { createOutcomes } from "./outcomes.ts";
import { randomFrom } from "./random.ts";
import { type Step, walkThrough } from "./walks.ts";

export interface SampleDay {
	seed: number;
	site: string;
	/** Policy version the visitors have consented to. */
	policy: string;
	/** Local date, yyyy-mm-dd, which is also the period: the demo site's grain is the day. */
	date: string;
	/** Busyness, 1 for about 400 visits. */
	level?: number;
}

/** The day's reports, each page view's last one, visit by visit and oldest first. */
export function sampleReports({ seed, site, policy, date, level = 1 }: SampleDay): Report[] {
	const mood = 1 + 0.05 * randomFrom(`${seed}/mood/${date}`).normal();
	const browsers = browsersOf(seed, date, 400 * level * busyness(date) * mood);
	return browsers.flatMap((browser) => {
		const random = randomFrom(`${seed}/${browser.id}/${date}`);
		const count = 1 + Number(random.chance(0.1)) + Number(random.chance(0.02));
		const begins = Array.from({ length: count }, () => Number(random.pick(habits.hours))).sort((a, b) => a - b);
		const seen = new Set<string>();
		let counted: string[] = [];
		return begins.flatMap((hour, visit) => {
			const walk = walkThrough(random, browser, date);
			const reachedBy = createOutcomes();
			let entrySpeed: number | undefined;
			return walk.steps.map((step, index): Report => {
				const visitFacts = {
					index: index + 1,
					continued: index < walk.steps.length - 1,
					...(index === 0 ? walk.arrival : { before: walk.steps[index - 1]?.page ?? "/" }),
					...(index === 0 && visit === 0 ? { gap: browser.gap } : {}),
					...(step.page === "/turer" && random.chance(habits.searched) ? { search: true as const } : {}),
				};
				const measured = measureView(random, browser, step, index === 0);
				const report: Report = {
					v: 2,
					site,
					view: viewId(`${seed}/${browser.id}/${date}/${visit}/${index}`),
					seq: random.whole(2, 4),
					book: 0,
					consent: {
						policy,
						by: "banner",
						day: browser.consentDay,
						purposes: ["performance", "visits", "interactions"],
						...(browser.consentDay === date && visit + index === 0 ? { given: true as const } : {}),
					},
					period: date,
					hour: weekdayOf(date) * 24 + hour,
					first: [],
					place: {
						page: step.page,
						kind: kindOf(step),
						country: browser.country,
						device: browser.gear.device,
						browser: browser.gear.browser,
						os: browser.gear.os,
						language: browser.language,
					},
					visit: visitFacts,
					...measured,
					...interact(random, step, measured.leaving?.host),
				};
				if (index === 0) entrySpeed = bandOf(report.speed?.lcp);
				const goals = reachedBy(report);
				report.visit = {
					...visitFacts,
					...(entrySpeed === undefined ? {} : { entrySpeed }),
					...(goals.length > 0 ? { goals } : {}),
				};
				report.first = markFirst(report, seen);
				counted = claimGroups(report, counted);
				if (report.bounded) report.bounded = groupsOf(report);
				return report;
			});
		});
	});
}

function kindOf({ page, restored }: Step): ViewKind {
	if (restored) return "restore";
	return habits.pages[page]?.gone ? "404" : "load";
}

/** Band of an LCP: 0 good, 1 needs improvement, 2 poor. */
function bandOf(bucket: number | undefined): number | undefined {
	return bucket === undefined
		? undefined
		: vitalLimits.lcp.filter((limit) => bucket > boundaries.indexOf(limit)).length;
}

/** 128 bits that belong to one view, base64url: unlike the 32 bits of the seeded numbers, they never meet. */
function viewId(text: string): string {
	return createHash("sha256").update(text).digest().subarray(0, 16).toString("base64url");
}

/** The (tree, key) pairs that the browser touches for the first time today. */
function markFirst(report: Report, seen: Set<string>): string[] {
	const marks = new Set<string>();
	for (const [tree, key, mark] of countedIn(report)) {
		const pair = `${tree}\n${key}`;
		if (!seen.has(pair)) marks.add(mark);
		seen.add(pair);
	}
	return [...marks];
}
