/** The words of "My data" in each language: complete, translated, and short enough where they are pressed. */
import { describe, expect, test } from "vitest";
import { bannerWords } from "../../collector/gate/messages/index.ts";
import { panelLanguages } from "../../collector/panel/messages/languages.ts";
import { words as nb, type Words } from "../../collector/panel/messages/nb.ts";
import { noticeLanguages } from "../../schema/policy.ts";

/** Every text by its place. */
function textsOf(words: object, at = ""): Map<string, string> {
	const texts = Object.entries(words).flatMap(([name, word]) =>
		typeof word === "string" ? [[at + name, word] as const] : [...textsOf(word, `${at}${name}.`)],
	);
	return new Map(texts);
}

const all = await Promise.all(
	panelLanguages.map(async (language) => {
		const { words }: { words: Words } = await import(`../../collector/panel/messages/${language}.ts`);
		return { language, words, texts: textsOf(words) };
	}),
);
const textsIn = (wanted: string) => all.find(({ language }) => language === wanted)?.texts;

test("the panel speaks every language a notice may be in", () => {
	expect([...panelLanguages].sort()).toEqual([...noticeLanguages].sort());
});

describe.each(all)("the panel's words in $language", ({ language, words, texts }) => {
	test("say everything that Norwegian says, and leave nothing empty", () => {
		expect([...texts.keys()].sort()).toEqual([...textsOf(nb).keys()].sort());
		for (const [place, text] of texts) if (place !== "colon") expect(text).toMatch(/^\S(.*\S)?$/);
	});

	test("call the purposes what the banner calls them", () => {
		expect(words.purposeNames).toBe(bannerWords[language].purposes);
	});

	test("are no other language's", () => {
		for (const other of all) {
			const isNear = [language, other.language].every((name) => ["nb", "nn", "da", "sv"].includes(name));
			if (other.language === language || isNear) continue;
			const long = [...texts].filter(([place, text]) => text.length > 12 && other.texts.get(place) === text);
			expect(long).toEqual([]);
		}
		const english = [...texts].filter(([place, text]) => textsIn("en")?.get(place) === text).map(([, text]) => text);
		// Alike in both, and right in both.
		const shared = new Set([": ", "text", "SMS", "e-mail", "computer", "tablet"]);
		if (language !== "en") expect(english.filter((text) => !shared.has(text))).toEqual([]);
	});

	test("keep the buttons short, and each unlike the others beside it", () => {
		const { eraseAll, leaveIt, withdrawNow, downloadAll, eraseAndStop, eraseAndGoOn, eraseThese, neverMind } = words;
		for (const row of [
			[eraseAll, leaveIt, withdrawNow, downloadAll],
			[eraseAndStop, eraseAndGoOn, eraseThese, neverMind],
			[words.changeIt, words.eraseVisit],
		]) {
			for (const label of row) expect(label.length).toBeLessThanOrEqual(30);
			expect(new Set(row).size).toBe(row.length);
		}
	});
});
