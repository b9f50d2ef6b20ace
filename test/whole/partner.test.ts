/** The whole way of a release in a real browser: the owner shares, a partner signs in with a passkey, reads, exports, and is shut out. */
import { readFile } from "node:fs/promises";
import type { BrowserContext, Page } from "playwright-core";
import { expect, test } from "vitest";
import { boundedGroups } from "../../schema/bounded.ts";
import { addDays } from "../../schema/period.ts";
import { addAuthenticator } from "../support/authenticator.ts";
import { keepPicture } from "../support/pictures.ts";
import { makeEntryReport, todayInOslo } from "../support/reports.ts";
import { useWholeApp } from "../support/whole-app.ts";

/** Enough for the estimate not to drown in its noise. */
const visitors = 400;
const whole = useWholeApp();

const newContext = (): Promise<BrowserContext> =>
	whole.browser.newContext({ locale: "en-GB", viewport: { width: 1320, height: 900 } });

/** Sample visits of yesterday, through the same fold, seal and release as real ones. */
async function closeYesterday(): Promise<void> {
	const asOwner = { Authorization: `Bearer ${whole.app.ownerKey}` };
	const config = await fetch(`${whole.app.app}/v1/sites/demo/policies`);
	const { policies } = (await config.json()) as { policies: { policy: string }[] };
	const period = addDays(todayInOslo(), -1);
	const bounded = boundedGroups.map((_, number) => number);
	const reports = Array.from({ length: visitors }, () => ({
		...makeEntryReport(policies[0]?.policy ?? ""),
		period,
		bounded,
	}));
	const answer = await fetch(`${whole.app.app}/v1/sites/demo/samples`, {
		method: "POST",
		headers: asOwner,
		body: JSON.stringify({ period, seal: true, reports }),
	});
	expect(answer.status, await answer.clone().text()).toBe(200);
}

/** The owner's form, its plan, and the switch. Returns the release's id. */
async function share(page: Page): Promise<string> {
	await page.goto(`${whole.app.app}/sites/demo/sharing`);
	await page.getByRole("link", { name: "New release" }).click();
	await page.getByLabel("Name", { exact: true }).fill("Front page");
	await page.getByLabel("Whom it is for; the partner sees it").fill("The municipality");
	await page.getByLabel("Shortest stretch the partner sees").selectOption("day");
	await page.getByLabel("Include sample visits").check();
	await page.getByRole("button", { name: "Show the plan" }).click();
	await page.getByRole("heading", { name: "The plan" }).waitFor();
	await page.getByRole("button", { name: "Switch on" }).click();
	const panel = page.locator(".panel", { has: page.getByRole("heading", { name: "Front page" }) });
	return ((await panel.getAttribute("id")) ?? "").replace("release-", "");
}

async function inviteTo(page: Page, release: string): Promise<string> {
	const panel = page.locator(`#release-${release}`);
	await panel.getByText("Invite somebody").click();
	await panel.getByLabel("Name").fill("Kari at the municipality");
	await panel.getByRole("button", { name: "Make invitation" }).click();
	return page.locator(".secret").first().innerText();
}

test("a partner is invited, signs in with a passkey, reads, exports, and sees nothing once that is ended", async () => {
	const [ours, theirs] = [await newContext(), await newContext()];
	const owner = await ours.newPage();
	await owner.goto(whole.app.signIn);
	const release = await share(owner);
	await closeYesterday();
	const link = await inviteTo(owner, release);

	const partner = await theirs.newPage();
	await addAuthenticator(partner);
	await partner.goto(link);
	await partner.getByRole("button", { name: "Accept" }).click();
	await partner.waitForURL(`${whole.app.app}/account`);
	await partner.getByRole("button", { name: "Make a passkey" }).click();
	await partner.getByRole("button", { name: /^Remove: / }).waitFor();
	await partner.getByRole("button", { name: "Sign out" }).click();
	const address = `${whole.app.app}/releases/${release}`;
	expect((await partner.goto(address))?.status()).toBe(401);
	await partner.getByRole("link", { name: "Sign in" }).click();
	await partner.getByRole("button", { name: "Sign in with a passkey" }).click();
	await partner.waitForURL(address);

	// σ² of visitors is 436: 400 ± 210 is ten standard deviations away.
	const [, shown = "0"] = /Visitors\s+about\s+([\d,]+)/.exec(await partner.locator("main").innerText()) ?? [];
	expect(Math.abs(Number(shown.replace(",", "")) - visitors)).toBeLessThan(210);
	await keepPicture(partner, "partner-journey");
	const [file] = await Promise.all([
		partner.waitForEvent("download"),
		partner.getByRole("link", { name: "Download CSV" }).click(),
	]);
	const csv = await readFile(await file.path(), "utf8");
	expect(csv.split("\r\n")[0]).toMatch(/value.*low.*high/);

	for (const path of ["/sites/demo", "/sites/demo/people", "/v1/sites/demo/stats/summary", "/v1/sites/demo/log"])
		expect([403, 404], path).toContain((await partner.request.get(whole.app.app + path)).status());

	await owner.goto(`${whole.app.app}/sites/demo/sharing`);
	await owner.getByRole("button", { name: "End now: Kari at the municipality" }).click();
	await owner.locator(`#release-${release}`).getByText("Nobody yet.").waitFor();
	expect((await partner.goto(address))?.status()).toBe(401);
	for (const path of [`/releases/${release}/figures.csv`, `/v1/releases/${release}/stats/summary`])
		expect((await partner.request.get(whole.app.app + path)).status(), path).toBe(401);

	await owner.goto(`${whole.app.app}/sites/demo/people`);
	const log = await owner.locator("#log").innerText();
	for (const told of ["was given access", "signed in", "looked at", "downloaded", "ended access"])
		expect(log).toContain(told);
	await ours.close();
	await theirs.close();
});
