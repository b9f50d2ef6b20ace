/**
 * The seal: the cells of a closed period → the cells that may be kept, none of fewer than k devices, by the table of
 * tree-rules.ts. Rare keys are folded into "(other)" with the complement rule; crossing tables are hidden on both axes until no row or column gives one away,
 * nor rows and columns together (audit.ts). A pure function. Leaves out where the result is written (close.ts).
 */
import { otherName, splitKey, type TreeRule, treeNames, treeRules } from "../../schema/tree-rules.ts";
import { keySeparator, type TreeName } from "../../schema/trees.ts";
import type { Cell, PeriodCells } from "../book/cells.ts";
import { merge, type Tally } from "../query/tally.ts";
import { across, type Graph, graphOf, hideAround, type Keyed } from "./audit.ts";
import { coarsen } from "./coarsen.ts";

export interface SealedCell extends Cell {
	tree: TreeName;
	key: string;
}

/** Keys with fewer than k devices, and by the complement rule the smallest others until together they are k or more. */
export function rareKeys(children: Keyed, k: number): Set<string> {
	const byDevices = [...children].sort((a, b) => a[1].devices - b[1].devices || (a[0] < b[0] ? -1 : 1));
	// What is in "(other)" already stays there: names beyond the book's places, or hidden by an earlier sealing.
	const other = children.get(otherName);
	const rare = new Set<string>(other ? [otherName] : []);
	let hidden = other?.devices ?? 0;
	for (const [key, { devices }] of byDevices) {
		if (key === otherName) continue;
		if (devices < k || (rare.size > 0 && hidden < k)) {
			rare.add(key);
			hidden += devices;
		}
	}
	return rare;
}

/** Seals the cells of one period. Null when the whole period has fewer than k devices. */
export function seal(cells: PeriodCells, k: number): SealedCell[] | null {
	const of = (tree: TreeName): Keyed => cells.get(tree) ?? new Map();
	const site = of("site").get("");
	if (!site || site.devices < k) return null;

	const rare = new Map(
		treeNames.flatMap((tree) => (treeRules[tree].seal === "list" ? [[tree, rareKeys(of(tree), k)] as const] : [])),
	);
	const isRare = (tree: TreeName, key: string) => rare.get(tree)?.has(key) ?? false;
	const sealed = treeNames.flatMap((tree) => {
		const { seal: how }: TreeRule = treeRules[tree];
		if (how === "whole") return [...of(tree)].map(([key, cell]) => ({ tree, key, ...cell }));
		if (how === "list") return sealList(tree, of(tree), rare.get(tree) ?? new Set(), k);
		if ("below" in how) {
			const parents = of(how.below);
			const isVisible = (parent: string) => parents.has(parent) && parent !== otherName && !isRare(how.below, parent);
			return sealBelow(tree, of(tree), isVisible, k);
		}
		const [rows, columns] = how.crossing;
		const name = (axis: TreeName) => (key: string) => (isRare(axis, key) ? otherName : key);
		return sealCrossing(tree, pool(of(tree), name(rows), name(columns)), k);
	});
	return sealed.map((cell) => ({ ...cell, tally: coarsen(cell.tally, k) }));
}

function addTo(cells: Map<string, SealedCell>, tree: TreeName, key: string, { devices, tally }: Cell): void {
	const cell = cells.get(key) ?? { tree, key, devices: 0, tally: new Map() as Tally };
	cell.devices += devices;
	merge(cell.tally, tally);
	cells.set(key, cell);
}

/** A plain list: what is rare goes into "(other)". A remainder still below k is not kept. */
function sealList(tree: TreeName, children: Keyed, rare: Set<string>, k: number): SealedCell[] {
	const result = new Map<string, SealedCell>();
	for (const [key, cell] of children) addTo(result, tree, rare.has(key) ? otherName : key, cell);
	return [...result.values()].filter((cell) => cell.devices >= k);
}

const join = (row: string, column: string) => row + keySeparator + column;

/** Lists below a parent (elements of a page, referrers of a channel): sealed per visible parent, dropped below a hidden one. */
function sealBelow(tree: TreeName, cells: Keyed, isVisible: (parent: string) => boolean, k: number): SealedCell[] {
	const lists = new Map<string, Keyed>();
	for (const [key, cell] of cells) {
		const [parent, name] = splitKey(key);
		if (!isVisible(parent)) continue;
		const list = lists.get(parent) ?? new Map();
		lists.set(parent, list.set(name, cell));
	}
	return [...lists].flatMap(([parent, list]) =>
		sealList(tree, list, rareKeys(list, k), k).map((cell) => ({ ...cell, key: join(parent, cell.key) })),
	);
}

/** A crossing table with rare rows and columns pooled into "(other)". */
function pool(cells: Keyed, row: (name: string) => string, column: (name: string) => string): Keyed {
	const pooled = new Map<string, SealedCell>();
	for (const [key, cell] of cells) {
		const [r, c] = splitKey(key);
		addTo(pooled, "page", join(row(r), column(c)), cell);
	}
	return new Map([...pooled].map(([key, { devices, tally }]) => [key, { devices, tally }]));
}

/** Cells of a crossing table that may be shown. A cell of fewer than k devices, or on a pooled row or column, never is. */
export function visibleCells(table: Keyed, k: number): Set<string> {
	const graph = graphOf(table);
	const hidden = complementCells(graph, k);
	// What the audit hides has k devices or more, so every row and column still keeps the complement rule afterwards.
	hideAround(table, graph, hidden, k);
	return new Set(graph.keys.filter((_, cell) => hidden[cell] === 0));
}

/**
 * The cells (1) the complement rule hides: both margins are known, so every row and column that hides anything hides k
 * devices, or all it has. Hiding one cell may break the rule on its other line, which is then looked at again.
 */
export function complementCells(graph: Graph, k: number): Uint8Array {
	const { keys, devices, ends, lines } = graph;
	const hidden = new Uint8Array(keys.length);
	const counts = new Int32Array(lines.length).fill(-1); // hidden devices by line, −1 where nothing is hidden
	const hide = (cell: number) => {
		hidden[cell] = 1;
		for (const line of ends.subarray(2 * cell, 2 * cell + 2))
			counts[line] = Math.max(0, counts[line] as number) + (devices[cell] as number);
	};
	keys.forEach((key, cell) => {
		if ((devices[cell] as number) < k || splitKey(key).includes(otherName)) hide(cell);
	});
	const next = lines.map(() => 0);
	const pending = [...lines.keys()];
	for (const line of pending) {
		const cells = lines[line] as number[];
		while ((counts[line] as number) >= 0 && (counts[line] as number) < k && (next[line] as number) < cells.length) {
			const smallest = cells[(next[line] as number)++] as number;
			if (hidden[smallest] === 1) continue;
			hide(smallest);
			pending.push(across(graph, smallest, line));
		}
	}
	return hidden;
}

/**
 * The visible cells of a crossing table. What is hidden is not kept as a cell of its own: readers get it as the margin
 * (views, entries, exits, continued views of the page) less what is shown, so in = out = views holds on every page.
 */
function sealCrossing(tree: TreeName, table: Keyed, k: number): SealedCell[] {
	return [...visibleCells(table, k)].flatMap((key) => {
		const cell = table.get(key);
		return cell ? [{ tree, key, ...cell }] : [];
	});
}
