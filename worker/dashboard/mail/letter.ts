/** Every letter there is, drawn: summary, alert, test, and the question whether an address wants them. */
import type { Drawn, Letter } from "../../subscriptions/shapes.ts";
import { alertPath, alertText, alertTitle, instantText } from "./alert-text.ts";
import { type Block, type Part, plainText, tame } from "./blocks.ts";
import { letterHtml } from "./html.tsx";
import { summaryBlocks, summarySubject } from "./summary-text.ts";
import { type Gets, getsText, type LetterWords, letterWords } from "./words.ts";

interface Content {
	subject: string;
	title: Part[];
	blocks: Block[];
}

function contentOf({ told, site, language, origin }: Letter, words: LetterWords): Content {
	const name = tame(site.name);
	const home = `${origin}/sites/${site.id}`;
	const gets = (of: Gets) => getsText(of, words);
	switch (told.kind) {
		case "summary": {
			const subject = summarySubject(told.summary, name, language);
			const { from, to } = told.summary.range;
			const href = `${home}?p=egen&fra=${from}&til=${to}&lang=${language}`;
			return {
				subject,
				title: [subject],
				blocks: [...summaryBlocks(told.summary, language), { kind: "link", text: words.look, href }],
			};
		}
		case "alert": {
			const { finding, state, raised } = told;
			const title = alertTitle(finding, state, language);
			const when = words.raisedOn(instantText(raised, site.timeZone, language));
			const subject = `${name}: ${state === "ended" ? `${words.ended}: ` : ""}${title}`;
			return {
				subject,
				title: [subject],
				blocks: [
					{ kind: "lead", parts: [alertText(finding, state, site.timeZone, language)] },
					...(finding.kind === "silence" && state === "raised"
						? [{ kind: "text", parts: [words.silenceHint] } as const]
						: []),
					...(state === "ended" ? [{ kind: "small", parts: [when] } as const] : []),
					{ kind: "link", text: words.toAlert, href: home + alertPath(finding, language) },
				],
			};
		}
		case "test": {
			const [before, after] = words.testText(gets(told.of));
			return {
				subject: words.testSubject(name),
				title: [words.testTitle],
				blocks: [{ kind: "lead", parts: [before, { named: site.name }, after] }],
			};
		}
		case "confirm": {
			const [before, after] = words.confirmText(gets(told.of));
			return {
				subject: words.confirmSubject(name),
				title: [words.confirmTitle],
				blocks: [
					{ kind: "lead", parts: [before, { named: site.name }, after] },
					{ kind: "link", text: words.confirmLink, href: told.link },
				],
			};
		}
	}
}

export function drawLetter(letter: Letter): Drawn {
	const { language, leave, site, told } = letter;
	const words = letterWords[language];
	const { subject, title, blocks } = contentOf(letter, words);
	const text = told.kind === "confirm" ? words.confirmFoot : words.foot(tame(site.name));
	const foot = { text, ...(leave === undefined ? {} : { link: { text: words.leave, href: leave } }) };
	const last: Block[] = [
		{ kind: "small", parts: [text] },
		...(leave === undefined ? [] : [{ kind: "link", text: words.leave, href: leave } as const]),
	];
	return {
		subject,
		text: plainText([...blocks, ...last]),
		html: letterHtml({ language, subject, title, blocks, foot }),
	};
}
