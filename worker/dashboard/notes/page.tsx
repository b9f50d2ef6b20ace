/** The page where a site's notes are read by all who see its figures, and written, changed and deleted by its owner. Works without script. */

import { maxNoteChars, maxPathChars } from "../../../schema/limits.ts";
import type { Note, NoteField } from "../../../schema/note.ts";
import { type AccountFrame, PostButton, renderAccountPage } from "../account/frame.tsx";
import { formatOf } from "../format.ts";
import { Panel } from "../panels/panel.tsx";
import { NoteText } from "./chart-notes.tsx";
import { type NoteWords, noteWords } from "./words.ts";

/** A form as it stands: of a note that is changed, or of a new one. */
export interface NoteForm {
	/** Empty for a new one. */
	id: string;
	from: string;
	to: string;
	text: string;
	page: string;
	wrong?: NoteField | "other";
}

export interface NotesInput {
	site: { id: string; name: string };
	/** In the order of their dates. */
	notes: readonly Note[];
	/** Only for the owner. */
	form?: NoteForm;
	/** Origin of the server, for the example of a script. */
	origin: string;
}

const look = `
.notes-page form.note .fields{grid-template-columns:repeat(2,minmax(0,1fr))}
.notes-page form.note .wide{grid-column:1/-1}
.notes-page .wrong-text{color:var(--poor-text);font-size:14px}
.notes-page .submit{display:flex;flex-wrap:wrap;gap:12px 24px;align-items:center;margin-top:16px}
.notes-page .submit a{display:inline-flex;align-items:center;min-height:44px;color:var(--accent)}
.notes-page .all li{display:grid;grid-template-columns:160px minmax(0,1fr) auto;gap:0 16px;align-items:center;min-height:52px;padding:8px 0;border-top:1px solid var(--line)}
.notes-page .all .words{overflow-wrap:anywhere}
.notes-page .all .words a{margin-block:-10px}
.notes-page .all a{display:inline-flex;align-items:center;min-height:var(--target);text-decoration-color:var(--control);text-underline-offset:4px;overflow-wrap:anywhere}
.account .notes-page .all button{min-height:var(--target);padding:4px 12px}
.notes-page .acts{display:flex;gap:16px;align-items:center;justify-content:flex-end}
.notes-page pre{margin-top:12px;padding:12px;border-radius:8px;background:var(--sunken);font-size:13px;white-space:pre-wrap;overflow-wrap:anywhere}
@media(max-width:640px){.notes-page form.note .fields,.notes-page .all li{grid-template-columns:minmax(0,1fr)}.notes-page .all li{padding:12px 0 8px}}
`;

function Form({ form, at, words }: { form: NoteForm; at: string; words: NoteWords }) {
	const marks = (field: NoteField) =>
		form.wrong === field ? { "aria-invalid": "true" as const, "aria-describedby": `wrong-${field}` } : {};
	const said = (field: NoteField) =>
		form.wrong === field && (
			<span class="wrong-text" id={`wrong-${field}`} role="alert">
				{words.wrong[field]}
			</span>
		);
	return (
		<form method="post" action={at} class="note">
			{form.wrong === "other" && (
				<p class="notice wrong" role="alert">
					{words.wrong.other}
				</p>
			)}
			<input type="hidden" name="id" value={form.id} />
			<div class="fields">
				<label>
					{words.from}
					<input name="from" type="date" required value={form.from} {...marks("from")} />
					{said("from")}
				</label>
				<label>
					{words.to}
					<input name="to" type="date" value={form.to} {...marks("to")} />
					{said("to")}
				</label>
				<label class="wide">
					{words.text}
					<input
						name="text"
						required
						maxlength={maxNoteChars}
						autocomplete="off"
						value={form.text}
						{...marks("text")}
					/>
					{said("text")}
				</label>
				<label class="wide">
					{words.onPage}
					<input
						name="page"
						maxlength={maxPathChars}
						autocomplete="off"
						autocapitalize="none"
						spellcheck={false}
						value={form.page}
						{...marks("page")}
					/>
					{said("page")}
				</label>
			</div>
			<div class="submit">
				<button type="submit" class="main">
					{words.save}
				</button>
				{form.id !== "" && <a href={at}>{words.cancel}</a>}
			</div>
		</form>
	);
}

export function renderNotes(frame: AccountFrame, { site, notes, form, origin }: NotesInput): string {
	const { language } = frame;
	const words = noteWords[language];
	const format = formatOf(language);
	const home = `/sites/${site.id}`;
	const lang = `?lang=${language}`;
	const at = `${home}/notes${lang}`;
	const hrefOf = (page: string) => `${home}/pages${lang}&side=${encodeURIComponent(page)}`;
	const example = `curl -X POST ${origin}/v1${home}/notes \\\n  -H "Authorization: Bearer $KEY" \\\n  -d '{"text": "v2.4.0"}'`;
	return renderAccountPage(
		{ ...frame, style: frame.style + look },
		{
			title: words.title,
			site: { ...site, isOwner: form !== undefined },
			page: "notes",
			children: (
				<div class="notes-page">
					{form && (
						<Panel id="note" title={form.id === "" ? words.new : words.changing}>
							<Form form={form} at={at} words={words} />
						</Panel>
					)}
					<Panel id="notes" title={words.all} subtitle={`${words.note}${form ? ` ${words.removed}` : ""}`}>
						{notes.length === 0 && <p class="none">{form ? words.none : words.noneToRead}</p>}
						{notes.length > 0 && (
							<ul class="all">
								{notes.toReversed().map((note) => (
									<li>
										<span class="meta">{format.dates(note.from, note.to)}</span>
										<span class="words">
											<NoteText note={note} hrefOf={hrefOf} />
										</span>
										{form && (
											<div class="acts">
												<a href={`${at}&note=${note.id}#note`} aria-label={`${words.change}: ${note.text}`}>
													{words.change}
												</a>
												<PostButton
													action={`${home}/notes/remove${lang}`}
													fields={{ id: note.id }}
													text={words.remove}
													about={note.text}
												/>
											</div>
										)}
									</li>
								))}
							</ul>
						)}
					</Panel>
					{form && (
						<Panel id="script" title="API" subtitle={words.script}>
							<pre tabindex={0}>{example}</pre>
						</Panel>
					)}
				</div>
			),
		},
	);
}
