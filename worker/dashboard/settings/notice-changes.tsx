/** What a new version of a notice would change, word by word, what that does, and the button that publishes it. */
import type { Notice } from "../../../schema/site.ts";
import { grantDaysOf } from "../../policies/publish.ts";
import { facts, piecesOf, textParts } from "./notice-form.ts";
import { languageNames, type NoticeWords } from "./notice-words.ts";

export interface NoticeChange {
	/** What it is about, in words; with its language where it is a text. */
	about: string;
	lang?: string;
	before: string;
	after: string;
}

const nameOf = (language: string) => languageNames[language as keyof typeof languageNames] ?? language;

/** Everything in which two notices differ. What is said about changes is new each time. */
export function changesBetween(before: Notice, after: Notice, words: NoticeWords): NoticeChange[] {
	const languages = [...new Set([...Object.keys(after.languages), ...Object.keys(before.languages)])];
	const texts = languages.flatMap((language) => {
		const [old, now] = [before.languages[language], after.languages[language]];
		return textParts.map((part) => ({
			about: `${nameOf(language)}: ${words.parts[part]}`,
			lang: language,
			before: part === "changes" ? "" : (old?.[part] ?? ""),
			after: now?.[part] ?? "",
		}));
	});
	const own = (notice: Notice) => nameOf(Object.keys(notice.languages)[0] ?? "");
	const purposesOf = (notice: Notice) => notice.purposes.map((purpose) => words.purposes[purpose]).join(", ");
	const factOf = (notice: Notice, fact: (typeof facts)[number]) =>
		String((fact === "grantDays" ? grantDaysOf(notice) : notice[fact]) ?? "");
	const rest = [
		{ about: words.own, before: own(before), after: own(after) },
		{ about: words.purposesTitle, before: purposesOf(before), after: purposesOf(after) },
		...facts.map((fact) => ({ about: words.facts[fact], before: factOf(before, fact), after: factOf(after, fact) })),
	];
	return [...texts, ...rest].filter((change) => change.before !== change.after);
}

export function NoticeChanges(props: {
	changes: NoticeChange[];
	version: string;
	isMaterial: boolean;
	words: NoticeWords;
}) {
	const { changes, version, isMaterial, words } = props;
	if (changes.length === 0) return <p>{words.nothing}</p>;
	return (
		<>
			<dl>
				{changes.map(({ about, lang, before, after }) => (
					<>
						<dt>{about}</dt>
						<dd lang={lang}>
							{piecesOf(before, after).map(({ is, text }) =>
								is === "gone" ? <del>{text}</del> : is === "new" ? <ins>{text}</ins> : <span>{text}</span>,
							)}
						</dd>
					</>
				))}
			</dl>
			<p class="effect">{isMaterial ? words.effectMaterial : words.effectEditorial}</p>
			<p class="hint-text">{words.will(version)}</p>
			<input type="hidden" name="previewed" value={version} />
			<div class="submit">
				<button type="submit" class="main" name="step" value="publish">
					{words.publish}
				</button>
			</div>
		</>
	);
}
