import type { BrowserContext, Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { until } from "../support/until.ts";
import { useWholeApp } from "../support/whole-app.ts";

const whole = useWholeApp();
let context: BrowserContext;
let page: Page;
/** Everything the browser asked of the Worker, seen on the network. */
let asked: string[];

beforeEach(async () => {
	context = await whole.browser.newContext({ locale: "nb-NO" });
	page = await context.newPage();
	asked = [];
	context.on("request", (request) => {
		if (request.url().startsWith(whole.app.app)) asked.push(`${request.method()} ${new URL(request.url()).pathname}`);
	});
});
afterEach(() => context.close());

const gate = "GET /gate/demo/banner.js";

/** What the page's origin keeps on the device. */
const kept = () =>
	page.evaluate(async () => ({
		local: Object.entries(localStorage),
		session: Object.keys(sessionStorage),
		cookies: document.cookie,
		databases: (await indexedDB.databases()).length,
		caches: (await caches.keys()).length,
		workers: (await navigator.serviceWorker.getRegistrations()).length,
	}));

const nothing = { local: [], session: [], cookies: "", databases: 0, caches: 0, workers: 0 };

/** What the Worker holds: the open book's backlog and the site's views, from the server's side. */
async function onServer(): Promise<{ pending: number; open: string[] }> {
	const { books } = (await (await fetch(`${whole.app.app}/healthz`)).json()) as {
		books: Record<string, { pending: number; open: string[] }>;
	};
	return { pending: books.demo?.pending ?? -1, open: books.demo?.open ?? [] };
}

/** Uses the page as a visitor does, over two pages, and hides it in between. */
async function useTheSite(): Promise<void> {
	for (const path of ["/", "/turer"]) {
		await page.goto(`${whole.app.site}${path}`);
		await page.mouse.move(200, 200);
		await page.mouse.wheel(0, 600);
		await page.locator("h1").click();
		await page.keyboard.press("Tab");
		await page.waitForTimeout(500);
		const other = await context.newPage();
		await other.bringToFront();
		await page.waitForTimeout(300);
		await other.close();
	}
}

describe("zero before consent", () => {
	test("undecided: the gate file is the only request, and nothing is kept", async () => {
		await useTheSite();
		expect(asked).toEqual([gate, gate]);
		expect(await kept()).toEqual(nothing);
		expect(await onServer()).toEqual({ pending: 0, open: [] });
	});

	test("refused: nothing is kept but the refusal itself, and the banner stays away", async () => {
		await page.goto(`${whole.app.site}/`);
		await page.getByRole("button", { name: "Avslå" }).click();
		await useTheSite();
		expect(asked).toEqual([gate, gate, gate]);
		const { local, ...rest } = await kept();
		expect(rest).toEqual({ session: [], cookies: "", databases: 0, caches: 0, workers: 0 });
		expect(local).toHaveLength(1);
		expect(JSON.parse(local[0]?.[1] ?? "")).toMatchObject({ by: "banner", purposes: [] });
		expect(await page.getByRole("button", { name: "Avslå" }).isVisible()).toBe(false);
		expect(await onServer()).toEqual({ pending: 0, open: [] });
	});

	test("withdrawn: from that moment not one request, and nothing is kept but the refusal", async () => {
		await page.goto(`${whole.app.site}/`);
		await page.getByRole("button", { name: "Godta" }).click();
		await until("the first report", () => asked.includes("POST /v1/reports"));
		expect((await onServer()).pending).toBe(1);
		await page.getByRole("button", { name: "Personvernvalg" }).click();
		await page.getByRole("button", { name: /Trekk/ }).click();
		asked.length = 0;
		const stored = await kept();
		expect(stored.local).toHaveLength(1);
		expect(JSON.parse(stored.local[0]?.[1] ?? "")).toMatchObject({ by: "banner", purposes: [] });
		expect({ ...stored, local: [] }).toEqual(nothing);
		const held = await onServer();
		await useTheSite();
		await page.close({ runBeforeUnload: true });
		expect(asked).toEqual([gate, gate]);
		expect(await onServer()).toEqual(held);
	});

	test("a browser that asks not to be measured sees no banner and is never asked", async () => {
		await context.addInitScript(() => Object.defineProperty(navigator, "globalPrivacyControl", { value: true }));
		await useTheSite();
		expect(asked).toEqual([gate, gate]);
		expect(await kept()).toEqual(nothing);
		expect(await page.getByRole("button", { name: "Godta" }).count()).toBe(0);
	});
});
