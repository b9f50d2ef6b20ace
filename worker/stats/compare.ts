/**
 * The same figures of another range beside an answer's own, for every route whose answer does not work them out itself (as the
 * overview's do): their shape, asking for them, and which row belongs to which. Leaves out what a difference means.
 */
import * as v from "valibot";
import { keySeparator } from "../../schema/trees.ts";
import { said } from "../../schema/words.ts";
import type { Answer, Range, Stats } from "./answers.ts";
import { maxLimit } from "./range.ts";
import { span } from "./shapes.ts";

type Figures = Record<string, unknown>;

/** Said once, by the answer itself. */
const saidOnce = ["site", "range", "grain", "timeZone", "page", "device"];

function withoutRepeats<T>(of: Readonly<Record<string, T>>): Record<string, T> {
	return Object.fromEntries(Object.entries(of).filter(([name]) => !saidOnce.includes(name)));
}

/** An answer's shape with room for the other range, under the same name and words. */
export function withCompare<Shape extends v.GenericSchema & { entries: v.ObjectEntries }>(shape: Shape): Shape {
	const compare = said(
		v.object({ ...span, ...withoutRepeats(shape.entries) }),
		"The same figures of the range they are compared with. Lists that `limit` cuts hold the names the answer holds; one that is missing was not counted then, or hidden.",
		"De samme tallene for spennet det sammenlignes med. Lister som `limit` kutter, har navnene svaret har; et som mangler, ble ikke talt da, eller er skjult.",
	);
	const whole = v.object({ ...shape.entries, compare: v.exactOptional(compare) });
	const parts = (shape as { pipe?: readonly v.PipeItem<unknown, unknown, v.BaseIssue<unknown>>[] }).pipe ?? [];
	return { ...whole, pipe: [whole, ...parts.slice(1)] } as unknown as Shape;
}

const isFigures = (value: unknown): value is Figures =>
	typeof value === "object" && value !== null && !Array.isArray(value);
export const isRows = (value: unknown): value is Figures[] => Array.isArray(value) && value.every(isFigures);

/** Names of closed sets, whose lists no limit cuts. */
const closed = ["step", "tenth", "index", "speed"];
/** Names, though numbers. */
const counters = ["hour", ...closed];

/** What tells a row from the others of its list; empty where rows have no names. */
export function nameOf(row: Figures): string {
	const names = Object.entries(row).filter(([key, value]) => typeof value === "string" || counters.includes(key));
	return names.map(([key, value]) => `${key}=${value}`).join("\n");
}

/** Each row with the one of the same name, where there is one. */
export function pairsOf(rows: readonly Figures[], others: unknown): [row: Figures, other: Figures | undefined][] {
	const byName = new Map((isRows(others) ? others : []).map((other) => [nameOf(other), other]));
	return rows.map((row) => [row, nameOf(row) === "" ? undefined : byName.get(nameOf(row))]);
}

/** Of the lists only the rows that `shown` has too. */
function onlyShown(figures: Figures, shown: Figures): Figures {
	const entries = Object.entries(figures).map(([key, value]) => {
		const list = shown[key];
		const isWhole = !isRows(value) || value.some((row) => closed.some((name) => name in row));
		if (isWhole || !isRows(list)) return [key, value];
		return [key, pairsOf(list, value).flatMap(([row, other]) => (other ? [onlyShown(other, row)] : []))];
	});
	return Object.fromEntries(entries);
}

/** Keys of the rows of pages and elements, which are the long lists. */
function keysOf(answer: Figures): ReadonlySet<string> {
	const rows = isRows(answer.rows) ? answer.rows : [];
	return new Set(
		rows.map(({ page, element }) => (element === undefined ? page : `${page}${keySeparator}${element}`) as string),
	);
}

type Asking<A extends Answer> = (stats: Stats, range: Range) => Promise<A>;

/** Asks once more for the other range, where there is one. `isCut`: the answer's lists are as long as `limit` says. */
export function comparing<A extends Answer>(ask: Asking<A>, isCut: boolean): Asking<A> {
	return async (stats, { compare, ...range }) => {
		const { limit: _, offset: __, ...whole } = range;
		if (!compare) return ask(stats, range);
		const other = { ...whole, ...compare };
		if (!isCut) {
			const [now, before] = await Promise.all([ask(stats, range), ask(stats, other)]);
			return { ...now, compare: { ...compare, ...withoutRepeats({ ...before }) } };
		}
		const now = await ask(stats, range);
		const before = await ask(stats, { ...other, limit: maxLimit, only: keysOf({ ...now }) });
		return { ...now, compare: { ...compare, ...onlyShown(withoutRepeats({ ...before }), { ...now }) } };
	};
}
