/** Results as Markdown tables and as lines for a terminal. Leaves out: what the figures mean. */

/** A table's rows, the head first. */
export type Rows = readonly (readonly string[])[];

/** Numbers to the right, the first column to the left. */
export function toMarkdown([head = [], ...rows]: Rows): string {
	const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
	return [line(head), `|---|${"--:|".repeat(head.length - 1)}`, ...rows.map(line)].join("\n");
}

export function toTerminal(rows: Rows): string {
	const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
	const pad = (cell: string, column: number) =>
		column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart((widths[column] ?? 0) + 2);
	return rows.map((row) => row.map(pad).join("")).join("\n");
}

/** `text` with what stands between the markers of a section replaced by `content`; undefined where it has no such section. */
export function replaceSection(text: string, section: string, content: string): string | undefined {
	const [open, close] = [`<!-- ${section}: written by npm run bench -->`, `<!-- end of ${section} -->`];
	const from = text.indexOf(open) + open.length;
	const to = text.indexOf(close);
	if (from < open.length || to < from) return undefined;
	return `${text.slice(0, from)}\n\n${content}\n\n${text.slice(to)}`;
}
