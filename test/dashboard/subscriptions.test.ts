/** The pages about summaries and alerts, and the letters themselves, in Chromium: every look, no script, the keyboard alone. */
import { type Context, Hono } from "hono";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildDashboard } from "../../scripts/build-dashboard.ts";
import type { AccountFrame } from "../../worker/dashboard/account/frame.tsx";
import { drawLetter } from "../../worker/dashboard/mail/letter.ts";
import { languageOf, sendPage } from "../../worker/dashboard/routes.tsx";
import { renderSubscriptions } from "../../worker/dashboard/subscriptions/page.tsx";
import { renderLinkPage } from "../../worker/dashboard/subscriptions/public-pages.tsx";
import { violations } from "../support/axe.ts";
import { launchBrowser } from "../support/browser.ts";
import { type NodeServer, serveFetch } from "../support/node-server.ts";
import { keepWholePage } from "../support/pictures.ts";
import { openWindow, overflowOf } from "../support/reader.ts";
import { emptySubscriptions, letters, subscriptionsFixture } from "../support/subscriptions-fixture.ts";
import { smallTargets } from "../support/targets.ts";

let server: NodeServer;
let browser: Browser;
/** What forms have posted. */
const posted: Record<string, unknown>[] = [];

beforeAll(async () => {
	const { script, style, font } = await buildDashboard();
	const paths = { script: "/code/0/dashboard.js", font: "/code/0/hg.woff2" };
	let answers = 0;
	const show = (c: Context, signedIn: boolean, render: (frame: AccountFrame) => string) => {
		const nonce = `n${answers++}`;
		const language = languageOf(c.req.query("lang"), undefined);
		return sendPage(c, render({ language, nonce, paths, style, signedIn }), nonce);
	};
	const about = { site: "<b>nordfjordturer.no</b>", summary: "weekly", alerts: true } as const;
	const app = new Hono();
	app.get(paths.script, (c) => c.body(script, 200, { "content-type": "text/javascript" }));
	app.get(paths.font, (c) => c.body(new Uint8Array(font), 200, { "content-type": "font/woff2" }));
	app.get("/all", (c) => show(c, true, (frame) => renderSubscriptions(frame, subscriptionsFixture)));
	app.get("/none", (c) => show(c, true, (frame) => renderSubscriptions(frame, emptySubscriptions)));
	app.get("/confirm", (c) => show(c, false, (frame) => renderLinkPage(frame, { kind: "confirm", about })));
	app.get("/leave", (c) => show(c, false, (frame) => renderLinkPage(frame, { kind: "leave", about })));
	app.get("/gone", (c) => show(c, false, (frame) => renderLinkPage(frame, { kind: "confirm", about: undefined })));
	app.get("/letters/:name", (c) => {
		const letter = letters[c.req.param("name")];
		if (!letter) return c.notFound();
		// A mail program's rules, or stricter: nothing is loaded, nothing runs.
		const headers = { "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:" };
		return c.html(drawLetter({ ...letter, language: languageOf(c.req.query("lang"), undefined) }).html, 200, headers);
	});
	app.post("/sites/tur/subscriptions/:form", async (c) => {
		posted.push({ form: c.req.param("form"), ...(await c.req.parseBody()) });
		const said = { kind: c.req.param("form") === "add" ? "asked" : "saved" } as const;
		return show(c, true, (frame) => renderSubscriptions(frame, { ...subscriptionsFixture, said }));
	});
	server = await serveFetch((request) => app.fetch(request));
	browser = await launchBrowser();
});
afterAll(async () => {
	await browser?.close();
	await server?.stop();
});

const open = (path: string, options: BrowserContextOptions = {}) => openWindow(browser, server.origin + path, options);

const looks = ["nb", "en"].flatMap((lang) =>
	(["light", "dark"] as const).map((colorScheme) => ({ lang, colorScheme })),
);
const pages = ["all", "none", "confirm", "leave", "gone", "letters/summary", "letters/alert", "letters/confirm"];

describe.each(looks)("in $lang, $colorScheme", ({ lang, colorScheme }) => {
	test("axe finds nothing, nothing is cut off, no console message", async () => {
		const { page, complaints, context } = await open("/all", { colorScheme });
		for (const path of pages) {
			await page.setViewportSize({ width: 1320, height: 900 });
			await page.goto(`${server.origin}/${path}?lang=${lang}`);
			for (const width of [1320, 390]) {
				await page.setViewportSize({ width, height: 900 });
				await keepWholePage(page, `subscriptions-${path.replace("/", "-")}-${lang}-${colorScheme}-${width}`);
				await page.locator("main details").evaluateAll((all) => {
					for (const details of all as HTMLDetailsElement[]) details.open = true;
				});
				expect(await violations(page), path).toEqual([]);
				expect(await overflowOf(page), path).toBeLessThanOrEqual(0);
			}
		}
		expect(complaints).toEqual([]);
		await context.close();
	});
});

test("fits 320 px and 1920 px, with targets for fingers", async () => {
	const { page, context } = await open("/all");
	for (const path of pages) {
		await page.setViewportSize({ width: 320, height: 900 });
		await page.goto(`${server.origin}/${path}?lang=nb`);
		expect(await overflowOf(page), path).toBeLessThanOrEqual(0);
		if (!path.startsWith("letters")) expect(await smallTargets(page, 24), path).toEqual([]);
		await page.setViewportSize({ width: 1920, height: 900 });
		expect(await overflowOf(page), path).toBeLessThanOrEqual(0);
	}
	await context.close();
});

test("a subscription is added by keyboard alone, without script", async () => {
	const { page, context } = await open("/all?lang=en", { javaScriptEnabled: false });
	await page.getByLabel("Way").focus();
	await page.keyboard.press("w");
	await page.keyboard.press("Tab");
	await page.keyboard.type("https://hook.example/x");
	await page.keyboard.press("Tab");
	await page.keyboard.press("ArrowDown");
	for (let i = 0; i < 2; i++) await page.keyboard.press("Tab");
	await page.keyboard.press("Space");
	await page.keyboard.press("Tab");
	await page.keyboard.press("Enter");
	await page.getByRole("status").waitFor();
	expect(await page.getByRole("status").innerText()).toContain("An e-mail with a link was sent");
	expect(posted.at(-1)).toEqual({
		form: "add",
		way: "webhook",
		address: "https://hook.example/x",
		summary: "monthly",
		language: "en",
	});
	await context.close();
});

test("limits are saved without script; an empty field is posted as one", async () => {
	const { page, context } = await open("/all?lang=nb", { javaScriptEnabled: false });
	await page.getByLabel("LCP p75 over, ms").fill("2500");
	await page.getByLabel("INP p75 over, ms").fill("");
	await page.getByRole("button", { name: "Lagre grensene" }).click();
	await page.getByText("Grensene er lagret.").waitFor();
	expect(posted.at(-1)).toMatchObject({ form: "limits", lcp: "2500", inp: "", api: "", traffic: "40" });
	await context.close();
});
