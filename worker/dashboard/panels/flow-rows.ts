/** The rows of the flow's two lists: the largest by name, the rest together, the hidden apart. Pure; drawing is in flow.tsx. */
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
	rows: FlowRow[];
}

const byCount = (a: { count: number }, b: { count: number }) => b.count - a.count;

/** The first few rows, then one that stands for the others; a rest of one is shown as itself. */
function withRest(rows: FlowRow[], named: number, restName: (n: number) => string): FlowRow[] {
	const sorted = rows.filter((row) => row.count > 0).sort(byCount);
	if (sorted.length <= named + 1) return sorted;
	const rest = sorted.slice(named);
	const count = rest.reduce((sum, row) => sum + row.count, 0);
	const keys = rest.flatMap((row) => row.keys);
	return [...sorted.slice(0, named), { name: restName(rest.length), count, keys, rest }];
}

function groupOf(name: string, rows: FlowRow[]): FlowGroup {
	return { name, count: rows.reduce((sum, row) => sum + row.count, 0), rows };
}

function pageRows(pages: { page: string; count: number }[], text: Messages, write: (n: number) => string): FlowRow[] {
	const named = pages
		.filter(({ page }) => page !== otherName)
		.map(({ page, count }) => ({ name: page, page, count, keys: [`page=${page}`] }));
	const hidden = pages.filter(({ page, count }) => page === otherName && count > 0);
	return [
		...withRest(named, namedPages, (n) => text.flow.restPages(write(n))),
		...hidden.map(
			({ page, count }): FlowRow => ({ name: text.pages.hidden, count, keys: [`page=${page}`], hidden: true }),
		),
	];
}

function methodRows(left: { how: LeavingMethod; count: number }[], text: Messages, write: (n: number) => string) {
	const rows = left.map(({ how, count }) => ({ name: text.methods[how], how, count, keys: [`how=${how}`] }));
	return withRest(rows, namedMethods, (n) => text.flow.restMethods(write(n)));
}

export function flowGroups(
	flows: Flows,
	text: Messages,
	write: (n: number) => string,
): { from: [FlowGroup, FlowGroup]; to: [FlowGroup, FlowGroup] } {
	const pages: { page: string; count: number }[] = [];
	const outside: FlowRow[] = [];
	for (const row of flows.from) {
		if ("page" in row) pages.push(row);
		else {
			const { channel, count } = row;
			const hidden = channel === otherName ? { hidden: true as const } : {};
			outside.push({ name: text.channels[channel], count, keys: [`channel=${channel}`], ...hidden });
		}
	}
	const known = outside.filter((row) => !row.hidden);
	return {
		from: [
			groupOf(text.flow.own, pageRows(pages, text, write)),
			groupOf(text.flow.outside, [
				...withRest(known, namedOutside, (n) => text.flow.restSources(write(n))),
				...outside.filter((row) => row.hidden && row.count > 0),
			]),
		],
		to: [
			groupOf(text.flow.onward, pageRows(flows.to, text, write)),
			groupOf(text.flow.left, methodRows(flows.left, text, write)),
		],
	};
}
