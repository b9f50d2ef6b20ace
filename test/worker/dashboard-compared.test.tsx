/** Comparison on the dashboard's pages: every panel says what it is compared with, and no change is claimed that may be chance. */
import { describe, expect, test } from "vitest";
import { makeFrame } from "../../worker/dashboard/frame.ts";
import { countChange, shareChange, timesChange } from "../../worker/dashboard/panels/delta.tsx";
import { parseView } from "../../worker/dashboard/range.ts";
import type { Range, Stats } from "../../worker/stats/answers.ts";
import { openPage, panelOf, readText } from "../support/dashboard-html.ts";
import { fixtureStats } from "../support/stats-fixture.ts";

const today = "2026-11-22";
const busy = fixtureStats({ seed: 7, today, visitsPerDay: 1450, visitsToday: 612 });
const paths = [
	"",
	"/pages",
	"/pages?gruppe=mapper",
	"/pages?side=/priser",
	"/speed",
	"/speed?m=cls",
	"/paths",
	"/interactions",
];
const add = (path: string, query: string) => `${path}${path.includes("?") ? "&" : "?"}${query}`;

/** Panels with a heading, by their ids. */
const panelIds = (html: string) =>
	[...html.matchAll(/<section class="panel[^"]*" id="([^"]+)"/g)].map(([, id = ""]) => id);
/** The heading and the line below it. */
const headOf = (html: string, id: string) => readText(panelOf(html, id).split("</header>")[0] ?? "");

describe("every panel", () => {
	test.each(paths)("says once what it is compared with, or that it is not: %s", async (path) => {
		for (const [lang, against, none] of [
			["nb", "ammenlignet med 27. sep.–24. okt. 2026", "ten sammenligning"],
			["en", "ompared with 27 Sept – 24 Oct 2026", "ithout comparison"],
		] as const) {
			const html = await openPage(busy, add(path, `lang=${lang}`));
			expect(panelIds(html).length).toBeGreaterThan(0);
			for (const id of panelIds(html)) {
				const head = headOf(html, id).replaceAll("\u2009", " ");
				const said = [head.split(against).length - 1, head.split(none).length - 1];
				expect(said[0] ? said : said.toReversed(), `${id}: ${head}`).toEqual([1, 0]);
				// What is not compared shows no change.
				if (said[1]) expect(panelOf(html, id)).not.toContain('class="delta');
			}
		}
	});

	test.each(paths)(
		"says nothing of it, and shows no change, where the view is compared with nothing: %s",
		async (path) => {
			const html = await openPage(busy, add(path, "c=ingen"));
			expect(readText(html)).not.toMatch(/sammenlignet med|Sammenlignet med/);
			expect(html).not.toContain('class="delta');
			for (const id of panelIds(html)) expect(headOf(html, id)).not.toContain("ten sammenligning");
		},
	);

	test.each([
		"",
		"/pages",
		"/pages?side=/priser",
		"/speed",
		"/speed?m=fcp",
		"/speed?side=/priser",
		"/paths",
		"/interactions",
	])("says whether it follows the filter of devices: %s", async (path) => {
		const html = await openPage(busy, add(path, "enhet=mobil"));
		expect(panelIds(html).length).toBeGreaterThan(0);
		for (const id of panelIds(html)) expect(headOf(html, id), id).toMatch(/alle (sider og )?enheter|bare mobil/i);
	});

	test.each(["", "/speed", "/paths", "/interactions"])(
		"says whether it follows the filter of pages: %s",
		async (path) => {
			const html = await openPage(busy, add(path, "side=/priser"));
			// Lists of pages show all of them, and the flow has the page in its middle.
			const listed = ["sider", "innganger", "utganger", "stier", "steg"];
			for (const id of panelIds(html).filter((id) => !listed.includes(id)))
				expect(headOf(html, id), id).toMatch(/alle sider|hele nettstedet|\/priser/i);
		},
	);

	test("says which filters it does not follow", async () => {
		const html = await openPage(busy, "?enhet=mobil&side=/priser");
		const everywhere: Record<string, RegExp> = {
			ytelse: /\/priser, bare mobil/,
			nettvitaler: /\/priser, bare mobil/,
			stier: /Alle enheter/,
			sider: /bare mobil/,
			kilder: /alle enheter · alle sider/,
			enheter: /alle sider, alle enheter/,
			avslutning: /alle sider, bare mobil/,
			samhandling: /\/priser, alle enheter/,
			timer: /alle sider, alle enheter/,
			maal: /Hele nettstedet, alle enheter/,
			trakter: /hele nettstedet, alle enheter/i,
		};
		expect(panelIds(html).sort()).toEqual(Object.keys(everywhere).sort());
		for (const [id, words] of Object.entries(everywhere)) expect(headOf(html, id), id).toMatch(words);
		expect(readText(html)).toContain("Nøkkeltall: alle sider");
		expect(readText(html)).toMatch(/Forrige periode alle sider, alle enheter/);
	});
});

test("a row shows how it changed, with an arrow where it is more than chance", async () => {
	const isNow = ({ to }: Range) => to > "2026-11-01";
	const changed: Stats = {
		...busy,
		leaving: async (range) => {
			const targets = [
				{ host: "yr.example", views: isNow(range) ? 300 : 200 },
				{ host: "ut.example", views: isNow(range) ? 104 : 100 },
				{ host: "ny.example", views: 80 },
				{ host: "faa.example", views: isNow(range) ? 40 : 20 },
			];
			return {
				...(await busy.leaving(range)),
				targets: targets.filter(({ host }) => isNow(range) || host !== "ny.example"),
			};
		},
	};
	const list = panelOf(await openPage(changed, "/paths"), "utgaende");
	const row = (host: string) => list.slice(list.indexOf(`data-row="${host}"`)).split("</li>")[0] ?? "";
	expect(readText(row("yr.example"))).toMatch(/300 .*\+50 %/);
	expect(row("yr.example")).toContain('class="delta"');
	expect(row("ut.example")).toContain('class="delta flat"');
	expect(readText(row("ut.example"))).toContain("+4 % (innenfor usikkerheten)");
	for (const host of ["ny.example", "faa.example"]) expect(row(host)).not.toContain("delta");
});

describe("a change", () => {
	const frame = makeFrame(parseView(new URLSearchParams("p=28d"), today), "nb");

	test("of a count is told from 30 on, and unsure where chance alone sets two counts as far apart", () => {
		expect(countChange(50, 29, frame)).toBeUndefined();
		expect(countChange(50, undefined, frame)).toBeUndefined();
		expect(countChange(120, 100, frame)).toMatchObject({ unsure: true, text: "+20\u00a0%" });
		expect(countChange(140, 100, frame)).toMatchObject({ unsure: false, text: "+40\u00a0%", better: "up" });
		expect(countChange(60, 100, frame, "neither")).toMatchObject({
			unsure: false,
			difference: -0.4,
			better: "neither",
		});
	});

	test("of a share is told where both are of 30 or more, and unsure in the same way", () => {
		expect(shareChange([20, 29], [20, 40], frame)).toBeUndefined();
		expect(shareChange([20, 40], [20, 29], frame)).toBeUndefined();
		expect(shareChange([24, 100], [20, 100], frame)).toMatchObject({ unsure: true });
		expect(shareChange([40, 100], [20, 100], frame)).toMatchObject({ unsure: false, text: "+20\u00a0%-poeng" });
		expect(shareChange([0, 100], [0, 100], frame)).toMatchObject({ unsure: true, text: "±0\u00a0%-poeng" });
	});

	test("of a time is unsure where the intervals overlap", () => {
		const times = (p75: number, p75Interval: [number, number] | null, n = 100) => ({
			p50: null,
			p50Interval: null,
			p75,
			p75Interval,
			n,
		});
		expect(timesChange(times(110, [100, 120]), times(100, [90, 105]), frame)).toMatchObject({ unsure: true });
		expect(timesChange(times(150, [140, 160]), times(100, [90, 105]), frame)).toMatchObject({ unsure: false });
		expect(timesChange(times(150, [140, 160]), times(100, null, 29), frame)).toBeUndefined();
	});
});
