/** The live page and what it is drawn from: the last half hour in whole minutes, and nothing of which there are fewer than five. */
import { evictDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, test } from "vitest";
import { viewSilentMs } from "../../schema/limits.ts";
import { otherName } from "../../schema/tree-rules.ts";
import { bookOf, recentNow } from "../../worker/book/books.ts";
import { addRecent, type Recent, recentMinutes } from "../../worker/book/recent.ts";
import { figuresOf } from "../../worker/dashboard/now/figures.ts";
import { renderNow } from "../../worker/dashboard/now/page.tsx";
import { makeEntries } from "../../worker/ingest/entries.ts";
import { keyOf, loginOf, openReleases, releaseId } from "./access-callers.ts";
import { startFresh } from "./migrations.ts";
import { call, makeReport, makeView, send, testEnv } from "./support.ts";

const minuteMs = 60_000;
/** The beginning of a minute, far from the clock of the machine. */
const noon = Date.parse("2026-11-22T12:00:00Z");
const site = { id: "shop", books: 1 };
let policy = "";
const book = () => bookOf(testEnv, "shop");
type Sketch = Parameters<typeof makeReport>[1];

/** Reports as if they had come at an instant. */
async function receive(at: number, ...sketches: Sketch[]): Promise<void> {
	const reports = sketches.map((sketch) => makeReport(policy, { period: "2026-11-22", ...sketch }));
	await book().accept(await makeEntries(reports), at);
}
const times = <T,>(n: number, item: T): T[] => Array.from({ length: n }, () => item);
const recent = (now: number) => recentNow(testEnv, site, now);
const going = { how: "lost" } as const;

const beginAnew = async () => {
	({ policy } = await startFresh());
};

describe("the last half hour in the book", () => {
	beforeEach(beginAnew);

	test("counts views and visits in the minute they began, and leaves the running minute out", async () => {
		await receive(noon - 2 * minuteMs, ...times(6, {}), ...times(2, { index: 2 }));
		await receive(noon - 1, {});
		await receive(noon, ...times(9, {}));
		const { end, views, visits } = await recent(noon + 59_999);
		expect(end).toBe(noon);
		expect(views.slice(-3)).toEqual([0, 8, 1]);
		expect(visits.slice(-3)).toEqual([0, 6, 1]);
		expect(views.length).toBe(recentMinutes);
	});
	test("forgets a minute after thirty, and what is silent as long is not open any more", async () => {
		await receive(noon, ...times(5, { ...going, page: "/priser" }));
		const sum = async (now: number) => (await recent(now)).views.reduce((total, views) => total + views, 0);
		expect(await sum(noon + 30 * minuteMs)).toBe(5);
		expect(await sum(noon + 31 * minuteMs)).toBe(0);
		expect((await recent(noon + viewSilentMs - minuteMs)).open).toEqual([{ name: "/priser", count: 5 }]);
		expect((await recent(noon + viewSilentMs + minuteMs)).open).toEqual([]);
	});
	test("a view that reports again stays in its minute, after a fold of what is older too", async () => {
		const view = makeView();
		await receive(noon, { view, ...going });
		await receive(noon + 3 * minuteMs, { view, seq: 2, how: "closed" });
		const { views, endings, open } = await recent(noon + 4 * minuteMs);
		expect([views.at(-1), views.at(-4)]).toEqual([0, 1]);
		expect(endings).toEqual([{ name: "closed", count: 1 }]);
		expect(open).toEqual([]);
		await book().foldOver(noon + 40 * minuteMs);
		await receive(noon + 41 * minuteMs, { view, seq: 3 });
		expect((await recent(noon + 42 * minuteMs)).views.some((n) => n > 0)).toBe(false);
	});
	test("tells channels of visits that began, and how those that are over ended", async () => {
		await receive(
			noon,
			{ channel: "search" },
			{ channel: "search" },
			{ how: "outbound", index: 3 },
			{ continued: true },
		);
		const { channels, endings } = await recent(noon + minuteMs);
		expect(channels).toEqual([
			{ name: "search", count: 2 },
			{ name: "direct", count: 1 },
		]);
		expect(endings).toEqual([
			{ name: "closed", count: 2 },
			{ name: "outbound", count: 1 },
		]);
	});
	test("answers the same for a whole minute, whatever comes meanwhile", async () => {
		await receive(noon, ...times(5, going));
		const before = await recent(noon + minuteMs);
		await receive(noon + minuteMs + 1, ...times(3, going));
		expect(await recent(noon + 2 * minuteMs - 1)).toEqual(before);
		expect((await recent(noon + 2 * minuteMs)).open).toEqual([{ name: "/", count: 8 }]);
	});
	test("after a restart a view counts in the minute it was last heard of", async () => {
		const view = makeView();
		await receive(noon, { view });
		await receive(noon + 2 * minuteMs, { view, seq: 2 });
		await evictDurableObject(book());
		expect((await recent(noon + 3 * minuteMs)).views.slice(-3)).toEqual([0, 0, 1]);
	});
	test("several books add up", async () => {
		await receive(noon, ...times(3, going));
		const one = await recent(noon + minuteMs);
		const both = addRecent([one, one]);
		expect([both.views.at(-1), both.visits.at(-1), both.open]).toEqual([6, 6, [{ name: "/", count: 6 }]]);
		expect(both.end).toBe(noon + minuteMs);
	});
});

const none = Array.from({ length: recentMinutes }, () => 0);
const quiet: Recent = { end: noon, views: none, visits: none, open: [], channels: [], endings: [] };
const minutes = (...last: number[]) => [...none.slice(last.length), ...last];

describe("what is shown of it", () => {
	test("no number below five, zero included, and no sum that is not rounded down to fives", () => {
		const figures = figuresOf({ ...quiet, views: minutes(4, 5, 12, 0), visits: minutes(4, 2, 7, 0) });
		expect(figures.minutes.slice(-4).map(({ views, visits }) => [views, visits])).toEqual([
			[null, null],
			[5, null],
			[12, 7],
			[null, null],
		]);
		expect([figures.views, figures.visits, figures.open]).toEqual([20, 10, null]);
		expect(figuresOf(quiet)).toMatchObject({ views: null, visits: null, open: null });
	});
	test("one view more or less changes neither a sum nor a list, but where it makes five", () => {
		const of = (count: number) => {
			const { pages, open } = figuresOf({ ...quiet, open: [{ name: "/", count }] });
			return JSON.stringify([pages, open]);
		};
		for (let count = 0; count < 30; count++) expect(of(count) === of(count + 1)).toBe((count + 1) % 5 !== 0);
	});
	test("rows of the same number stand by name, and nothing tells whether there are small ones", () => {
		const { pages } = figuresOf({
			...quiet,
			open: [
				{ name: "/b", count: 6 },
				{ name: "/few", count: 4 },
				{ name: "/a", count: 5 },
				{ name: "/c", count: 11 },
				{ name: otherName, count: 40 },
			],
		});
		expect(pages).toEqual([
			{ name: "/c", atLeast: 10 },
			{ name: "/a", atLeast: 5 },
			{ name: "/b", atLeast: 5 },
		]);
	});
	const draw = (recent: Partial<Recent>) =>
		renderNow({
			site: { id: "shop", name: "Shop", timeZone: "Europe/Oslo", isOwner: false },
			recent: { ...quiet, ...recent },
			language: "en",
			home: "/sites/shop",
			nonce: "abc",
			paths: { script: "/code/0/dashboard.js", font: "/code/0/hg.woff2" },
			style: () => "",
			contentOnly: true,
		});
	test("two half hours that differ by single visitors are the same page, byte for byte", () => {
		const one: Partial<Recent> = {
			views: minutes(6, 4, 0),
			visits: minutes(6, 1, 0),
			open: [
				{ name: "/", count: 7 },
				{ name: "/secret", count: 1 },
			],
			channels: [{ name: "search", count: 6 }],
			endings: [{ name: "closed", count: 5 }],
		};
		const other: Partial<Recent> = {
			views: minutes(6, 3, 2),
			visits: minutes(6, 0, 0),
			open: [{ name: "/", count: 8 }],
			channels: [
				{ name: "search", count: 7 },
				{ name: "email", count: 1 },
			],
			endings: [
				{ name: "closed", count: 6 },
				{ name: "back", count: 4 },
			],
		};
		expect(draw(one)).toBe(draw(other));
	});
	test("nothing smaller than five is in the page's HTML, and a hostile name is text", () => {
		const name = "/<script>alert(1)</script>";
		const html = draw({
			views: minutes(6, 4),
			visits: minutes(3, 1),
			open: [
				{ name, count: 7 },
				{ name: "/secret", count: 4 },
			],
			channels: [{ name: "email", count: 3 }],
		});
		expect(html).toContain("/&lt;script&gt;alert(1)");
		expect(html).not.toContain("<script");
		expect(html).not.toContain("/secret");
		expect(html).not.toContain("E-mail");
		expect(html).toContain("from 12:30 to 13:00");
		const numbers = [...html.matchAll(/<(?:strong|td[^>]*)>(?:at least )?(\d+)</g)].map(([, n]) => Number(n));
		expect(numbers).toEqual([10, 10, 6, 5]);
		expect(Math.min(...numbers)).toBeGreaterThanOrEqual(5);
	});
});

test("viewers see the live page, by their login alone", async () => {
	await beginAnew();
	await send(times(6, 0).map(() => makeReport(policy)));
	const page = async (headers: Record<string, string> = {}) => call("/sites/shop/now?lang=en", { headers });
	const seen = await page(await loginOf("viewer"));
	expect(seen.status).toBe(200);
	expect(seen.headers.get("cache-control")).toBe("private, no-store");
	expect(await seen.text()).toContain("Right now");
	expect((await page()).status).toBe(401);
	expect((await page(await loginOf("viewer of another site"))).status).toBe(404);
});

describe("a browser that reads ahead", () => {
	beforeEach(beginAnew);

	const ahead = { "Sec-Purpose": "prefetch" };
	const log = async () => {
		const answer = await call("/v1/sites/shop/log", { headers: (await keyOf("owner")) ?? {} });
		const { entries } = await answer.json<{ entries: { what: string }[] }>();
		return entries.filter(({ what }) => what === "viewed" || what === "exported").length;
	};

	test("is told by pages of figures what it may read, and is given those", async () => {
		const headers = await loginOf("viewer");
		const page = await call("/sites/shop/pages", { headers: { ...headers, ...ahead } });
		expect(page.status).toBe(200);
		expect(page.headers.get("cache-control")).toBe("private, no-store");
		const [, address = ""] = /^"(.+)"$/.exec(page.headers.get("speculation-rules") ?? "") ?? [];
		const rules = await call(address);
		expect(rules.headers.get("content-type")).toBe("application/speculationrules+json");
		expect(await rules.json()).toMatchObject({ prefetch: [{ eagerness: "moderate" }] });
	});
	test("is given no file and no partner's page, because nobody has asked for one yet: the log stays empty until somebody does", async () => {
		await openReleases();
		const [viewer, partner] = [await loginOf("viewer"), await loginOf("partner")];
		const places = [
			["/sites/shop/export.zip?of=overview", viewer],
			["/v1/sites/shop/stats/pages.csv", viewer],
			[`/releases/${releaseId}/figures.csv`, partner],
			[`/releases/${releaseId}`, partner],
		] as const;
		for (const [path, headers] of places)
			expect((await call(path, { headers: { ...headers, ...ahead } })).status, path).toBe(503);
		expect(await log()).toBe(0);
		for (const [path, headers] of places) expect((await call(path, headers ? { headers } : {})).status, path).toBe(200);
		expect(await log()).toBe(places.length);
	});
	test("forgets what it has read when somebody signs out", async () => {
		const headers = (await loginOf("viewer")) ?? {};
		const answer = await call("/sign-out", { method: "POST", redirect: "manual", headers });
		expect(answer.headers.get("clear-site-data")).toBe('"prefetchCache", "prerenderCache"');
	});
});
