/** Other tools' exports, as small files in the tools' own formats: what is read from them, and what becomes of it in the database. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ImportSource, importSources } from "../../schema/imports.ts";
import { type CsvFile, numberOf, rowsOf, textOf } from "../../scripts/history/csv.ts";
import { readHistory } from "../../scripts/history/index.ts";
import { channelOf, countryOf, deviceOf, pageOf, sourceOf } from "../../scripts/history/names.ts";
import { withLocalD1 } from "../../scripts/local-d1.ts";
import { addHistory, dropHistory, showHistory } from "../../scripts/site-archive.ts";
import type { Counted, History } from "../../worker/operator/history.ts";
import { createSite } from "../../worker/sites/create.ts";
import { readyNotice } from "../../worker/sites/ready-notice.ts";

const folder = join(import.meta.dirname, "history");
const zone = "Europe/Oslo";
const now = Date.UTC(2026, 10, 22, 12);

async function filesOf(source: ImportSource): Promise<string[]> {
	return (await readdir(join(folder, source))).sort().map((name) => join(folder, source, name));
}
async function historyOf(source: ImportSource): Promise<History> {
	const files = (await filesOf(source)).map(
		async (name): Promise<CsvFile> => ({ name: name.split("/").at(-1) ?? "", text: textOf(await readFile(name)) }),
	);
	return readHistory(source, await Promise.all(files), zone);
}
/** A tree of a day, as a plain object. */
const tree = (history: History, date: string, name: Parameters<Map<string, unknown>["get"]>[0]) =>
	Object.fromEntries(history.get(date)?.get(name as never) ?? []) as Record<string, Counted>;

describe("CSV", () => {
	test("is read with quotes, doubled quotes, commas and ends of lines in a cell, and any kind of end", () => {
		expect(rowsOf('A,B\r\n"x, y","say ""hi""\nthere"\r\n\r\n# not a row\n1,\n,2')).toEqual([
			{ a: "x, y", b: 'say "hi"\nthere' },
			{ a: "1", b: "" },
			{ a: "", b: "2" },
		]);
		expect(rowsOf("\ufeffa,b\n1")).toEqual([{ a: "1", b: "" }]);
		expect(rowsOf("")).toEqual([]);
		expect(rowsOf('a\n"never closed')).toEqual([{ a: "never closed" }]);
	});

	test.each([
		["1,234", 1234],
		["1 234", 1234],
		["12.4", 12],
		["", undefined],
		["24%", undefined],
		["-3", undefined],
		["1e9", undefined],
	])("%j is the count %j", (text, n) => {
		expect(numberOf(text)).toBe(n);
	});
});

test("names become ours, cleaned like our own", () => {
	expect(pageOf("https://x.example/ordre/1234567?navn=Kari")).toBe("/ordre/:id");
	expect(pageOf("turer/")).toBe("/turer");
	expect(["Norway", "no", "Türkiye", "Bosnia & Herzegovina", "Nowhere", ""].map(countryOf)).toEqual([
		"NO",
		"NO",
		"TR",
		"BA",
		"(other)",
		"(other)",
	]);
	expect(["Smartphone", "Phablet", "Laptop", "smart tv", "(not set)", ""].map(deviceOf)).toEqual([
		"mobile",
		"mobile",
		"desktop",
		"other",
		"(other)",
		"(other)",
	]);
	expect(["Organic Search", "Paid Social", "Direct Entry", "AI Assistants", "Unassigned"].map(channelOf)).toEqual([
		"search",
		"campaign",
		"direct",
		"assistant",
		"(other)",
	]);
	expect(sourceOf({ source: "DuckDuckGo", referrer: "duckduckgo.com" })).toEqual({
		channel: "search",
		referrer: "duckduckgo.com",
	});
	expect(sourceOf({ source: "npmjs.com", referrer: "https://www.npmjs.com/~kari" })).toEqual({
		channel: "referral",
		referrer: "npmjs.com",
	});
	expect(sourceOf({ medium: "E-mail", campaign: "Vår 25" })).toEqual({ channel: "email", campaign: "Vår 25" });
	expect(sourceOf({})).toEqual({ channel: "direct" });
});

describe("the files of", () => {
	test("Plausible", async () => {
		const history = await historyOf("plausible");
		expect([...history.keys()].sort()).toEqual(["2025-03-01", "2025-03-02", "2025-03-03"]);
		expect(tree(history, "2025-03-01", "site")).toEqual({
			"": { visitors: 40, views: 120, entries: 50, bounces: 12 },
		});
		expect(tree(history, "2025-03-01", "page")).toEqual({
			"/": { visitors: 34, views: 60, entries: 35, bounces: 8, exits: 20 },
			"/turer": { visitors: 22, views: 35, entries: 12, bounces: 4, exits: 25 },
			"/ordre/:id": { visitors: 12, views: 14 },
			"/skjult": { visitors: 1, views: 1 },
		});
		expect(tree(history, "2025-03-01", "channel")).toMatchObject({
			search: { visitors: 16, entries: 20, bounces: 5 },
			direct: { visitors: 14, entries: 16 },
			social: { visitors: 5, entries: 6 },
			email: { visitors: 6, entries: 7 },
		});
		expect(Object.keys(tree(history, "2025-03-01", "channel-referrer"))).toEqual([
			"search\tgoogle.com",
			"social\tfacebook.com",
		]);
		expect(tree(history, "2025-03-01", "country")).toMatchObject({ NO: { visitors: 30, entries: 38 }, SE: {} });
		expect(tree(history, "2025-03-01", "device")).toMatchObject({ desktop: { visitors: 18, entries: 24 }, mobile: {} });
		expect(tree(history, "2025-03-01", "os")).toMatchObject({ macOS: { visitors: 9 }, iOS: { visitors: 22 } });
	});

	test("Umami: visits put together, events left out, days in the site's time zone", async () => {
		const history = await historyOf("umami");
		expect([...history.keys()].sort()).toEqual(["2025-03-01", "2025-03-02"]);
		expect(tree(history, "2025-03-01", "site")).toEqual({ "": { visitors: 7, views: 15, entries: 8, bounces: 1 } });
		expect(tree(history, "2025-03-01", "page")).toEqual({
			"/": { visitors: 7, views: 8, entries: 8, bounces: 1, exits: 1 },
			"/turer": { visitors: 7, views: 7, entries: 0, bounces: 0, exits: 7 },
		});
		expect(tree(history, "2025-03-01", "page-previous")).toEqual({ "/turer\t/": { visitors: 7, views: 7 } });
		expect(tree(history, "2025-03-01", "channel")).toMatchObject({
			search: { visitors: 7, entries: 7 },
			direct: { visitors: 1, entries: 1, bounces: 1 },
		});
		expect(tree(history, "2025-03-02", "channel")).toMatchObject({ campaign: { visitors: 6, entries: 6 } });
		expect(tree(history, "2025-03-01", "hour")).toMatchObject({ "131": { entries: 7 }, "139": { entries: 1 } });
		expect(tree(history, "2025-03-01", "device")).toMatchObject({ desktop: { visitors: 5 }, mobile: { visitors: 2 } });
	});

	test("Google Analytics 4: totals left out, what was not engaged is a bounce", async () => {
		const history = await historyOf("ga4");
		expect([...history.keys()].sort()).toEqual(["2025-03-01", "2025-03-02"]);
		expect(tree(history, "2025-03-01", "site")).toEqual({
			"": { visitors: 40, views: 120, entries: 50, bounces: 12 },
		});
		expect(tree(history, "2025-03-01", "page")).toEqual({
			"/": { visitors: 36, views: 70, entries: 36, bounces: 8 },
			"/turer": { visitors: 20, views: 45 },
			"(other)": { entries: 2, bounces: 2 },
		});
		expect(Object.keys(tree(history, "2025-03-01", "channel"))).toEqual(["search", "direct", "campaign", "(other)"]);
		expect(Object.keys(tree(history, "2025-03-01", "country"))).toEqual(["NO", "SE", "(other)"]);
	});

	test("Matomo, in UTF-16", async () => {
		const history = await historyOf("matomo");
		expect(tree(history, "2025-03-01", "site")).toEqual({
			"": { visitors: 40, views: 120, entries: 50, bounces: 12 },
		});
		expect(tree(history, "2025-03-01", "page")).toEqual({
			"/": { visitors: 34, views: 70, entries: 36, bounces: 8, exits: 24 },
			"/turer": { visitors: 20, views: 45, entries: 14, bounces: 4, exits: 26 },
		});
		expect(tree(history, "2025-03-01", "country")).toMatchObject({ NO: { visitors: 30, views: 100 } });
		expect(tree(history, "2025-03-01", "device")).toMatchObject({ other: { visitors: 2 } });
	});

	test.each<[ImportSource, string, string, RegExp]>([
		["plausible", "x.csv", "a,b\n1,2", /not one of the files that Plausible exports/],
		["umami", "x.csv", "date,visitors\n2025-03-01,4", /session_id, visit_id, url_path, created_at is missing/],
		["ga4", "x.csv", "Page path,Views\n/,3", /no column Date/],
		["ga4", "x.csv", "Date,City,Views\n20250301,Oslo,3", /the dimension city too/],
		["ga4", "x.csv", "Date,Country,Page path,Views\n20250301,Norway,/,3", /too: export Date with one other/],
		["matomo", "x.csv", "date,label\n2025-03-01,x", /named after no report/],
		["matomo", "API.get.csv", "nb_visits\n3", /period=day/],
		["matomo", "API.get.csv", "date,nb_visits\n01.03.2025,3", /no date of the form/],
		["plausible", "x.csv", "date,device,visitors\n2025-03-01,Mobile,3", /totals of each day are missing/],
		["plausible", "x.csv", "", /no rows/],
	])("%s that are something else are refused in words: %s, %j", (source, name, text, words) => {
		expect(() => readHistory(source, [{ name, text }], zone)).toThrow(words);
	});
});

describe("in the database", { timeout: 60_000 }, () => {
	let dataDir = "";
	beforeAll(async () => {
		dataDir = await mkdtemp(join(tmpdir(), "sporlos-history-"));
		await mkdir(join(dataDir, "d1"));
	});
	afterAll(() => rm(dataDir, { recursive: true, force: true }));

	test("each tool's days are closed, sealed and marked, once; and can be taken out again", async () => {
		await withLocalD1(dataDir, async (db) => {
			for (const source of importSources) {
				await createSite(
					db,
					{
						id: source,
						name: source,
						origins: ["https://fjell.example"],
						timeZone: zone,
						grain: "day",
						k: 5,
						notice: readyNotice(source, "post@fjell.example"),
					},
					now - 86_400_000,
				);
				const add = async () => addHistory([db], source, source, await filesOf(source), now);
				expect((await add())[0], source).toBe("2 periods written: 2025-03-01 … 2025-03-02");
				const cells = () =>
					db.prepare("SELECT * FROM cell WHERE site = ?1 ORDER BY tree, period, key").bind(source).all();
				const once = (await cells()).results as { tree: string; key: string; devices: number }[];
				expect(once.filter(({ tree: name, devices }) => devices < 5 && name !== "page-device")).toEqual([]);
				expect(once.map(({ key }) => key)).not.toContain("/skjult");
				expect(await add()).toEqual(
					expect.arrayContaining(["0 periods written", "2 left out: closed here already: 2025-03-01 … 2025-03-02"]),
				);
				expect((await cells()).results).toEqual(once);
				expect((await showHistory([db], source))[0]).toContain("\t2 periods\t2025-03-01 … 2025-03-02");
				expect(await dropHistory([db], source, source)).toEqual(["2 periods removed"]);
				expect((await cells()).results).toEqual([]);
				expect((await add())[0]).toBe("2 periods written: 2025-03-01 … 2025-03-02");
				expect((await cells()).results).toEqual(once);
			}
		});
	});

	test("what cannot be is one clear sentence", async () => {
		const file = join(dataDir, "odd.csv");
		await writeFile(file, "a,b\n1,2");
		await withLocalD1(dataDir, async (db) => {
			await expect(addHistory([db], "plausible", "fathom", [file])).rejects.toThrow("History comes from one of");
			await expect(addHistory([db], "nobody", "umami", [file])).rejects.toThrow('There is no site "nobody"');
			await expect(addHistory([db], "plausible", "plausible", [file])).rejects.toThrow(
				"odd.csv is not one of the files",
			);
			await expect(addHistory([db], "plausible", "plausible", [`${file}x`])).rejects.toThrow(
				"cannot be opened (ENOENT)",
			);
		});
	});
});
