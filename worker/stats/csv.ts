/**
 * An answer of the Stats API as CSV (RFC 4180): one line a row, nested figures as `outer.inner` columns. Names come from
 * strangers, so what a spreadsheet would run as a formula is quoted with an apostrophe. Leaves out local formats.
 */
import type { Answer } from "./answers.ts";

type Cell = string | number | boolean | null;
type Row = Record<string, Cell>;

/** Objects become columns; lists of { how | page | channel | host, count … } become a column per name. */
function flatten(value: unknown, name: string, row: Row): void {
	if (Array.isArray(value)) {
		for (const [index, item] of value.entries())
			flatten(withoutLabel(item), join(name, labelOf(item) ?? String(index)), row);
	} else if (typeof value === "object" && value !== null) {
		for (const [key, item] of Object.entries(value)) flatten(item, join(name, key), row);
	} else {
		row[name] = (value ?? null) as Cell;
	}
}

const join = (outer: string, inner: string) => (outer ? `${outer}.${inner}` : inner);
const labels = ["how", "host"];

function labelOf(item: unknown): string | undefined {
	if (typeof item !== "object" || item === null) return undefined;
	const label = labels.find((key) => key in item);
	return label === undefined ? undefined : String((item as Record<string, unknown>)[label]);
}

function withoutLabel(item: unknown): unknown {
	if (labelOf(item) === undefined) return item;
	return Object.fromEntries(Object.entries(item as object).filter(([key]) => !labels.includes(key)));
}

/** The lines of an answer: its rows or points; a flow's three lists, told apart by `direction`; else the answer as one line. */
function linesOf(answer: Answer): unknown[] {
	const { rows, points, from, to, left } = answer as Answer &
		Partial<Record<"rows" | "points" | "from" | "to" | "left", unknown[]>>;
	if (rows) return rows;
	if (points) return points;
	if (from && to && left) {
		const directed = (direction: string, list: unknown[]) =>
			list.map((item) => {
				const { page, channel, how, count } = item as Record<string, unknown>;
				return { direction, kind: page ? "page" : channel ? "channel" : "how", name: page ?? channel ?? how, count };
			});
		return [...directed("from", from), ...directed("to", to), ...directed("left", left)];
	}
	return [answer];
}

function writeCell(cell: Cell | undefined): string {
	if (cell === null || cell === undefined) return "";
	if (typeof cell !== "string") return String(cell);
	const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** CSV of an answer, header line first, lines ended by CRLF. */
export function writeCsv(answer: Answer): string {
	const rows = linesOf(answer).map((line) => {
		const row: Row = {};
		flatten(line, "", row);
		return row;
	});
	const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
	const lines = [columns.map(writeCell), ...rows.map((row) => columns.map((column) => writeCell(row[column])))];
	return lines.map((line) => `${line.join(",")}\r\n`).join("");
}
