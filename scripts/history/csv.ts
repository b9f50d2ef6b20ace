/** CSV as analytics tools write it (RFC 4180, with their oddities) → rows by column name. Leaves out what the columns mean. */

/** A row by its header's names, in small letters. */
export type Row = Record<string, string>;

export interface CsvFile {
	/** Name without its folder: some tools tell by it what is in the file. */
	name: string;
	text: string;
}

/** Bytes of a file as text: UTF-8, or UTF-16 where a mark says so, as Matomo writes it. */
export function textOf(bytes: Uint8Array): string {
	const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
	return new TextDecoder(isUtf16 ? "utf-16le" : "utf-8").decode(bytes);
}

/** Rows of a table that begins with its header. Lines with # before it are comments, and blank lines are passed over. */
export function rowsOf(text: string): Row[] {
	const lines = [...cells(text.replace(/^\uFEFF/, ""))].filter(
		(line) => line.some((cell) => cell.trim() !== "") && !line[0]?.startsWith("#"),
	);
	const [header = [], ...rows] = lines;
	const names = header.map((name) => name.trim().toLowerCase());
	return rows.map((row) => Object.fromEntries(names.map((name, at) => [name, (row[at] ?? "").trim()])));
}

function* cells(text: string): Generator<string[]> {
	const plain = /[^,\r\n]*/y;
	let line: string[] = [];
	let at = 0;
	while (at < text.length) {
		let cell = "";
		if (text[at] === '"') {
			const end = closingQuote(text, at + 1);
			cell = text.slice(at + 1, end).replaceAll('""', '"');
			at = Math.min(end + 1, text.length);
		}
		plain.lastIndex = at;
		cell += plain.exec(text)?.[0] ?? "";
		at = plain.lastIndex;
		line.push(cell);
		if (text[at] === ",") {
			at++;
			if (at < text.length) continue;
			line.push("");
		}
		if (text[at] === "\r") at++;
		if (text[at] === "\n") at++;
		yield line;
		line = [];
	}
}

/** Where a quoted cell ends: doubled quotes are part of it. */
function closingQuote(text: string, from: number): number {
	let at = text.indexOf('"', from);
	while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
	return at < 0 ? text.length : at;
}

/** A count as tools write it, thousands apart or not; undefined where there is none. */
export function numberOf(text: string | undefined): number | undefined {
	const digits = text?.replace(/[\s,\u00a0\u202f]/g, "");
	if (!digits || !/^\d+(\.\d+)?$/.test(digits)) return undefined;
	return Math.round(Number(digits));
}
