/**
 * Declared pages from what the owner typed and the site's own sitemap.xml: a list that is fixed before the first period begins and
 * never read from visits. Only the site's own addresses are asked, without following redirects, and little is read of them.
 */
import { cleanPath } from "../../schema/clean.ts";
import { maxDeclaredPages, type ReleaseTerms } from "../../schema/release.ts";
import { Problem } from "../problem.ts";
import { readCut } from "../sites/own-pages.ts";

const maxSitemaps = 10;
const waitMs = 10_000;

/** Whether a path fits an entry, in which `*` stands for anything. */
function fits(entry: string, path: string): boolean {
	const parts = entry.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
	return new RegExp(`^${parts.join(".*")}$`).test(path);
}

/** Terms with their pages resolved. Throws `outside-limits` with what to do where that cannot be. */
export async function resolvePages(terms: ReleaseTerms, origins: readonly string[]): Promise<ReleaseTerms> {
	const { pages: entries, sitemap } = terms;
	const patterns = entries.filter((entry) => entry.includes("*"));
	const listed = sitemap || patterns.length > 0 ? await sitemapPages(origins) : [];
	for (const [at, entry] of entries.entries())
		if (entry.includes("*") && !listed.some((path) => fits(entry, path)))
			throw new Problem(
				"outside-limits",
				`pages, number ${at + 1}: no address of the sitemap fits it. Type the pages.`,
			);
	const pages = [
		...new Set([
			...entries.flatMap((entry) => (entry.includes("*") ? listed.filter((path) => fits(entry, path)) : entry)),
			...(sitemap ? listed : []),
		]),
	];
	if (pages.length > maxDeclaredPages)
		throw new Problem(
			"outside-limits",
			`A release has at most ${maxDeclaredPages} pages: choose fewer, or use * to pick some.`,
		);
	return { ...terms, pages };
}

/** Paths in the sitemap of the first origin that has one, as they are counted. */
async function sitemapPages(origins: readonly string[]): Promise<string[]> {
	for (const origin of origins) {
		const text = await readText(`${origin}/sitemap.xml`);
		if (text === undefined) continue;
		const found = new Set<string>();
		const waiting = [text];
		let left = maxSitemaps;
		for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
			const urls = addressesIn(one).filter((url) => origins.includes(url.origin));
			if (!/<sitemapindex[\s>]/.test(one)) for (const { pathname } of urls) found.add(cleanPath(pathname));
			else
				for (const { href } of urls) {
					if (left-- <= 0) break;
					waiting.push((await readText(href)) ?? "");
				}
		}
		return [...found].sort();
	}
	throw new Problem("outside-limits", "No sitemap.xml was found at the site's origins. Type the pages, without *.");
}

/** Addresses of a sitemap (sitemaps.org): the text of each <loc>. */
function addressesIn(xml: string): URL[] {
	return [...xml.matchAll(/<loc>\s*(?:<!\[CDATA\[)?\s*([^<\]\s]+)/g)].flatMap(([, loc = ""]) => {
		const address = loc.replaceAll("&amp;", "&");
		return URL.canParse(address) ? new URL(address) : [];
	});
}

/** A text of the site's own, cut at a limit; undefined where there is none, or it comes too slowly. */
async function readText(address: string): Promise<string | undefined> {
	try {
		const answer = await fetch(address, { redirect: "manual", signal: AbortSignal.timeout(waitMs) });
		return answer.ok && answer.body ? await readCut(answer) : undefined;
	} catch {
		return undefined; // said as such
	}
}
