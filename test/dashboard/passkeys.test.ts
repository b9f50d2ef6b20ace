/** Passkeys in a real Chromium with a virtual authenticator, and how the pages about people look. The whole application answers. */
import type { BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { addAuthenticator } from "../support/authenticator.ts";
import { violations } from "../support/axe.ts";
import { keepPicture } from "../support/pictures.ts";
import { overflowOf } from "../support/reader.ts";
import { useWholeApp } from "../support/whole-app.ts";

const whole = useWholeApp();
let owner: BrowserContext;
/** What browsers complained about. */
const complaints: string[] = [];

beforeAll(async () => {
	owner = await newContext();
	await (await owner.newPage()).goto(whole.app.signIn);
});

async function newContext(options: BrowserContextOptions = {}): Promise<BrowserContext> {
	const context = await whole.browser.newContext({
		viewport: { width: 1320, height: 900 },
		locale: "en-GB",
		...options,
	});
	context.on("console", (message) => complaints.push(message.text()));
	context.on("weberror", (error) => complaints.push(error.error().message));
	return context;
}

/** An invitation's link, made by the owner's form. */
async function invitationFor(name: string): Promise<string> {
	const page = await owner.newPage();
	await page.goto(`${whole.app.app}/sites/demo/people`);
	const form = page.locator("#invite form").last();
	await form.getByLabel("Name").fill(name);
	await form.getByRole("button", { name: "Make an invitation" }).click();
	const link = await page.locator(".secret").innerText();
	await page.close();
	return link;
}

async function arrive(context: BrowserContext, name: string): Promise<Page> {
	const page = await context.newPage();
	await page.goto(await invitationFor(name));
	await page.getByRole("button", { name: "Accept" }).click();
	await page.waitForURL(`${whole.app.app}/account`);
	return page;
}

describe("somebody invited", () => {
	test("makes a passkey, signs out, signs in with it where they wanted to go, and is shut out when it is ended", async () => {
		const context = await newContext();
		const page = await arrive(context, "Kari");
		await addAuthenticator(page);
		expect(await page.locator(".notice").innerText()).toContain("Make a passkey now");
		await page.getByRole("button", { name: "Make a passkey" }).click();
		await page.getByRole("button", { name: /^Remove: Chrome/ }).waitFor();
		expect(await page.locator(".notice").count()).toBe(0);
		await page.getByRole("button", { name: "Sign out" }).click();
		await page.goto(`${whole.app.app}/sites/demo`);
		complaints.length = 0; // that one is asked to sign in is an error to the browser's console
		await page.getByRole("link", { name: "Sign in" }).click();
		await page.getByRole("button", { name: "Sign in with a passkey" }).click();
		await page.waitForURL(`${whole.app.app}/sites/demo`);

		const people = await owner.newPage();
		await people.goto(`${whole.app.app}/sites/demo/people`);
		expect(await people.locator("#log").innerText()).toMatch(/Kari\s+signed in\s+passkey/);
		await people.getByRole("button", { name: "End: Kari, viewer" }).click();
		await people.waitForURL(`${whole.app.app}/sites/demo/people`);
		expect((await page.reload())?.status()).toBe(401);
		await context.close();
		await people.close();
	});

	test("whose passkey does not work is told so, and stays where they were", async () => {
		const context = await newContext();
		const page = await context.newPage();
		await addAuthenticator(page, { isThere: false });
		await page.goto(`${whole.app.app}/sign-in`);
		await page.getByRole("button", { name: "Sign in with a passkey" }).click();
		await page.getByText("That did not work").waitFor();
		expect(page.url()).toBe(`${whole.app.app}/sign-in`);
		await context.close();
	});

	test("gets in without JavaScript: by the invitation, and later by a recovery code", async () => {
		const context = await newContext({ javaScriptEnabled: false });
		const page = await arrive(context, "Ola");
		expect(await page.getByText("Passkeys need JavaScript").isVisible()).toBe(true);
		expect(await page.getByRole("button", { name: "Make a passkey" }).isVisible()).toBe(false);
		await page.getByRole("button", { name: "Make new codes" }).click();
		const code = (await page.locator(".codes li").first().innerText()).trim();
		await page.getByRole("button", { name: "Sign out" }).click();
		await page.goto(`${whole.app.app}/sign-in?to=/account`);
		await page.getByLabel("Recovery code").fill(code);
		await page.getByRole("button", { name: "Sign in with a code" }).click();
		await page.waitForURL(`${whole.app.app}/account`);
		expect(await page.getByText("You have 7 left").isVisible()).toBe(true);
		await context.close();
	});
});

describe("the pages about people", () => {
	test("have nothing axe finds and no console message, in both languages, light and dark, wide and narrow", async () => {
		const looks = ["nb", "en"].flatMap((lang) =>
			(["light", "dark"] as const).flatMap((colorScheme) => [1320, 390].map((width) => ({ lang, colorScheme, width }))),
		);
		const link = await invitationFor("Kommunen");
		const page = await owner.newPage();
		const stranger = await newContext();
		const outside = await stranger.newPage();
		complaints.length = 0;
		for (const { lang, colorScheme, width } of looks)
			for (const [tab, name, address] of [
				[outside, "sign-in", `${whole.app.app}/sign-in`],
				[outside, "invitation", link],
				[page, "account", `${whole.app.app}/account`],
				[page, "people", `${whole.app.app}/sites/demo/people`],
			] as const) {
				await tab.setViewportSize({ width, height: 900 });
				await tab.emulateMedia({ colorScheme });
				await tab.goto(`${address}?lang=${lang}`);
				const look = `${name} ${lang} ${colorScheme} ${width}`;
				expect(await violations(tab), look).toEqual([]);
				const overflow = await overflowOf(tab);
				expect(overflow, look).toBeLessThanOrEqual(0);
				await keepPicture(tab, `account-${look.replaceAll(" ", "-")}`);
			}
		expect(complaints).toEqual([]);
		await stranger.close();
		await page.close();
	});
});
