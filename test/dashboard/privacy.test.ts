import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { violations } from "../support/axe.ts";
import { type DashboardApp, startDashboard } from "../support/dashboard-app.ts";
import { readEach } from "../support/each-reader.ts";
import { hostileNames } from "../support/hostile-figures.ts";
import { keepWholePage } from "../support/pictures.ts";
import { privacyFixture } from "../support/privacy-fixture.ts";
import { overflowOf } from "../support/reader.ts";
import { fixtureStats } from "../support/stats-fixture.ts";
import { smallTargets } from "../support/targets.ts";

const today = "2026-11-22";
const now = Date.parse("2026-11-22T12:00:00Z");
const busy = fixtureStats({ seed: 7, today, visitsPerDay: 1450, visitsToday: 612 });

/** The longest name there can be, twice over, and one that tries to do harm. */
const nasty = hostileNames.join(" ").repeat(2).slice(0, 120);
const { site, shared = [] } = privacyFixture;
const words = { title: nasty, text: nasty, recipients: nasty, retention: nasty };

let app: DashboardApp;
let hostile: DashboardApp;
const seen = readEach();

beforeAll(async () => {
	app = await startDashboard({
		now,
		sites: {
			busy,
			counted: {
				...busy,
				summary: async (range) => ({
					...(await busy.summary(range)),
					coverage: { loads: 41_200, views: 15_904, share: 0.386 },
				}),
			},
			unvisited: fixtureStats({ seed: 7, today, visitsPerDay: 0, visitsToday: 0 }),
		},
	});
	hostile = await startDashboard({
		now,
		sites: {
			nasty: {
				...busy,
				grants: async (range) => {
					const row = {
						period: today,
						date: today,
						policy: site.policy,
						by: "x".repeat(30),
						material: true,
						grants: 9e6,
					};
					return { ...(await busy.grants(range)), rows: [row, { ...row, by: nasty }], total: 2 };
				},
			},
		},
		privacy: {
			...privacyFixture,
			site: { ...site, notice: { ...site.notice, contact: `${"x".repeat(180)}@example.no`, languages: { nb: words } } },
			shared: shared.map((release) => ({ ...release, name: nasty, audience: nasty })),
		},
	});
});
afterAll(async () => {
	await app?.stop();
	await hostile?.stop();
});

const overflow = () => overflowOf(seen.page);

describe("every reader of the page about privacy", () => {
	for (const [name, lang] of [
		["busy", "nb"],
		["counted", "en"],
	] as const)
		test(`axe finds nothing in light and dark, wide and narrow: ${name}, ${lang}`, async () => {
			await seen.page.goto(`${app.origin}/sites/${name}/privacy?lang=${lang}`);
			for (const colorScheme of ["light", "dark"] as const)
				for (const width of [1320, 390]) {
					await seen.page.emulateMedia({ colorScheme });
					await seen.page.setViewportSize({ width, height: 900 });
					expect(await violations(seen.page)).toEqual([]);
					expect(await overflow()).toBeLessThanOrEqual(0);
					await keepWholePage(seen.page, `dashboard-privacy-${lang}-${colorScheme}-${width}`);
				}
			expect(seen.complaints).toEqual([]);
		});
	test("axe finds nothing where nobody has been yet", async () => {
		await seen.page.goto(`${app.origin}/sites/unvisited/privacy`);
		expect(await violations(seen.page)).toEqual([]);
		await keepWholePage(seen.page, "dashboard-privacy-unvisited");
	});
	test("nothing is cut off, however long or hostile a name is", async () => {
		await seen.page.goto(`${hostile.origin}/sites/nasty/privacy`);
		await seen.page.locator("#hele-teksten > summary").click();
		for (const width of [320, 760, 1000, 1320, 1920]) {
			await seen.page.setViewportSize({ width, height: 900 });
			expect(await overflow(), String(width)).toBeLessThanOrEqual(0);
		}
		expect(await violations(seen.page)).toEqual([]);
		await seen.page.setViewportSize({ width: 320, height: 900 });
		await keepWholePage(seen.page, "dashboard-privacy-hostile");
		expect(seen.complaints).toEqual([]);
	});
	test("fingers find targets of 24 px, and of 44 px on a phone", async () => {
		for (const [width, least] of [
			[1320, 24],
			[390, 44],
		] as const) {
			await seen.page.setViewportSize({ width, height: 900 });
			await seen.page.goto(`${app.origin}/sites/busy/privacy`);
			expect(await smallTargets(seen.page, least)).toEqual([]);
		}
	});
});

test("without script and by keyboard alone a reader gets there, chooses a range, and reaches sharing, people and log", async () => {
	const still = await seen.browser.newContext({ javaScriptEnabled: false, locale: "nb-NO", reducedMotion: "reduce" });
	const reader = await still.newPage();
	await reader.goto(`${app.origin}/sites/busy?p=7d`);
	const press = async (name: string, within: string) => {
		const link = reader.locator(within).getByRole("link", { name, exact: true }).first();
		for (let tabs = 0; !(await link.evaluate((element) => element === document.activeElement)); tabs++) {
			if (tabs > 60) throw new Error(`The keyboard does not reach ${name}.`);
			await reader.keyboard.press("Tab");
		}
		return link;
	};
	await press("Personvern", "header nav");
	await Promise.all([reader.waitForEvent("framenavigated"), reader.keyboard.press("Enter")]);
	expect(new URL(reader.url()).pathname + new URL(reader.url()).search).toBe("/sites/busy/privacy?p=7d");
	await reader.locator("#menu-range > summary").click();
	await reader.getByRole("link", { name: "Siste 91 dager" }).click();
	expect(new URL(reader.url()).search).toBe("?p=91d");
	for (const [name, href] of [
		["Deling", "/sites/busy/sharing?lang=nb"],
		["Personer og nøkler", "/sites/busy/people?lang=nb"],
		["Loggen over hvem som har sett på tallene (CSV)", "/v1/sites/demo/log.csv"],
	] as const)
		expect(await (await press(name, "#partnere")).getAttribute("href")).toBe(href);
	await still.close();
});
