import { beforeEach, describe, expect, test } from "vitest";
import { addDays } from "../../schema/period.ts";
import type { SiteConfig } from "../../schema/site.ts";
import { bookOf } from "../../worker/book/books.ts";
import { fold } from "../../worker/book/fold.ts";
import { scrub } from "../../worker/ingest/scrub.ts";
import type { Summary } from "../../worker/stats/answers.ts";
import { startFresh } from "./migrations.ts";
import { call, figures, makeReport, makeView, makeVisit, publishNext, send, testEnv, today } from "./support.ts";

let key = "";
let policy = "";

beforeEach(async () => {
	({ key, policy } = await startFresh());
});

const viewsNow = async () => (await figures<Summary>(key, "summary")).views;
const problem = async (answer: Response) => ({
	status: answer.status,
	type: ((await answer.json()) as { type: string }).type.replace("urn:sporlos:problem:", ""),
});

describe("reports", () => {
	test("a report is answered 204 and counts at once", async () => {
		const answer = await send(makeReport(policy));
		expect(answer.status).toBe(204);
		expect(answer.headers.get("Access-Control-Allow-Origin")).toBe("https://www.example.no");
		expect(await viewsNow()).toBe(1);
	});

	test("a report of version 1 is taken as before", async () => {
		expect((await send({ ...makeReport(policy, { clicks: [["main a", 1]] }), v: 1 })).status).toBe(204);
		expect(await viewsNow()).toBe(1);
	});

	test("the same report sent five times counts once", async () => {
		const report = makeReport(policy);
		for (let i = 0; i < 5; i++) expect((await send(report)).status).toBe(204);
		expect(await viewsNow()).toBe(1);
	});

	test("out of order, the highest seq counts", async () => {
		const view = makeView();
		await send(makeReport(policy, { view, seq: 3, how: "outbound" }));
		await send(makeReport(policy, { view, seq: 1, how: "lost" }));
		await send(makeReport(policy, { view, seq: 2, how: "away" }));
		const { views, leaving } = await figures<Summary>(key, "summary");
		expect(views).toBe(1);
		expect(leaving).toEqual([{ how: "outbound", count: 1, exits: 1 }]);
	});

	test("an array is taken whole or not at all", async () => {
		const [good, bad] = makeVisit(policy, ["/", "/priser"]);
		expect((await send([good, { ...bad, seq: 0 }])).status).toBe(422);
		expect(await viewsNow()).toBe(0);
		expect((await send([good, bad])).status).toBe(204);
		expect(await viewsNow()).toBe(2);
	});

	test("a report for a period that was sealed long ago is answered 204 and counts nowhere", async () => {
		const period = addDays(today(), -9);
		expect((await send(makeReport(policy, { period }))).status).toBe(204);
		expect((await figures<Summary>(key, "summary", `?from=${period}`)).views).toBe(0);
	});

	test("the first time somewhere counts the same by its number in the report as in words", async () => {
		const words = makeReport(policy, { clicks: [["main a", 2]] });
		const numbers = { ...words, first: words.first.map((_, at) => at) };
		expect(words.first).toContain("page-element:main a");
		expect(scrub(numbers).first).toEqual(words.first);
		expect(fold(numbers)).toEqual(fold(words));
		expect(scrub({ ...words, first: [0, 0, 300] }).first).toEqual(["site"]);
	});

	test("names are cleaned again, whatever the sender did", async () => {
		await send(makeReport(policy, { page: "/min-side/ola@example.no/12345678/?token=abc" }));
		const { rows } = await figures<{ rows: { page: string }[] }>(key, "pages");
		expect(rows.map(({ page }) => page)).toEqual(["/min-side/:id/:id"]);
	});
});

describe("refusals", () => {
	const cases: [string, number, string, (report: ReturnType<typeof makeReport>) => unknown, Record<string, string>?][] =
		[
			["no JSON", 400, "malformed", () => "{"],
			["an empty array", 400, "malformed", () => []],
			["a missing part", 400, "malformed", ({ place: _, ...rest }) => rest],
			["an unknown field", 400, "malformed", (report) => ({ ...report, ip: "192.0.2.1" })],
			["a number outside its range", 422, "outside-limits", (report) => ({ ...report, hour: 168 })],
			["more than 20 reports", 422, "outside-limits", (report) => Array(21).fill(report)],
			["an unknown site", 422, "outside-limits", (report) => ({ ...report, site: "nobody" })],
			["a period in the future", 422, "outside-limits", (report) => ({ ...report, period: "2199-01-01" })],
			["a period of another grain", 422, "outside-limits", (report) => ({ ...report, period: "2026-W40" })],
			["a foreign origin", 403, "foreign-origin", (report) => report, { Origin: "https://elsewhere.example" }],
			["no consent", 403, "no-consent", ({ consent: _, ...rest }) => rest],
			[
				"an unknown policy",
				403,
				"no-consent",
				(report) => ({ ...report, consent: { ...report.consent, policy: "unknown-one" } }),
			],
			[
				"a grant from long ago",
				403,
				"no-consent",
				(report) => ({ ...report, consent: { ...report.consent, day: "2020-01-01" } }),
			],
			[
				"a part whose purpose was not granted",
				403,
				"no-consent",
				(report) => ({ ...report, consent: { ...report.consent, purposes: ["performance"] } }),
			],
			[
				"events without the purpose interactions",
				403,
				"no-consent",
				({ interaction: _, ...report }) => ({
					...report,
					own: { events: [["kjøp", 1]] },
					consent: { ...report.consent, purposes: ["performance", "visits"] },
				}),
			],
			[
				"the speed of the entry without the purpose performance",
				403,
				"no-consent",
				({ speed: _, ...report }) => ({
					...report,
					visit: { ...report.visit, entrySpeed: 1 },
					consent: { ...report.consent, purposes: ["visits", "interactions"] },
				}),
			],
			[
				"a campaign that is not an entry's",
				422,
				"outside-limits",
				(report) => ({ ...report, visit: { index: 2, before: "/", continued: false, campaign: "sommer" } }),
			],
			[
				"a referrer that is not an entry's",
				422,
				"outside-limits",
				(report) => ({ ...report, visit: { index: 2, before: "/", continued: false, referrer: "google.com" } }),
			],
			[
				"a page that counts twice in a release",
				422,
				"outside-limits",
				(report) => ({ ...report, bounded: ["page", "page"] }),
			],
			["a group of a release that is none", 400, "malformed", (report) => ({ ...report, bounded: ["city"] })],
			[
				"more failed requests than requests",
				422,
				"outside-limits",
				(report) => ({ ...report, speed: { routes: [["/api", 80, 1, 2]] } }),
			],
			["a part of version 2 in version 1", 422, "outside-limits", (report) => ({ ...report, v: 1, own: {} })],
			[
				"a name of version 2 in version 1",
				422,
				"outside-limits",
				(report) => ({ ...report, v: 1, speed: { ...report.speed, phases: { dns: 3 } } }),
			],
			[
				"signs of frustration in version 1",
				422,
				"outside-limits",
				(report) => ({ ...report, v: 1, interaction: { scroll: 1, clicks: [["main a", 3, 1]] } }),
			],
			["a browser that asks not to be measured", 403, "privacy-signal", (report) => report, { "Sec-GPC": "1" }],
			["a body over 64 KiB", 413, "too-large", () => "x".repeat(65 * 1024)],
		];

	test.each(cases)("%s is refused with %i %s and stores nothing", async (_, status, type, change, headers) => {
		const answer = await send(change(makeReport(policy)), headers);
		expect(answer.headers.get("Content-Type")).toContain("application/problem+json");
		expect(await problem(answer)).toEqual({ status, type });
		expect((await bookOf(testEnv, "shop").status()).reports).toBe(0);
	});

	test("a missing or null origin is accepted, because referrer policies cause it", async () => {
		expect((await send(makeReport(policy), { Origin: "null" })).status).toBe(204);
	});

	test("a consent to a superseded notice is refused with 409", async () => {
		await publishNext({ contact: "ny@example.no" });
		expect(await problem(await send(makeReport(policy)))).toEqual({
			status: 409,
			type: "superseded",
		});
	});

	test("a wrong method is answered 405 and an unknown address 404", async () => {
		expect((await call("/v1/reports")).status).toBe(405);
		expect((await call("/nothing/here")).status).toBe(404);
	});
});

describe("config", () => {
	const desktop = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0";
	const ask = async (headers: Record<string, string>) =>
		(await (await call("/v1/sites/shop/config", { headers })).json()) as SiteConfig;

	test("it tells country, device and browser family, the current period and the next", async () => {
		const config = await ask({ "User-Agent": desktop });
		expect(config).toMatchObject({ active: true, site: "shop", device: "desktop", browser: "Firefox", os: "Linux" });
		expect(config.periods.map(([label]) => label)).toEqual([today(), addDays(today(), 1)]);
		const [[, begins, ends], [, next]] = config.periods as [[string, number, number], [string, number, number]];
		expect(begins <= config.now && config.now < ends).toBe(true);
		expect(next).toBe(ends);
		expect(config.now - config.hourBegan).toBeLessThan(3_600_000);
	});

	test.each([
		["a bot", { "User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)" }],
		["no User-Agent", { "User-Agent": "" }],
		["a browser with Sec-GPC", { "User-Agent": desktop, "Sec-GPC": "1" }],
	])("it switches the collector off for %s", async (_, headers) => {
		expect((await ask(headers as Record<string, string>)).active).toBe(false);
	});

	test("it is never kept by a cache", async () => {
		expect((await call("/v1/sites/shop/config")).headers.get("Cache-Control")).toBe("no-store");
	});
});

describe("limits", () => {
	test("a sender who never stops is asked to wait, and others are not", async () => {
		const from = (address: string) => send("{", { "CF-Connecting-IP": address });
		const statuses = new Set<number>();
		for (let i = 0; i < 13; i++) {
			const answers = await Promise.all(Array.from({ length: 50 }, () => from("192.0.2.7")));
			for (const { status } of answers) statuses.add(status);
		}
		expect([...statuses].sort()).toEqual([400, 429]);
		expect((await from("192.0.2.8")).status).toBe(400);
	});
});
