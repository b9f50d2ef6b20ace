/**
 * Forms that somebody began to fill in: how often they were submitted, and the last field reached. A field's key is its
 * `data-sporlos` word, else its place and type: names are the site's, but may be made from data. Leaves out: values, labels,
 * hidden fields, texts edited outside of a form, and `form.submit()` by a script, of which browsers say nothing.
 */
import { cleanElement } from "../../schema/clean.ts";
import { maxFormsPerReport } from "../../schema/limits.ts";
import { elementKey } from "./element-key.ts";
import { countIn, lineOf } from "./tally.ts";
import type { Tools } from "./tools.ts";

const fields = "input:not([type=hidden]),select,textarea";
/** What the browser filled in by itself is no beginning. In `:is`, because older browsers do not know the word. */
const filledIn = ":is(:autofill):not(:focus)";

export function watchForms({ guard, view, reach }: Tools): void {
	guard.listen(document, "focusin input submit", ({ type, target, isTrusted }) => {
		const element = target as HTMLInputElement;
		const isSubmitted = type === "submit"; // the browser has found it valid
		const form = isSubmitted ? (target as HTMLFormElement) : element.form;
		const part = view().interaction;
		if (!part || !form || !isTrusted || element.matches(filledIn)) return;
		const key = elementKey(form, form);
		// Moving through a form is no beginning either: then there is no room for a line.
		const line = lineOf(part, "forms", [key, 0, ""], type === "focusin" ? 0 : maxFormsPerReport);
		if (!line) return;
		const place = [...form.elements].filter((field) => field.matches(fields)).indexOf(element) + 1;
		if (place) line[2] = cleanElement(element.dataset.sporlos || `${place} ${element.type}`);
		if (!isSubmitted) return;
		countIn(line, 1);
		reach("form", key);
	});
}
