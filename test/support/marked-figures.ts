/**
 * Finds every marked figure on a page of the dashboard, and holds its text against an answer of the Stats API: `data-answer` names the
 * call, `data-list` and `data-row` the place in it, `data-of` the figure. Leaves out asking: the test does that.
 */
import type { Vital } from "../../schema/buckets.ts";
import { vitals } from "../../schema/buckets.ts";
import { type Format, formatOf, type Language } from "../../worker/dashboard/format.ts";
import { messagesOf } from "../../worker/dashboard/frame.ts";
import { goalWords } from "../../worker/dashboard/goals/words.ts";

export interface Marked {
	/** Name and query of the call. */
	answer: string;
	list: string;
	/** Leading values of a row's fields, or `key=value`; several rows are added up. */
	rows: string[] | undefined;
	/** Rows whose page lies in it are added up. */
	folder: string | undefined;
	/**
	 * Path in the row, or in the answer; `a/b` is a share, `a-b` a difference, `+b` the sum over the list, `#` how many rows, `.outside`, `.split` and
	 * `.interval` are what a vital's counts and interval are written as. Empty where several answers are behind a figure, or none: a date, a setting.
	 */
	of: string;
	text: string;
}

export interface Page {
	/** Dates of the view: `from..to`. */
	range: string;
	compare: string | undefined;
	figures: Marked[];
	/** Digits in cells, definitions and emphasis that no mark accounts for. */
	loose: string[];
}

type Attributes = Record<string, string>;

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
const plain = (text: string) => text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? "");
const tidy = (text: string) =>
	plain(text)
		.replace(/[\s\u00a0]+/g, " ")
		.trim();
const voidElements = new Set(["input", "br", "img", "meta", "link", "hr"]);
/** Elements in which a digit is a figure, unless it is part of a name or a change. */
const figureElements = new Set(["td", "dd", "strong"]);

interface Open {
	name: string;
	attributes: Attributes;
	text: string;
}

function attributesOf(written: string): Attributes {
	const found = written.matchAll(/([a-z][a-z0-9-]*)(?:="([^"]*)")?/gi);
	return Object.fromEntries([...found].map(([, name = "", value = ""]) => [name, plain(value)]));
}

function place(open: readonly Open[]): Omit<Marked, "of" | "text"> {
	const at = open.findLastIndex(({ attributes }) => attributes["data-answer"] !== undefined);
	// Rows and lists belong to the answer they stand in, not to one further out.
	const within = open.slice(Math.max(at, 0));
	const last = (name: string) => within.findLast(({ attributes }) => attributes[name] !== undefined)?.attributes[name];
	const row = last("data-row");
	const rows = last("data-rows");
	return {
		answer: open[at]?.attributes["data-answer"] ?? "",
		list: last("data-list") ?? "rows",
		rows: row !== undefined ? [row] : rows === undefined ? undefined : rows.split("\n").filter(Boolean),
		folder: last("data-folder"),
	};
}

/** Reads the HTML of a page as the dashboard writes it: well-formed, attributes in double quotes. */
export function readPage(html: string): Page {
	const main = html.slice(html.indexOf("<main"), html.indexOf("</main>"));
	const page: Page = { range: "", compare: undefined, figures: [], loose: [] };
	const open: Open[] = [];
	for (const [, closing, name = "", written = "", selfClosing, text] of main.matchAll(
		/<(\/?)([a-z0-9]+)((?:\s+[a-z][a-z0-9-]*(?:="[^"]*")?)*)\s*(\/?)>|([^<]+)/gi,
	)) {
		if (text !== undefined) {
			for (const element of open) element.text += text;
			const isAccounted = open.some(
				({ name, attributes }) =>
					attributes["data-of"] !== undefined || name === "bdi" || attributes.class?.startsWith("delta"),
			);
			if (/\d/.test(text) && !isAccounted && open.some(({ name }) => figureElements.has(name)))
				page.loose.push(`${open.map(({ name }) => name).join(" ")}: ${tidy(text)}`);
		} else if (closing) {
			const element = open.pop();
			const of = element?.attributes["data-of"];
			if (element && of !== undefined)
				page.figures.push({ ...place([...open, element]), of, text: tidy(element.text) });
		} else {
			const attributes = attributesOf(written);
			if (name === "main")
				Object.assign(page, { range: attributes["data-range"], compare: attributes["data-compare"] });
			if (!selfClosing && !voidElements.has(name)) open.push({ name, attributes, text: "" });
		}
	}
	return page;
}

type Answer = Record<string, unknown>;

const isAnswer = (value: unknown): value is Answer => typeof value === "object" && value !== null;
const at = (value: unknown, path: string): unknown =>
	path.split(".").reduce<unknown>((found, name) => (isAnswer(found) ? found[name] : undefined), value);

function isNamed(row: unknown, key: string, index: number): boolean {
	if (!isAnswer(row)) return false;
	const names = Object.values(row).filter((value) => typeof value === "string");
	if (names.length === 0) return key === String(index);
	const [field = "", ...value] = key.split("=");
	const parts = key.split("\n");
	return row[field] === value.join("=") || parts.every((part, place) => names[place] === part);
}

/** Every text a figure may be written as. */
function textsOf(value: unknown, frame: { format: Format; language: Language }): string[] {
	const { format, language } = frame;
	const text = messagesOf(language);
	const few = (n: number) => [
		text.noMeasurements,
		text.fewMeasurements(format.count(n)),
		`(${format.count(n)})`,
		"–",
		text.timeline.gap,
	];
	const vital = (ms: number) => vitals.map((name: Vital) => format.vital(name, ms));
	if (value === null) return ["–", text.noMeasurements, text.timeline.gap, goalWords[language].noneOrFew];
	if (typeof value === "number")
		return [
			format.count(value),
			format.percent(value),
			format.duration(value),
			text.about(format.duration(value)),
			...vital(value),
			...few(value),
		];
	if (!isAnswer(value)) return [];
	const n = Number(value.n);
	if ("good" in value) return n < 30 ? few(n) : vital(Number(value.p75));
	if (value.p50 === null) return few(n);
	return [format.duration(Number(value.p50)), text.about(format.duration(Number(value.p50)))];
}

/** What is wrong with a figure, or nothing. */
export function faultOf(figure: Marked, answer: unknown, language: Language): string | undefined {
	const { list, rows: keys, folder, of, text } = figure;
	const format = formatOf(language);
	const listed = at(answer, list);
	const all: unknown[] = Array.isArray(listed) ? listed : [];
	const isIn = (row: unknown) =>
		isAnswer(row) && (row.page === folder || String(row.page).startsWith(`${folder === "/" ? "\n" : folder}/`));
	const rows =
		folder !== undefined
			? all.filter(isIn)
			: keys?.flatMap((key) => all.filter((row, index) => isNamed(row, key, index)));
	const wrong = (why: string) => `${why}: ${JSON.stringify(figure)}`;
	if (rows && rows.length < (keys?.length ?? 1)) return wrong("no such row");
	if (keys?.length === 0) return /\d/.test(text.replace(/\b0\b/g, "")) ? wrong("no rows") : undefined;
	const read = (path: string): unknown => {
		if (path === "#") return rows?.length;
		const [more = "", less] = path.split("-");
		if (less !== undefined) return Number(read(more)) - Number(read(less));
		if (path.startsWith("+")) return all.reduce<number>((sum, row) => sum + Number(at(row, path.slice(1)) ?? 0), 0);
		const found = rows?.map((row) => at(row, path)).filter((value) => value !== undefined) ?? [];
		if (found.length === 0) return at(answer, path);
		return found.length === 1 ? found[0] : found.reduce<number>((sum, value) => sum + Number(value), 0);
	};
	const share = (part: number, whole: number) => [
		whole === 0 ? "–" : format.percent(part / whole),
		...(whole === 0 ? [format.percent(0)] : []),
		messagesOf(language).of(format.count(part), format.count(whole)),
	];
	const parent = read(of.replace(/\.[^.]*$/, ""));
	const [, part = "", whole = ""] = /^([^/]+)\/(.+)$/.exec(of) ?? [];
	let wanted: string[][];
	if (isAnswer(parent) && of.endsWith(".outside"))
		wanted = [share(Number(parent.needs) + Number(parent.poor), Number(parent.n))];
	else if (isAnswer(parent) && of.endsWith(".split"))
		wanted = ["good", "needs", "poor"].map((name) => [
			...share(Number(parent[name]), Number(parent.n)),
			format.count(Number(parent[name])),
		]);
	else if (/interval$/i.test(of) && Array.isArray(read(of))) {
		const [low, high] = read(of) as [number, number];
		const written = vitals.map((vital) => format.interval(vital, low, high));
		wanted = [[...written, ...written.map(messagesOf(language).interval)]];
	} else if (part) wanted = [share(Number(read(part)), Number(read(whole)))];
	else {
		const value = read(of);
		if (value === undefined) return wrong("no such figure");
		wanted = [textsOf(value, { format, language })];
	}
	// Words may stand around a figure, other digits may not.
	const rest = wanted.reduce<string | undefined>((left, texts) => {
		// The longest first: "2 s" is also the end of "1,72 s".
		const found = texts
			.map(tidy)
			.sort((a, b) => b.length - a.length)
			.find((candidate) => candidate !== "" && left?.includes(candidate));
		return found === undefined ? undefined : left?.replace(found, "");
	}, text);
	if (rest === undefined || /\d/.test(rest))
		return wrong(`expected ${wanted.map((texts) => texts.join(" | ")).join(", ")}`);
	return undefined;
}
