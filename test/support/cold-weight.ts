/** What a page of the dashboard weighs when nothing of it is in the cache. */
import { brotliCompressSync, constants } from "node:zlib";
import { buildDashboard } from "../../scripts/build-dashboard.ts";

/** As an edge compresses what it sends on the way, which is less than is possible. */
const compressed = (text: string) =>
	brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }).byteLength;

/** Bytes of the HTML with its style, the script and the font; of each of the pages at these addresses. */
export async function coldWeights(addresses: string[]): Promise<number[]> {
	const { script, font } = await buildDashboard();
	const besides = compressed(script) + font.byteLength;
	const pages = await Promise.all(addresses.map(async (address) => (await fetch(address)).text()));
	return pages.map((html) => compressed(html) + besides);
}
