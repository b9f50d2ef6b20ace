import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContext, Page, Request } from "playwright-core";
import { describe, expect, test } from "vitest";
import { bucketOf } from "../../schema/buckets.ts";
import type { LeavingMethod } from "../../schema/leaving.ts";
import type { Flows, Pages, Summary, Vitals } from "../../worker/stats/answers.ts";
import { placed } from "../support/in-place.ts";
import { readFigures, todayInOslo } from "../support/reports.ts";
import { until } from "../support/until.ts";
import { useWholeApp } from "../support/whole-app.ts";

const whole = useWholeApp();

/** What the script itself did, in its own words and by its own clock. */
interface Step {
	page: string;
	/** From the grant or the page's appearance to the act that left it: no less and no more, as far as one can know from outside. */
	shownMs: [least: number, most: number];
	/** How the page was left. */
	how: LeavingMethod;
	clicks: number;
}

const figures = <T>(path: string) =>
	readFigures<T>(whole.app.app, whole.app.ownerKey, `${path}${path.includes("?") ? "&" : "?"}from=${todayInOslo()}`);

/** A visitor of their own; elsewhere on the web there is one empty page. */
async function newVisitor(): Promise<BrowserContext> {
	const context = await whole.browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "nb-NO" });
	await context.route("https://www.yr.no/**", (route) =>
		route.fulfill({ contentType: "text/html", body: "<title>yr</title>" }),
	);
	return context;
}

/** Two instants between which something happened, ms since 1970. */
type Between = [after: number, before: number];

async function between(act: () => Promise<unknown>): Promise<Between> {
	const after = Date.now();
	await act();
	return [after, Date.now()];
}

/** Grants on the current page; resolves to when that was. */
async function grant(page: Page): Promise<Between> {
	const at = await between(() => page.getByRole("button", { name: "Godta" }).click());
	await placed(page, 1);
	return at;
}

/** Stays on the page as a reader would: looks until there is something, then the mouse moves and the wheel turns. */
async function read(page: Page, ms: number): Promise<void> {
	// Browsers look for the largest paint until the first input only: one that comes before any paint leaves none.
	await page.evaluate(
		() =>
			new Promise<void>((done) => {
				new PerformanceObserver(() => done()).observe({ type: "largest-contentful-paint", buffered: true });
			}),
	);
	const end = Date.now() + ms;
	while (Date.now() < end) {
		await page.mouse.move(300 + (Date.now() % 200), 400);
		await page.mouse.wheel(0, 40);
		await page.waitForTimeout(Math.min(250, Math.max(1, end - Date.now())));
	}
}

describe("the main job", () => {
	test("a visit over three pages and out by a link: the API's figures equal the script's own log", async () => {
		const log: Step[] = [];
		const context = await newVisitor();
		const page = await context.newPage();
		await page.goto(`${whole.app.site}/`);
		let shown = await grant(page);
		await read(page, 2_600);
		const plan: [string, number][] = [
			["/turer", 1_400],
			["/priser", 7_300],
		];
		let here = "/";
		/** Leaves the page by a link; the next one may be seen as soon as this one is gone. */
		const leave = async (link: string, url: string, how: LeavingMethod) => {
			const left = await between(async () => {
				await page.locator(link).click();
				await page.waitForURL(url, { waitUntil: "commit" });
			});
			log.push({ page: here, shownMs: [left[0] - shown[1], left[1] - shown[0]], how, clicks: 1 });
			await page.waitForLoadState("load");
			shown = [left[0], Date.now()];
		};
		for (const [next, stay] of plan) {
			await leave(`header a[href="${next}"]`, `${whole.app.site}${next}`, "link");
			here = next;
			await read(page, stay);
		}
		const out = 'footer a[href^="https://www.yr.no"]';
		await page.locator(out).scrollIntoViewIfNeeded();
		await leave(out, "https://www.yr.no/", "outbound");

		const summary = await until("the last report", async () => {
			const now = await figures<Summary>("summary");
			return now.leaving.some(({ how }) => how === "outbound") ? now : undefined;
		});
		await context.close(); // not before: the page that was left tells of it when the next one is there
		expect(summary).toMatchObject({
			views: log.length,
			visits: 1,
			visitors: 1,
			bounces: 0,
			provisional: true,
			sample: false,
		});
		expect(summary.leaving).toEqual([
			{ how: "link", count: 2, exits: 0 },
			{ how: "outbound", count: 1, exits: 1 },
		]);
		expect(summary.vitals.lcp.n).toBe(log.length);
		expect(summary.vitals.lcp.p75).toBeGreaterThan(0);
		expect(summary.vitals.ttfb.n).toBe(log.length);

		const { rows } = await figures<Pages>("pages");
		expect(rows.map(({ page: name }) => name).sort()).toEqual(log.map(({ page: name }) => name).sort());
		for (const [i, step] of log.entries()) {
			const row = rows.find(({ page: name }) => name === step.page);
			const isLast = i === log.length - 1;
			expect(row).toMatchObject({
				views: 1,
				entries: i === 0 ? 1 : 0,
				exits: isLast ? 1 : 0,
				exitsBy: isLast ? { outbound: 1 } : {},
			});
			const measured = row?.visibleMs.p50 ?? 0;
			const [least, most] = step.shownMs;
			const isNear =
				(measured >= least - 250 && measured <= most + 250) ||
				[least, most].some((shownMs) => Math.abs(bucketOf(measured) - bucketOf(shownMs)) <= 1);
			expect(isNear, `${step.page}: shown ${least} to ${most} ms, measured ${measured} ms`).toBe(true);
			expect(row?.engagedMs.p50).toBeLessThanOrEqual(measured);
		}

		for (const [i, step] of log.entries()) {
			const flows = await figures<Flows>(`flows?page=${step.page}`);
			const before = log[i - 1];
			const after = log[i + 1];
			expect(flows).toMatchObject({
				views: 1,
				from: [before ? { page: before.page, count: 1 } : { channel: "direct", count: 1 }],
				to: after ? [{ page: after.page, count: 1 }] : [],
				left: after ? [] : [{ how: step.how, count: 1 }],
			});
		}
		const { vitals } = await figures<Vitals>("vitals?page=/");
		expect(vitals.lcp).toMatchObject({ n: 1, histogram: [] }); // a distribution of fewer than k is not shown
	});

	test("a visit of one page that is closed, one that is reloaded and left by Back: each method is told", async () => {
		const closing = await newVisitor();
		const closed = await closing.newPage();
		await closing.newPage(); // the tab is not the last one
		await closed.goto(`${whole.app.site}/kontakt`);
		await grant(closed);
		await read(closed, 600);
		await closed.close({ runBeforeUnload: true });
		await until("the closed page", async () =>
			(await figures<Pages>("pages")).rows.some(({ page, exitsBy }) => page === "/kontakt" && exitsBy.closed === 1),
		);
		await closing.close();

		const context = await newVisitor();
		const page = await context.newPage();
		await page.goto(`${whole.app.site}/turer/kajakk`);
		await grant(page);
		await page.goto(`${whole.app.site}/vaer`);
		await placed(page, 2);
		await page.reload();
		await placed(page, 3);
		await page.goBack({ waitUntil: "commit" });
		const count = async (name: string) =>
			(await figures<Pages>("pages")).rows.find((row) => row.page === name)?.views ?? 0;
		await expect
			.poll(() => count("/turer/kajakk"), { timeout: 10_000, message: "views of the page shown again" })
			.toBe(2);
		const flows = await figures<Flows>("flows?page=/vaer");
		expect(flows.views).toBe(2);
		const leaving = await figures<Summary>("summary");
		const by = Object.fromEntries(leaving.leaving.map(({ how, count: n }) => [how, n]));
		expect(by).toMatchObject({ reload: 1, back: 1, closed: 1, link: 2, outbound: 1 });
		await context.close();
	});

	test("in = out = views on every page, and exits are visits, whatever happened before", async () => {
		const { rows } = await figures<Pages>("pages");
		let exits = 0;
		for (const row of rows) {
			const flows = await figures<Flows>(`flows?page=${row.page}`);
			const sum = (list: { count: number }[]) => list.reduce((total, { count }) => total + count, 0);
			expect([sum(flows.from), sum(flows.to) + sum(flows.left)]).toEqual([row.views, row.views]);
			exits += row.exits;
		}
		expect(exits).toBe((await figures<Summary>("summary")).visits);
	});

	test("no file on disk holds a User-Agent, a whole address of a page, the owner's key or a sign-in link", async () => {
		const names = await readdir(whole.app.dataDir, { recursive: true, withFileTypes: true });
		const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
		expect(files.some((file) => file.includes("Book"))).toBe(true);
		const token = whole.app.signIn.split("/").at(-1) ?? "";
		for (const file of files) {
			const content = (await readFile(file)).toString("latin1");
			for (const secret of [
				"Mozilla/5.0",
				"AppleWebKit",
				`${whole.app.site}/`,
				"https://www.yr.no",
				whole.app.ownerKey,
				token,
			])
				expect(content.includes(secret), `${secret} in ${file}`).toBe(false);
		}
	});

	test("the dashboard shows a visit within 5 s of its report, without reload", async () => {
		const owner = await whole.browser.newContext({ locale: "nb-NO" });
		const dashboard = await owner.newPage();
		const messages: string[] = [];
		dashboard.on("console", (message) => messages.push(message.text()));
		await dashboard.goto(whole.app.signIn);
		await dashboard.goto(`${whole.app.app}/sites/demo?p=idag`);
		const loaded = await dashboard.evaluate(() => performance.timeOrigin);
		const shownVisits = () => dashboard.locator("main").innerText();
		const before = (await figures<Summary>("summary")).visits;

		const context = await newVisitor();
		const page = await context.newPage();
		await page.goto(`${whole.app.site}/bestill`);
		const [answer] = await Promise.all([
			page.waitForResponse((response) => response.url().endsWith("/v1/reports")),
			grant(page),
		]);
		expect(answer.status()).toBe(204);
		const reported = Date.now();
		await until("the visit on the dashboard", async () => (await shownVisits()).includes("/bestill"), 5_000);
		expect(Date.now() - reported).toBeLessThan(5_000);
		expect((await figures<Summary>("summary")).visits).toBe(before + 1);
		expect(await dashboard.evaluate(() => performance.timeOrigin)).toBe(loaded);
		expect(messages).toEqual([]);
		// What this tab has read ahead is forgotten when somebody signs out in another one.
		const isAhead = (request: Request) => request.headers()["sec-purpose"] === "prefetch";
		const link = dashboard.getByRole("link", { name: "Stier" }).first();
		await Promise.all([dashboard.waitForRequest(isAhead), link.hover()]);
		const other = await owner.newPage();
		await other.goto(`${whole.app.app}/sites/demo/now`);
		await other.getByRole("button", { name: "Logg ut" }).click();
		await other.waitForURL(`${whole.app.app}/`);
		await link.click();
		await dashboard.waitForURL("**/paths*");
		expect(await dashboard.title()).toBe("Du er ikke logget inn · Sporløs");
		expect((await dashboard.goto(`${whole.app.app}/sites/demo`))?.status()).toBe(401);
		await context.close();
		await owner.close();
	});
});
