import { type Context, Hono } from "hono";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildDashboard } from "../../scripts/build-dashboard.ts";
import type { AccountFrame } from "../../worker/dashboard/account/frame.tsx";
import { partnerRoutes } from "../../worker/dashboard/partner/routes.tsx";
import type { PartnerSource } from "../../worker/dashboard/partner/source.ts";
import { languageOf, sendPage } from "../../worker/dashboard/routes.tsx";
import { renderNewRelease } from "../../worker/dashboard/sharing/new-page.tsx";
import { renderSharing } from "../../worker/dashboard/sharing/page.tsx";
import { type Sheets, styleFrom } from "../../worker/dashboard/style.ts";
import { violations } from "../support/axe.ts";
import { launchBrowser } from "../support/browser.ts";
import { type NodeServer, serveFetch } from "../support/node-server.ts";
import { partnerFixture, releasedUntil } from "../support/partner-fixture.ts";
import { keepPicture } from "../support/pictures.ts";
import { openWindow, overflowOf } from "../support/reader.ts";
import { newReleaseFixture, sharingFixture } from "../support/sharing-fixture.ts";
import { missedSheets } from "../support/sheets.ts";

const released = releasedUntil("2026-11-24", 120); // a Tuesday
const sources: Record<string, PartnerSource> = {
	busy: partnerFixture({ visitors: 600, released }),
	few: partnerFixture({ visitors: 12, released: releasedUntil("2026-11-24", 18), groups: "few" }),
	new: partnerFixture({ visitors: 600, released: releasedUntil("2026-11-24", 3) }),
	unreleased: partnerFixture({ visitors: 600 }),
	nasty: partnerFixture({
		visitors: 600,
		released,
		pages: ["/<script>alert(1)</script>", `/${"x".repeat(199)}`, "/\u202egnp.exe", "/\"'><img src=x onerror=alert(1)>"],
	}),
};

let server: NodeServer;
/** Another origin: 127.0.0.1 may embed, and localhost is somebody else. */
let host: NodeServer;
let browser: Browser;
let sheets: Sheets;

beforeAll(async () => {
	const built = await buildDashboard();
	const { script, style, font } = built;
	({ sheets } = built);
	const paths = { script: "/code/0/dashboard.js", font: "/code/0/hg.woff2" };
	let answers = 0;
	const app = new Hono();
	app.get(paths.script, (c) => c.body(script, 200, { "content-type": "text/javascript" }));
	app.get(paths.font, (c) => c.body(new Uint8Array(font), 200, { "content-type": "font/woff2" }));
	app.route(
		"/releases/:release",
		partnerRoutes({
			paths,
			style: styleFrom(style, sheets),
			nonce: () => `n${answers++}`,
			sourceFor: async (c) => {
				const source = sources[c.req.param("release") ?? ""];
				return source ? { kind: "source", source } : { kind: "no-release" };
			},
			embeddedFor: async (c) => {
				const source = sources[c.req.param("release") ?? ""];
				return source ? { source, framers: c.req.query("token") === "none" ? [] : [host.origin] } : null;
			},
		}),
	);
	const sharingPage = (c: Context, render: (frame: AccountFrame) => string) => {
		const nonce = `n${answers++}`;
		const frame = { language: languageOf(c.req.query("lang"), undefined), nonce, paths, style, signedIn: true };
		return sendPage(c, render(frame), nonce);
	};
	app.get("/sharing", (c) => sharingPage(c, (frame) => renderSharing(frame, sharingFixture)));
	app.get("/sharing/new", (c) => sharingPage(c, (frame) => renderNewRelease(frame, newReleaseFixture)));
	server = await serveFetch((request) => app.fetch(request));
	host = await serveFetch((request) => {
		const { searchParams } = new URL(request.url);
		const html = `<!doctype html><title>host</title><iframe title="report" width="900" height="700" src="${server.origin}/releases/busy/embed?token=${searchParams.get("token")}"></iframe>`;
		return new Response(html, { headers: { "content-type": "text/html" } });
	});
	browser = await launchBrowser();
});
afterAll(async () => {
	await browser?.close();
	await Promise.all([server?.stop(), host?.stop()]);
});

const open = (path: string, options: BrowserContextOptions = {}) =>
	openWindow(browser, server.origin + path, { viewport: desk, ...options });

const looks = ["nb", "en"].flatMap((lang) =>
	(["light", "dark"] as const).map((colorScheme) => ({ lang, colorScheme })),
);
const phone = { width: 390, height: 2000 };
const desk = { width: 1320, height: 2000 };

describe("a partner's page", () => {
	test.each(looks)("axe finds nothing on desk and phone: $lang, $colorScheme", async ({ lang, colorScheme }) => {
		const { page, complaints, context } = await open(`/releases/busy?lang=${lang}`, { colorScheme });
		for (const viewport of [desk, phone]) {
			await page.setViewportSize(viewport);
			await keepPicture(page, `partner-${lang}-${colorScheme}-${viewport.width}`);
			await page.locator("figure > details").evaluate((details: HTMLDetailsElement) => {
				details.open = true;
			});
			expect(await violations(page)).toEqual([]);
			expect(await overflowOf(page)).toBeLessThanOrEqual(0);
		}
		expect(complaints).toEqual([]);
		await context.close();
	});
	test.each(["few", "new", "unreleased", "nasty", "none", "busy/embed", "busy?p=52u"])(
		"axe finds nothing, and nothing is cut off: %s",
		async (path) => {
			const { page, context } = await open(`/releases/${path}`, { viewport: { width: 320, height: 2000 } });
			expect(await violations(page)).toEqual([]);
			expect(await overflowOf(page)).toBeLessThanOrEqual(0);
			await page.setViewportSize(desk);
			await keepPicture(page, `partner-${path.replace(/\W/g, "-")}`);
			expect(await overflowOf(page)).toBeLessThanOrEqual(0);
			expect(await missedSheets(page, sheets)).toEqual({});
			await context.close();
		},
	);
	test("has a reading line that says estimate and interval, and ranges that work without script", async () => {
		const { page, context } = await open("/releases/busy?lang=nb");
		await page.getByRole("slider").focus();
		await page.keyboard.press("Home");
		const row = page.locator("#timeline-table tbody tr").first();
		const said = await page.locator(".readout [aria-live=polite] strong").allTextContents();
		expect(said).toEqual(await row.locator("td").allTextContents());
		await context.close();
		const plain = await open("/releases/busy?lang=nb", { javaScriptEnabled: false });
		await plain.page.locator("#menu-range > summary").click();
		await plain.page.getByRole("link", { name: "Siste 13 uker" }).click();
		expect(new URL(plain.page.url()).search).toBe("?p=13u&lang=nb");
		expect(await plain.page.locator("#timeline-table tbody tr").count()).toBe(13);
		await plain.context.close();
	});
	test("has targets of 24 px, and of 44 px on a phone", async () => {
		for (const [viewport, least] of [
			[desk, 24],
			[phone, 44],
		] as const) {
			const { page, context } = await open("/releases/busy", { viewport });
			const small = await page.locator("a:not(.skip), summary, button").evaluateAll(
				(targets, smallest) =>
					targets.flatMap((target) => {
						const { width, height } = target.getBoundingClientRect();
						return width > 0 && height < smallest - 0.5 ? [`${target.outerHTML.slice(0, 90)} ${height}`] : [];
					}),
				least,
			);
			expect(small).toEqual([]);
			await context.close();
		}
	});
	test("prints with its period as text, and without menus", async () => {
		const { page, context } = await open("/releases/busy?lang=nb");
		await page.emulateMedia({ media: "print" });
		expect(await page.locator(".print-only").innerText()).toContain("Siste 4 uker");
		for (const hidden of [".menu", ".button", ".language"])
			expect(await page.locator(hidden).first().isVisible()).toBe(false);
		await context.close();
	});
	test("is shown in a frame of an origin that may embed it, and of no other", async () => {
		for (const [token, shown] of [
			["own", true],
			["none", false],
		] as const) {
			const context = await browser.newContext();
			const page = await context.newPage();
			await page.goto(`${host.origin}/?token=${token}`);
			const title = page.frameLocator("iframe").getByRole("heading", { level: 1 });
			if (shown) await title.waitFor();
			expect(await title.count()).toBe(shown ? 1 : 0);
			await context.close();
		}
	});
});

describe("the owner's page about sharing", () => {
	test.each(looks)("axe finds nothing on desk and phone: $lang, $colorScheme", async ({ lang, colorScheme }) => {
		for (const path of ["sharing", "sharing/new"]) {
			const { page, complaints, context } = await open(`/${path}?lang=${lang}`, { colorScheme });
			for (const viewport of [desk, phone]) {
				await page.setViewportSize(viewport);
				await keepPicture(page, `${path.replace("/", "-")}-${lang}-${colorScheme}-${viewport.width}`);
				await page.locator("main details").evaluateAll((all) => {
					for (const details of all as HTMLDetailsElement[]) details.open = true;
				});
				expect(await violations(page)).toEqual([]);
				expect(await overflowOf(page)).toBeLessThanOrEqual(0);
			}
			expect(complaints).toEqual([]);
			await context.close();
		}
	});
});
