/**
 * An answer of the Stats API as CSV (RFC 4180): one flat table, a line a row, nested figures as `outer.inner` columns. Where an
 * answer has several lists, the column `list` tells them apart, and a line of an inner list repeats the names of its row. Names
 * come from strangers, so what a spreadsheet would run as a formula is quoted with an apostrophe. Figures of a compared range are
 * columns `compare.…` beside those of the same name.
 */
import type { Answer } from "./answers.ts";
import { isRows, pairsOf } from "./compare.ts";

type Cell = string | number | boolean | null;
type Row = Record<string, Cell>;
type Figures = Record<string, unknown>;

/** Objects become columns; lists of { how | index | speed, … } and plain lists become a column for each item. */
function flatten(value: unknown, name: string, row: Row): void {
	if (/interval$/i.test(name) && !isNamed(value)) {
		const [low = null, high = null] = (value ?? []) as [number?, number?];
		row[join(name, "low")] = low;
		row[join(name, "high")] = high;
	} else if (Array.isArray(value)) {
		for (const [index, item] of value.entries())
			flatten(withoutLabel(item), join(name, labelOf(item) ?? String(index)), row);
	} else if (isObject(value)) {
		for (const [key, item] of Object.entries(value)) flatten(item, join(name, key), row);
	} else {
		row[name] = (value ?? null) as Cell;
	}
}

const join = (outer: string, inner: string) => (outer ? `${outer}.${inner}` : inner);
const isObject = (value: unknown): value is Figures => typeof value === "object" && value !== null;
const isNamed = (value: unknown) => isObject(value) && !Array.isArray(value);
/** Names of closed sets. Whatever else is listed gets lines of its own, because strangers' names must not become columns. */
const labels = ["how", "index", "speed"];

function labelOf(item: unknown): string | undefined {
	const label = isObject(item) ? labels.find((key) => key in item) : undefined;
	return label === undefined || !isObject(item) ? undefined : String(item[label]);
}

function withoutLabel(item: unknown): unknown {
	if (labelOf(item) === undefined) return item;
	return Object.fromEntries(Object.entries(item as object).filter(([key]) => !labels.includes(key)));
}

interface Line {
	list: string;
	figures: Figures;
}

const isInnerList = (value: unknown) =>
	Array.isArray(value) && value.every((item) => isObject(item) && labelOf(item) === undefined);

/** A row's own line, then the lines of the lists in it, which repeat its names. */
function withInner({ list, figures }: Line): Line[] {
	const entries = Object.entries(figures);
	const names = entries.filter(([, value]) => typeof value === "string");
	const inner = entries.filter(([, value]) => isInnerList(value)) as [string, Figures[]][];
	const own = Object.fromEntries(entries.filter(([name]) => !inner.some(([of]) => of === name)));
	return [
		{ list, figures: own },
		...inner.flatMap(([of, items]) =>
			items.flatMap((item) => withInner({ list: of, figures: { ...Object.fromEntries(names), ...item } })),
		),
	];
}

/** The figures alone: no names, no lists that have lines of their own or would be long. */
function figuresOnly(figures: Figures): Figures {
	const isFigure = ([name, value]: [string, unknown]) =>
		Array.isArray(value)
			? /interval$/i.test(name) || (value.length > 0 && value.every((item) => labelOf(item) !== undefined))
			: typeof value !== "string";
	return Object.fromEntries(Object.entries(figures).filter(isFigure));
}

/** Each row, and the rows in it, with the figures of the compared range. */
function besideEach(rows: Figures[], others: unknown): Figures[] {
	if (others === undefined) return rows;
	return pairsOf(rows, others).map(([row, other]) => {
		const inner = Object.entries(row).map(([name, value]) => [
			name,
			isInnerList(value) ? besideEach(value as Figures[], other?.[name]) : value,
		]);
		return { ...Object.fromEntries(inner), ...(other && { compare: figuresOnly(other) }) };
	});
}

/** What an answer says about itself, and not about visits. */
const about = new Set([
	"site",
	"range",
	"grain",
	"timeZone",
	"provisional",
	"hidden",
	"sample",
	"imported",
	"total",
	"page",
	"device",
	"compare",
]);

function linesOf(answer: Answer): Line[] {
	const { rows, points, from, to, left, vitals, ...rest } = answer as Answer & Figures;
	const before = rest.compare as Figures | undefined;
	const lines = (list: string, items: unknown, others: unknown) =>
		besideEach(items as Figures[], others).flatMap((figures) => withInner({ list, figures }));
	if (points) return besideInOrder(points as Figures[], before?.points).map((figures) => ({ list: "points", figures }));
	if (from && to && left)
		return lines("flow", directed(answer), before && directed(before)).map(({ figures }) => ({
			list: "flow",
			figures,
		}));
	const others = Object.entries(rest).filter(([name]) => !about.has(name));
	if (!rows && others.length === 0) return lines("vitals", namedVitals(vitals), before && namedVitals(before.vitals));
	if (!rows) return [{ list: "summary", figures: { ...answer } }];
	const whole = others.filter(([, value]) => isNamed(value)).map(([name]) => name);
	const siteOf = (figures: Figures) => Object.fromEntries([...whole, "vitals"].map((name) => [name, figures[name]]));
	return [
		...lines("rows", rows, before?.rows),
		...others.flatMap(([name, value]) => (Array.isArray(value) ? lines(name, value, before?.[name]) : [])),
		...(whole.length > 0
			? [{ list: "site", figures: { ...siteOf({ ...answer }), ...(before && { compare: siteOf(before) }) } }]
			: []),
	];
}

/** Points of two ranges meet by their place: the first with the first. */
function besideInOrder(points: Figures[], others: unknown): Figures[] {
	return points.map((point, at) => ({ ...point, ...(isRows(others) && others[at] && { compare: others[at] }) }));
}

const namedVitals = (vitals: unknown): Figures[] =>
	Object.entries(vitals as Record<string, object>).map(([vital, figure]) => ({ vital, ...figure }));

/** A flow's three lists in one, told apart by `direction`. */
function directed(flow: object): Figures[] {
	const lists = flow as Record<string, Figures[]>;
	return ["from", "to", "left"].flatMap((direction) =>
		(lists[direction] ?? []).map(({ page, channel, how, count }) => ({
			direction,
			kind: page ? "page" : channel ? "channel" : "how",
			name: page ?? channel ?? how,
			count,
		})),
	);
}

/** How spreadsheets of a language read CSV: plain, or with the comma in numbers and a mark that says it is UTF-8. */
export interface CsvForm {
	separator: "," | ";";
	decimal: "." | ",";
	mark: "" | "\ufeff";
}
export const csvForms = {
	en: { separator: ",", decimal: ".", mark: "" },
	nb: { separator: ";", decimal: ",", mark: "\ufeff" },
} as const satisfies Record<string, CsvForm>;

function writeCell(cell: Cell | undefined, { decimal }: CsvForm): string {
	if (cell === null || cell === undefined) return "";
	if (typeof cell !== "string") return String(cell).replace(".", decimal);
	const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
	return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Lines of cells as CSV, ended by CRLF. */
export function writeLines(lines: readonly (readonly (Cell | undefined)[])[], form: CsvForm = csvForms.en): string {
	const written = lines.map((line) => `${line.map((cell) => writeCell(cell, form)).join(form.separator)}\r\n`);
	return form.mark + written.join("");
}

/** CSV of an answer, header line first. `lists`: whether the route's answers have several lists. */
export function writeCsv(answer: Answer, lists = false, form: CsvForm = csvForms.en): string {
	const rows = linesOf(answer).map(({ list, figures }) => {
		const row: Row = lists ? { list } : {};
		flatten(figures, "", row);
		return row;
	});
	const found = [...new Set(rows.flatMap((row) => Object.keys(row)))];
	const isName = (column: string) => rows.some((row) => typeof row[column] === "string");
	const columns = [...found.filter(isName), ...found.filter((column) => !isName(column))]; // names first
	return writeLines([columns, ...rows.map((row) => columns.map((column) => row[column]))], form);
}
