/**
 * The form of a new version of a notice: what stands in its fields, and the notice that it asks for, as JSON for the check that the
 * HTTP route has too (worker/policies/publish.ts). Leaves out how it looks.
 */
import { noticeLanguages } from "../../../schema/policy.ts";
import { purposes } from "../../../schema/purposes.ts";
import type { Notice } from "../../../schema/site.ts";
import type { Fault } from "../../policies/publish.ts";
import { isNoticeLanguage, type NoticeLanguage, readyText } from "../../sites/ready-notice.ts";
import { numberOf, type Typed } from "../sharing/typed.ts";

/** What is said in each language, in the order in which it is read. */
export const textParts = ["title", "text", "recipients", "retention", "changes"] as const;
export type TextPart = (typeof textParts)[number];
/** What is said once, for all languages. */
export const facts = ["contact", "phone", "answerDays", "grantDays", "link"] as const;
export type Fact = (typeof facts)[number];

export const textField = (language: string, part: TextPart) => `${language}-${part}`;

/** Languages on the form, the site's own first. */
export function languagesOn(typed: Typed): NoticeLanguage[] {
	const listed = (typed.languages ?? "").split(" ").filter(isNoticeLanguage);
	const own = listed.filter((language) => language === typed.first);
	return [...new Set([...own, ...listed])];
}

/** The form as it is before anybody has typed: the notice in force, and nothing said about changes yet. */
export function typedNotice(notice: Notice): Typed {
	const languages = Object.keys(notice.languages);
	const said = Object.entries(notice.languages).flatMap(([language, text]) =>
		textParts.map((part) => [textField(language, part), part === "changes" ? "" : (text[part] ?? "")]),
	);
	return {
		...Object.fromEntries(said),
		...Object.fromEntries(facts.map((fact) => [fact, String(notice[fact] ?? "")])),
		...Object.fromEntries(notice.purposes.map((purpose) => [`purpose-${purpose}`, "on"])),
		languages: languages.join(" "),
		first: languages[0] ?? "",
		material: "true",
	};
}

/** The same form with a language more, its ready text in it, or with one less. */
export function withLanguage(typed: Typed, language: NoticeLanguage, siteName: string): Typed {
	const ready = readyText(language, siteName);
	const said = textParts.map((part) => [textField(language, part), ready[part] ?? ""]);
	return { ...typed, ...Object.fromEntries(said), languages: [...languagesOn(typed), language].join(" ") };
}
export const withoutLanguage = (typed: Typed, language: string): Typed => ({
	...typed,
	languages: languagesOn(typed)
		.filter((other) => other !== language)
		.join(" "),
});

export const missingLanguages = (typed: Typed) =>
	noticeLanguages.filter((language) => !languagesOn(typed).includes(language));

/** As it was written: forms send line ends of their own. */
const plain = (text = "") => text.replaceAll("\r\n", "\n").trim();

/** The publication that the form asks for, unchecked. */
export function publicationOf(typed: Typed): { material: boolean; notice: Record<string, unknown> } {
	const texts = languagesOn(typed).map((language) => {
		const said = textParts.map((part) => [part, plain(typed[textField(language, part)])] as const);
		return [language, Object.fromEntries(said.filter(([part, text]) => part !== "changes" || text !== ""))];
	});
	const given = facts.flatMap((fact) => {
		const text = plain(typed[fact]);
		if (text === "" && fact !== "contact") return [];
		return [[fact, fact === "answerDays" || fact === "grantDays" ? numberOf(text) : text]];
	});
	return {
		material: typed.material !== "false",
		notice: {
			languages: Object.fromEntries(texts),
			purposes: purposes.filter((purpose) => typed[`purpose-${purpose}`] === "on"),
			...Object.fromEntries(given),
		},
	};
}

/** The field that a fault is about. */
export function fieldOfFault({ path: [part = "other", language = "", text = "title"] }: Fault): string {
	if (part !== "languages") return part;
	return language === "" ? "other" : `${language}-${text}`;
}

/** A run of words, and whether it is only in the text before or after. */
export interface Piece {
	text: string;
	is: "kept" | "gone" | "new";
}

/** What differs between two texts: all words between what they begin and end with alike. */
export function piecesOf(before: string, after: string): Piece[] {
	const [old, now] = [before, after].map((text) => text.split(/(?<=\s)/)) as [string[], string[]];
	const shortest = Math.min(old.length, now.length);
	let head = 0;
	while (head < shortest && old[head] === now[head]) head++;
	let tail = 0;
	while (tail < shortest - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
	const pieces: Piece[] = [
		{ is: "kept", text: old.slice(0, head).join("") },
		{ is: "gone", text: old.slice(head, old.length - tail).join("") },
		{ is: "new", text: now.slice(head, now.length - tail).join("") },
		{ is: "kept", text: old.slice(old.length - tail).join("") },
	];
	return pieces.filter(({ text }) => text !== "");
}
