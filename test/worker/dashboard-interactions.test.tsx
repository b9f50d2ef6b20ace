import { describe, expect, test } from "vitest";
import {
	clickedElements,
	halfDepth,
	reachOf,
	troubledElements,
	unnamedFields,
} from "../../worker/dashboard/interactions/rows.ts";
import type { ElementRow, FormRow, Stats } from "../../worker/stats/answers.ts";
import { openPage, panelOf, readText, spiedOn } from "../support/dashboard-html.ts";
import { figureOf } from "../support/fixture-figures.ts";
import { withHostileNames } from "../support/hostile-figures.ts";
import { fixtureStats } from "../support/stats-fixture.ts";

const today = "2026-11-22";
const range = { from: "2026-10-25", to: "2026-11-21" };
const busy = fixtureStats({ seed: 7, today, visitsPerDay: 1450, visitsToday: 612 });
const firstDay = fixtureStats({ seed: 7, today, visitsPerDay: 0, visitsToday: 4 });

const element = (page: string, name: string, views: number, trouble: Partial<ElementRow> = {}): ElementRow => ({
	page,
	element: name,
	clicks: views * 2,
	views,
	rage: 0,
	dead: 0,
	afterError: 0,
	lcp: figureOf("lcp", 1900, 0),
	inp: figureOf("inp", 110, 0),
	...trouble,
});

describe("the rows of elements", () => {
	const rows = [
		element("/a", "a.much", 90),
		element("/b", "a.share", 60, { dead: 5 }),
		element("/few", "a.always", 4, { rage: 2, dead: 4 }),
		element("/a", "(other)", 7, { dead: 3 }),
		element("(other)", "(other)", 2),
		element("/a", "img.hero", 0),
	];
	const viewsOf = new Map([
		["/a", 1000],
		["/b", 100],
		["/few", 5],
	]);
	test("rank by share of the page's views, without letting a page with a handful of views win", () => {
		const { elements } = clickedElements(rows, viewsOf, 30);
		expect(elements.map(({ row, share }) => [row.element, share])).toEqual([
			["a.share", 0.6],
			["a.much", 0.09],
			["a.always", 0.8],
		]);
	});
	test("gather the clicks on what is too rare to be named", () => {
		expect(clickedElements(rows, viewsOf, 30).hiddenClicks).toBe(18);
	});
	test("know the comparison's share of the same element on the same page", () => {
		const before = {
			rows: [element("/b", "a.share", 10), element("/x", "a.much", 9)],
			viewsOf: new Map([["/b", 200]]),
		};
		const { elements } = clickedElements(rows, viewsOf, 30, before);
		expect(elements.map((clicked) => clicked.before)).toEqual([{ views: 10, of: 200 }, undefined, undefined]);
	});
	test("put those first whose clicks did not work most often", () => {
		expect(troubledElements(rows).map((row) => row.element)).toEqual(["a.always", "a.share"]);
	});
});

test("scroll reach counts everyone who came at least so far, and finds where half turned back", () => {
	const reach = reachOf([
		{ tenth: 0, views: 10 },
		{ tenth: 3, views: 50 },
		{ tenth: 10, views: 40 },
	]);
	expect(reach.measured).toBe(100);
	expect(reach.reached.map(({ views }) => views)).toEqual([90, 90, 90, 40, 40, 40, 40, 40, 40, 40]);
	expect(halfDepth(reach)).toBe(0.3);
});

test("a form given up at fields that are not named says how often", () => {
	const form = { abandoned: 10, fields: [{ field: "epost", abandoned: 7 }] } as FormRow;
	expect(unnamedFields(form)).toBe(3);
});

describe("the page about interactions", () => {
	test("ranks elements over all pages, or those of one page", async () => {
		const rowsOf = async (path: string) =>
			[...panelOf(await openPage(busy, path), "elementer").matchAll(/data-row="([^\n"]*)\n([^"]*)"/g)].map(
				([, page, name]) => `${page} ${name}`,
			);
		expect((await rowsOf("/interactions")).slice(0, 2)).toEqual([
			"/bestill form button.betal",
			"/turer/geiranger main a.bestill",
		]);
		expect(await rowsOf("/interactions?side=/priser")).toEqual(["/priser main a.bestill"]);
	});
	test("writes an element's share as its views of the views of its page, in the same range", async () => {
		const [{ rows }, pages] = await Promise.all([busy.elements(range), busy.pages(range)]);
		const text = readText(panelOf(await openPage(busy, "/interactions"), "elementer"));
		const named = rows.filter((row) => row.element !== "(other)");
		for (const { page, element: name, views } of named) {
			const of = pages.rows.find((row) => row.page === page)?.views ?? 0;
			const from = text.indexOf(`${name} ${page} `);
			expect(text.slice(from, from + 140)).toContain(` ${Math.round((100 * views) / of)} % `);
		}
	});
	test("marks clicks in a burst, without effect and before an error, each in words", async () => {
		const { rows } = await busy.elements(range);
		const pay = rows.find((row) => row.element === "form button.betal");
		const text = readText(panelOf(await openPage(busy, "/interactions"), "elementer"));
		expect(text).toContain(`${pay?.rage} i rask rekke`);
		expect(text).toContain(`${pay?.afterError} fulgt av en feil`);
		expect(text).toMatch(/\d uten virkning/);
	});
	test("draws how far down people came as shares of the views in which it was measured", async () => {
		const { scroll } = await busy.elements(range);
		const { reached, measured } = reachOf(scroll);
		const text = readText(panelOf(await openPage(busy, "/interactions"), "rulling"));
		for (const { depth, views } of reached)
			expect(text).toContain(
				`${depth === 1 ? "Helt" : `Minst ${Math.round(depth * 100)} %`} ned ${Math.round((100 * views) / measured)} %`,
			);
		expect(text).toContain(`Halvparten kom ${Math.round(halfDepth(reachOf(scroll)) * 100)} % ned eller lenger`);
	});
	test("says at which field forms are given up, by name, and how often at one that is not named", async () => {
		const { forms } = await busy.elements(range);
		const text = readText(panelOf(await openPage(busy, "/interactions"), "skjemaer"));
		const [form] = forms;
		for (const { field, abandoned } of form?.fields ?? [])
			expect(text).toContain(`${field} ${Math.round((100 * abandoned) / (form?.abandoned ?? 1))} %`);
		expect(text).toContain("ukjent felt, eller skjult: for få besøk");
		expect(text).toContain("aldri det som skrives");
	});
	test("lists events with their properties, and what else happened", async () => {
		const html = await openPage(busy, "/interactions");
		const events = readText(panelOf(html, "hendelser"));
		expect(events).toContain("bestilling");
		expect(events).toContain("sprak=nb");
		expect(events).toContain("andre hendelser · skjult: for få besøk");
		const text = readText(html);
		for (const name of ["TypeError @ /kart.js:112", "/brosjyre.pdf", "fjordnorway.example", "/gammel-side"])
			expect(text).toContain(name);
	});
	test("asks for a device only where it can be told, and says so", async () => {
		const { stats, asked } = spiedOn(busy);
		const text = readText(await openPage(stats, "/interactions?enhet=mobil"));
		const withDevice = asked.filter((call) => call.range.device !== undefined).map(({ name }) => name);
		expect([...new Set(withDevice)]).toEqual(["summary"]);
		expect(text).toContain("Enhetsfilteret gjelder bare summene av klikk som ikke virket.");
		expect(text).toContain("Hele nettstedet, bare mobil");
	});
	test("says that events are not counted by page where a page is chosen", async () => {
		const text = readText(await openPage(busy, "/interactions?side=/priser"));
		expect(text).toContain("Hendelser telles for hele nettstedet, ikke per side.");
		expect(text).toContain("Ingen skjemaer ble påbegynt");
	});
	test("writes shares of few visits as counts", async () => {
		const few: Stats = {
			...firstDay,
			elements: async (asked) => ({
				...(await firstDay.elements(asked)),
				rows: [element("/", "nav a:turer", 1)],
				total: 1,
				scroll: [
					{ tenth: 2, views: 3 },
					{ tenth: 10, views: 1 },
				],
			}),
		};
		const text = readText(await openPage(few, "/interactions"));
		expect(text).toContain("1 av 2");
		expect(text).toContain("For få målinger (4) til andeler.");
		expect(text).toContain("Helt ned 1 ");
	});
	test("works without script of its own, and has no style attribute", async () => {
		for (const query of ["", "?side=/bestill&vis=alle&lang=en"]) {
			const html = await openPage(busy, `/interactions${query}`);
			expect(html.match(/<script/g)).toHaveLength(1);
			expect(html).not.toMatch(/\sstyle=|\son\w+=|javascript:/i);
		}
	});
	test("renders hostile names as text", async () => {
		const html = await openPage(withHostileNames(busy), "/interactions");
		expect(html.match(/<script/g)).toHaveLength(1);
		expect(html).not.toMatch(/<img|<svg\/onload/);
		expect(html.match(/<bdi[^>]*>\u202egnp\.exe<\/bdi>/g)?.length).toBeGreaterThan(3);
	});
	test("writes no technical names of what is hidden", async () => {
		for (const lang of ["nb", "en"])
			expect(readText(await openPage(busy, `/interactions?vis=alle&lang=${lang}`))).not.toContain("(other)");
	});
});
