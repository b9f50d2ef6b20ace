/** A visitor's rights against the whole application: what was contributed is seen, checked and taken out again without a trace. */
import type { BrowserContext, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { PageApi } from "../../collector/package.ts";
import type { Summary } from "../../worker/stats/answers.ts";
import { readFigures, todayInOslo } from "../support/reports.ts";
import { until } from "../support/until.ts";
import { useWholeApp } from "../support/whole-app.ts";

const whole = useWholeApp();

const lists = "pages leaving channels countries devices hours elements events vitals responses resources goals funnels";
const questions = ["summary", "timeline", "flows?page=/", "flows?page=/turer", "vitals?page=/", ...lists.split(" ")];

const figures = <T>(path: string) =>
	readFigures<T>(whole.app.app, whole.app.ownerKey, `${path}${path.includes("?") ? "&" : "?"}from=${todayInOslo()}`);
const views = async () => (await figures<Summary>("summary")).views;

/** JSON in which neither members nor lines have an order. */
function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([name, part]) => [name, sorted(part)]),
	);
}

/** Everything the open book shows its owner. */
async function dump(): Promise<string> {
	const answers: Record<string, unknown> = {};
	for (const question of questions) answers[question] = sorted(await figures(question));
	return JSON.stringify(answers, null, 1);
}

const openMyData = async (page: Page) => {
	await page.evaluate(() => (window as Window & { sporlos?: PageApi }).sporlos?.openMyData());
	await page.getByRole("dialog").waitFor();
};
const keptNames = (page: Page) => page.evaluate(() => Object.keys(localStorage).map((key) => key.split(":")[2]));

/** Says yes on the front page, uses it, and follows a link; both views are counted when this is done. */
async function visitTwoPages(context: BrowserContext): Promise<Page> {
	const before = await figures<Summary>("summary").then(({ views }) => views);
	const page = await context.newPage();
	await page.goto(`${whole.app.site}/`);
	await page.getByRole("button", { name: "Godta", exact: true }).click();
	await until("the first view", async () => (await views()) === before + 1);
	await page.locator('header a[href="/turer"]').click();
	await page.waitForURL(`${whole.app.site}/turer`);
	await until("the second view", async () => (await views()) === before + 2);
	await until("nothing to send", async () => !(await keptNames(page)).includes("out"));
	return page;
}

const newVisitor = () => whole.browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "nb-NO" });

describe("a visitor's rights", () => {
	test("erasing everything leaves the open cells as if the visit had never been, beside a visitor who stays", async () => {
		const other = await newVisitor();
		const staying = await visitTwoPages(other);
		await staying.close({ runBeforeUnload: true });
		await until("the end of that visit", async () =>
			(await figures<Summary>("summary")).leaving.every(({ how }) => how !== "lost" && how !== "unknown"),
		);
		const before = await dump();
		expect(await dump()).toBe(before);

		const context = await newVisitor();
		const page = await visitTwoPages(context);
		expect(await dump()).not.toBe(before);
		await openMyData(page);
		expect(await page.getByRole("dialog").locator("ol > li").count()).toBe(2);
		await page.getByRole("button", { name: "Slett alt", exact: true }).click();
		await page.getByRole("button", { name: "Slett og stopp målingen" }).click();
		await page.getByText("Slettet.").waitFor();
		expect(await keptNames(page)).toEqual(["choice"]);
		expect(await dump()).toBe(before);

		// What left before the erasure and arrives after it changes nothing either.
		await page.goto(`${whole.app.site}/priser`);
		await page.close({ runBeforeUnload: true });
		expect(await dump()).toBe(before);
		await context.close();
		await other.close();
	});

	test("one visit of several is erased, whole, and the figures still balance", async () => {
		const context = await newVisitor();
		const page = await visitTwoPages(context);
		const counted = await figures<Summary>("summary");
		await page.evaluate(() => localStorage.removeItem("sporlos:demo:visit")); // the next view begins a visit
		await page.goto(`${whole.app.site}/priser`);
		await until("the next visit", async () => (await views()) === counted.views + 1);
		await openMyData(page);
		await page.getByRole("button", { name: "Slett besøket" }).last().click();
		await page.getByRole("button", { name: "Slett", exact: true }).click();
		await page.getByText("Slettet.").waitFor();
		const after = await figures<Summary>("summary");
		expect([after.views, after.visits]).toEqual([counted.views - 1, counted.visits]);
		expect(after.leaving.reduce((sum, { exits = 0 }) => sum + exits, 0)).toBe(after.visits);
		expect(await keptNames(page)).toContain("view");
		await context.close();
	});

	test("the text agreed to is checked against the published one, and the day of the answer is named", async () => {
		const context = await newVisitor();
		const page = await visitTwoPages(context);
		await openMyData(page);
		await page.getByText("Teksten er kontrollert: den er lik den publiserte.").waitFor();
		const due = new Intl.DateTimeFormat("nb", { dateStyle: "long" }).format(Date.now() + 2 * 86_400_000);
		await page.getByText(`Svar senest ${due}`).waitFor();
		expect(await page.getByRole("link", { name: /personvern@/ }).getAttribute("href")).toMatch(/^mailto:/);
		expect(await page.getByRole("link", { name: /SMS/ }).getAttribute("href")).toMatch(/^sms:\+\d+$/);
		await context.close();
	});
});
