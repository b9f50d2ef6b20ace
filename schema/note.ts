/**
 * A note: a line that an owner writes about a day or a span of days of the site, and that stands on its trend lines. The shapes sent
 * and answered, and their check. Leaves out keeping notes (worker/notes).
 */
import * as v from "valibot";
import { cleanPath } from "./clean.ts";
import { maxNoteChars, maxPathChars } from "./limits.ts";
import { daysBetween, isDate } from "./period.ts";
import { named, said } from "./words.ts";

/** Two years and more: longer than anything is shown at once. */
const maxDays = 800;

function day(name: string) {
	const detail = `${name} is a date: yyyy-mm-dd.`;
	const isKnown = (text: string) => isDate(text) && text >= "2000-01-01" && text <= "2199-12-31";
	return v.pipe(v.string(detail), v.isoDate(detail), v.check(isKnown, detail));
}

/** What is sent; `page` may be null, so that a note can be sent back as it was answered. */
export const noteSchema = v.strictObject(
	{
		from: v.optional(
			said(day("from"), "First local date; today without it.", "Første lokale dato; i dag om den mangler."),
		),
		to: v.optional(
			said(
				day("to"),
				"Last local date, included; without it the note is about one day.",
				"Siste lokale dato, med; uten den gjelder notatet én dag.",
			),
		),
		text: v.pipe(
			v.string("text is a text."),
			v.minLength(1, "text is missing."),
			v.maxLength(maxNoteChars, `text has at most ${maxNoteChars} characters.`),
		),
		page: v.optional(
			said(
				v.nullable(
					v.pipe(
						v.string("page is a path."),
						v.regex(/^\//, "page is a path of the site, from the first slash on."),
						v.maxLength(maxPathChars, `page has at most ${maxPathChars} characters.`),
					),
				),
				"Path of the page it is about; kept as pages are counted.",
				"Stien til siden det gjelder; tas vare på slik sider telles.",
			),
		),
	},
	"A note has text, and may have from, to and page; nothing else.",
);

export const noteAnswer = named(
	"Note",
	v.object({
		id: v.string(),
		from: said(v.pipe(v.string(), v.isoDate()), "First local date.", "Første lokale dato."),
		to: said(v.pipe(v.string(), v.isoDate()), "Last local date, included.", "Siste lokale dato, med."),
		text: v.string(),
		page: said(v.nullable(v.string()), "Path of the page it is about.", "Stien til siden det gjelder."),
	}),
);
export type Note = v.InferOutput<typeof noteAnswer>;
export const notesAnswer = v.object({ notes: v.array(noteAnswer) });

export type NoteField = "from" | "to" | "text" | "page";
export type CheckedNote =
	| { ok: true; value: Omit<Note, "id"> }
	| { ok: false; field: NoteField | undefined; detail: string };

/** One line: whatever breaks lines or cannot be printed is a space. */
export const oneLine = (text: string) => text.replace(/[\s\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+/gu, " ").trim();

/** What anybody sent as a note, or a sentence that says what is wrong with it. `today`: the site's local date. */
export function checkNote(input: unknown, today: string): CheckedNote {
	const text = (input as { text?: unknown } | null)?.text;
	const tidied = typeof text === "string" ? { ...(input as object), text: oneLine(text) } : input;
	const result = v.safeParse(noteSchema, tidied);
	if (!result.success) {
		const [{ message, path, received }] = result.issues;
		const key = path?.[0]?.key;
		const field = (["from", "to", "text", "page"] as const).find((name) => name === key);
		return { ok: false, field, detail: field && received === "undefined" ? `${field} is missing.` : message };
	}
	const { from = result.output.to ?? today, page = null } = result.output;
	const { to = from } = result.output;
	if (to < from) return { ok: false, field: "to", detail: "from must not be later than to." };
	if (daysBetween(from, to) >= maxDays)
		return { ok: false, field: "to", detail: `A note is about at most ${maxDays} days.` };
	return { ok: true, value: { from, to, text: result.output.text, page: page === null ? null : cleanPath(page) } };
}
