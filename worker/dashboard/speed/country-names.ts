/** Countries by name in the reader's language; a code that no language knows stays as it is. */
import type { Language } from "../format.ts";

const made = new Map<Language, Intl.DisplayNames>();

export function countryName(code: string, language: Language): string {
	let names = made.get(language);
	if (!names) {
		names = new Intl.DisplayNames(language, { type: "region", fallback: "code" });
		made.set(language, names);
	}
	// Intl throws on what is not of the form of a code.
	return /^([A-Z]{2}|\d{3})$/.test(code) ? (names.of(code) ?? code) : code;
}
