/** The banner's words in each language: complete, short enough, and never nudging. */
import { describe, expect, test } from "vitest";
import { bannerWords } from "../../collector/gate/messages/index.ts";

const all = Object.entries(bannerWords);
const texts = (words: (typeof all)[number][1]) =>
	Object.values(words).flatMap((word) => (typeof word === "string" ? [word] : Object.values(word).flat()));

describe.each(all)("the banner's words in %s", (_, words) => {
	test("leave nothing empty, and put no space where none belongs", () => {
		for (const text of texts(words)) expect(text).toMatch(/^\S(.*\S)?$/);
	});

	test("keep accept, decline, withdraw and save short enough to stand side by side", () => {
		for (const text of [words.accept, words.decline, words.withdraw, words.save, words.close])
			expect(text.length).toBeLessThanOrEqual(18);
	});

	test("call every button something else", () => {
		const { accept, decline, withdraw, save, close, choose, mine, erase, label } = words;
		expect(new Set([accept, decline, withdraw, save, close, choose, mine, erase, label]).size).toBe(9);
	});
});

test("no two languages answer alike, but for those that share their words", () => {
	const answers = all.map(([, { accept, decline, label }]) => [accept, decline, label].join());
	expect(new Set(answers).size).toBe(all.length);
});
