/** Figures of another range beside those asked for, in every list of the Stats API. */
import { describe, expect, test } from "vitest";
import { addDays } from "../../schema/period.ts";
import type { Report } from "../../schema/report.ts";
import type { Flows } from "../../worker/stats/answers.ts";
import { figureRoutes } from "../../worker/stats/table.ts";
import { startFresh } from "./migrations.ts";
import { call, closePeriod, figures, makeVisit, send, yesterday } from "./support.ts";

type Figures = Record<string, unknown>;
interface Compared {
	rows: { page: string; views: number }[];
	compare: { rows: Compared["rows"]; total: number };
}
type Flow = Pick<Flows, "views" | "from" | "left"> & { to: { page: string; count: number }[] };

let key = "";
let policy = "";
const before = () => addDays(yesterday(), -7);
const both = () => `from=${yesterday()}&to=${yesterday()}&compare=${before()}..${before()}`;
const own = () => `from=${yesterday()}&to=${yesterday()}`;
const then = () => `from=${before()}&to=${before()}`;

const owned = (method: string, body: unknown) => ({
	method,
	headers: { Authorization: `Bearer ${key}` },
	body: JSON.stringify(body),
});

/** Every other visit also sees a page that only one of the periods has. */
function visits(count: number, period: string, only: string): Report[] {
	return Array.from({ length: count }, (_, visit) =>
		makeVisit(policy, visit % 2 ? ["/", "/turer", "/takk"] : ["/", only], {
			parts: visit,
			channel: visit % 3 ? "search" : "email",
			device: visit % 2 ? "mobile" : "desktop",
			how: visit % 2 ? "closed" : "outbound",
			lcpMs: (period === before() ? 600 : 900) + 40 * visit,
			gap: 31,
			period,
		}),
	).flat();
}

async function fill(nowOnly: string, thenOnly: string, thenCount = 36): Promise<void> {
	({ key, policy } = await startFresh());
	const aims = {
		goals: [{ name: "bestilt", kind: "page", match: "/takk" }],
		funnels: [
			{
				name: "handel",
				steps: [
					{ kind: "page", match: "/turer" },
					{ kind: "page", match: "/takk" },
				],
			},
		],
	};
	expect((await call("/v1/sites/shop/settings", owned("PUT", aims))).status).toBe(200);
	const reports = visits(48, yesterday(), nowOnly);
	for (let at = 0; at < reports.length; at += 20) expect((await send(reports.slice(at, at + 20))).status).toBe(204);
	const filled = { period: before(), seal: true, reports: visits(thenCount, before(), thenOnly) };
	expect((await call("/v1/sites/shop/samples", owned("POST", filled))).status).toBe(200);
	expect((await closePeriod(key, yesterday())).status).toBe(200);
}

const lists = Object.keys(figureRoutes).filter((name) => !["grants", "summary", "timeline"].includes(name));

test("every route takes a comparison, but for the grants, which are told period by period anyway", () => {
	const taking = Object.keys(figureRoutes).filter((name) => figureRoutes[name]?.compare);
	expect(taking).toEqual(Object.keys(figureRoutes).filter((name) => name !== "grants"));
});

test("of the same pages, an answer stays what it is, and beside it is what the other range answers by itself", async () => {
	await fill("/priser", "/priser", 48); // as many: no name is too rare in one of them alone
	const inAnyOrder = (value: unknown): unknown => {
		if (Array.isArray(value))
			return value.map(inAnyOrder).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
		if (typeof value !== "object" || value === null) return value;
		return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inAnyOrder(item)]));
	};
	for (const name of lists) {
		const page = name === "flows" ? "&page=/turer" : "";
		const { compare, ...now } = await figures<Figures>(key, name, `?${both()}${page}`);
		expect(now, name).toEqual(await figures(key, name, `?${own()}${page}`));
		const { range, ...rest } = await figures<Figures>(key, name, `?${then()}${page}`);
		for (const said of ["site", "grain", "timeZone", "page", "device"]) delete rest[said];
		expect(inAnyOrder(compare), name).toEqual(inAnyOrder({ ...(range as Figures), ...rest }));
	}
}, 30_000);

describe("of different pages", () => {
	test("a list holds the names that are shown: those of one range only have nothing beside them, or are not there", async () => {
		await fill("/ny", "/gammel");
		const { rows, compare } = await figures<Compared>(key, "pages", `?${both()}`);
		expect(rows.map(({ page }) => page).sort()).toEqual(["/", "/ny", "/takk", "/turer"]);
		expect(compare.rows.map(({ page }) => page).sort()).toEqual(["/", "/takk", "/turer"]);
		expect(compare.total).toBe(4);
		// However long the list is, and however far down it begins.
		for (const query of ["limit=1", "limit=1&offset=2"]) {
			const { rows, compare } = await figures<Compared>(key, "pages", `?${both()}&${query}`);
			expect(rows).toHaveLength(1);
			expect(compare.rows.map(({ page }) => page)).toEqual(rows.map(({ page }) => page));
		}
		const [mobile, alone] = await Promise.all(
			[both(), then()].map((query) => figures<Compared>(key, "pages", `?${query}&device=mobile`)),
		);
		const viewsOf = (list?: Compared["rows"]) => list?.find(({ page }) => page === "/turer")?.views;
		expect(viewsOf(mobile?.compare.rows)).toBe(viewsOf(alone?.rows));
		expect(viewsOf(alone?.rows)).toBe(18);

		// A flow balances in both ranges, and keeps what only the other had.
		const { compare: flow } = await figures<{ compare: Flow }>(key, "flows", `?${both()}&page=/&limit=1`);
		const sum = (list: { count: number }[]) => list.reduce((total, { count }) => total + count, 0);
		expect(flow.views).toBe(36);
		expect(sum(flow.from)).toBe(36);
		expect(sum(flow.to) + sum(flow.left)).toBe(36);
		expect(flow.to.map(({ page }) => page)).toContain("/gammel");
	}, 30_000);

	test("as CSV it is columns of its own beside the figures of the same name", async () => {
		await fill("/ny", "/gammel");
		const lines = async (path: string) => {
			const answer = await call(`/v1/sites/shop/stats/${path}`, { headers: { Authorization: `Bearer ${key}` } });
			const [header = "", ...rows] = (await answer.text()).trimEnd().split("\r\n");
			const columns = header.split(",");
			return rows.map((row) => Object.fromEntries(row.split(",").map((cell, at) => [columns[at], cell])));
		};
		const pages = await lines(`pages.csv?${both()}`);
		const of = (page: string) => pages.find((line) => line.page === page);
		expect(of("/turer")).toMatchObject({ views: "24", "compare.views": "18" });
		expect(of("/turer")).toHaveProperty("compare.lcp.p75");
		expect(of("/ny")).toMatchObject({ views: "24", "compare.views": "" });
		const channels = await lines(`channels.csv?${both()}`);
		expect(channels.find((line) => line.channel === "search" && line.list === "rows")).toMatchObject({
			visits: "32",
			"compare.visits": "24",
		});
		expect((await lines(`flows.csv?${both()}&page=/turer`)).find((line) => line.direction === "from")).toMatchObject({
			count: "24",
			"compare.count": "18",
		});
		expect((await lines(`vitals.csv?${both()}`)).find((line) => line.vital === "lcp")).toMatchObject({
			n: "120",
			"compare.n": "90",
		});
		expect((await lines(`timeline.csv?${both()}`))[0]).toMatchObject({ date: yesterday(), "compare.date": before() });
		for (const name of lists) {
			const query = name === "flows" ? "&page=/turer" : "";
			const [first = {}] = await lines(`${name}.csv?${both()}${query}`);
			expect(
				Object.keys(first).some((column) => column.startsWith("compare.")),
				name,
			).toBe(true);
		}
	}, 30_000);
});
