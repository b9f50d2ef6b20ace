/** Goals, funnels and notes in Chromium: on the overview, on speed, on a page's own sheet, and the page where notes are written. */
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Note } from "../../schema/note.ts";
import { addDays } from "../../schema/period.ts";
import { pageBudgets } from "../../scripts/budgets.ts";
import { buildDashboard } from "../../scripts/build-dashboard.ts";
import type { AccountFrame } from "../../worker/dashboard/account/frame.tsx";
import { type NotesInput, renderNotes } from "../../worker/dashboard/notes/page.tsx";
import { languageOf, sendPage } from "../../worker/dashboard/routes.tsx";
import type { Stats } from "../../worker/stats/answers.ts";
import { violations } from "../support/axe.ts";
import { coldWeights } from "../support/cold-weight.ts";
import { type DashboardApp, startDashboard } from "../support/dashboard-app.ts";
import { readEach } from "../support/each-reader.ts";
import { hostileNames } from "../support/hostile-figures.ts";
import { type NodeServer, serveFetch } from "../support/node-server.ts";
import { keepPart, keepPicture } from "../support/pictures.ts";
import { overflowOf } from "../support/reader.ts";
import { fixtureStats } from "../support/stats-fixture.ts";
import { smallTargets } from "../support/targets.ts";

const today = "2026-11-22";
const stats = fixtureStats({ seed: 7, today, visitsPerDay: 1450, visitsToday: 612 });
const note = (from: string, text: string, more: Partial<Note> = {}): Note => ({
	...{ id: `n${from}${text.length}`, from, to: from, text, page: null },
	...more,
});
const some = [
	note("2026-10-30", "Høstkampanje", { to: "2026-11-04" }),
	note("2026-11-11", "Ny prisside", { page: "/priser" }),
	note("2026-11-12", "Raskere bilder"),
	note("2026-11-19", "Nede i 40 minutter etter feil hos leverandøren av betaling, alle bestillinger"),
];
const hostile = hostileNames.map((text, at) =>
	note(addDays("2026-11-01", at * 3), text.slice(0, 120), { page: `/${text.slice(0, 190)}` }),
);
const hostileGoal = `${hostileNames[1]}${"x".repeat(20)}`;
const withHostileGoal: Stats = {
	...stats,
	goals: async (range) => {
		const goals = await stats.goals(range);
		return { ...goals, rows: goals.rows.map((row) => ({ ...row, goal: hostileGoal, match: hostileGoal })) };
	},
};
const fifty = Array.from({ length: 50 }, (_, at) =>
	note(addDays("2026-10-25", Math.floor(at * 0.55)), `Versjon 2.${at}`),
);
const busy: NotesInput = {
	site: { id: "busy", name: "nordfjordturer.no" },
	notes: some,
	origin: "https://stats.example.no",
	form: { id: "", from: today, to: "", text: "", page: "" },
};

let app: DashboardApp;
let pages: NodeServer;
const seen = readEach();

beforeAll(async () => {
	app = await startDashboard({
		now: Date.parse("2026-11-22T12:00:00Z"),
		sites: { busy: stats, hostile: withHostileGoal, fifty: stats },
		notes: { busy: some, hostile, fifty },
	});
	const { script, style, font } = await buildDashboard();
	const paths = { script: "/s.js", font: "/f.woff2" };
	const server = new Hono();
	server.get(paths.script, (c) => c.body(script, 200, { "content-type": "text/javascript" }));
	server.get(paths.font, (c) => c.body(new Uint8Array(font), 200, { "content-type": "font/woff2" }));
	const inputs: Record<string, NotesInput> = {
		owner: busy,
		wrong: { ...busy, form: { id: "x", from: "2026-11-20", to: "2026-11-01", text: "Ny side", page: "", wrong: "to" } },
		viewer: { site: busy.site, notes: some, origin: busy.origin },
		none: { ...busy, notes: [] },
		hostile: { ...busy, notes: hostile },
	};
	server.post("*", (c) => c.redirect("/notes/owner", 303));
	server.get("/notes/:of", (c) => {
		const language = languageOf(c.req.query("lang"), "nb");
		const frame: AccountFrame = { language, nonce: "n1", paths, style, signedIn: true };
		return sendPage(c, renderNotes(frame, inputs[c.req.param("of")] ?? busy), "n1");
	});
	pages = await serveFetch((request) => server.fetch(request));
});
afterAll(async () => {
	await Promise.all([app?.stop(), pages?.stop()]);
});

const open = (path: string) => seen.page.goto(`${app.origin}/sites/${path}`);
const chart = () => seen.page.locator(".timeline");

describe("every reader", () => {
	test("axe finds nothing in the overview's line, goals and funnels, wide and narrow, light and dark", async () => {
		for (const lang of ["nb", "en"]) {
			await open(`busy?lang=${lang}`);
			for (const colorScheme of ["light", "dark"] as const)
				for (const width of [1320, 390]) {
					await seen.page.emulateMedia({ colorScheme });
					await seen.page.setViewportSize({ width, height: 900 });
					expect(await violations(seen.page, ".headline, #maal, #trakter")).toEqual([]);
					for (const [part, name] of [
						[".headline", "notes-line"],
						["#maal", "goals"],
						["#trakter", "funnels"],
					] as const) {
						await keepPart(seen.page, part, `${name}-${lang}-${colorScheme}-${width}`);
					}
					expect(await overflowOf(seen.page)).toBeLessThanOrEqual(0);
				}
		}
		expect(seen.complaints).toEqual([]);
	});
	test("axe finds nothing in a goal that is chosen, one that there is none of, and one with a hostile name", async () => {
		for (const [name, path, ...looks] of [
			["goal", "busy?lang=nb&maal=Bestilling", ["light", 1320], ["dark", 1320], ["light", 390], ["dark", 390]],
			["goal-en", "busy?lang=en&maal=Bestilling&p=91d&c=ingen", ["light", 760]],
			["goal-unknown", "busy?lang=nb&maal=Ukjent", ["light", 390]],
			["goal-hostile", `hostile?lang=nb&maal=${encodeURIComponent(hostileGoal)}`, ["dark", 320]],
		] as const) {
			await open(path);
			for (const [colorScheme, width] of looks) {
				await seen.page.emulateMedia({ colorScheme });
				await seen.page.setViewportSize({ width, height: 900 });
				expect(await violations(seen.page, ".toolbar, .notice, .headline, #maal-fart, #maal")).toEqual([]);
				expect(await overflowOf(seen.page), name).toBeLessThanOrEqual(0);
				await keepPicture(seen.page, `${name}-${colorScheme}-${width}`);
			}
			if (name === "goal") expect(await smallTargets(seen.page, 44)).toEqual([]);
		}
		expect(seen.complaints).toEqual([]);
	});
	test("axe finds nothing in fifty notes, in what a page's own sheet says of goals, and on the page of notes", async () => {
		for (const [name, address, part] of [
			["notes-fifty", `${app.origin}/sites/fifty/speed`, ".headline"],
			["goals-sheet", `${app.origin}/sites/busy/pages?side=/bestill`, "#maal"],
			["notes-page-owner", `${pages.origin}/notes/owner`, "body"],
			["notes-page-owner-en", `${pages.origin}/notes/owner?lang=en`, "body"],
			["notes-page-wrong", `${pages.origin}/notes/wrong`, "body"],
			["notes-page-viewer", `${pages.origin}/notes/viewer`, "body"],
			["notes-page-none", `${pages.origin}/notes/none`, "body"],
		] as const) {
			await seen.page.goto(address);
			for (const [width, colorScheme] of [
				[1320, "light"],
				[390, "dark"],
			] as const) {
				await seen.page.emulateMedia({ colorScheme });
				await seen.page.setViewportSize({ width, height: 900 });
				expect(await violations(seen.page, part === "body" ? "html" : part), name).toEqual([]);
				expect(await overflowOf(seen.page), name).toBeLessThanOrEqual(0);
				await keepPart(seen.page, part, `${name}-${colorScheme}-${width}`);
			}
		}
		expect(seen.complaints).toEqual([]);
	});
	test("nothing is cut off or run, however long or hostile a note or goal is", async () => {
		for (const address of [`${app.origin}/sites/hostile`, `${pages.origin}/notes/hostile`]) {
			await seen.page.goto(address);
			for (const width of [320, 760, 1000, 1920]) {
				await seen.page.setViewportSize({ width, height: 900 });
				expect(await overflowOf(seen.page), `${address} ${width}`).toBeLessThanOrEqual(0);
				await keepPicture(seen.page, `notes-hostile-${new URL(address).pathname.split("/")[1]}-${width}`);
			}
		}
		expect(seen.complaints).toEqual([]);
	});
	test("fingers find targets of 24 px, and of 44 px on a phone", async () => {
		for (const [width, least] of [
			[1320, 24],
			[390, 44],
		] as const) {
			await seen.page.setViewportSize({ width, height: 900 });
			for (const address of [`${app.origin}/sites/busy`, `${pages.origin}/notes/owner`]) {
				await seen.page.goto(address);
				expect(await smallTargets(seen.page, least)).toEqual([]);
			}
		}
	});
});

test("the reading line says what a note says on its day, and nothing of notes on the others", async () => {
	await open("busy");
	const reader = seen.page.getByRole("slider");
	await reader.focus();
	await seen.page.keyboard.press("Home");
	const readout = seen.page.locator(".readout");
	expect(await readout.innerText()).not.toContain("Notat");
	for (let days = 0; days < 17; days++) await seen.page.keyboard.press("ArrowRight");
	expect((await readout.innerText()).split("\n")).toEqual(expect.arrayContaining(["Notat", "Ny prisside"]));
	await seen.page.keyboard.press("End");
	await seen.page.keyboard.press("ArrowLeft");
	await seen.page.keyboard.press("ArrowLeft");
	expect(await readout.innerText()).toContain("Nede i 40 minutter");
	const [inside, around] = [await readout.boundingBox(), await reader.boundingBox()];
	expect((inside?.x ?? 0) + (inside?.width ?? 0)).toBeLessThanOrEqual((around?.x ?? 0) + (around?.width ?? 0) + 1);
	await seen.page.keyboard.press("Tab");
	expect(await seen.page.locator(":focus").innerText()).toBe("/priser");
	expect(seen.complaints).toEqual([]);
});

test("fifty notes stand as marks that do not touch, on a phone too, and all of them are listed and printed", async () => {
	await open("fifty");
	for (const width of [1320, 390]) {
		await seen.page.setViewportSize({ width, height: 900 });
		const boxes = await chart()
			.locator(".note-mark rect")
			.evaluateAll((marks) => marks.map((mark) => mark.getBoundingClientRect()));
		expect(boxes.length).toBeGreaterThan(8);
		const apart = boxes.slice(1).map(({ left }, at) => left - (boxes[at]?.right ?? 0));
		expect(Math.min(...apart)).toBeGreaterThan(0);
	}
	const items = chart().locator(".notes li");
	expect(await items.count()).toBe(50);
	await seen.page.emulateMedia({ media: "print" });
	const [list, last] = [await chart().locator(".notes").boundingBox(), await items.last().boundingBox()];
	expect((last?.y ?? 0) + (last?.height ?? 0)).toBeLessThanOrEqual((list?.y ?? 0) + (list?.height ?? 0) + 1);
});

test("a click on a goal draws it, its row is marked, the reading line tells it, and Esc takes it away", async () => {
	await open("busy?p=91d&m=lcp");
	const goal = seen.page.locator("#maal").getByRole("link", { name: "Bestilling", exact: true });
	await goal.click();
	await seen.page.waitForURL((url) => url.searchParams.has("maal"));
	expect(new URL(seen.page.url()).search).toBe("?p=91d&maal=Bestilling");
	await seen.page.locator("#timeline-reader").waitFor();
	expect(await goal.getAttribute("aria-current")).toBe("true");
	expect(await seen.page.locator(".chosen-goal h2").innerText()).toBe("Bestilling");
	await seen.page.getByRole("slider").focus();
	await seen.page.keyboard.press("End");
	const readout = (await seen.page.locator(".readout").innerText()).split("\n");
	expect(readout).toEqual(expect.arrayContaining(["Nådde målet", "Andel", "Forrige periode"]));
	for (const _ of ["the reading line", "the goal"]) await seen.page.keyboard.press("Escape");
	await seen.page.waitForURL((url) => url.search === "?p=91d");
	expect(await seen.page.locator(".chosen-goal, .chip").count()).toBe(0);
	expect(seen.complaints).toEqual([]);
});

test("without script a reader comes from the line to the note's page and to where a goal leads, and an owner writes a note", async () => {
	const still = await seen.browser.newContext({ javaScriptEnabled: false, locale: "nb-NO" });
	const reader = await still.newPage();
	const address = () => new URL(reader.url()).pathname + new URL(reader.url()).search;
	await reader.goto(`${app.origin}/sites/busy?p=91d`);
	expect(await reader.getByRole("link", { name: "Skriv et notat" }).getAttribute("href")).toBe(
		"/sites/busy/notes?lang=nb#note",
	);
	await reader.locator(".notes").getByRole("link", { name: "/priser" }).click();
	expect(address()).toBe("/sites/busy/pages?p=91d&side=/priser");
	await reader.goto(`${app.origin}/sites/busy?p=91d`);
	await reader.getByRole("link", { name: "Det som fører dit: Bestilling" }).click();
	expect(address()).toBe("/sites/busy/paths?p=91d&side=/takk");
	await reader.goto(`${app.origin}/sites/busy?p=91d`);
	await reader.locator("#maal").getByRole("link", { name: "Bestilling", exact: true }).click();
	expect(address()).toBe("/sites/busy?p=91d&maal=Bestilling");
	await reader.locator(".chosen-goal").getByRole("link", { name: "Side /takk" }).click();
	expect(address()).toBe("/sites/busy/pages?p=91d&side=/takk");
	await reader.goto(`${app.origin}/sites/busy?p=91d&maal=Bestilling`);
	await reader.locator(".chip").click();
	expect(address()).toBe("/sites/busy?p=91d");
	await reader.locator("#trakter").getByRole("link", { name: "/turer*" }).click();
	expect(address()).toBe("/sites/busy/pages?p=91d&sok=/turer");
	await reader.goto(`${pages.origin}/notes/owner`);
	await reader.getByLabel("Dato", { exact: true }).fill("2026-11-20");
	await reader.getByLabel("Notat, høyst 120 tegn").fill("Ny forside");
	const [sent] = await Promise.all([
		reader.waitForRequest((request) => request.method() === "POST"),
		reader.getByRole("button", { name: "Lagre" }).click(),
	]);
	expect(new URL(sent.url()).pathname).toBe("/sites/busy/notes");
	const fields = Object.fromEntries(new URLSearchParams(sent.postData() ?? ""));
	expect(fields).toEqual({ id: "", from: "2026-11-20", to: "", text: "Ny forside", page: "" });
	await still.close();
});

test("the overview is within its budget with fifty notes, font and all", async () => {
	const [bytes] = await coldWeights([`${app.origin}/sites/fifty`]);
	expect(bytes).toBeLessThanOrEqual(pageBudgets.overview);
});
