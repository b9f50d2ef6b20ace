/**
 * Chromium and Firefox by puppeteer, over DevTools and WebDriver BiDi. Not by Playwright, which keeps every page visible
 * and focused: here a tab behind another one is hidden, as for every visitor. Leaves out: WebKit, and real hands.
 */
import puppeteer, { type Browser, type BrowserContext, type Page } from "puppeteer-core";
import { browserArgs } from "../browser.ts";
import { until } from "../until.ts";
import { demand, type Engine, type Profile, programOf, type Tab } from "./engine.ts";

type Name = "chromium" | "firefox";

const viewport = { width: 1280, height: 900 };

function launch(name: Name): Promise<Browser> {
	return puppeteer.launch({
		browser: name === "firefox" ? "firefox" : "chrome",
		executablePath: programOf(name) ?? "",
		headless: true,
		defaultViewport: viewport,
		args: name === "chromium" ? browserArgs : [],
		// A wheel that glides tells nobody when it has arrived.
		extraPrefsFirefox: { "general.smoothScroll": false },
	});
}

/** Pages of the test site load in a fraction of this. */
const loadMs = 10_000;

/** Firefox' protocol does not always tell that a page has loaded; then the page itself is asked. */
async function arrive(page: Page, go: () => Promise<unknown>): Promise<void> {
	await go().catch(async (error) => {
		if ((await page.evaluate("document.readyState")) !== "complete") throw error;
	});
}

/** Where a click reaches the element; undefined while it is not there, or a router is just putting another page in its place. */
function pointAt(page: Page, selector: string): Promise<{ x: number; y: number } | undefined> {
	return page.evaluate((selector) => {
		const element = document.querySelector(selector);
		element?.scrollIntoView({ block: "nearest", behavior: "instant" });
		const { left, right, top, bottom } = element?.getBoundingClientRect() ?? { left: 0, right: 0, top: 0, bottom: 0 };
		const [x, y] = [(left + right) / 2, (top + bottom) / 2];
		return element?.contains(document.elementFromPoint(x, y)) ? { x, y } : undefined;
	}, selector);
}

function tabOf(page: Page): Tab {
	return {
		go: (url) => arrive(page, () => page.goto(url, { waitUntil: "load", timeout: loadMs })),
		click: async (selector, pressing, times = 1) => {
			const { x, y } = await until(`${selector} under the pointer`, () => pointAt(page, selector));
			await page.mouse.move(x, y);
			for (let left = times; left > 0; left--) {
				pressing?.();
				await page.mouse.click(x, y);
			}
		},
		type: (selector, text) => page.type(selector, text),
		scroll: async (deltaY) => {
			await page.mouse.move(640, 600);
			await page.mouse.wheel({ deltaY });
		},
		// What comes back from the back/forward cache never loads, so nobody waits for that here.
		back: async () => void page.goBack().catch(() => {}),
		forward: async () => void page.goForward().catch(() => {}),
		reload: () => arrive(page, () => page.reload({ waitUntil: "load", timeout: loadMs })),
		evaluate: <T>(expression: string) => page.evaluate(expression) as Promise<T>,
		show: () => page.bringToFront(),
		close: async () => {
			await page.close({ runBeforeUnload: true });
			await until("the tab closed", () => page.isClosed());
		},
		crash: async () => {
			const session = await page.createCDPSession();
			void session.send("Page.crash").catch(() => {}); // nobody is left to answer
		},
	};
}

function profileOf(browser: Browser, context: BrowserContext, end: () => Promise<void>): Profile {
	return {
		open: async () => tabOf(await context.newPage()),
		kill: async () => {
			const child = browser.process();
			const gone = new Promise((resolve) => child?.once("exit", resolve));
			child?.kill("SIGKILL");
			await gone;
		},
		close: end,
	};
}

export async function openPuppeteer(name: Name): Promise<Engine> {
	demand([name], { screen: false });
	const shared = await launch(name);
	return {
		name,
		version: await shared.version(),
		can: { crash: name === "chromium", download: true, tabs: true, wheel: true },
		newProfile: async (alone) => {
			if (alone) {
				const browser = await launch(name);
				return profileOf(browser, browser.defaultBrowserContext(), () => browser.close());
			}
			const context = await shared.createBrowserContext();
			return profileOf(shared, context, () => context.close());
		},
		close: () => shared.close(),
	};
}
