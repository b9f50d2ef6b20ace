/** Notes beside a trend line: which there are, and the list beneath it, for eye, ear and paper. Leaves out their marks (marks.ts). */
import type { Note } from "../../../schema/note.ts";
import type { Frame } from "../frame.ts";
import type { Drawing } from "../section.tsx";
import { noteWords } from "./words.ts";

/** A longer list scrolls. */
const mostShown = 6;

export interface ChartNotes {
	notes: readonly Note[];
	/** Where a page that a note is about is shown. */
	hrefOf(page: string): string;
	/** The page where notes are written; only for those who may. */
	writeAt?: string;
}

/** The notes that touch a span of dates; on a page's own sheet without those about other pages. */
export async function askNotes(
	{ notes, isOwner, home, linkTo, frame }: Pick<Drawing, "notes" | "isOwner" | "home" | "linkTo" | "frame">,
	span: { from: string; to: string },
	onlyPage?: string,
): Promise<ChartNotes> {
	const found = await notes(span);
	return {
		notes: onlyPage === undefined ? found : found.filter(({ page }) => page === null || page === onlyPage),
		hrefOf: (page) => linkTo("pages", { page }),
		...(isOwner ? { writeAt: `${home}/notes?lang=${frame.language}#note` } : {}),
	};
}

/** A note's words, and the page it is about as a link. */
export function NoteText({ note: { text, page }, hrefOf }: { note: Note; hrefOf: ChartNotes["hrefOf"] }) {
	return (
		<>
			<bdi>{text}</bdi>
			{page !== null && (
				<>
					{" "}
					<a href={hrefOf(page)}>
						<bdi>{page}</bdi>
					</a>
				</>
			)}
		</>
	);
}

/** `notes`: those on the line, in the order of their dates: their numbers are the marks'. */
export function NoteList({ notes, hrefOf, writeAt, frame }: ChartNotes & { frame: Frame }) {
	const words = noteWords[frame.language];
	const isLong = notes.length > mostShown;
	return (
		<>
			{notes.length > 0 && (
				<section class={`notes${isLong ? " scroller" : ""}`} tabindex={isLong ? 0 : undefined} aria-label={words.list}>
					<ol>
						{notes.map((note, at) => (
							<li>
								<span class="note-number">{at + 1}</span>
								<span class="meta">{frame.format.dates(note.from, note.to)}</span>
								<span>
									<NoteText note={note} hrefOf={hrefOf} />
								</span>
							</li>
						))}
					</ol>
				</section>
			)}
			{writeAt && (
				<a class="more" href={writeAt}>
					{words.add}
				</a>
			)}
		</>
	);
}
