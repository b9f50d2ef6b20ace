/** What every panel is drawn within: the view, the words and the format of one request. */
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
	text: Messages;
	format: Format;
	/** Link to this view with something changed. */
	link(change: Change): string;
}

export function makeFrame(view: View, language: Language): Frame {
	return { view, text: messagesOf(language), format: formatOf(language), link: (change) => linkTo(view, change) };
}
