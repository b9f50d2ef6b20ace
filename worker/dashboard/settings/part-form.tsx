/** The form around the fields of one part of the settings, with what was saved of it said above. */
import type { Child } from "hono/jsx";
import type { Language } from "../format.ts";
import type { Part } from "./forms.ts";
import type { SettingsWords } from "./words.ts";

export function Saved({ part, saved, words }: { part: Part; saved: Part | undefined; words: SettingsWords }) {
	if (saved !== part) return null;
	return (
		<p class="notice" role="status">
			{words.saved[part]}
		</p>
	);
}

export function PartForm(props: {
	part: Part;
	/** Path of the settings' page. */
	at: string;
	lang: Language;
	words: SettingsWords;
	saved: Part | undefined;
	children: Child;
}) {
	const { part, at, lang, words, saved, children } = props;
	return (
		<>
			<Saved {...{ part, saved, words }} />
			<form method="post" action={`${at}/${part}?lang=${lang}`}>
				{children}
				<div class="submit">
					<button type="submit" class="main">
						{words.save}
					</button>
				</div>
			</form>
		</>
	);
}
