/** Reading open books again and again: a reader is told only what is new, and knows all there is. */
import { evictDurableObject } from "cloudflare:test";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { leavingMethods } from "../../schema/leaving.ts";
import { viewSilentMs } from "../../schema/limits.ts";
import { addDays } from "../../schema/period.ts";
import { treeNames } from "../../schema/tree-rules.ts";
import type { TreeName } from "../../schema/trees.ts";
import { bookOf } from "../../worker/book/books.ts";
import { leaveOpen } from "../../worker/book/going-on.ts";
import { readAll } from "../../worker/query/read.ts";
import { sumByKey } from "../../worker/query/sums.ts";
import { decode, encode, read } from "../../worker/query/tally.ts";
import { type Site, siteOf } from "../../worker/sites/sites.ts";
import { accept, bookSteps, schedulesOf } from "./book-steps.ts";
import { startFresh } from "./migrations.ts";
import { cellsRead, readTrees, toldCells, wholeTrees } from "./shown.ts";
import { makeReport, makeView, makeVisit, testEnv, today } from "./support.ts";

let policy = "";
let site: Site;
const book = () => bookOf(testEnv, "shop");
const pages = ["/", "/a", "/b"];

beforeEach(async () => {
	({ policy } = await startFresh());
	site = await siteOf(testEnv, "shop");
});
afterEach(() => {
	vi.useRealTimers();
});

const inOrder = (rows: string[][]) => rows.map((row) => row.join(" | ")).sort();

/** What a reader knows who has looked before. */
async function known(trees: TreeName[] = treeNames): Promise<string[]> {
	const reading = await readTrees(site, trees, addDays(today(), -9), today());
	return inOrder(cellsRead(reading).map(({ period, tree, key, sum }) => [period, tree, key, encode(sum)]));
}

/** All there is, told anew. */
async function all(trees: TreeName[] = treeNames): Promise<string[]> {
	const wishes = wholeTrees.filter(({ tree }) => trees.includes(tree));
	const cells = toldCells(await book().read(wishes, "0", "9"));
	return inOrder(
		cells.map(({ period, tree, key, tally, goingOn }) => [
			period,
			tree,
			key,
			encode(leaveOpen(decode(tally), goingOn)),
		]),
	);
}

describe("a reader of an open book", () => {
	test("knows all there is after any posts, corrections, erasures, foldings, restarts, closings and time", {
		timeout: 60_000,
	}, async () => {
		const steps = {
			...bookSteps(() => policy),
			async restart() {
				await book().openPeriods(); // only what runs can be ended
				await evictDurableObject(book());
			},
			look: async () => void (await known(["page", "site"])),
		};
		await fc.assert(
			fc.asyncProperty(schedulesOf(steps, { minLength: 5, maxLength: 25 }), async (schedule) => {
				for (const [name, n] of schedule) {
					await steps[name](n);
					const told = await known();
					const open = new Set((await book().openPeriods()).map(({ period }) => period));
					const isOpen = (row: string) => open.has(row.split(" | ")[0] ?? "");
					expect(told.filter(isOpen)).toEqual((await all()).filter(isOpen));
				}
			}),
			{ numRuns: 12 },
		);
	});

	test("is told nothing where nothing has happened, and of one more view what that one counts in", async () => {
		await accept(Array.from({ length: 5 }, () => makeVisit(policy, pages, { how: "closed" })).flat());
		const { life, periods } = await book().read(wholeTrees, "0", "9");
		const upTo = (change: number | null | undefined) => ({
			life,
			changes: { [today()]: Object.fromEntries(treeNames.map((tree) => [tree, change ?? -1])) },
		});
		const change = periods[0]?.change;
		const again = await book().read(wholeTrees, "0", "9", upTo(change));
		expect(again.periods.map(({ trees }) => trees)).toEqual([[]]);
		await accept([makeReport(policy, { page: "/b", how: "closed" })]);
		const news = await book().read(wholeTrees, "0", "9", upTo(change));
		expect(news.periods.flatMap(({ trees }) => trees.map(({ isWhole }) => isWhole))).not.toContain(true);
		const ofPages = toldCells(news).filter(({ tree }) => tree === "page");
		expect(ofPages.map(({ key, tally }) => [key, read(decode(tally), "views")])).toEqual([["/b", 6]]);
		expect(toldCells(news).length).toBeLessThan(toldCells({ periods: JSON.parse(JSON.stringify(periods)) }).length);
	});

	test("sees a view that was going on as unknown until it has been silent for half an hour", async () => {
		await accept([makeReport(policy, { view: makeView(), how: "lost" })]);
		const ways = async () => {
			const reading = await readTrees(site, ["site"], today(), today());
			const tally = sumByKey(reading, "site").get("") ?? new Map();
			return (["unknown", "lost"] as const).map((how) => read(tally, "leaving", leavingMethods.indexOf(how)));
		};
		expect(await ways()).toEqual([1, 0]);
		expect(await ways()).toEqual([1, 0]);
		vi.setSystemTime(Date.now() + viewSilentMs + 1);
		expect(await ways()).toEqual([0, 1]);
	});

	test("sees all trees of one moment, however many read and write at once", async () => {
		const answers = await Promise.all(
			Array.from({ length: 40 }, async (_, i) => {
				if (i % 2 === 0) await accept(makeVisit(policy, pages, { parts: i }));
				const trees: TreeName[] = i % 3 === 0 ? ["page"] : ["page", "page-previous", "site"];
				const [reading] = await readAll(testEnv, site, [{ wish: { trees }, from: today(), to: today() }]);
				return reading;
			}),
		);
		const views = (reading: (typeof answers)[number], tree: TreeName) =>
			reading && sumByKey(reading, tree).total("views");
		const whole = answers.filter((reading) => reading?.trees.has("site"));
		expect(whole.length).toBeGreaterThan(20);
		for (const reading of whole) expect(views(reading, "page")).toBe(views(reading, "site"));
	});

	test("of one page is told what is about that page, and stays up to date with it", async () => {
		const ask = async () => {
			const wish = { trees: ["page", "page-previous"] as TreeName[], page: "/a" };
			const [reading] = await readAll(testEnv, site, [{ wish, from: today(), to: today() }]);
			return Object.fromEntries(reading ? cellsRead(reading).map(({ key, sum }) => [key, read(sum, "views")]) : []);
		};
		await accept(makeVisit(policy, ["/", "/a", "/b"]));
		expect(await ask()).toEqual({ "/a": 1, "/a\t/": 1, "/b\t/a": 1 });
		await accept([...makeVisit(policy, ["/", "/b"]), ...makeVisit(policy, ["/", "/a"])]);
		expect(await ask()).toEqual({ "/a": 2, "/a\t/": 2, "/b\t/a": 1 });
	});
});
