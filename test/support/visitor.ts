/** What the collector's browser tests do over and over: a fresh browser profile, a choice, a look at its storage. */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { launchBrowser } from "./browser.ts";
import { watched } from "./in-place.ts";
import { type Answer, type Sink, startSink } from "./sink.ts";
import { until } from "./until.ts";

export interface Visitor {
	sink: Sink;
	browser: Browser;
	context: BrowserContext;
	page: Page;
	/** Errors and complaints the page has seen: there should be none. */
	complaints: string[];
	/** Opens a page and says yes in the banner. */
	accept(path?: string): Promise<void>;
	/** Waits until the view of a page has its place in the visit, and the sensors see what is done there. */
	watched(path?: string): Promise<void>;
	/** Everything the site has stored in this browser. */
	stored(): Promise<Record<string, string>>;
	/** A further tab of the same profile. */
	open(path?: string): Promise<Page>;
}

/** One browser and sink for all tests of a file, and for each test a new visitor. */
export function useVisitor(pages?: (sink: Sink) => Record<string, Answer>): Visitor {
	const visitor = { complaints: [] as string[] } as Visitor;
	visitor.open = async (path = "/") => {
		const page = await visitor.context.newPage();
		page.on("pageerror", (error) => visitor.complaints.push(String(error)));
		page.on("console", (message) => {
			if (message.type() === "error" || message.type() === "warning") visitor.complaints.push(message.text());
		});
		await page.goto(visitor.sink.site + path);
		return page;
	};
	visitor.accept = async (path) => {
		visitor.page = await visitor.open(path);
		await visitor.page.getByRole("button", { name: "Godta", exact: true }).click();
	};
	visitor.watched = async (path = new URL(visitor.page.url()).pathname) => {
		await until(`a place for ${path}`, async () =>
			Object.values(await visitor.stored().catch(() => ({}))).some((text) => text.includes(`"page":"${path}"`)),
		);
		await watched(visitor.page);
	};
	visitor.stored = () => visitor.page.evaluate(() => ({ ...localStorage, ...sessionStorage }));

	beforeAll(async () => {
		[visitor.browser, visitor.sink] = await Promise.all([launchBrowser(), startSink(pages)]);
	});
	afterAll(async () => {
		await visitor.browser?.close();
		await visitor.sink?.close();
	});
	beforeEach(async () => {
		visitor.context = await visitor.browser.newContext();
		visitor.sink.clearAll();
		visitor.complaints.length = 0;
	});
	afterEach(() => visitor.context.close());
	return visitor;
}
