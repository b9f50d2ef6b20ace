/** What an owner wants to know, found by clicking only: how many clicks it takes, and that the answer is the figures' own. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { PageRow, Range, Stats } from "../../worker/stats/answers.ts";
import { launchBrowser } from "../support/browser.ts";
import { type DashboardApp, startDashboard } from "../support/dashboard-app.ts";
import { fixtureStats } from "../support/stats-fixture.ts";

const today = "2026-11-22";
const range = { from: "2026-10-25", to: "2026-11-21" };
const stats = fixtureStats({ seed: 7, today, visitsPerDay: 1450, visitsToday: 612 });

let app: DashboardApp;
let browser: Browser;
let page: Page;

beforeAll(async () => {
	app = await startDashboard({ now: Date.parse("2026-11-22T12:00:00Z"), sites: { busy: stats } });
	browser = await launchBrowser();
	page = await browser.newPage({ viewport: { width: 1320, height: 900 }, locale: "nb-NO", reducedMotion: "reduce" });
});
afterAll(async () => {
	await browser?.close();
	await app?.stop();
});

interface Task {
	question: string;
	/** What is clicked, one after another, from the overview on: the words on it, in the part of the page that is named. */
	clicks: [part: string, words: string][];
	/** Where the answer stands. */
	answer: string;
	expected(figures: Stats): Promise<string | undefined>;
}

/** The name with the largest figure, hidden ones aside. */
function largest<Row>(
	rows: readonly Row[],
	name: (row: Row) => string,
	figure: (row: Row) => number,
): string | undefined {
	const named = rows.filter((row) => name(row) !== "(other)");
	const [first] = named.sort((a, b) => figure(b) - figure(a));
	return first && name(first);
}
const mostClosed = async (figures: Stats, asked: Range) =>
	largest(
		(await figures.pages(asked)).rows,
		({ page }) => page,
		({ exitsBy }: PageRow) => exitsBy.closed ?? 0,
	);

const tasks: Task[] = [
	{
		question: "Which page do most visitors leave by closing the tab?",
		clicks: [
			["nav", "Stier"],
			["#maater", "Lukket fane eller vindu"],
		],
		answer: "#utganger tbody bdi",
		expected: (figures) => mostClosed(figures, range),
	},
	{
		question: "Which page do most mobile visitors leave by closing the tab?",
		clicks: [
			["nav", "Stier"],
			["#menu-filter", "Filter"],
			["#menu-filter", "Mobil"],
			["#maater", "Lukket fane eller vindu"],
		],
		answer: "#utganger tbody bdi",
		expected: (figures) => mostClosed(figures, { ...range, device: "mobile" }),
	},
	{
		question: "Of which page do the largest share of views end the visit?",
		clicks: [
			["nav", "Stier"],
			["#utganger", "Av visningene"],
		],
		answer: "#utganger tbody bdi",
		expected: async (figures) =>
			largest(
				(await figures.pages(range)).rows,
				({ page }) => page,
				({ exits, views }) => exits / views,
			),
	},
	{
		question: "Where do people go most often from /priser?",
		clicks: [
			["nav", "Stier"],
			["#stier", "/priser"],
		],
		answer: "#flow-to-0 + ol bdi",
		expected: async (figures) =>
			largest(
				(await figures.flows({ ...range, page: "/priser" })).to,
				({ page }) => page,
				({ count }) => count,
			),
	},
	{
		question: "On which page do most visits begin?",
		clicks: [["nav", "Stier"]],
		answer: "#innganger bdi",
		expected: async (figures) =>
			largest(
				(await figures.pages(range)).rows,
				({ page }) => page,
				({ entries }) => entries,
			),
	},
	{
		question: "Which other site do our links send most people to?",
		clicks: [["nav", "Stier"]],
		answer: "#utgaende bdi",
		expected: async (figures) =>
			largest(
				(await figures.leaving(range)).targets ?? [],
				({ host }) => host,
				({ views }) => views,
			),
	},
	{
		question: "Which element looks as if it could be clicked, but cannot?",
		clicks: [["nav", "Samhandling"]],
		answer: "#feilklikk bdi",
		expected: async (figures) =>
			largest(
				(await figures.elements(range)).rows,
				({ element }) => element,
				({ dead }) => dead,
			),
	},
	{
		question: "At which field is the booking form given up most often?",
		clicks: [
			["nav", "Samhandling"],
			["#elementer", "/bestill"],
		],
		answer: "#skjemaer .ranked bdi",
		expected: async (figures) => {
			const { forms } = await figures.elements({ ...range, page: "/bestill" });
			return largest(
				forms[0]?.fields ?? [],
				({ field }) => field,
				({ abandoned }) => abandoned,
			);
		},
	},
	{
		question: "Which page is slowest for visitors on a mobile?",
		clicks: [
			["nav", "Sider"],
			["#menu-filter", "Filter"],
			["#menu-filter", "Mobil"],
			["#tabell thead", "LCP"],
		],
		answer: "#tabell tbody bdi",
		expected: async (figures) => {
			const { rows } = await figures.pages({ ...range, device: "mobile" });
			return largest(
				rows.filter(({ lcp }) => lcp.n >= 30),
				({ page }) => page,
				({ lcp }) => lcp.p75 ?? 0,
			);
		},
	},
	{
		question: "Which third party or own API costs visitors most time?",
		clicks: [["nav", "Ytelse"]],
		answer: "#ressurser tbody bdi",
		expected: async (figures) =>
			largest(
				(await figures.resources(range)).rows,
				({ name }) => name,
				({ costMs }) => costMs,
			),
	},
];

for (const { question, clicks, answer, expected } of tasks)
	test(`${question} ${clicks.length} ${clicks.length === 1 ? "click" : "clicks"}`, async () => {
		await page.goto(`${app.origin}/sites/busy`);
		for (const [part, words] of clicks)
			await page.locator(part).locator("a, summary").filter({ hasText: words }).first().click();
		expect(await page.locator(answer).first().textContent()).toBe(await expected(stats));
	});
