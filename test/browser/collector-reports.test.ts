import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { type Sink, startSink } from "../support/sink.ts";
import { until } from "../support/until.ts";

let browser: Browser;
let sink: Sink;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
	[browser, sink] = await Promise.all([launchBrowser(), startSink()]);
});
afterAll(async () => {
	await browser?.close();
	await sink?.close();
});
beforeEach(async () => {
	sink.clear();
	context = await browser.newContext();
	page = await context.newPage();
	page.on("console", (m) => console.log("CONSOLE", m.text()));
	page.on("pageerror", (e) => console.log("PAGEERROR", e));
});
afterEach(() => context.close());

describe("smoke", () => {
	test("a grant leads to reports", async () => {
		await page.goto(`${sink.site}/`);
		await page.getByRole("button", { name: "Godta" }).click();
		await until("a report", () => sink.posts().length);
		await page.click("#buy");
		await page.click("#next");
		await until("two views", () => sink.counted().length === 2);
		await page.click("#out");
		await until("outbound", () => sink.counted()[1]?.leaving?.how === "outbound");
		for (const { path, body } of sink.requests) console.log(path, body);
	});
});
