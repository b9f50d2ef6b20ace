/** Which requests are our own: they are no third party's, and no sign that the page does anything. */

/** Where this file comes from, everything of ours goes; the site itself may be there too. */
const [ours = ""] = import.meta.url.split("/code/");

export function isOwnRequest(url: string): boolean {
	return url.startsWith(ours) && /^.(gate|code|v1)\//.test(url.slice(ours.length));
}
