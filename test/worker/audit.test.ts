import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { otherName, splitKey } from "../../schema/tree-rules.ts";
import type { TreeName } from "../../schema/trees.ts";
import type { Cell, PeriodCells } from "../../worker/book/cells.ts";
import { ensure } from "../../worker/book/ensure.ts";
import { determinedCells, graphOf, type Keyed } from "../../worker/closing/audit.ts";
import { complementCells, seal, visibleCells } from "../../worker/closing/seal.ts";
import { count, merge, read } from "../../worker/query/tally.ts";

const k = 5;
const cell = (views: number, devices = views): Cell => ({ devices, tally: new Map(views > 0 ? [[0, views]] : []) });
const viewsOf = (table: Keyed, key: string) => read(table.get(key)?.tally ?? new Map(), "views");
const hiddenOf = (table: Keyed, visible: Set<string>) =>
	[...table.keys()].filter((key) => !visible.has(key) && viewsOf(table, key) > 0);
const below = (table: Keyed, keys: Iterable<string>) => [...keys].filter((key) => (table.get(key)?.devices ?? 0) < k);

/** What would be shown without the audit. */
function withoutAudit(table: Keyed): Set<string> {
	const graph = graphOf(table);
	const hidden = complementCells(graph, k);
	return new Set(graph.keys.filter((_, index) => hidden[index] === 0));
}

const tables = (rows: number, columns: number, most: number) =>
	fc
		.array(
			fc.tuple(
				fc.integer({ min: 1, max: rows }),
				fc.integer({ min: 1, max: columns }),
				fc.integer({ min: 0, max: most }),
				fc.boolean(),
			),
			{ maxLength: rows * columns },
		)
		.map((cells) => ({
			table: new Map(cells.map(([row, column, views]) => [`r${row}\tc${column}`, cell(views)])),
			visible: new Set(cells.filter(([, , , shown]) => shown).map(([row, column]) => `r${row}\tc${column}`)),
		}));

/** Which hidden cells each line sums up: one row of 0 and 1 per line. */
function sumsOver(hidden: string[]): number[][] {
	const lines = [0, 1].flatMap((axis) =>
		[...new Set(hidden.map((key) => splitKey(key)[axis]))].map((name) => [axis, name]),
	);
	return lines.map(([axis, name]) => hidden.map((key) => (splitKey(key)[axis as number] === name ? 1 : 0)));
}

/** Rank by elimination. Sums over two axes stay whole numbers (the matrix is totally unimodular), so it is exact. */
function rankOf(matrix: number[][]): number {
	const rest = matrix.map((row) => [...row]);
	let rank = 0;
	for (let column = 0; column < (matrix[0]?.length ?? 0); column++) {
		const at = rest.findIndex((row) => row[column] !== 0);
		if (at === -1) continue;
		const [pivot = []] = rest.splice(at, 1);
		for (const row of rest) {
			const factor = (row[column] as number) / (pivot[column] as number);
			if (factor !== 0)
				for (const [index, value] of pivot.entries()) row[index] = (row[index] as number) - factor * value;
		}
		rank++;
	}
	return rank;
}

/** Cells with the same value in every table of any whole numbers with these sums: their unit vector is a sum of sums. */
function determinedByRank(hidden: string[]): string[] {
	const sums = sumsOver(hidden);
	return hidden.filter((one) => rankOf([...sums, hidden.map((key) => (key === one ? 1 : 0))]) === rankOf(sums));
}

/** Cells with the same value in every table without a negative count with these sums: all such tables are tried. */
function determinedByTrying(table: Keyed, hidden: string[]): string[] {
	const sums = sumsOver(hidden);
	const values = hidden.map((key) => viewsOf(table, key));
	const left = sums.map((line) => line.reduce((sum, inside, index) => sum + inside * (values[index] as number), 0));
	const linesOf = hidden.map((_, index) => [...sums.keys()].filter((line) => sums[line]?.[index] === 1));
	const isLast = (line: number, index: number) => !sums[line]?.includes(1, index + 1);
	const found = hidden.map(() => new Set<number>());
	const tried: number[] = [];
	const tryFrom = (index: number): void => {
		if (index === hidden.length) {
			for (const [i, value] of tried.entries()) found[i]?.add(value);
			return;
		}
		const lines = linesOf[index] as number[];
		const room = Math.min(...lines.map((line) => left[line] as number));
		for (let value = 0; value <= room; value++) {
			if (lines.some((line) => isLast(line, index) && left[line] !== value)) continue;
			tried[index] = value;
			for (const line of lines) left[line] = (left[line] as number) - value;
			tryFrom(index + 1);
			for (const line of lines) left[line] = (left[line] as number) + value;
		}
	};
	tryFrom(0);
	return hidden.filter((_, index) => found[index]?.size === 1);
}

describe("the bridge audit", () => {
	test("finds exactly the cells that any whole numbers with the same sums must agree on", () => {
		fc.assert(
			fc.property(tables(4, 4, 9), ({ table, visible }) => {
				const expected = determinedByRank(hiddenOf(table, visible));
				expect([...determinedCells(table, visible)].sort()).toEqual(expected.sort());
			}),
			{ numRuns: 1000 },
		);
	});

	test("finds exactly the cells that a reader who knows the empty ones can work out without negative counts", () => {
		fc.assert(
			fc.property(tables(3, 3, 3), ({ table, visible }) => {
				const expected = determinedByTrying(table, hiddenOf(table, visible));
				expect([...determinedCells(table, visible)].sort()).toEqual(expected.sort());
			}),
			{ numRuns: 300 },
		);
	});

	test("a table of 50,000 cells in one long chain is no matter of recursion", () => {
		const chain = new Map(Array.from({ length: 50_000 }, (_, i) => [`r${i >> 1}\tc${(i + 1) >> 1}`, cell(1)]));
		expect(determinedCells(chain, new Set()).size).toBe(50_000);
		chain.set("r24999\tc0", cell(1));
		expect([...determinedCells(chain, new Set())]).toEqual(["r24999\tc25000"]);
	});
});

/** Two groups of pages, a crossing of two devices from one to the other, and a busier one that is shown. */
const twoGroups: Keyed = new Map(
	Object.entries({
		...{ "a\ta": cell(3), "a\tb": cell(4), "b\ta": cell(4), "b\tb": cell(3) },
		...{ "c\tc": cell(3), "c\td": cell(4), "d\tc": cell(4), "d\td": cell(3) },
		...{ "c\ta": cell(2), "d\tb": cell(9), "a\td": cell(30) },
	}),
);

describe("a crossing table after the audit", () => {
	test("the smallest visible cell that closes a way around a determined one is hidden with it", () => {
		expect([...determinedCells(twoGroups, withoutAudit(twoGroups))]).toEqual(["c\ta"]);
		expect([...visibleCells(twoGroups, k)]).toEqual(["a\td"]);
	});

	test("shows nothing by which a cell of fewer than k devices is determined that the margins alone do not determine", () => {
		let mended = 0;
		fc.assert(
			fc.property(tables(6, 6, 12), ({ table }) => {
				const visible = visibleCells(table, k);
				const lost = determinedCells(table, new Set());
				expect(below(table, determinedCells(table, visible)).filter((key) => !lost.has(key))).toEqual([]);
				const before = withoutAudit(table);
				expect([...visible].every((key) => before.has(key))).toBe(true);
				if (visible.size < before.size) mended++;
			}),
			{ numRuns: 2000, seed: 5 },
		);
		expect(mended).toBeGreaterThan(10);
	});

	test("is the same in whatever order the cells were counted", () => {
		fc.assert(
			fc.property(tables(6, 6, 12), ({ table }) => {
				expect(visibleCells(new Map([...table].reverse()), k)).toEqual(visibleCells(table, k));
			}),
		);
	});
});

/** A sequence of numbers from 0 to 1 that a seed determines (a linear congruential generator). */
function sequence(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}

/** Draws 0…size−1, the i-th with a weight of 1 / (i + 1). */
function zipf(size: number, random: () => number): () => number {
	let sum = 0;
	const ends = Array.from({ length: size }, (_, i) => (sum += 1 / (i + 1)));
	return () => {
		const at = random() * sum;
		let [low, high] = [0, size - 1];
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((ends[middle] as number) < at) low = middle + 1;
			else high = middle;
		}
		return low;
	};
}

interface Day {
	visits: number;
	/** Pages in each language. Visits stay in one, but for the link between the front pages. */
	pages: number;
	languages: number;
}

/** The cells of a day of visits, each by a browser of its own, walking along the links of the pages they come to. */
function makeDay({ visits, pages, languages }: Day): PeriodCells {
	const random = sequence(visits + languages);
	const [page, link, channel, device] = [pages, 8, 7, 4].map((size) => zipf(size, random)) as (() => number)[];
	const links = Array.from({ length: pages }, () => Array.from({ length: 8 }, () => page?.() ?? 0));
	const cells: PeriodCells = new Map();
	for (let visit = 0; visit < visits; visit++) {
		const seen = new Set<string>();
		const view = (tree: TreeName, key: string, isEntry: boolean) => {
			const counted = ensure(
				ensure(cells, tree, () => new Map<string, Cell>()),
				key,
				() => cell(0),
			);
			if (!seen.has(tree + key)) counted.devices++;
			seen.add(tree + key);
			count(counted.tally, "views");
			if (isEntry) count(counted.tally, "entries");
		};
		const [from, on] = [`channel ${channel?.()}`, `device ${device?.()}`];
		let language = Math.floor(random() * languages);
		let at = page?.() ?? 0;
		let before: string | undefined;
		// Two visitors find the one other link between the languages, deep in a page.
		const wanders = languages > 1 && visit % (visits / 2) === 1;
		if (wanders) [language, at] = [0, pages - 1];
		for (let step = 0; step === 0 || random() > 0.45 || (wanders && step < 2); step++) {
			if (wanders && step === 1) language = 1;
			else if (step > 0 && at === 0 && languages > 1 && random() < 0.2) language = 1 - language;
			else if (step > 0) at = random() < 0.1 ? (page?.() ?? 0) : (links[at]?.[link?.() ?? 0] ?? 0);
			const name = `/${language}/${at}`;
			for (const [tree, key] of [
				["site", ""],
				["page", name],
				["device", on],
				["page-device", `${name}\t${on}`],
				...(before ? [["page-previous", `${name}\t${before}`]] : []),
				...(before
					? []
					: [
							["channel", from],
							["page-channel", `${name}\t${from}`],
						]),
			] as [TreeName, string][]) {
				view(tree, key, before === undefined);
			}
			before = name;
		}
	}
	return cells;
}

const crossings = [
	["page-previous", "page"],
	["page-device", "device"],
	["page-channel", "channel"],
] as const;

/** Each crossing table as a reader of the sealed day sees it: by the names that were kept, and the cells that are shown. */
function readSealed(day: PeriodCells): { tree: TreeName; table: Keyed; visible: Set<string> }[] {
	const sealed = seal(day, k) ?? [];
	const keysOf = (tree: TreeName) => new Set(sealed.filter((one) => one.tree === tree).map(({ key }) => key));
	return crossings.map(([tree, axis]) => {
		const kept = [keysOf("page"), keysOf(axis)];
		const table: Keyed = new Map();
		for (const [key, { devices, tally }] of day.get(tree) ?? []) {
			const names = splitKey(key).map((name, i) => (kept[i]?.has(name) ? name : otherName));
			const pooled = ensure(table, names.join("\t"), () => cell(0));
			pooled.devices += devices;
			merge(pooled.tally, tally);
		}
		return { tree, table, visible: keysOf(tree) };
	});
}

/** True where other counts are possible to a reader who does not know which cells are empty: one more and one less in a square. */
function hasOtherCounts(hidden: string[], visible: Set<string>, key: string): boolean {
	const [row, column] = splitKey(key);
	return hidden.some((other) => {
		const [r, c] = splitKey(other);
		return r !== row && c !== column && !visible.has(`${row}\t${c}`) && !visible.has(`${r}\t${column}`);
	});
}

const share = (table: Keyed, visible: Set<string>) => {
	const sum = (keys: Iterable<string>) => [...keys].reduce((total, key) => total + viewsOf(table, key), 0);
	return `${((100 * sum(visible)) / sum(table.keys())).toFixed(1)} %`;
};

const days: Day[] = [
	{ visits: 1_000, pages: 200, languages: 1 },
	{ visits: 1_000, pages: 10, languages: 2 },
	{ visits: 10_000, pages: 1_000, languages: 1 },
	{ visits: 10_000, pages: 50, languages: 2 },
	{ visits: 100_000, pages: 3_000, languages: 1 },
	{ visits: 100_000, pages: 300, languages: 2 },
];

describe("a generated day", () => {
	test.each(days)(
		"of $visits visits, $pages pages × $languages shows nothing that determines a hidden cell of fewer than k devices",
		{ timeout: 60_000 },
		(day) => {
			for (const { tree, table, visible } of readSealed(makeDay(day))) {
				const hidden = hiddenOf(table, visible);
				const determined = below(table, determinedCells(table, visible));
				const lost = determinedCells(table, new Set());
				expect(determined.filter((key) => !lost.has(key))).toEqual([]);
				// What the margins alone give to a reader who knows the empty cells, they give to nobody else.
				for (const key of determined) expect(hasOtherCounts(hidden, visible, key)).toBe(true);
				console.info(
					`${day.visits} visits, ${day.pages} pages × ${day.languages}, ${tree}: ${share(table, visible)} of views in visible ` +
						`cells (${share(table, withoutAudit(table))} without the audit), ${below(table, hidden).length} cells below k, ` +
						`${determined.length} determined by margins alone if the empty cells are known`,
				);
			}
		},
	);

	test.each(days.filter(({ languages }) => languages === 2))(
		"of $visits visits would, without the audit, give away how many took the one small link between languages",
		(day) => {
			const flows = readSealed(makeDay(day)).find(({ tree }) => tree === "page-previous")?.table ?? new Map();
			const lost = determinedCells(flows, new Set());
			const determined = below(flows, determinedCells(flows, withoutAudit(flows))).filter((key) => !lost.has(key));
			expect(determined).toContain(`/1/${day.pages - 1}\t/0/${day.pages - 1}`);
		},
	);
});
