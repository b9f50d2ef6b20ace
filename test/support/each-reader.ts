/** One browser for a file of tests, and in it a reader of their own for each. Leaves out what they look at. */
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { launchBrowser } from "./browser.ts";
import { openReader, type Reader } from "./reader.ts";

export interface EachReader extends Reader {
	browser: Browser;
	/** Everything the browser complained about in this test. */
	complaints: string[];
}

/** To be called once, outside of tests; page and context are there as long as a test runs. */
export function readEach(): EachReader {
	const seen = { complaints: [] as string[] } as EachReader;
	beforeAll(async () => {
		seen.browser = await launchBrowser();
	});
	afterAll(() => seen.browser?.close());
	beforeEach(async () => {
		Object.assign(seen, await openReader(seen.browser, seen.complaints));
	});
	afterEach(() => seen.context?.close());
	return seen;
}
