/**
 * The rows of the flow's two lists: the largest by name, the rest together, the hidden apart, each with what it was in the comparison.
 * Pure; drawing is in flow.tsx.
 */
import type { LeavingMethod } from "../../../schema/leaving.ts";
import { otherName } from "../../../schema/tree-rules.ts";
import type { Flows } from "../../stats/answers.ts";
import type { Messages } from "../messages/nb.ts";

const namedPages = 4;
const namedOutside = 4;
const namedMethods = 5;

export interface FlowRow {
	name: string;
	count: number;
	/** In the comparison; `most` where the row was not named then: none, or among as many hidden ones. */
	before?: { count: number } | { most: number };
	/** The rows of the answer it stands for, as `page=/priser`. */
	keys: readonly string[];
	/** Set where the row is a page that can be put in the middle. */
	page?: string;
	/** Set where the row is one way to leave. */
	how?: LeavingMethod;
	/** Set on a row that stands for several: what they are. */
	rest?: FlowRow[];
	/** True where rare names are folded together. */
	hidden?: true;
}
export interface FlowGroup {
	name: string;
	count: number;
	/** In the comparison. */
	before?: number;
	rows: FlowRow[];
}

const sumOf = (rows: readonly FlowRow[]) => rows.reduce((sum, { count }) => sum + count, 0);

/** A list of the answer and the same of the comparison; how many are named, and what the others are together. */
interface List {
	now: readonly FlowRow[];
	past: readonly FlowRow[] | undefined;
	named: number;
	restName(n: number): string;
}

/** The first few rows, then one that stands for the others, then the hidden; a rest of one is shown as itself. */
function groupOf(name: string, { now, past, named, restName }: List): FlowGroup {
	const old = past && new Map(past.map(({ keys, count }) => [keys[0], count]));
	const most = sumOf(past?.filter(({ hidden }) => hidden) ?? []);
	const withBefore = (row: FlowRow): FlowRow => {
		const count = old?.get(row.keys[0]);
		if (count !== undefined) return { ...row, before: { count } };
		return old ? { ...row, before: { most: row.hidden ? 0 : most } } : row;
	};
	const rows = now.filter(({ count }) => count > 0).map(withBefore);
	const known = rows.filter(({ hidden }) => !hidden).sort((a, b) => b.count - a.count);
	const shown = known.length <= named + 1 ? known : known.slice(0, named);
	const rest = known.slice(shown.length);
	const apart = new Set(shown.map(({ keys }) => keys[0]));
	// The others are all that have no row of their own, whichever they were.
	const others = past?.filter(({ keys, hidden }) => !hidden && !apart.has(keys[0]));
	const together: FlowRow = {
		name: restName(rest.length),
		count: sumOf(rest),
		...(others ? { before: { count: sumOf(others) } } : {}),
		keys: rest.flatMap(({ keys }) => keys),
		rest,
	};
	return {
		name,
		count: sumOf(rows),
		...(past ? { before: sumOf(past) } : {}),
		rows: [...shown, ...(rest.length > 0 ? [together] : []), ...rows.filter(({ hidden }) => hidden)],
	};
}

function pageRow({ page, count }: { page: string; count: number }, text: Messages): FlowRow {
	const keys = [`page=${page}`];
	return page === otherName
		? { name: text.pages.hidden, count, keys, hidden: true }
		: { name: page, page, count, keys };
}

/** A row for each of the answer's, in the lists they belong to. */
function listsOf({ from, to, left }: Flows, text: Messages) {
	const own: FlowRow[] = [];
	const outside: FlowRow[] = [];
	for (const row of from) {
		if ("page" in row) own.push(pageRow(row, text));
		else {
			const { channel, count } = row;
			const hidden = channel === otherName ? { hidden: true as const } : {};
			outside.push({ name: text.channels[channel], count, keys: [`channel=${channel}`], ...hidden });
		}
	}
	return {
		own,
		outside,
		onward: to.map((row) => pageRow(row, text)),
		left: left.map(({ how, count }): FlowRow => ({ name: text.methods[how], how, count, keys: [`how=${how}`] })),
	};
}

/** `before`: of the same page in the range it is compared with. */
export function flowGroups(
	flows: Flows,
	text: Messages,
	write: (n: number) => string,
	before?: Flows,
): { from: [FlowGroup, FlowGroup]; to: [FlowGroup, FlowGroup] } {
	const lists = listsOf(flows, text);
	const past = before && listsOf(before, text);
	const group = (list: keyof typeof lists, named: number, restName: (n: string) => string) =>
		groupOf(text.flow[list], {
			now: lists[list],
			past: past?.[list],
			named,
			restName: (n) => restName(write(n)),
		});
	const { restPages, restSources, restMethods } = text.flow;
	return {
		from: [group("own", namedPages, restPages), group("outside", namedOutside, restSources)],
		to: [group("onward", namedPages, restPages), group("left", namedMethods, restMethods)],
	};
}
