/** Where notes stand on a trend line: each by the period it begins in, near ones as one mark. Leaves out drawing. */
import type { Note } from "../../../schema/note.ts";

export interface NoteMark {
	/** Of the point it stands on. */
	index: number;
	/** First and last point of those of its notes that are about several. */
	spans: [number, number][];
	/** Which notes of the list it is, by their numbers; the same twice where it is one. */
	first: number;
	last: number;
	/** Beside the mark, where there is room for it. */
	words?: { text: string; side: "left" | "right" };
}

/** Marks stand at least so far apart, as a share of the width: theirs, on a narrow screen. */
const nearest = 1 / 16;
/** A letter's width, and what words keep clear of, as shares of the narrowest width at which words are shown (600 px). */
const letter = 6.4 / 600;
const clear = 22 / 600;
const mostLetters = 40;

/** The points a note is about, or undefined where it is about none of them. `dates`: first local date of each point. */
export function placeOf({ from, to }: Note, dates: readonly string[]): { index: number; last: number } | undefined {
	const [first] = dates;
	if (first === undefined || to < first) return undefined;
	const at = (date: string) => dates.findLastIndex((begins) => begins <= date);
	return { index: Math.max(at(from), 0), last: at(to) };
}

const shorten = (text: string) => {
	const letters = [...text];
	return letters.length > mostLetters ? `${letters.slice(0, mostLetters - 1).join("")}…` : text;
};

/** Marks of notes in the order of their dates, all of which lie on the line; numbered as in a list of them. */
export function marksOf(notes: readonly Note[], dates: readonly string[]): NoteMark[] {
	const gaps = Math.max(dates.length - 1, 1);
	const groups: { index: number; spans: [number, number][]; notes: Note[]; number: number }[] = [];
	for (const [at, note] of notes.entries()) {
		const place = placeOf(note, dates);
		if (!place) continue;
		const { index, last } = place;
		const spans: [number, number][] = last > index ? [[index, last]] : [];
		const group = groups.at(-1);
		if (group && (index - group.index) / gaps < nearest) {
			group.notes.push(note);
			group.spans.push(...spans);
		} else groups.push({ index, spans, notes: [note], number: at + 1 });
	}
	let taken = 0;
	return groups.map(({ index, spans, notes: [only, ...more], number }, at) => {
		const mark = { index, spans, first: number, last: number + more.length };
		if (more.length > 0 || !only) return mark;
		const text = shorten(only.text);
		const width = [...text].length * letter + clear;
		const x = dates.length < 2 ? 0.5 : index / gaps;
		const next = groups[at + 1];
		// Words keep off the next mark's place too, so that each is read beside its own line.
		const room = next ? next.index / gaps : 1;
		if (x + width <= room && x >= taken) {
			taken = x + width;
			return { ...mark, words: { text, side: "right" as const } };
		}
		if (x - width < Math.max(taken, groups[at - 1] ? (groups[at - 1]?.index ?? 0) / gaps : 0)) return mark;
		taken = x;
		return { ...mark, words: { text, side: "left" as const } };
	});
}
