/** Which of a notice's languages suits the page. Leaves out: the words themselves. */

/** The notice's language that suits the page best: nb for no and nn, else the same first part, else the site's own. */
export function chooseLanguage(wanted: string, offered: string[]): string {
	const [primary = ""] = wanted
		.toLowerCase()
		.replace(/^(no|nn)\b/, "nb")
		.split("-");
	return offered.find((language) => language.split("-")[0] === primary) ?? offered[0] ?? "en";
}
