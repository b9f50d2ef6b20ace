/**
 * What a letter is made of, so that its plain text and its HTML say the same: paragraphs, tables, links. And its plain text. Leaves
 * out HTML (html.tsx).
 */

/** Text from elsewhere (names of pages and sites) stands apart, so that nothing in it can pass for ours. */
export interface Named {
	named: string;
}
export type Part = string | Named;

export type Block =
	| { kind: "lead" | "text" | "note" | "small"; parts: readonly Part[] }
	| { kind: "table"; title: string; heads: readonly string[]; rows: readonly (readonly Part[])[] }
	| { kind: "link"; text: string; href: string };

const maxNamedChars = 80;
const lineChars = 72;

/** No line ends, no characters that turn text around, not too long. */
export function tame(text: string): string {
	const plain = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/gu, "");
	return plain.length > maxNamedChars ? `${plain.slice(0, maxNamedChars - 1)}…` : plain;
}

export const written = (part: Part): string => (typeof part === "string" ? part : tame(part.named));

/** Lines of at most so many characters, where words allow it. */
function wrap(text: string): string {
	const lines: string[] = [];
	let line = "";
	for (const word of text.split(" ")) {
		if (line && line.length + 1 + word.length > lineChars) {
			lines.push(line);
			line = word;
		} else line = line ? `${line} ${word}` : word;
	}
	return [...lines, line].join("\n");
}

/** The first column to the left, the others after it, set apart by two spaces. */
function tableText(heads: readonly string[], rows: readonly (readonly Part[])[]): string {
	const lines = [...(heads.some(Boolean) ? [heads] : []), ...rows.map((row) => row.map(written))];
	const widths = (lines[0] ?? []).map((_, at) => Math.max(...lines.map((line) => (line[at] ?? "").length)));
	return lines
		.map((line) =>
			line
				.map((cell, at) => cell.padEnd(widths[at] ?? 0))
				.join("  ")
				.trimEnd(),
		)
		.join("\n");
}

export function plainText(blocks: readonly Block[]): string {
	return `${blocks
		.map((block) => {
			if (block.kind === "table") return `${block.title}\n${tableText(block.heads, block.rows)}`;
			if (block.kind === "link") return `${block.text}:\n${block.href}`;
			return wrap(block.parts.map(written).join(""));
		})
		.join("\n\n")}\n`;
}
