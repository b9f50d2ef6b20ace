import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildDashboard } from "../../scripts/build-dashboard.ts";
import type { Sheets } from "../../worker/dashboard/style.ts";
import { launchBrowser } from "../support/browser.ts";
import { type DashboardApp, startDashboard } from "../support/dashboard-app.ts";
import { missedSheets } from "../support/sheets.ts";
import { fixtureStats } from "../support/stats-fixture.ts";

const today = "2026-11-22";

let app: DashboardApp;
let browser: Browser;
let page: Page;
let sheets: Sheets;

beforeAll(async () => {
	const figures = { seed: 7, today, visitsPerDay: 1450, visitsToday: 612 };
	app = await startDashboard({
		now: Date.parse(`${today}T12:00:00Z`),
		sites: {
			busy: fixtureStats(figures),
			small: fixtureStats({ ...figures, visitsPerDay: 0, visitsToday: 4 }),
			empty: fixtureStats({ ...figures, visitsPerDay: 0, visitsToday: 0 }),
		},
		notes: { busy: [{ id: "a", from: "2026-11-10", to: "2026-11-12", text: "Kampanje", page: "/priser" }] },
	});
	({ sheets } = await buildDashboard());
	browser = await launchBrowser();
	page = await browser.newPage();
});
afterAll(async () => {
	await browser?.close();
	await app?.stop();
});

const ofFigures = ["", "/pages", "/speed", "/paths", "/interactions"];
const others = [
	...["?maal=Bestilling", "/pages?side=/priser", "/pages?gruppe=mappe", "/speed?m=inp", "/interactions?side=/priser"],
	...["/privacy", "/now", "/setup"],
];

test.each([
	...[...ofFigures, ...others].map((path) => `busy${path}`),
	...ofFigures.map((path) => `small${path}`),
	"empty",
	"empty/paths",
])("%s has every sheet that says something about what it shows", async (path) => {
	await page.goto(`${app.origin}/sites/${path}`, { waitUntil: "domcontentloaded" });
	expect(await missedSheets(page, sheets)).toEqual({});
});
