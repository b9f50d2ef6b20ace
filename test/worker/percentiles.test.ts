import { beforeEach, describe, expect, test } from "vitest";
import { bookOf } from "../../worker/book/books.ts";
import { makeEntries } from "../../worker/ingest/entries.ts";
import type { Pages, Summary, Timeline, Vitals } from "../../worker/stats/answers.ts";
import { startFresh } from "./migrations.ts";
import { closePeriod, figures, makeReport, testEnv, today, yesterday } from "./support.ts";

let key = "";
let policy = "";

beforeEach(async () => {
	({ key, policy } = await startFresh());
});

/** So many views of the front page, each by a browser of its own. */
async function count(views: number, period: string): Promise<void> {
	const reports = Array.from({ length: views }, (_, i) => makeReport(policy, { period, lcpMs: 1000 + 10 * i }));
	await bookOf(testEnv, "shop").accept(await makeEntries(reports));
}

/** Every percentile of a range by route: [what it is, p75, its interval, n, mark]. */
async function percentiles(from: string, to: string) {
	const range = `?from=${from}&to=${to}`;
	const summary = await figures<Summary>(key, "summary", range);
	const [page] = (await figures<Pages>(key, "pages", range)).rows;
	const { vitals } = await figures<Vitals>(key, "vitals", range);
	return [
		...[summary.engagedMs, summary.visibleMs, page?.engagedMs].map((times) => ({
			...times,
			interval: times?.p75Interval,
		})),
		...[summary.vitals.lcp, page?.lcp, vitals.lcp],
	].map((figure) => ({ isGiven: figure?.p75 !== null, isJudged: !!figure?.interval, n: figure?.n, few: figure?.few }));
}

const given = (n: number) => Array(6).fill({ isGiven: true, isJudged: true, n, few: undefined });
const givenAsFew = (n: number) => Array(6).fill({ isGiven: true, isJudged: false, n, few: true });
const withheld = (n: number) => Array(6).fill({ isGiven: false, isJudged: false, n, few: undefined });

describe("a percentile", () => {
	test("of 30 measurements or more comes with its interval, sealed or not", async () => {
		await count(30, today());
		await count(30, yesterday());
		await closePeriod(key, yesterday());
		expect(await percentiles(today(), today())).toEqual(given(30));
		expect(await percentiles(yesterday(), yesterday())).toEqual(given(30));
	});

	test("of fewer than 30 is not given once they are sealed; how many were good, fair and poor is", async () => {
		await count(29, yesterday());
		await closePeriod(key, yesterday());
		expect(await percentiles(yesterday(), yesterday())).toEqual(withheld(29));
		const { vitals } = await figures<Summary>(key, "summary", `?from=${yesterday()}`);
		expect(vitals.lcp).toMatchObject({ good: 29, needs: 0, poor: 0, n: 29 });
	});

	test("of fewer than 30 is given while all of them are open, marked, and without an interval", async () => {
		await count(1, today());
		expect(await percentiles(today(), today())).toEqual(givenAsFew(1));
		await count(28, today());
		expect(await percentiles(today(), today())).toEqual(givenAsFew(29));
	});

	test("of fewer than 30, of which some are sealed, is not given", async () => {
		await count(20, yesterday());
		await closePeriod(key, yesterday());
		await count(9, today());
		expect(await percentiles(yesterday(), today())).toEqual(withheld(29));
	});

	test("on the timeline is judged period by period", async () => {
		await count(29, yesterday());
		await closePeriod(key, yesterday());
		await count(1, today());
		const { points } = await figures<Timeline>(key, "timeline", `?from=${yesterday()}`);
		expect(points.map(({ lcp, engagedMs, provisional }) => [lcp !== null, engagedMs !== null, provisional])).toEqual([
			[false, false, false],
			[true, true, true],
		]);
	});

	test("comes on the timeline with the number of measurements, and from 30 on with its interval", async () => {
		await count(29, yesterday());
		await count(30, today());
		const { points } = await figures<Timeline>(key, "timeline", `?from=${yesterday()}`);
		expect(points.map(({ lcpN, inpN }) => [lcpN, inpN])).toEqual([
			[29, 0],
			[30, 0],
		]);
		expect(points[0]?.lcpInterval).toBeNull();
		const { lcp, lcpInterval: [low, high] = [0, 0] } = points[1] as { lcp: number; lcpInterval: [number, number] };
		expect(low).toBeLessThanOrEqual(lcp);
		expect(high).toBeGreaterThanOrEqual(lcp);
	});

	test("of every vital that was measured is on the timeline, sealed or not", async () => {
		for (const period of [yesterday(), today()]) {
			const all = { lcp: 90, inp: 60, cls: 40, fcp: 80, ttfb: 66 };
			const reports = Array.from({ length: 30 }, () => ({ ...makeReport(policy, { period }), speed: all }));
			await bookOf(testEnv, "shop").accept(await makeEntries(reports));
		}
		const vitalsOf = async () =>
			(await figures<Timeline>(key, "timeline", `?from=${yesterday()}`)).points.map(({ lcp, inp, cls, fcp, ttfb }) =>
				[lcp, inp, cls, fcp, ttfb].map((value) => value !== null),
			);
		const everyOne = Array(5).fill(true);
		expect(await vitalsOf()).toEqual([everyOne, everyOne]);
		await closePeriod(key, yesterday());
		expect(await vitalsOf()).toEqual([everyOne, everyOne]);
	});
});
