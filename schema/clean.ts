/**
 * Cleaning of names, done by the collector before bytes exist and repeated by ingest. What looks like an id, e-mail,
 * phone number, date of birth, token or UUID never becomes a name. Leaves out: what a name means.
 */
import { maxElementChars, maxHostChars, maxPathChars, maxWordsChars } from "./limits.ts";

const idName = ":id";

const idPatterns = [
	/@/, // e-mail address
	/^[+(]?\d[\d\s().-]{3,}$/, // four or more digits: number, phone number, date
	/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i, // UUID
	/^(?=.*\d)[0-9a-f]{8,}$/i, // hexadecimal
	/\d{5,}/, // a long number inside a word
	/^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[\w~=.-]{10,}$/, // mixed-case token
	/^(?=.*\d)(?=.*[a-z])[^-]{20,}$/i, // long token without word breaks
	/[\w=~+]{31,}/, // longer than any word
];
/** A year, or so plain that nothing above can match: for most words one pattern is enough, and each costs. */
const harmless = /^((19|20)\d\d|[a-z-]{1,30})$/i;

function cleanSegment(raw: string): string {
	let segment = raw;
	try {
		segment = decodeURIComponent(raw);
	} catch {
		return idName; // broken percent escapes are nobody's page name
	}
	return cleanWord(segment);
}

function cleanWord(word: string): string {
	if (harmless.test(word)) return word;
	return idPatterns.some((pattern) => pattern.test(word)) ? idName : withoutControls(word);
}

/** Control characters (the key separator among them), lone surrogates and separators of lines never enter a name. */
function withoutControls(text: string): string {
	// Nearly all names are plain, and to compile the long pattern costs more than all of them together.
	return /[^ -~]/.test(text) ? text.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/gu, "") : text;
}

/** Path of a URL → the page's name: no query, no hash, no trailing slash, ids replaced, at most 200 characters. */
export function cleanPath(path: string): string {
	const segments = path.split(/[?#]/)[0]?.split("/").filter(Boolean).map(cleanSegment) ?? [];
	return withoutControls(`/${segments.join("/")}`.slice(0, maxPathChars));
}

/** Seven digits or more with little between them: a phone number, a date of birth. */
const spacedNumber = /\d([\s().-]{0,2}\d){6,}/g;

/**
 * What a site or a campaign calls something in words of its own: an event, a property, a property's value. Whatever looks
 * like an id among the words is replaced; at most 60 characters.
 */
export function cleanWords(text: string): string {
	const words = withoutControls(text.replace(/\s+/g, " ")).trim().split(" ").map(cleanWord);
	const name = words.join(" ").replace(spacedNumber, idName);
	const cut = withoutControls(name.slice(0, maxWordsChars)).trim();
	return cut === text ? cut : cleanWords(cut); // what was cut may look like a token now
}

/** Host name in lower case without port and `www.`, or "" for what is not one. */
export function cleanHost(host: string): string {
	const name = host
		.toLowerCase()
		.replace(/:\d+$/, "")
		.replace(/^www\./, "");
	return /^[\p{L}\p{N}.-]+$/u.test(name) && name.length <= maxHostChars ? name : "";
}

/** Element key: words of structure only, as the collector builds it; anything that looks like an id inside is replaced. */
export function cleanElement(key: string): string {
	return withoutControls(key)
		.replace(/\d{4,}/g, "0")
		.slice(0, maxElementChars);
}
