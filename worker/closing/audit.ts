/**
 * The bridge audit: which hidden cells of a crossing table can be had exactly by adding and subtracting the known sums of
 * rows and columns, and which visible cells to hide against it. Pure. Leaves out the complement rule (seal.ts).
 *
 * A table is a graph: rows and columns are its lines, and every hidden cell joins a row and a column. The sums of the hidden
 * cells of every line are known (margin less what is shown), so a reader is left with every table of the same sums. A cell on
 * a cycle of hidden cells is not determined: each of them counts one or more, so adding and taking away one in turn along the
 * cycle gives another table without a negative count. A bridge, the only way between two groups of lines, is the difference
 * of their sums. So exactly the bridges are determined (D. Gusfield, "A graph theoretic approach to statistical data
 * security", SIAM J. Comput. 17(3), 1988, for positive values). Assumed is the strongest reader, who knows which cells
 * count nothing; to any other reader more cells are possible, and no cell is a bridge that was none before.
 *
 * Not promised: that the bounds of a cell are wide (a reader who also takes every cell for one at least may narrow them, to
 * one value in the worst case), that sums of several cells stay unknown, and anything but page views.
 */
import { splitKey } from "../../schema/tree-rules.ts";
import type { Cell } from "../book/cells.ts";
import { ensure } from "../book/ensure.ts";
import { read } from "../query/tally.ts";

export type Keyed = Map<string, Cell>;

/** Crossing tables are read for page views; the margins of these are known on both axes. */
const audited = "views";

/** A crossing table as a graph. Cells and lines are numbers; cell 0 has the fewest devices. */
export interface Graph {
	keys: string[];
	devices: Int32Array;
	/** Row and column of cell c: `ends[2c]`, `ends[2c + 1]`. */
	ends: Int32Array;
	/** Cells of each line, fewest devices first. */
	lines: number[][];
}

/** The graph of a table; the order of the table does not matter. */
export function graphOf(table: Keyed): Graph {
	const cells = [...table].sort((a, b) => a[1].devices - b[1].devices || (a[0] < b[0] ? -1 : 1));
	const ends = new Int32Array(2 * cells.length);
	const lines: number[][] = [];
	const axes = [new Map<string, number>(), new Map<string, number>()];
	cells.forEach(([key], cell) => {
		splitKey(key).forEach((name, axis) => {
			const line = ensure(axes[axis] as Map<string, number>, name, () => lines.push([]) - 1);
			(lines[line] as number[]).push(cell);
			ends[2 * cell + axis] = line;
		});
	});
	return {
		keys: cells.map(([key]) => key),
		devices: Int32Array.from(cells, ([, { devices }]) => devices),
		ends,
		lines,
	};
}

/** The other end of a cell. */
export function across({ ends }: Graph, cell: number, line: number): number {
	const row = ends[2 * cell] as number;
	return row === line ? (ends[2 * cell + 1] as number) : row;
}

/** A depth-first forest of hidden cells. */
interface Forest {
	/** Lines in the order they were reached; what is below a line follows it. */
	order: Int32Array;
	/** Per line: its place in `order`, and the place of the last line below it. */
	enter: Int32Array;
	last: Int32Array;
	/** Per line: the cell by which it was reached, −1 at a root; and its root. */
	via: Int32Array;
	root: Int32Array;
	/** Per cell: 1 where it is a bridge. */
	bridge: Uint8Array;
}

/**
 * Bridges of the hidden cells, in one depth-first walk without recursion: the cell by which a line was reached is a bridge
 * if nothing below that line leads back above it (low-link; R. E. Tarjan, "A note on finding the bridges of a graph",
 * Inf. Process. Lett. 2(6), 1974).
 */
function forestOf(graph: Graph, hidden: Uint8Array): Forest {
	const size = graph.lines.length;
	const make = () => new Int32Array(size).fill(-1);
	const [order, enter, last, via, root, low] = [make(), make(), make(), make(), make(), make()];
	const bridge = new Uint8Array(graph.keys.length);
	const next = new Int32Array(size);
	const path: number[] = [];
	let reached = 0;
	const arrive = (line: number, cell: number, from: number) => {
		order[reached] = line;
		enter[line] = low[line] = reached++;
		via[line] = cell;
		root[line] = from;
		path.push(line);
	};
	const lower = (line: number, to: number) => {
		if (to < (low[line] as number)) low[line] = to;
	};
	for (let start = 0; start < size; start++) {
		if (enter[start] === -1) arrive(start, -1, start);
		while (path.length > 0) {
			const line = path[path.length - 1] as number;
			const cell = graph.lines[line]?.[(next[line] as number)++];
			if (cell === undefined) {
				path.pop();
				last[line] = reached - 1;
				const above = path[path.length - 1];
				if (above === undefined) continue;
				lower(above, low[line] as number);
				if (low[line] === enter[line]) bridge[via[line] as number] = 1;
			} else if (hidden[cell] === 1 && cell !== via[line]) {
				const other = across(graph, cell, line);
				if (enter[other] === -1) arrive(other, cell, start);
				else lower(line, enter[other] as number);
			}
		}
	}
	return { order, enter, last, via, root, bridge };
}

/** 1 for the cells that count anything of the audited measure: the others are known to be nothing. */
function countingCells(table: Keyed, { keys }: Graph): Uint8Array {
	return Uint8Array.from(keys, (key) => (read(table.get(key)?.tally ?? new Map(), audited) > 0 ? 1 : 0));
}

/** Keys of the hidden cells whose page views are determined by the margins and the visible cells. */
export function determinedCells(table: Keyed, visible: Set<string>): Set<string> {
	const graph = graphOf(table);
	const hidden = countingCells(table, graph).map((counts, cell) =>
		visible.has(graph.keys[cell] as string) ? 0 : counts,
	);
	const { bridge } = forestOf(graph, hidden);
	return new Set(graph.keys.filter((_, cell) => bridge[cell] === 1));
}

/**
 * Hides (in `hidden`) visible cells until no hidden cell of fewer than k devices is determined: for each such bridge the cells
 * of the fewest devices in all that lead from its one side to its other. Cells that are bridges even with nothing shown are
 * given away by the margins alone; hiding does not help them, and they stay.
 */
export function hideAround(table: Keyed, graph: Graph, hidden: Uint8Array, k: number): void {
	const counting = countingCells(table, graph);
	const lost = forestOf(graph, counting).bridge;
	const forest = forestOf(
		graph,
		counting.map((counts, cell) => counts & (hidden[cell] as number)),
	);
	const { order, enter, via, bridge } = forest;
	const above = (line: number) => across(graph, via[line] as number, line);
	for (const line of order.toReversed()) {
		const cell = via[line] as number;
		if (cell === -1 || bridge[cell] !== 1 || lost[cell] === 1 || (graph.devices[cell] as number) >= k) continue;
		const way = wayAround(graph, counting, hidden, forest, line);
		for (const shown of way.cells) hidden[shown] = 1;
		// Every bridge on the way through the forest between the two ends lies on the new cycle.
		let { from, to } = way;
		while (from !== to) {
			if ((enter[from] as number) < (enter[to] as number)) [from, to] = [to, from];
			bridge[via[from] as number] = 0;
			from = above(from);
		}
	}
}

interface Way {
	/** Lines of the forest on either side of the bridge. */
	from: number;
	to: number;
	/** Visible cells on the way. */
	cells: number[];
}

/** The way of the fewest visible devices from one side of the bridge over `line` to the other (Dijkstra), from the smaller side. */
function wayAround(graph: Graph, counting: Uint8Array, hidden: Uint8Array, forest: Forest, line: number): Way {
	const { order, enter, last, via, root } = forest;
	const bridge = via[line] as number;
	const [first, end] = [enter[line] as number, (last[line] as number) + 1];
	const top = root[line] as number;
	const [all, allEnd] = [enter[top] as number, (last[top] as number) + 1];
	const isBelow = (at: number) => (enter[at] as number) >= first && (enter[at] as number) < end;
	const fromBelow = 2 * (end - first) <= allEnd - all;
	const isThere = (at: number) => root[at] === top && isBelow(at) !== fromBelow;

	const cost = new Map<number, number>();
	const cameBy = new Map<number, number>();
	const queue: Stop[] = [];
	const starts = fromBelow ? [order.subarray(first, end)] : [order.subarray(all, first), order.subarray(end, allEnd)];
	for (const start of starts.flatMap((part) => [...part])) {
		cost.set(start, 0);
		queue.push({ line: start, sum: 0 });
	}
	for (let stop = queue.pop(); stop; stop = queue.pop()) {
		const at = stop.line;
		if (isThere(at)) return traced(graph, hidden, cameBy, at);
		if (stop.sum > (cost.get(at) as number)) continue;
		for (const cell of graph.lines[at] as number[]) {
			if (cell === bridge || counting[cell] === 0) continue;
			const other = across(graph, cell, at);
			const sum = stop.sum + (hidden[cell] === 1 ? 0 : (graph.devices[cell] as number));
			if (sum >= (cost.get(other) ?? Number.POSITIVE_INFINITY)) continue;
			cost.set(other, sum);
			cameBy.set(other, cell);
			enqueue(queue, { line: other, sum });
		}
	}
	throw new Error("a cell on a cycle of the table has a way around");
}

interface Stop {
	line: number;
	/** Devices of the visible cells up to here. */
	sum: number;
}

/** Keeps the queue in falling order, so that its last stop is the nearest. */
function enqueue(queue: Stop[], stop: Stop): void {
	let [low, high] = [0, queue.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((queue[middle] as Stop).sum > stop.sum) low = middle + 1;
		else high = middle;
	}
	queue.splice(low, 0, stop);
}

function traced(graph: Graph, hidden: Uint8Array, cameBy: Map<number, number>, to: number): Way {
	const cells: number[] = [];
	let from = to;
	for (let cell = cameBy.get(from); cell !== undefined; cell = cameBy.get(from)) {
		if (hidden[cell] === 0) cells.push(cell);
		from = across(graph, cell, from);
	}
	return { from, to, cells };
}
