import { beforeEach, describe, expect, test } from "vitest";
import { addDays } from "../../schema/period.ts";
import { issueKey } from "../../worker/access/keys.ts";
import { bookOf } from "../../worker/book/books.ts";
import { makeEntries } from "../../worker/ingest/entries.ts";
import { decode, encode } from "../../worker/query/tally.ts";
import type {
	Channels,
	Devices,
	Elements,
	Flows,
	Leaving,
	Pages,
	Summary,
	Timeline,
	Vitals,
} from "../../worker/stats/answers.ts";
import { startFresh } from "./migrations.ts";
import {
	call,
	closePeriod,
	figures,
	makeReport,
	makeVisit,
	openSite,
	send,
	settings,
	testEnv,
	today,
	yesterday,
} from "./support.ts";

let key = "";
let policy = "";

beforeEach(async () => {
	({ key, policy } = await startFresh());
});

const statusOf = async (path: string, bearer = key) =>
	(await call(`/v1/sites/shop/stats/${path}`, { headers: { Authorization: `Bearer ${bearer}` } })).status;

describe("the figures", () => {
	test("summary counts what was sent", async () => {
		await send(makeVisit(policy, ["/", "/priser", "/bestill"], { how: "outbound", engagedMs: 12_000, gap: 31 }));
		await send(makeVisit(policy, ["/priser"], { how: "closed", engagedMs: 700, lcpMs: 3000, gap: 31 }));
		const summary = await figures<Summary>(key, "summary");
		expect(summary).toMatchObject({ views: 4, visits: 2, visitors: 2, bounces: 1, provisional: true, sample: false });
		expect(summary.vitals.lcp).toMatchObject({ good: 3, needs: 1, poor: 0, n: 4 });
		expect(summary.leaving).toEqual([
			{ how: "link", count: 2, exits: 0 },
			{ how: "outbound", count: 1, exits: 1 },
			{ how: "closed", count: 1, exits: 1 },
		]);
		// Within the bucket that holds 12 s: at most a ninth off.
		expect(summary.engagedMs.p50).toBeGreaterThan(10_000);
		expect(summary.engagedMs.p50).toBeLessThan(13_500);
	});

	test("a flow balances, and names channels and pages", async () => {
		await send(makeVisit(policy, ["/", "/priser", "/bestill"], { channel: "search" }));
		await send(makeVisit(policy, ["/priser", "/"], { channel: "direct" }));
		expect(await figures<Flows>(key, "flows", "?page=/priser")).toMatchObject({
			views: 2,
			from: expect.arrayContaining([
				{ page: "/", count: 1 },
				{ channel: "direct", count: 1 },
			]),
			to: expect.arrayContaining([
				{ page: "/bestill", count: 1 },
				{ page: "/", count: 1 },
			]),
			left: [],
		});
		expect((await figures<Flows>(key, "flows", "?page=/bestill")).left).toEqual([{ how: "closed", count: 1 }]);
	});

	test("a browser that comes back on another day is one visitor of the range and one of each day", async () => {
		const gapless = { period: yesterday(), gap: 31 };
		await send(makeVisit(policy, ["/"], gapless));
		await send(makeVisit(policy, ["/"], { gap: 1 }));
		await send(makeVisit(policy, ["/"], { gap: 31 }));
		expect((await figures<Summary>(key, "summary", `?from=${yesterday()}`)).visitors).toBe(2);
		expect((await figures<Summary>(key, "summary", `?from=${today()}`)).visitors).toBe(2);
	});

	test("a range of more than 31 periods gives visitors as an upper bound, and says so", async () => {
		const range = `?from=${addDays(today(), -40)}`;
		expect((await figures<Summary>(key, "summary", range)).visitorsBound).toBe(true);
		expect((await figures<Summary>(key, "summary")).visitorsBound).toBe(false);
	});

	test("pages can be asked by device, and the totals are those of the device", async () => {
		await send(makeVisit(policy, ["/", "/priser"], { device: "mobile" }));
		await send(makeVisit(policy, ["/"], { device: "desktop" }));
		const pages = await figures<Pages>(key, "pages", "?device=mobile");
		expect(pages.rows.map(({ page, views }) => [page, views])).toEqual([
			["/", 1],
			["/priser", 1],
		]);
		expect((await figures<Summary>(key, "summary", "?device=mobile")).views).toBe(2);
		expect((await figures<Devices>(key, "devices")).rows.map(({ device, visits }) => [device, visits])).toEqual([
			["mobile", 1],
			["desktop", 1],
		]);
	});

	test("a class of devices that was too rare on a sealed day is missing from it, and the hidden share says so", async () => {
		for (let i = 0; i < 12; i++) await send(makeVisit(policy, ["/"], { period: yesterday(), device: "desktop" }));
		for (let i = 0; i < 8; i++) await send(makeVisit(policy, ["/"], { period: yesterday(), device: "mobile" }));
		for (let i = 0; i < 4; i++) await send(makeVisit(policy, ["/"], { period: yesterday(), device: "tablet" }));
		await closePeriod(key, yesterday());
		const range = `?from=${yesterday()}&to=${yesterday()}`;
		for (const [device, views] of [
			["desktop", 12],
			["mobile", 0],
			["tablet", 0],
		] as const) {
			const summary = await figures<Summary>(key, "summary", `${range}&device=${device}`);
			expect([summary.views, summary.hidden]).toEqual([views, 0.5]);
			expect((await figures<Vitals>(key, "vitals", `${range}&device=${device}`)).hidden).toBe(0.5);
		}
		expect((await figures<Summary>(key, "summary", range)).hidden).toBe(0);
	});

	test("timeline has a point for every period of the range, empty ones too, and the compared range beside it", async () => {
		await send(makeVisit(policy, ["/"]));
		const { points, compare } = await figures<Timeline>(
			key,
			"timeline",
			`?from=${addDays(today(), -6)}&compare=previous`,
		);
		expect(points.map(({ visits }) => visits)).toEqual([0, 0, 0, 0, 0, 0, 1]);
		expect(compare?.points.length).toBe(7);
		expect(compare?.to).toBe(addDays(today(), -7));
	});

	test("channels, leaving methods, elements and vitals of a page answer too", async () => {
		const clicks: [string, number][] = [
			["main>a.bestill", 3],
			["header>a", 1],
		];
		await send(makeVisit(policy, ["/"], { channel: "social", how: "back", clicks, lcpMs: 1000 }));
		expect((await figures<Channels>(key, "channels")).rows).toEqual([
			{ channel: "social", visits: 1, bounces: 1, referrers: [], campaigns: [] },
		]);
		expect((await figures<Leaving>(key, "leaving", "?page=/")).rows).toEqual([{ how: "back", count: 1, exits: 1 }]);
		expect((await figures<Elements>(key, "elements", "?page=/")).rows[0]).toMatchObject({
			page: "/",
			element: "main>a.bestill",
			clicks: 3,
			views: 1,
		});
		expect((await figures<Vitals>(key, "vitals", "?page=/")).vitals.lcp).toMatchObject({
			n: 1,
			good: 1,
			histogram: [],
		});
		await send(Array.from({ length: 4 }, () => makeReport(policy, { lcpMs: 1000 })));
		const { vitals } = await figures<Vitals>(key, "vitals", "?page=/");
		expect(vitals.lcp.histogram).toEqual([{ from: 939, to: 1000, count: 5 }]);
	});

	test("a view that is going on is not lost yet; after 30 minutes of silence it is", async () => {
		const accept = async (minutesAgo: number) =>
			bookOf(testEnv, "shop").accept(
				await makeEntries(makeVisit(policy, ["/", "/priser"], { how: "lost" })),
				Date.now() - minutesAgo * 60_000,
			);
		const methods = async () =>
			(await figures<Summary>(key, "summary")).leaving.map(({ how, count, exits }) => [how, count, exits]);
		await accept(31);
		expect(await methods()).toEqual([
			["link", 1, 0],
			["lost", 1, 1],
		]);
		await accept(5);
		expect(await methods()).toEqual([
			["link", 2, 0],
			["lost", 1, 1],
			["unknown", 1, 1],
		]);
		const { left } = await figures<Flows>(key, "flows", "?page=/priser");
		expect(left).toEqual([
			{ how: "lost", count: 1 },
			{ how: "unknown", count: 1 },
		]);
	});

	test("a view that goes on while another period closes is not lost either", async () => {
		const old = Array.from({ length: 6 }, () => makeReport(policy, { period: yesterday() }));
		const open = makeReport(policy, { how: "lost" });
		const accept = async (reports: ReturnType<typeof makeReport>[]) =>
			bookOf(testEnv, "shop").accept(await makeEntries(reports));
		await accept(old.slice(0, 3));
		await accept([open]);
		await accept(old.slice(3));
		await closePeriod(key, yesterday());
		const leaving = async () =>
			(await figures<Summary>(key, "summary", `?from=${today()}`)).leaving.map(({ how, count }) => [how, count]);
		expect(await leaving()).toEqual([["unknown", 1]]);
		expect(await bookOf(testEnv, "shop").present(Date.now())).toBe(1);
		await accept([{ ...open, seq: open.seq + 1, leaving: { how: "closed", certain: true } }]);
		expect(await leaving()).toEqual([["closed", 1]]);
		expect(await bookOf(testEnv, "shop").present(Date.now())).toBe(0);
	});

	test("a site's percentile lies within a bucket of the truth", async () => {
		const lcps = Array.from({ length: 200 }, (_, i) => 500 + i * 20);
		for (let i = 0; i < lcps.length; i += 20)
			await bookOf(testEnv, "shop").accept(
				await makeEntries(lcps.slice(i, i + 20).map((lcpMs) => makeReport(policy, { lcpMs }))),
			);
		const { p75, interval } = (await figures<Summary>(key, "summary")).vitals.lcp;
		expect(Math.abs((p75 ?? 0) / 3490 - 1)).toBeLessThan(0.05);
		expect(interval && interval[0] < 3490 && interval[1] > 3490).toBe(true);
	});
});

describe("CSV", () => {
	const csv = async (path: string) => {
		const answer = await call(`/v1/sites/shop/stats/${path}`, { headers: { Authorization: `Bearer ${key}` } });
		expect(answer.headers.get("Content-Type")).toBe("text/csv; charset=utf-8");
		const [header = "", ...lines] = (await answer.text()).trimEnd().split("\r\n");
		return { columns: header.split(","), lines };
	};

	test("every route gives its rows, with nested figures as columns", async () => {
		await send(makeVisit(policy, ["/", "/priser"], { how: "outbound", channel: "search" }));
		for (const route of [
			"summary",
			"timeline",
			"pages",
			"flows",
			"leaving",
			"channels",
			"countries",
			"devices",
			"hours",
			"elements",
			"events",
			"vitals",
			"responses",
			"resources",
			"goals",
			"funnels",
		]) {
			const { columns } = await csv(`${route}.csv${route === "flows" ? "?page=/" : ""}`);
			expect(new Set(columns).size).toBe(columns.length);
		}
		const pages = await csv("pages.csv");
		expect(pages.columns).toEqual(
			expect.arrayContaining(["page", "views", "exitsBy.outbound", "engagedMs.p50", "lcp.good"]),
		);
		expect(pages.lines.map((line) => line.split(",").slice(0, 4))).toEqual([
			["/", "1", "1", "0"],
			["/priser", "1", "0", "1"],
		]);
		expect((await csv("flows.csv?page=/")).lines).toEqual(["from,channel,search,1", "to,page,/priser,1"]);
	});

	test("a name that a spreadsheet would run as a formula stays text, commas and quotes stay in their cell", async () => {
		await send(
			makeReport(policy, {
				clicks: [
					['=HYPERLINK("x"),1', 1],
					["-1+1", 1],
					["@SUM", 1],
				],
			}),
		);
		const { lines } = await csv("elements.csv");
		const starts = ["rows,/,'-1+1,1,1,", `rows,/,"'=HYPERLINK(""x""),1",1,1,`, "rows,/,'@SUM,1,1,"];
		for (const start of starts)
			expect(
				lines.some((line) => line.startsWith(start)),
				start,
			).toBe(true);
	});
});

describe("a stored tally", () => {
	test("comes back as it was written, however large its counts", () => {
		const tally = new Map([
			[0, 1],
			[35, 36],
			[36, 1],
			[1500, 2 ** 40],
		]);
		expect(decode(encode(tally))).toEqual(tally);
		expect(decode("")).toEqual(new Map());
	});

	test.each(["1.", ".1", "1..2", "1.2.3", " 1", "1  2", "1 ", "A", "-1", "1.-2", "zzzzzzzzzzzzz", "é"])(
		"that is damaged (%j) is refused, not counted as empty",
		(text) => {
			expect(() => decode(text)).toThrow("damaged tally");
		},
	);
});

describe("who and what is refused", () => {
	test("no key, an unknown key, another site's key", async () => {
		expect((await call("/v1/sites/shop/stats/summary")).status).toBe(401);
		expect(await statusOf("summary", "unknown-key-0123")).toBe(401);
		await openSite({ ...settings, id: "other" });
		const other = await issueKey(testEnv.DB, { site: "other", role: "owner", name: "x" });
		expect(await statusOf("summary", other)).toBe(403);
	});

	test("a viewer's key reads figures and closes nothing", async () => {
		const viewer = await issueKey(testEnv.DB, { site: "shop", role: "viewer", name: "v" });
		expect(await statusOf("summary", viewer)).toBe(200);
		const close = await call("/v1/sites/shop/closings", {
			method: "POST",
			headers: { Authorization: `Bearer ${viewer}` },
			body: `{"period":"${yesterday()}"}`,
		});
		expect(close.status).toBe(403);
	});

	test("a key that was replaced works no longer", async () => {
		await issueKey(testEnv.DB, { site: "shop", role: "owner", name: "test" });
		expect(await statusOf("summary")).toBe(401);
	});

	test.each([
		"timeline?device=mobile",
		"summary?page=/",
		"summary?device=toaster",
		"summary?from=2026-02-30",
		"summary?from=2026-11-02&to=2026-11-01",
		"summary?from=1999-01-01",
		"summary?from=2020-01-01&to=2026-01-01",
		"pages?limit=0",
		"pages?limit=1e9",
		"grants?compare=previous",
		"flows",
		"summary?compare=yesterday",
		"summary?frm=2026-01-01",
		"summary?offset=5",
		"flows?page=/&offset=5",
		"pages?offset=-1",
		...["channels", "countries", "devices", "hours", "events", "responses", "resources", "goals", "funnels"].flatMap(
			(route) => [`${route}?page=/`, `${route}?device=mobile`],
		),
		...["elements", "leaving", "flows"].map((route) => `${route}?page=/&device=mobile`),
	])("%s is answered 422 with words that help", async (path) => {
		const answer = await call(`/v1/sites/shop/stats/${path}`, { headers: { Authorization: `Bearer ${key}` } });
		expect(answer.status).toBe(422);
		expect(((await answer.json()) as { detail?: string }).detail).toMatch(/\w+ .*\w+/);
	});

	test("figures that do not exist are 404", async () => {
		expect(await statusOf("secrets")).toBe(404);
		expect(await statusOf("constructor")).toBe(404);
	});

	test("nothing in a query yields 5xx", async () => {
		for (const text of ["%00", "%ED%A0%80", "%E0%A4%A", "1e308", "-0", "';--", "%F0%9F%92%A9", "a".repeat(2000)]) {
			for (const name of ["from", "to", "compare", "device", "page", "limit", "offset"])
				expect(await statusOf(`vitals?${name}=${text}`)).toBeLessThan(500);
			expect(await statusOf(`flows?page=${text}`)).toBeLessThan(500);
		}
	});
});
