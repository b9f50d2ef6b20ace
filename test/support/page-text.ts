/** What a reader sees of a page of HTML: its text, without style and tags. Leaves out what CSS hides. */

export const textOf = (html: string): string =>
	html
		.replace(/<style.*?<\/style>/s, "")
		.replace(/<[^>]+>/g, " ")
		.replaceAll("&quot;", '"')
		.replaceAll("&lt;", "<")
		.replaceAll("&gt;", ">")
		.replaceAll("&amp;", "&")
		.replace(/[\s\u00a0]+/g, " ");
