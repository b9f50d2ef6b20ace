/** Every figure on every page of the dashboard against the Stats API's answers about the same visits. */

import { Hono } from "hono";
import { beforeEach, expect, test } from "vitest";
import { addDays } from "../../schema/period.ts";
import type { Drawn } from "../../schema/picture.ts";
import type { Report } from "../../schema/report.ts";
import { formatOf, type Language } from "../../worker/dashboard/format.ts";
import { privacyFacts } from "../../worker/dashboard/privacy/gather.ts";
import { dashboardRoutes } from "../../worker/dashboard/routes.tsx";
import { siteOf } from "../../worker/sites/sites.ts";
import type { Flows, Pages, Stats } from "../../worker/stats/answers.ts";
import { statsOf } from "../../worker/stats/stats.ts";
import { panelOf } from "../support/dashboard-html.ts";
import { faultOf, type Page, readPage } from "../support/marked-figures.ts";
import { setupFixture } from "../support/setup-fixture.ts";
import { startFresh } from "./migrations.ts";
import { call, closePeriod, figures, makeVisit, send, testEnv, today, yesterday } from "./support.ts";

let key = "";
let policy = "";

const turer = { kind: "page", match: "/turer*" };
const takk = { kind: "page", match: "/takk" };
const aims = {
	goals: [
		{ name: "bestilt", ...takk },
		{ name: "aldri", kind: "event", match: "aldri" },
	],
	funnels: [
		{ name: "fra tur", steps: [turer, takk] },
		{ name: "aldri ferdig", steps: [takk, { kind: "event", match: "aldri" }] },
	],
};
const paths = [["/", "/turer", "/turer/geiranger", "/takk"], ["/turer", "/priser"], ["/priser"], ["/", "/turer"]];

function visitOf(visit: number, period: string): Report[] {
	return makeVisit(policy, paths[visit % paths.length] ?? [], {
		parts: visit * 10,
		channel: visit % 2 ? "search" : "direct",
		device: visit % 3 ? "mobile" : "desktop",
		how: visit % 4 ? "closed" : "outbound",
		lcpMs: 800 + 60 * visit,
		period,
		gap: 31,
	});
}

const owned = (method: string, body: unknown) => ({
	method,
	headers: { Authorization: `Bearer ${key}` },
	body: JSON.stringify(body),
});

/** Enough visits for percentiles: over a closed period and an open one, and in one of the range they are compared with. */
async function visitTheShop(): Promise<void> {
	for (let visit = 0; visit < 60; visit++) {
		const answer = await send(visitOf(visit, visit % 3 ? yesterday() : today()));
		expect(answer.status, await answer.clone().text()).toBe(204);
	}
	const period = addDays(yesterday(), -7);
	// In other proportions than now: every third visit is of one kind.
	const reports = Array.from({ length: 48 }, (_, visit) => visitOf(visit % 3 ? visit : 1, period)).flat();
	const filled = await call("/v1/sites/shop/samples", owned("POST", { period, seal: true, reports }));
	expect(filled.status, await filled.clone().text()).toBe(200);
}

beforeEach(async () => {
	({ key, policy } = await startFresh());
	answers = new Map();
	expect((await call("/v1/sites/shop/settings", owned("PUT", aims))).status).toBe(200);
	await visitTheShop();
	expect((await closePeriod(key, yesterday())).status).toBe(200);
}, 60_000);

/** Of every page: with one of the elements that are clicked in these visits, another hidden, the others not there. */
const drawn: Drawn = {
	width: 1320,
	height: 900,
	colours: ["#ffffff"],
	shapes: [],
	keys: ["main a", "nav a.menu"],
	places: [[0, 100, 100, 300, 200]],
	unseen: [1],
	cut: false,
};

/** Answers that throw where somebody changes them: others are given the same ones. */
function fixed(stats: Stats): Stats {
	const fix = (part: unknown): void => {
		if (typeof part !== "object" || part === null || Object.isFrozen(part)) return;
		for (const inner of Object.values(Object.freeze(part))) fix(inner);
	};
	const asked = Object.entries(stats).map(([name, ask]) => [
		name,
		async (range: never) => {
			const answer = await ask(range);
			fix(answer);
			return answer;
		},
	]);
	return Object.fromEntries(asked);
}

/** The pages themselves, without signing in: their routes over the real books and the real database. */
const routes = dashboardRoutes({
	siteFor: async () => siteOf(testEnv, "shop"),
	statsFor: async () => fixed(statsOf(testEnv, await siteOf(testEnv, "shop"))),
	isOwner: async () => true,
	picturesFor: async (_c, _site, page) => [{ page, device: "desktop", taken: 0, width: 1320, drawn }],
	privacyFor: async () => privacyFacts(testEnv, await siteOf(testEnv, "shop"), true, Date.now()),
	setupFor: async () => setupFixture,
	paths: { script: "/s.js", font: "/f.woff2" },
	style: () => "",
	now: Date.now,
	nonce: () => "n",
});
const pages = new Hono().route("/sites/:site", routes);

async function open(path: string): Promise<string> {
	const range = `p=egen&fra=${yesterday()}&til=${today()}`;
	const answer = await pages.request(`/sites/shop${path}${path.includes("?") ? "&" : "?"}${range}`, {
		headers: { "accept-language": "nb" },
	});
	expect(answer.status, path).toBe(200);
	return answer.text();
}

let answers = new Map<string, Promise<unknown>>();

/** An answer of the Stats API, asked for once. */
function ask(name: string, query: URLSearchParams): Promise<unknown> {
	const path = `?${query}`;
	const asked = answers.get(name + path) ?? figures(key, name, path);
	answers.set(name + path, asked);
	return asked;
}

/** The figures of a page, and what is wrong with them. */
async function faultsOf(html: string, language: Language): Promise<{ page: Page; faults: string[] }> {
	const page = readPage(html);
	const [from = "", to = ""] = page.range.split("..");
	const faults = await Promise.all(
		page.figures.map(async (figure) => {
			if (figure.of === "") return undefined;
			const [name = "", asked] = figure.answer.split("?");
			const query = new URLSearchParams(asked);
			if (!query.has("from")) {
				query.set("from", from);
				query.set("to", to);
				if (page.compare && (name === "summary" || name === "timeline")) query.set("compare", page.compare);
			}
			return faultOf(figure, await ask(name, query), language);
		}),
	);
	return { page, faults: faults.filter((fault) => fault !== undefined) };
}

test("every figure on every page is the Stats API's", async () => {
	for (const [path, least] of [
		["", 100],
		["?enhet=mobil&lang=en", 100],
		["?maal=bestilt", 110],
		["?maal=aldri&side=/turer&c=ingen&lang=en", 90],
		["/pages", 40],
		["/pages?enhet=mobil&lang=en&sort=lcp", 30],
		["/pages?gruppe=mapper", 15],
		["/pages?side=/turer", 50],
		["/pages?side=/takk&lang=en", 50],
		["/pages?side=/turer&enhet=mobil&lang=en", 50],
		["/speed", 100],
		["/speed?m=inp&lang=en", 100],
		["/speed?m=cls", 60],
		["/speed?m=ttfb", 80],
		["/speed?m=fcp&enhet=mobil", 40],
		["/speed?m=lcp&side=/turer&enhet=mobil", 30],
		["/paths", 40],
		["/paths?side=/turer&enhet=mobil&maate=closed&lang=en", 30],
		["/paths?sort=andel&vis=alle", 40],
		["/interactions", 40],
		["/interactions?side=/turer&enhet=mobil&lang=en", 20],
		["/privacy", 7],
		["/privacy?enhet=mobil&lang=en", 7],
	] as const) {
		const language = path.includes("lang=en") ? "en" : "nb";
		const { page, faults } = await faultsOf(await open(path), language);
		expect(page.loose, path).toEqual([]);
		expect(faults, path).toEqual([]);
		expect(page.figures.filter(({ of }) => of !== "").length, path).toBeGreaterThanOrEqual(least);
	}
}, 60_000);

test("every change in a row is the API's answer against its compared one", async () => {
	const range = `from=${yesterday()}&to=${today()}&compare=${addDays(yesterday(), -7)}..${addDays(today(), -7)}`;
	const { rows, compare } = await figures<Pages & { compare: Pages }>(key, "pages", `?${range}`);
	const html = await open("/pages?lang=en");
	const shown = rows.map(({ page, views }) => {
		const row = html.slice(html.indexOf(`data-row="${page}"`)).split("</tr>")[0] ?? "";
		const change = /class="delta[^>]*>(?:<svg.*?<\/svg>\s*)?([^<]+)/.exec(row)?.[1];
		const before = compare.rows.find((other) => other.page === page)?.views ?? 0;
		const expected = before < 30 ? undefined : formatOf("en").change(views / before - 1, 1);
		expect(change?.trim(), page).toBe(expected);
		return change;
	});
	expect(shown.filter((change) => change !== undefined).length).toBeGreaterThan(0);
}, 60_000);

test("every change in the flow is of the shares that the API gives of both ranges", async () => {
	const range = `from=${yesterday()}&to=${today()}&compare=${addDays(yesterday(), -7)}..${addDays(today(), -7)}`;
	const answer = await figures<Flows & { compare: Flows }>(key, "flows", `?${range}&page=/turer`);
	const rowsOf = ({ from, to, left }: Flows, side: string): readonly { count: number }[] =>
		side === "from" ? from : side === "to" ? to : left;
	const countOf = (flows: Flows, side: string, rows: string) =>
		rowsOf(flows, side).find((row) => rows === Object.entries(row)[0]?.join("="))?.count;
	for (const path of ["/paths?side=/turer&lang=en", "/pages?side=/turer&lang=en"]) {
		const panel = panelOf(await open(path), "stier");
		const shown = panel.split("data-list=").flatMap((list) => {
			const side = /^"(\w+)"/.exec(list)?.[1] ?? "";
			return [...list.matchAll(/<li class="row[^"]*" data-rows="([^"]+)".*?<\/li>/gs)].map(([row, rows = ""]) => {
				const now = (countOf(answer, side, rows) ?? 0) / answer.views;
				const before = countOf(answer.compare, side, rows);
				const change = /class="delta[^>]*>(?:<svg.*?<\/svg>\s*)?([^<]+)/.exec(row)?.[1]?.trim();
				const expected = before === undefined ? undefined : formatOf("en").points(now - before / answer.compare.views);
				expect(change === "newly listed" ? undefined : change, `${side} ${rows}`).toBe(expected);
				return row;
			});
		});
		expect(shown.length, path).toBeGreaterThan(4);
		expect(shown.join("")).toMatch(/class="delta"><svg.*?<\/svg> [+\u2212]\d/s);
	}
}, 60_000);

test("a figure that differs from the API's is found", async () => {
	const html = await open("/pages");
	const { page } = await faultsOf(html, "nb");
	const views = page.figures.find(({ of }) => of === "views")?.text ?? "";
	const wrong = html.replace(`data-of="views">${views}<`, `data-of="views">${Number(views) + 1}<`);
	expect((await faultsOf(wrong, "nb")).faults).toHaveLength(1);
	expect((await faultsOf(html.replaceAll('data-row="/priser"', 'data-row="/nowhere"'), "nb")).faults).not.toEqual([]);
	expect(readPage(html.replace(/ data-of="views"/, "")).loose).toEqual([expect.stringContaining(views)]);
}, 60_000);
