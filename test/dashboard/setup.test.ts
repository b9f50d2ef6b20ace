/** The set-up as an owner lives it: from nothing to the first closed period, without a reload; and how it looks. The whole application answers. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays } from "../../schema/period.ts";
import { violations } from "../support/axe.ts";
import { type NodeServer, serveFetch } from "../support/node-server.ts";
import { keepWholePage } from "../support/pictures.ts";
import { overflowOf } from "../support/reader.ts";
import { makeEntryReport, postReports, todayInOslo } from "../support/reports.ts";
import { smallTargets } from "../support/targets.ts";
import { useWholeApp } from "../support/whole-app.ts";

const whole = useWholeApp();
const complaints: string[] = [];
let owner: BrowserContext;
/** A site whose policy lets neither the script nor the reports through, and whose consent tool is another one. */
let closed: NodeServer;

beforeAll(async () => {
	closed = await serveFetch(() => {
		const line = `<script src="${whole.app.app}/gate/demo/klaro.js" defer></script>`;
		return new Response(`<!doctype html><title>x</title><script src="/tarteaucitron.js"></script>${line}`, {
			headers: { "content-type": "text/html", "content-security-policy": "script-src 'self'; connect-src 'self'" },
		});
	});
	owner = await newReader(whole.browser);
	await (await owner.newPage()).goto(whole.app.signIn);
});
afterAll(() => closed?.stop());

async function newReader(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
	const viewport = { width: 1320, height: 900 };
	const context = await browser.newContext({ viewport, locale: "nb-NO", reducedMotion: "reduce", ...options });
	context.on("console", (message) => complaints.push(message.text()));
	context.on("weberror", (error) => complaints.push(error.error().message));
	return context;
}

const home = () => `${whole.app.app}/sites/demo`;
const api = (path: string, method: string, body: object) =>
	fetch(`${whole.app.app}/v1/sites/demo/${path}`, {
		method,
		headers: { Authorization: `Bearer ${whole.app.ownerKey}` },
		body: JSON.stringify(body),
	});

const states = (page: Page) =>
	page.locator(".steps li").evaluateAll((cards) => cards.map(({ className }) => className.replace("panel ", "")));
/** The page updates itself: nothing here reloads it. */
const shows = (page: Page, ...wanted: string[]) =>
	expect.poll(() => states(page), { timeout: 15_000, interval: 50 }).toEqual(wanted);
const faultsOf = (page: Page) =>
	page.locator("[data-fault]").evaluateAll((items) => items.map((item) => (item as HTMLElement).dataset.fault));

/** Every look of a page: nothing for axe, nothing cut off, a picture of each. */
async function lookThrough(page: Page, name: string): Promise<void> {
	for (const colorScheme of ["light", "dark"] as const)
		for (const width of [1320, 390]) {
			await page.emulateMedia({ colorScheme });
			await page.setViewportSize({ width, height: 900 });
			expect(await violations(page)).toEqual([]);
			expect(await overflowOf(page)).toBeLessThanOrEqual(0);
			expect(await smallTargets(page, width === 390 ? 44 : 24)).toEqual([]);
			await keepWholePage(page, `setup-${name}-${colorScheme}-${width}`);
		}
	await page.emulateMedia({ colorScheme: "light" });
	await page.setViewportSize({ width: 1320, height: 900 });
}

describe("a new site", () => {
	test("goes from nothing to the first closed period while its owner watches", async () => {
		const overview = await owner.newPage();
		await overview.goto(home());
		await shows(overview, "waiting", "waiting", "waiting");
		await overview.locator("[data-probe]", { hasText: "Filene lastes i denne nettleseren." }).waitFor();
		await lookThrough(overview, "nothing");

		await overview.getByRole("button", { name: "Sjekk nå" }).click();
		await shows(overview, "done", "waiting", "waiting");
		expect(await overview.locator(".check").innerText()).toContain("Funnet på siden, slik det skal være: banner.js");

		const page = await owner.newPage();
		await page.goto(`${home()}/setup`);
		for (const tab of [overview, page]) await tab.evaluate(() => document.body.classList.add("not-reloaded"));
		const visitor = await newReader(whole.browser);
		const shop = await visitor.newPage();
		await shop.goto(whole.app.site);
		await expect.poll(() => faultsOf(page), { timeout: 15_000 }).toEqual(["never-granted"]);
		await shop.getByRole("button", { name: "Godta", exact: true }).click();
		await shop.locator("body").press("Tab");
		await shop.goto(`${whole.app.site}/turer`);
		await shows(page, "done", "done", "waiting");
		await visitor.close();
		await overview.locator(".not-reloaded main > .headline").waitFor({ timeout: 15_000 });
		expect(await page.locator(".steps li").last().innerText()).toMatch(/Lukkes tidligst \d+\. \S+ \d{4}/);

		const { policies } = (await (await fetch(`${whole.app.app}/v1/sites/demo/policies`)).json()) as {
			policies: { policy: string }[];
		};
		const yesterday = addDays(todayInOslo(), -1);
		const reports = Array.from({ length: 6 }, () => ({
			...makeEntryReport(policies.at(-1)?.policy ?? ""),
			period: yesterday,
		}));
		expect(await postReports(whole.app.app, whole.app.site, reports)).toBe(204);
		expect((await api("closings", "POST", { period: yesterday })).status).toBe(200);
		await shows(page, "done", "done", "done");
		expect(await page.locator("body.not-reloaded").count()).toBe(1);
		expect(complaints).toEqual([]);
		await page.close();
		await overview.close();
	});

	test("shows what is closed since, on a page of days that are over too, without a reload", async () => {
		const page = await owner.newPage();
		await page.goto(`${home()}?p=7d`);
		await page.evaluate(() => document.body.classList.add("not-reloaded"));
		const visits = () => page.locator(".not-reloaded .kpis strong").first().innerText();
		expect(await visits()).toBe("6");
		const { policies } = await (await fetch(`${whole.app.app}/v1/sites/demo/policies`)).json();
		const period = addDays(todayInOslo(), -2);
		const reports = Array.from({ length: 7 }, () => ({ ...makeEntryReport(policies.at(-1)?.policy ?? ""), period }));
		expect((await api("samples", "POST", { period, seal: true, reports })).status).toBe(200);
		await expect.poll(visits, { timeout: 15_000 }).toBe("13");
		expect(complaints).toEqual([]);
		await page.close();
	});
});

describe("the page of the set-up", () => {
	test("says what is wrong with a page whose policy stops the script, and who else asks there", async () => {
		expect((await api("settings", "PUT", { origins: [closed.origin] })).status).toBe(200);
		const page = await owner.newPage();
		for (const lang of ["nb", "en"] as const) {
			await page.goto(`${home()}/setup?lang=${lang}`);
			await page.getByLabel(lang === "nb" ? "Side" : "Page", { exact: true }).fill(`/${lang}`);
			await page.getByRole("button", { name: lang === "nb" ? "Sjekk nå" : "Check now" }).click();
			await shows(page, "wrong", "done", "done");
			expect(await faultsOf(page)).toEqual(["policy-script", "policy-connect", "other-tool"]);
			expect(await page.locator(".line code").first().innerText()).toContain("/gate/demo/tarteaucitron.js");
			for (const name of ["WordPress", "Wix"]) await page.locator("summary", { hasText: name }).click();
			await lookThrough(page, `wrong-${lang}`);
		}
		await page.setViewportSize({ width: 320, height: 900 });
		expect(await overflowOf(page)).toBeLessThanOrEqual(0);
		expect(complaints).toEqual([]);
		await page.close();
	});

	test("tells a browser whose extension stops the files, and one that asks not to be measured", async () => {
		const page = await owner.newPage();
		await page.route("**/gate/**", (route) => route.abort("blockedbyclient"));
		await page.goto(`${home()}/setup`);
		await page.locator("[data-probe]", { hasText: "Filene lastes ikke i denne nettleseren" }).waitFor();
		await page.unroute("**/gate/**");
		await page.addInitScript(() => Object.defineProperty(navigator, "globalPrivacyControl", { value: true }));
		await page.goto(`${home()}/setup`);
		await page.locator("[data-probe]", { hasText: "ber om ikke å bli målt" }).waitFor();
		await page.close();
		complaints.length = 0; // that a file was stopped
	});

	test("works by keyboard and without a script: check, choose who asks, read a guide", async () => {
		const state = await owner.storageState();
		const still = await newReader(whole.browser, { javaScriptEnabled: false, storageState: state });
		const page = await still.newPage();
		await page.goto(`${home()}/setup`);
		expect(await page.locator("[data-probe]").innerText()).toBe("Uten skript kan ikke nettleseren prøves.");
		await page.getByLabel("Side", { exact: true }).fill("/uten-skript");
		await page.keyboard.press("Enter");
		await page.waitForURL(/\/setup\?lang=nb#sjekk$/);
		expect(await page.locator(".check").innerText()).toContain("Så på /uten-skript kl.");
		await page.getByLabel("Hvem spør om samtykke?").selectOption("onetrust");
		await page.getByRole("button", { name: "Vis linjen" }).focus();
		await page.keyboard.press("Enter");
		await page.waitForURL(/source=onetrust/);
		expect(await page.locator(".line code").first().innerText()).toContain("/gate/demo/onetrust.js");
		await page.locator("#guide-wordpress > summary").focus();
		await page.keyboard.press("Enter");
		expect(await page.locator("#guide-wordpress code").innerText()).toContain("/gate/demo/onetrust.js");
		expect(complaints).toEqual([]);
		await still.close();
	});
});
