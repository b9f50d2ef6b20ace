/** What every panel is drawn within: the view, the words and the format of one request. */
import type { Range, Stats } from "../stats/answers.ts";
import { type Format, formatOf, type Language } from "./format.ts";
import { en } from "./messages/en.ts";
import { type Messages, nb } from "./messages/nb.ts";
import { type Change, linkTo, type View } from "./range.ts";

const messages: Record<Language, Messages> = { nb, en };

export function messagesOf(language: Language): Messages {
	return messages[language];
}

export interface Frame {
	view: View;
	language: Language;
	text: Messages;
	format: Format;
	/** Link to this view with something changed. */
	link(change: Change): string;
}

export function makeFrame(view: View, language: Language): Frame {
	const link = (change: Change) => linkTo(view, change);
	return { view, language, text: messagesOf(language), format: formatOf(language), link };
}

type Asked = { [Name in "from" | "to" | "device" | "page" | "goal"]?: Range[Name] | null | undefined };

/**
 * Which call of the Stats API the figures within come from, for `data-answer`: what is on a page can be held against it. Without the
 * dates where they are the view's own.
 */
export function callOf(name: keyof Stats, { device, page, goal, from, to }: Asked = {}): string {
	const asked = Object.entries({ from, to, device, page, goal }).filter((entry): entry is [string, string] =>
		Boolean(entry[1]),
	);
	return asked.length ? `${name}?${new URLSearchParams(asked)}` : name;
}
