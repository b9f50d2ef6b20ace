/** Which of a notice's languages suits the page. Leaves out: the words themselves. */

/** The notice's language that suits the page best: either Norwegian for the other, else the site's own. */
export function chooseLanguage(wanted: string, offered: string[]): string {
	const [primary = ""] = wanted.toLowerCase().replace(/^no\b/, "nb").split("-");
	const wishes = [primary, { nb: "nn", nn: "nb" }[primary], ...offered];
	return wishes.find((language) => language && offered.includes(language)) ?? "";
}
