/** The owner's pages about a site's settings in Chromium, with the whole application behind: look, words, keyboard, and no script. */
import type { BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import type { PageApi } from "../../collector/package.ts";
import { violations } from "../support/axe.ts";
import { keepWholePage } from "../support/pictures.ts";
import { overflowOf } from "../support/reader.ts";
import { until } from "../support/until.ts";
import { useWholeApp } from "../support/whole-app.ts";

const whole = useWholeApp();
const home = "/sites/demo/settings";
const pages = {
	settings: home,
	"settings-notice": `${home}/notice`,
	"settings-new": "/sites/new",
	"settings-delete": `${home}/delete`,
};
let login: Awaited<ReturnType<BrowserContext["storageState"]>>;
/** What browsers complained about. */
const complaints: string[] = [];

async function newContext(options: BrowserContextOptions = {}): Promise<BrowserContext> {
	const context = await whole.browser.newContext({
		viewport: { width: 1320, height: 900 },
		reducedMotion: "reduce", // a window that changes its size ends a transition with a message
		...options,
	});
	context.on("console", (message) => complaints.push(message.text()));
	context.on("weberror", (error) => complaints.push(error.error().message));
	return context;
}

beforeAll(async () => {
	const context = await newContext();
	await (await context.newPage()).goto(whole.app.signIn);
	login = await context.storageState();
	await context.close();
});

async function open(
	path: string,
	options: BrowserContextOptions = {},
): Promise<{ page: Page; close(): Promise<void> }> {
	const context = await newContext({ storageState: login, ...options });
	const page = await context.newPage();
	await page.goto(whole.app.app + path);
	return { page, close: () => context.close() };
}

const unfold = (page: Page) =>
	page.locator("main details").evaluateAll((all) => {
		for (const details of all as HTMLDetailsElement[]) details.open = true;
	});

describe("the pages", () => {
	test.each(["nb", "en"].flatMap((lang) => (["light", "dark"] as const).map((colorScheme) => ({ lang, colorScheme }))))(
		"axe finds nothing on desk and phone: $lang, $colorScheme",
		async ({ lang, colorScheme }) => {
			for (const [name, path] of Object.entries(pages)) {
				const { page, close } = await open(`${path}?lang=${lang}`, { colorScheme });
				for (const width of [1320, 390]) {
					await page.setViewportSize({ width, height: 900 });
					await keepWholePage(page, `${name}-${lang}-${colorScheme}-${width}`);
				}
				await unfold(page);
				expect(await violations(page)).toEqual([]);
				expect(await overflowOf(page)).toBeLessThanOrEqual(0);
				await close();
			}
			expect(complaints).toEqual([]);
		},
	);

	test("axe finds nothing where a form comes back, and where a notice is seen before it is published", async () => {
		const { page, close } = await open(`${home}?lang=nb`);
		await page.getByLabel("Terskel k").fill("2");
		await page.getByLabel("Måneder").fill("3 år");
		await page.locator("#periods").getByRole("button", { name: "Lagre" }).click();
		await page.locator("#periods-k-wrong").waitFor();
		await keepWholePage(page, "settings-refused");
		expect(await violations(page)).toEqual([]);
		await page.setViewportSize({ width: 1320, height: 900 });
		await page.goto(`${whole.app.app}${home}/notice?lang=nb`);
		await page.getByLabel("Overskrift").first().fill("Kan vi telle hvordan nettsiden brukes?");
		for (const changes of await page.getByLabel("Hva som er nytt").all()) await changes.fill("Vi teller.");
		await page.locator("#make").getByRole("button", { name: "Se hva som endres" }).click();
		await page.locator("#preview").waitFor();
		await keepWholePage(page, "settings-notice-preview");
		expect(await violations(page)).toEqual([]);
		expect(complaints).toEqual([]);
		await close();
	});

	test("nothing is cut off from 320 to 1920 px", async () => {
		for (const path of Object.values(pages)) {
			const { page, close } = await open(`${path}?lang=nb`);
			await unfold(page);
			for (const width of [320, 760, 1920]) {
				await page.setViewportSize({ width, height: 900 });
				expect(await overflowOf(page), `${path} ${width}`).toBeLessThanOrEqual(0);
			}
			await close();
		}
	});
});

/** Goes on with the Tab key until what is wanted has the focus. */
async function tabTo(page: Page, wanted: string): Promise<void> {
	for (let presses = 0; presses < 150; presses++) {
		if (await page.locator(wanted).evaluate((element) => element === document.activeElement)) return;
		await page.keyboard.press("Tab");
	}
	throw new Error(`the Tab key never comes to ${wanted}`);
}

describe("by keyboard alone, without script", () => {
	test("a goal is added, refused, put right and removed", async () => {
		const { page, close } = await open(`${home}?lang=nb`, { javaScriptEnabled: false });
		await tabTo(page, "#new-goals > summary");
		await page.keyboard.press("Enter");
		await tabTo(page, "#goals-0-name");
		await page.keyboard.type("Kontakt");
		await tabTo(page, "#goals-0-match");
		await page.keyboard.type("/kontakt/?fra=bunn");
		await page.keyboard.press("Enter");
		await page.locator("#goals-0-match-wrong").waitFor();
		expect(await page.locator("#goals-0-match").getAttribute("aria-describedby")).toBe("goals-0-match-wrong");
		expect(await page.locator("#goals-0-match").inputValue()).toBe("/kontakt/?fra=bunn");
		expect(await page.locator("#goals-0-match:focus").count()).toBe(1);
		await page.keyboard.press("ControlOrMeta+a");
		await page.keyboard.type("/kontakt");
		await page.keyboard.press("Enter");
		await page.locator("#goals [role=status]").waitFor();
		expect(await page.locator("#goals .aim-name").last().innerText()).toBe("Kontakt");
		const last = page.locator("#goals details.aim").filter({ has: page.locator(".aim-name", { hasText: "Kontakt" }) });
		await last.locator("summary").focus();
		await page.keyboard.press("Enter");
		await last.getByRole("button", { name: "Fjern: Kontakt" }).focus();
		await page.keyboard.press("Enter");
		await page.locator("#goals [role=status]").waitFor();
		expect(await page.locator("#goals").innerText()).not.toContain("Kontakt");
		await close();
	});

	test("a notice is seen and published, and the banner asks with it", async () => {
		const { page, close } = await open(`${home}/notice?lang=nb`, { javaScriptEnabled: false });
		await page.getByLabel("Hvem som får tallene").first().fill("Vi og kommunen får se tallene.");
		for (const changes of await page.getByLabel("Hva som er nytt").all())
			await changes.fill("Kommunen får se tallene.");
		await page.getByLabel("Overskrift").first().press("Enter");
		expect(await page.locator("#preview ins").first().innerText()).toContain("Vi og kommunen");
		await page.getByRole("button", { name: "Publiser for godt" }).click();
		await page.getByRole("status").waitFor();
		expect(await page.locator("#versions tbody tr").count()).toBe(2);
		const gate = await fetch(`${whole.app.app}/gate/demo/banner.js`);
		expect(await gate.text()).toContain("Vi og kommunen");
		await close();
	});

	test("a site is added, and its first page has the code", async () => {
		const { page, close } = await open("/account?lang=nb", { javaScriptEnabled: false });
		await page.getByRole("link", { name: "Legg til et nettsted" }).click();
		await page.getByLabel("Navn").fill("Fjellbua");
		await page.getByLabel("Adresser").fill("https://fjellbua.example");
		await page.getByLabel("E-post").fill("post@fjellbua.example");
		await page.getByRole("button", { name: "Legg til" }).click();
		await page.waitForURL("**/sites/fjellbua?lang=nb");
		expect(await page.locator("main").innerText()).toContain("/gate/fjellbua/banner.js");
		expect(complaints).toEqual([]);
		await close();
	});
});

/** The last of all: after it there is no site. */
describe("deleting the site", () => {
	test("asks for its name, by keyboard and without script; visitors see no error, and are told that it is gone", async () => {
		const visitor = await newContext({ locale: "nb-NO" });
		const shop = await visitor.newPage();
		const protocol = await visitor.newCDPSession(shop);
		await protocol.send("Network.enable");
		await protocol.send("Network.setCacheDisabled", { cacheDisabled: true }); // as after an hour
		await shop.goto(whole.app.site);
		await shop.getByRole("button", { name: "Godta", exact: true }).click();
		const kept = () => shop.evaluate(() => Object.keys(localStorage).map((key) => key.split(":")[2] ?? ""));
		await until("a view that was reported", async () => {
			const names = await kept();
			return names.includes("view") && !names.includes("out");
		});

		const { page, close } = await open(`${home}?lang=nb`, { javaScriptEnabled: false });
		await tabTo(page, '#delete a[href*="/settings/delete"]');
		await page.keyboard.press("Enter");
		await page.waitForURL("**/settings/delete?lang=nb");
		const name = (await page.locator("#sure label").innerText()).match(/«(.*)»/)?.[1] ?? "";
		await tabTo(page, "#sure-name");
		await page.keyboard.type("noe annet");
		await page.keyboard.press("Enter");
		await page.locator("#sure-name-wrong").waitFor();
		expect(await page.locator("#sure-name").evaluate((field) => field === document.activeElement)).toBe(true);
		await keepWholePage(page, "settings-delete-refused");
		await page.keyboard.press("ControlOrMeta+a");
		await page.keyboard.type(name);
		await page.keyboard.press("Enter");
		await page.waitForURL("**/account?deleted=demo&lang=nb");
		expect(await page.getByRole("status").innerText()).toContain("Nettstedet «demo» er slettet");
		await keepWholePage(page, "settings-deleted");
		await page.getByRole("link", { name: "Legg til et nettsted" }).click();
		await page.getByLabel("Navn").waitFor();
		await page.goto(`${whole.app.app}/sites/demo?lang=nb`);
		expect(await page.locator("main").innerText()).toContain("finnes ikke");
		expect(complaints.splice(0)).toEqual([expect.stringContaining("404")]); // the browser's own, about that page
		await close();

		await shop.reload();
		await shop.evaluate(() => {
			const { sporlos } = window as Window & { sporlos?: PageApi };
			sporlos?.grant();
			sporlos?.event("bestilling");
			sporlos?.openChoices();
		});
		await shop.locator('header a[href="/turer"]').click();
		await shop.waitForURL("**/turer");
		await shop.waitForFunction(() => "sporlos" in window);
		expect(await shop.getByRole("button", { name: "Godta" }).count()).toBe(0);
		expect(new Set(await kept())).toEqual(new Set(["choice", "view"]));
		expect(complaints).toEqual([]);
		await shop.evaluate(() => (window as Window & { sporlos?: PageApi }).sporlos?.openMyData());
		await shop.getByText("Alt som var målt her, er slettet.").waitFor();
		await keepWholePage(shop, "settings-deleted-my-data");
		await shop.evaluate((days) => {
			for (const key of Object.keys(localStorage).filter((name) => name.includes(":view:"))) {
				const page = JSON.parse(localStorage[key]);
				localStorage[key] = JSON.stringify({ ...page, at: page.at - days * 86_400_000 });
			}
		}, 31);
		await shop.reload();
		await until("what is older than a month is forgotten", async () => (await kept()).join() === "choice");
		await visitor.close();
	});
});
