/** Every list of the Stats API against a naive count over the reports that were sent. */
import { beforeEach, describe, expect, test } from "vitest";
import { bucketOf } from "../../schema/buckets.ts";
import { addDays } from "../../schema/period.ts";
import type { Report } from "../../schema/report.ts";
import { bookOf } from "../../worker/book/books.ts";
import { makeEntries } from "../../worker/ingest/entries.ts";
import { edgesOf } from "../../worker/query/quantile.ts";
import { saveSettings, settingsOf } from "../../worker/sites/settings.ts";
import { forgetSite, siteOf } from "../../worker/sites/sites.ts";
import type {
	Channels,
	Countries,
	Devices,
	Elements,
	Events,
	Funnels,
	Goals,
	Hours,
	Leaving,
	Resources,
	Responses,
	Summary,
	Timeline,
} from "../../worker/stats/answers.ts";
import { startFresh } from "./migrations.ts";
import { seeded } from "./parts.ts";
import { call, closePeriod, figures, makeReport, makeVisit, testEnv, today, yesterday } from "./support.ts";

let key = "";
let policy = "";

beforeEach(async () => {
	({ key, policy } = await startFresh());
	const site = await siteOf(testEnv, "shop");
	await saveSettings(testEnv.DB, "shop", {
		...settingsOf(site),
		goals: [{ name: "bestilt", kind: "page", match: "/takk" }],
		funnels: [
			{
				name: "handel",
				steps: [
					{ kind: "page", match: "/turer*" },
					{ kind: "event", match: "kjøp" },
				],
			},
		],
	});
	forgetSite("shop");
});

async function take(reports: Report[]): Promise<void> {
	await bookOf(testEnv, "shop").accept(await makeEntries(reports));
}

const pages = ["/", "/turer", "/turer/kajakk", "/priser", "/takk"];
/** Visits with parts of every kind, drawn from a seed. */
function drawVisits(seed: number, count: number, period?: string): Report[] {
	const random = seeded(seed);
	const among = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
	return Array.from({ length: count }, (_, visit) =>
		makeVisit(
			policy,
			Array.from({ length: 1 + Math.floor(random() * 4) }, () => among(pages)),
			{
				parts: seed + visit * 10,
				how: among(["closed", "outbound", "away"] as const),
				channel: among(["search", "direct", "email"] as const),
				device: among(["mobile", "desktop"] as const),
				gap: among([1, 7, 31]),
				lcpMs: 500 + random() * 4000,
				...(period ? { period } : {}),
			},
		),
	).flat();
}

const isEntry = ({ visit }: Report) => visit?.index === 1;
const countOf = (reports: Report[], is: (report: Report) => unknown) => reports.filter(is).length;

/** Reports by a name each of them has, or by several. */
function groupBy(reports: Report[], names: (report: Report) => (string | undefined)[]): Map<string, Report[]> {
	const groups = new Map<string, Report[]>();
	for (const report of reports)
		for (const name of names(report)) if (name !== undefined) groups.set(name, [...(groups.get(name) ?? []), report]);
	return groups;
}

/** Views, visits and bounces by name, sorted. */
function mainCounts(reports: Report[], name: (report: Report) => string | undefined) {
	return [...groupBy(reports, (report) => [name(report)])]
		.map(([of, group]) => [
			of,
			group.length,
			countOf(group, isEntry),
			countOf(group, (report) => isEntry(report) && !report.visit?.continued),
		])
		.sort();
}

/** The same of an answer's rows. */
function mainOf<Row extends { views: number; visits: number; bounces: number }>(rows: Row[], name: keyof Row) {
	return rows.map((row) => [String(row[name]), row.views, row.visits, row.bounces]).sort();
}

/** Times and page views of a list of [name, times], by name, sorted. */
function happened(reports: Report[], list: (report: Report) => readonly (readonly [string, number])[] | undefined) {
	const lines = reports.flatMap((report) => list(report) ?? []);
	return [...new Set(lines.map(([name]) => name))]
		.map((name) => {
			const own = lines.filter(([of]) => of === name);
			return [name, own.reduce((sum, [, times]) => sum + times, 0), own.length];
		})
		.sort();
}

describe("figures of an open period equal a naive count over the reports", () => {
	const seeds = [1, 2, 3];

	test.each(seeds)("countries, languages, devices, browsers, systems and hours (seed %i)", async (seed) => {
		const reports = drawVisits(seed, 40);
		await take(reports);
		const countries = await figures<Countries>(key, "countries");
		expect(mainOf(countries.rows, "country")).toEqual(mainCounts(reports, ({ place }) => place.country));
		expect(mainOf(countries.languages, "language")).toEqual(mainCounts(reports, ({ place }) => place.language));
		const devices = await figures<Devices>(key, "devices");
		expect(mainOf(devices.systems, "os")).toEqual(mainCounts(reports, ({ place }) => place.os));
		for (const { device, browsers, views } of devices.rows) {
			const own = reports.filter(({ place }) => place.device === device);
			expect(views).toBe(own.length);
			expect(mainOf(browsers, "browser")).toEqual(mainCounts(own, ({ place }) => place.browser));
		}
		const hours = await figures<Hours>(key, "hours");
		expect(mainOf(hours.rows, "hour")).toEqual(mainCounts(reports, ({ hour }) => `${hour}`));
		expect(hours.rows.map(({ hour }) => hour)).toEqual(
			[...new Set(reports.map(({ hour }) => hour))].sort((a, b) => a - b),
		);
	});

	test.each(seeds)("channels with campaigns, and where outbound links led (seed %i)", async (seed) => {
		const reports = drawVisits(seed, 40);
		await take(reports);
		const entries = reports.filter(isEntry);
		for (const { channel, visits, bounces, campaigns } of (await figures<Channels>(key, "channels")).rows) {
			const own = entries.filter(({ visit }) => visit?.channel === channel);
			expect([visits, bounces]).toEqual([own.length, countOf(own, ({ visit }) => !visit?.continued)]);
			expect(mainOf(campaigns, "campaign")).toEqual(mainCounts(own, ({ visit }) => visit?.campaign));
		}
		const { targets } = await figures<Leaving>(key, "leaving");
		expect(targets?.map(({ host, views }) => [host, views]).sort()).toEqual(
			[...groupBy(reports, ({ leaving }) => [leaving?.host])].map(([host, own]) => [host, own.length]).sort(),
		);
		expect((await figures<Leaving>(key, "leaving", "?page=/")).targets).toBeNull();
	});

	test.each(seeds)(
		"events with properties, downloads, outbound links, errors, searches, 404 (seed %i)",
		async (seed) => {
			const reports = drawVisits(seed, 40);
			await take(reports);
			const events = await figures<Events>(key, "events");
			expect(events.rows.map(({ event, times, views }) => [event, times, views]).sort()).toEqual(
				happened(reports, ({ own }) => own?.events),
			);
			const properties = events.rows.flatMap(({ event, properties: own }) =>
				own.map(({ property, value, times, views }) => [`${event}\t${property}=${value}`, times, views]),
			);
			expect(properties.sort()).toEqual(happened(reports, ({ own }) => own?.properties));
			const lists = (["downloads", "errors", "outbound"] as const).map((list) => [
				(events[list] as { times: number; views: number }[])
					.map((row) => [Object.values(row)[0], row.times, row.views])
					.sort(),
				happened(reports, ({ interaction }) => interaction?.[list]),
			]);
			for (const [shown, counted] of lists) expect(shown).toEqual(counted);
			const pagesOf = (is: (report: Report) => unknown) =>
				[...groupBy(reports.filter(is), ({ place }) => [place.page])].map(([page, own]) => [page, own.length]).sort();
			expect(events.searches.map(({ page, views }) => [page, views]).sort()).toEqual(
				pagesOf(({ visit }) => visit?.search),
			);
			expect(events.notFound.map(({ page, views }) => [page, views]).sort()).toEqual(
				pagesOf(({ place }) => place.kind === "404"),
			);
		},
	);

	test.each(seeds)(
		"elements with signals of frustration, LCP and INP, forms and where they were given up (seed %i)",
		async (seed) => {
			const reports = drawVisits(seed, 30);
			await take(reports);
			for (const page of pages) {
				const { rows, forms, scroll } = await figures<Elements>(key, "elements", `?page=${page}`);
				const here = reports.filter(({ place }) => place.page === page);
				for (const row of rows) {
					const lines = here.flatMap(({ interaction }) =>
						(interaction?.clicks ?? []).filter(([element]) => element === row.element),
					);
					const sum = (at: number) => lines.reduce((total, line) => total + Number(line[at] ?? 0), 0);
					expect([row.clicks, row.views, row.rage, row.dead, row.afterError]).toEqual([
						sum(1),
						lines.length,
						sum(2),
						sum(3),
						sum(4),
					]);
					expect(row.lcp.n).toBe(
						countOf(here, ({ speed }) => speed?.lcp !== undefined && speed.lcpOf?.element === row.element),
					);
					expect(row.inp.n).toBe(
						countOf(here, ({ speed }) => speed?.inp !== undefined && speed.inpOf?.element === row.element),
					);
				}
				const begun = here.flatMap(({ interaction }) => interaction?.forms ?? []);
				for (const { form, started, submitted, abandoned, fields } of forms) {
					const own = begun.filter(([name]) => name === form);
					const sent = own.filter(([, times]) => times > 0).length;
					expect([started, submitted, abandoned]).toEqual([own.length, sent, own.length - sent]);
					for (const { field, abandoned: here } of fields)
						expect(here).toBe(own.filter(([, times, last]) => times === 0 && last === field).length);
				}
				expect(forms.length).toBe(new Set(begun.map(([name]) => name)).size);
				expect(scroll.reduce((sum, { views }) => sum + views, 0)).toBe(here.length);
			}
		},
	);

	test.each(seeds)("response phases, parts of LCP and INP, requests and what they cost (seed %i)", async (seed) => {
		const reports = drawVisits(seed, 40);
		await take(reports);
		const { phases, lcpParts, inpParts, vitals, rows, limits } = await figures<Responses>(key, "responses");
		// A phase that took no time is left out of a report that has phases.
		for (const phase of ["waiting", "cache", "dns", "connect", "request", "response"] as const)
			expect(phases[phase].n).toBe(countOf(reports, ({ speed }) => speed?.phases !== undefined));
		for (const part of ["delay", "load", "render"] as const)
			expect(lcpParts[part].n).toBe(countOf(reports, ({ speed }) => speed?.lcpOf?.[part] !== undefined));
		for (const part of ["input", "processing", "presentation"] as const)
			expect(inpParts[part].n).toBe(countOf(reports, ({ speed }) => speed?.inpOf?.[part] !== undefined));
		expect(vitals.ttfb.n).toBe(reports.length);
		expect(rows.reduce((sum, { ttfb }) => sum + ttfb.n, 0)).toBe(reports.length);
		expect(limits).toEqual({ ttfb: [800, 1800], lcp: [2500, 4000], inp: [200, 500] });

		const resources = await figures<Resources>(key, "resources");
		expect(resources.rows.map(({ costMs }) => costMs)).toEqual(
			resources.rows.map(({ costMs }) => costMs).sort((a, b) => b - a),
		);
		for (const { kind, name, requests, failed, durationMs, costMs } of resources.rows) {
			const lines = reports
				.flatMap(({ speed }) => (kind === "route" ? speed?.routes : speed?.parties) ?? [])
				.filter(([of]) => of === name);
			expect([requests, failed]).toEqual([2, 3].map((at) => lines.reduce((sum, line) => sum + Number(line[at]), 0)));
			expect(durationMs.n).toBe(requests);
			const bound = (edge: "from" | "to") =>
				lines.reduce((sum, [, bucket, n]) => sum + n * Number(edgesOf(bucket)[edge]), 0);
			expect(costMs).toBeGreaterThan(bound("from"));
			expect(costMs).toBeLessThan(bound("to"));
		}
	});

	test.each(seeds)("goals and funnels, also by the speed of the entry (seed %i)", async (seed) => {
		const reports = drawVisits(seed, 40);
		await take(reports);
		const reachedBy = (goal: string) => reports.filter(({ visit }) => visit?.goals?.includes(goal));
		const visits = countOf(reports, isEntry);
		const goals = await figures<Goals>(key, "goals");
		const own = reachedBy("bestilt");
		expect(goals.rows).toEqual([
			{
				goal: "bestilt",
				kind: "page",
				match: "/takk",
				reached: own.length,
				rate: own.length / visits,
				bySpeed: ["good", "needs", "poor", "unknown"].map((speed, band) => {
					const isBand = ({ visit }: Report) => (visit?.entrySpeed ?? 3) === band;
					return {
						speed,
						visits: countOf(reports, (report) => isEntry(report) && isBand(report)),
						reached: countOf(own, isBand),
					};
				}),
			},
		]);
		const { rows } = await figures<Funnels>(key, "funnels");
		expect(rows.map(({ funnel, steps }) => [funnel, ...steps.map(({ step, reached }) => [step, reached])])).toEqual([
			["handel", [1, reachedBy("handel\t1").length], [2, reachedBy("handel\t2").length]],
		]);
	});

	test.each(seeds)(
		"the summary: visits by index and speed, new and returning, errors and the like (seed %i)",
		async (seed) => {
			const reports = drawVisits(seed, 40);
			await take(reports);
			const summary = await figures<Summary>(key, "summary", `?from=${today()}`); // else some were here earlier
			expect(summary.byIndex).toEqual(
				[1, 2, 3, 4]
					.map((index) => ({ index, views: countOf(reports, ({ visit }) => visit?.index === index) }))
					.filter(({ views }) => views > 0),
			);
			for (const [band, { visits, bounces, goals }] of summary.bySpeed.entries()) {
				const own = reports.filter(({ visit }) => (visit?.entrySpeed ?? 3) === band);
				expect(visits).toBe(countOf(own, isEntry));
				expect(bounces).toBe(countOf(own, (report) => isEntry(report) && !report.visit?.continued));
				expect(goals).toBe(countOf(own, ({ visit }) => visit?.goals?.includes("bestilt")));
			}
			const isNew = countOf(reports, ({ visit }) => visit?.gap === 31);
			const isBack = countOf(reports, ({ visit }) => visit?.gap !== undefined && visit.gap < 31);
			expect(summary).toMatchObject({
				newVisitors: { low: isNew, high: isNew },
				returningVisitors: { low: isBack, high: isBack },
				notFound: countOf(reports, ({ place }) => place.kind === "404"),
				searches: countOf(reports, ({ visit }) => visit?.search),
				errors: reports
					.flatMap(({ interaction }) => interaction?.errors ?? [])
					.reduce((sum, [, times]) => sum + times, 0),
			});
			expect(await figures<Summary>(key, "summary", "?device=mobile")).toMatchObject({ errors: null });
		},
	);
});

describe("what a list says of itself", () => {
	const fromCountries = (...countries: string[]) =>
		countries.map((country) => {
			const report = makeReport(policy, { period: yesterday() });
			return { ...report, place: { ...report.place, country } };
		});

	test("a sealed period shows rare names as (other), last, and the share that is hidden", async () => {
		const many = (country: string, count: number) => fromCountries(...Array.from({ length: count }, () => country));
		await take([...many("NO", 10), ...many("DE", 6), ...many("SE", 4), ...many("GB", 3)]);
		expect((await figures<Countries>(key, "countries")).hidden).toBe(0);
		expect((await closePeriod(key, yesterday())).status).toBe(200);
		const sealed = await figures<Countries>(key, "countries");
		expect(sealed.rows.map(({ country, views }) => [country, views])).toEqual([
			["NO", 10],
			["DE", 6],
			["(other)", 7],
		]);
		expect(sealed.hidden).toBeCloseTo(7 / 23);
		expect(sealed.provisional).toBe(false);
	});

	test("limit and offset page through the rows, and total tells how many there are", async () => {
		await take(fromCountries("NO", "NO", "NO", "DE", "DE", "SE"));
		const part = async (query: string) => {
			const { rows, total } = await figures<Countries>(key, "countries", query);
			return [rows.map(({ country }) => country), total];
		};
		expect(await part("")).toEqual([["NO", "DE", "SE"], 3]);
		expect(await part("?limit=2")).toEqual([["NO", "DE"], 3]);
		expect(await part("?limit=2&offset=2")).toEqual([["SE"], 3]);
		expect(await part("?offset=9")).toEqual([[], 3]);
	});

	test("a goal that is set and was never reached is there with zero; one that was dropped keeps its figures", async () => {
		const reached = makeReport(policy);
		await take([{ ...reached, visit: { index: 1, channel: "direct", continued: false, goals: ["gammelt mål"] } }]);
		expect((await figures<Goals>(key, "goals")).rows.map(({ goal, kind, reached: n }) => [goal, kind, n])).toEqual([
			["gammelt mål", null, 1],
			["bestilt", "page", 0],
		]);
	});
});

describe("the timeline of a goal", () => {
	const reach = (count: number, goal: string, period: string) =>
		Array.from({ length: count }, () => makeReport(policy, { period, goals: [goal] }));
	const range = () => `?from=${yesterday()}&to=${today()}`;
	const reachedBy = async (goal: string, more = "") =>
		(await figures<Timeline>(key, "timeline", `${range()}&goal=${goal}${more}`)).points.map(({ reached }) => reached);
	const setGoals = async (...names: string[]) => {
		const goals = names.map((name) => ({ name, kind: "event" as const, match: name }));
		await saveSettings(testEnv.DB, "shop", { ...settingsOf(await siteOf(testEnv, "shop")), goals });
		forgetSite("shop");
	};

	test("has the visits that reached it beside all figures of each period, and of the compared range", async () => {
		await take([...reach(4, "bestilt", yesterday()), ...reach(2, "bestilt", today()), ...drawVisits(5, 20)]);
		const plain = await figures<Timeline>(key, "timeline", range());
		const query = `${range()}&goal=bestilt&compare=${yesterday()}..${yesterday()}`;
		const { goal, points, compare } = await figures<Timeline>(key, "timeline", query);
		expect(goal).toBe("bestilt");
		expect(points.map(({ reached: _, ...point }) => point)).toEqual(plain.points);
		expect([plain.goal, plain.points[0]?.reached]).toEqual([undefined, undefined]);
		expect(points[0]?.reached).toBe(4);
		const { rows } = await figures<Goals>(key, "goals", range());
		const all = points.reduce((sum, { reached }) => sum + (reached ?? 0), 0);
		expect(all).toBe(rows.find((row) => row.goal === "bestilt")?.reached);
		expect(all).toBeGreaterThan(4);
		expect(compare?.points.map(({ reached }) => reached)).toEqual([4]);
	});

	test("says null where sealing left it out, nought where nobody came or nothing is sealed yet, and what share is hidden", async () => {
		await setGoals("bestilt", "sendt", "delt", "aldri");
		await take([
			...reach(9, "bestilt", yesterday()),
			...reach(6, "sendt", yesterday()),
			...reach(2, "delt", yesterday()),
			...reach(1, "bestilt", today()),
		]);
		for (const [goal, reached] of Object.entries({ bestilt: [9, 1], sendt: [6, 0], delt: [2, 0], aldri: [0, 0] }))
			expect(await reachedBy(goal), goal).toEqual(reached);
		expect((await closePeriod(key, yesterday())).status).toBe(200);
		for (const [goal, reached] of Object.entries({
			bestilt: [9, 1],
			sendt: [null, 0],
			delt: [null, 0],
			aldri: [null, 0],
		}))
			expect(await reachedBy(goal), goal).toEqual(reached);
		const { hidden, provisional, points } = await figures<Timeline>(key, "timeline", `${range()}&goal=bestilt`);
		expect(hidden).toBe((await figures<Goals>(key, "goals", range())).hidden);
		expect(hidden).toBeCloseTo(8 / 18);
		expect([provisional, ...points.map((point) => point.provisional)]).toEqual([true, false, true]);
		const before = addDays(yesterday(), -1);
		const { points: empty } = await figures<Timeline>(key, "timeline", `?from=${before}&to=${before}&goal=bestilt`);
		expect(empty.map(({ visits, reached }) => [visits, reached])).toEqual([[0, 0]]);
	});

	test("is there for a goal that was dropped, as long as it was counted in the range or the one beside it", async () => {
		await take(reach(3, "gammelt", yesterday()));
		expect(await reachedBy("gammelt")).toEqual([3, 0]);
		const of = async (more: string) => {
			const path = `/v1/sites/shop/stats/timeline?from=${today()}&goal=gammelt${more}`;
			return (await call(path, { headers: { Authorization: `Bearer ${key}` } })).status;
		};
		expect(await of("")).toBe(422);
		expect(await of(`&compare=${yesterday()}..${yesterday()}`)).toBe(200);
	});

	test("is a column in CSV, empty where it is not told, and none where no goal is asked for", async () => {
		await setGoals("bestilt", "sendt", "delt");
		await take([
			...reach(9, "bestilt", yesterday()),
			...reach(8, "delt", yesterday()),
			...reach(2, "sendt", yesterday()),
		]);
		await closePeriod(key, yesterday());
		const csv = async (query: string) => {
			const path = `/v1/sites/shop/stats/timeline.csv${range()}${query}`;
			const text = await (await call(path, { headers: { Authorization: `Bearer ${key}` } })).text();
			const [header = "", ...lines] = text.trimEnd().split("\r\n");
			const at = header.split(",").indexOf("reached");
			return lines.map((line) => (at < 0 ? undefined : line.split(",")[at]));
		};
		expect(await csv("&goal=bestilt")).toEqual(["9", "0"]);
		expect(await csv("&goal=sendt")).toEqual(["", "0"]);
		expect(await csv("")).toEqual([undefined, undefined]);
	});

	test("is refused in words that help, and never repeat what was sent, where there is none", async () => {
		const [report] = makeVisit(policy, ["/turer"]);
		if (!report) throw new Error("a visit has a view");
		await take([{ ...report, visit: { index: 1, channel: "direct", continued: false, goals: ["handel\t1"] } }]);
		const unknown = ["nobody", "Bestilt", "(other)", "handel", "handel%091", "__proto__", "%3Cscript%3E", "%00"];
		for (const [path, words] of [
			...unknown.map((name) => [`timeline?goal=${name}`, "There is no such goal"] as const),
			["timeline.csv?goal=nobody", "There is no such goal"],
			["timeline?goal=", "goal is the name of one goal"],
			[`timeline?goal=${"x".repeat(61)}`, "goal is the name of one goal"],
			["timeline?goal=bestilt&device=mobile", "device goes with"],
			["timeline?goal=bestilt&page=/", "page goes with"],
			["summary?goal=bestilt", "goal goes with timeline."],
			["goals?goal=bestilt", "goal goes with timeline."],
		] as const) {
			const answer = await call(`/v1/sites/shop/stats/${path}`, { headers: { Authorization: `Bearer ${key}` } });
			const { detail } = await answer.json<{ detail: string }>();
			expect([answer.status, detail.slice(0, words.length)], path).toEqual([422, words]);
			expect(detail).not.toMatch(/nobody|script|xxx/);
		}
	});
});

describe("percentiles", () => {
	const withRequests = (count: number) =>
		Array.from({ length: count }, (_, i): Report => {
			const report = makeReport(policy);
			return { ...report, speed: { routes: [["/api/turer", bucketOf(100 + 10 * i), 1, 0]] } };
		});

	test("there is none of fewer than 30 measurements", async () => {
		await take(withRequests(29));
		const [row] = (await figures<Resources>(key, "resources")).rows;
		expect(row?.durationMs).toEqual({ p50: null, p75: null, p50Interval: null, p75Interval: null, n: 29 });
	});

	test("from 30 on they come with an interval that holds the true one", async () => {
		await take(withRequests(30));
		const [row] = (await figures<Resources>(key, "resources")).rows;
		const { p50, p75, p50Interval, p75Interval } = row?.durationMs ?? {};
		for (const [value, interval, truth] of [
			[p50, p50Interval, 245],
			[p75, p75Interval, 320],
		] as const) {
			expect(Math.abs(Number(value) / truth - 1)).toBeLessThan(0.09); // one bucket
			expect(interval?.[0]).toBeLessThan(truth);
			expect(interval?.[1]).toBeGreaterThan(truth);
		}
	});
});

describe("CSV", () => {
	const csv = async (path: string) => {
		const answer = await call(`/v1/sites/shop/stats/${path}`, { headers: { Authorization: `Bearer ${key}` } });
		const [header = "", ...lines] = (await answer.text()).trimEnd().split("\r\n");
		const columns = header.split(",");
		return lines.map((line) => Object.fromEntries(line.split(",").map((cell, at) => [columns[at] ?? "", cell])));
	};
	const ofList = (lines: Record<string, string>[], list: string) => lines.filter((line) => line.list === list);

	test("is one flat table a route, in which `list` tells inner lists apart and their lines repeat the row's name", async () => {
		await take(drawVisits(5, 40));
		const channels = await figures<Channels>(key, "channels");
		const lines = await csv("channels.csv");
		expect(ofList(lines, "rows").map(({ channel, visits }) => [channel, Number(visits)])).toEqual(
			channels.rows.map(({ channel, visits }) => [channel, visits]),
		);
		expect(
			ofList(lines, "campaigns").map(({ channel, campaign, views }) => [channel, campaign, Number(views)]),
		).toEqual(
			channels.rows.flatMap(({ channel, campaigns }) =>
				campaigns.map(({ campaign, views }) => [channel, campaign, views]),
			),
		);
		const events = await figures<Events>(key, "events");
		const eventLines = await csv("events.csv");
		for (const list of ["rows", "downloads", "outbound", "errors", "searches", "notFound"] as const)
			expect(ofList(eventLines, list).length).toBe(events[list].length);
		const { rows } = await figures<Funnels>(key, "funnels");
		expect(
			ofList(await csv("funnels.csv"), "steps").map(({ funnel, step, reached }) => [funnel, step, reached]),
		).toEqual(rows.flatMap(({ funnel, steps }) => steps.map(({ step, reached }) => [funnel, `${step}`, `${reached}`])));
		expect(ofList(await csv("responses.csv"), "site")).toHaveLength(1);
		expect((await csv("goals.csv")).map(({ goal, reached }) => [goal, Number(reached)])).toEqual(
			(await figures<Goals>(key, "goals")).rows.map(({ goal, reached }) => [goal, reached]),
		);
	});
});
