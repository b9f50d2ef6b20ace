/**
 * A notice in a file, for people who write: JSON as the API takes it, or Markdown with the short facts on top and a heading for
 * each language. Leaves out whether it may be published (worker/policies/publish.ts).
 */
import { readFile } from "node:fs/promises";
import { Failure } from "./failure.ts";

/** Facts that are numbers, and the one that is a list; the others are texts. */
const numbers = ["answerDays", "grantDays"];
const lists = ["purposes"];

/** What the file says, still to be checked. Throws a Failure for what cannot be read. */
export async function readNotice(file: string): Promise<unknown> {
	const text = await readFile(file, "utf8").catch(() => {
		throw new Failure(`The file ${file} cannot be read.`);
	});
	if (/\.(md|markdown)$/i.test(file)) return noticeFromMarkdown(text);
	try {
		return JSON.parse(text);
	} catch {
		throw new Failure(`${file} is neither JSON nor Markdown (.md).`);
	}
}

/**
 * `key: value` lines between two lines of three hyphens; then `# nb: Title` for each language, under it the text, and under
 * `## recipients`, `## retention` and `## changes` theirs. Lines that belong together become one.
 */
export function noticeFromMarkdown(text: string): unknown {
	const [, facts = "", body = text] = /^---\r?\n(.*?)\r?\n---\r?\n(.*)$/s.exec(text) ?? [];
	const languages = body.split(/^# /m).slice(1).map(languageFrom);
	return { ...Object.fromEntries(facts.split(/\r?\n/).flatMap(factFrom)), languages: Object.fromEntries(languages) };
}

function factFrom(line: string): [string, unknown][] {
	const [, name = "", value = ""] = /^(\w+):\s*(.*?)\s*$/.exec(line) ?? [];
	if (name === "") return [];
	if (lists.includes(name)) return [[name, value.split(/\s*,\s*/)]];
	return [[name, numbers.includes(name) ? Number(value) : value]];
}

function languageFrom(part: string): [string, Record<string, string>] {
	const [head = "", ...sections] = part.split(/^## /m);
	const [heading = "", ...lines] = head.split("\n");
	const [, language = "", title = ""] = /^(\w+):\s*(.*?)\s*$/.exec(heading) ?? [];
	const named = sections.map((section): [string, string] => {
		const [name = "", ...rest] = section.split("\n");
		return [name.trim(), paragraphsOf(rest)];
	});
	return [language, { title, text: paragraphsOf(lines), ...Object.fromEntries(named) }];
}

/** Paragraphs stay lines of their own. */
const paragraphsOf = (lines: string[]) =>
	lines
		.join("\n")
		.split(/\n\s*\n/)
		.map((paragraph) => paragraph.trim().replace(/\s*\n\s*/g, " "))
		.filter((paragraph) => paragraph !== "")
		.join("\n");
