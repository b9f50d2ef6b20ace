/** What a visit knows of itself, in a real browser: campaign, search, goals and funnels, the entry's speed, releases, delivery. */

import { describe, expect, test } from "vitest";
import type { Report } from "../../schema/report.ts";
import type { AimStep } from "../../schema/site.ts";
import { groupsOf, marksOf } from "../../schema/tree-rules.ts";
import { until } from "../support/until.ts";
import { useVisitor } from "../support/visitor.ts";

const visitor = useVisitor();
const counted = (page: string) => visitor.sink.counted().findLast(({ place }) => place.page === page);
const reported = (page: string) => until(`a report of ${page}`, () => counted(page));
const go = async (path: string) => {
	await visitor.page.goto(visitor.sink.site + path);
	return reported(path.split("?")[0] ?? "");
};

describe("the address", () => {
	test("gives the campaign's name and that something was searched for, and nothing else of its query", async () => {
		await visitor.accept("/?utm_campaign=Sommer%202026&utm_source=nyhetsbrev&q=hemmelig&navn=kari");
		const entry = await reported("/");
		expect(entry.visit).toMatchObject({ channel: "campaign", campaign: "Sommer 2026", search: true });
		const next = await go("/second?q=&utm_campaign=noe-annet");
		expect(next.visit).not.toHaveProperty("search");
		expect(next.visit).not.toHaveProperty("campaign");
		expect(JSON.stringify([visitor.sink.posts(), await visitor.stored()])).not.toMatch(/hemmelig|kari|noe-annet/);
	});

	test("is read as it was, where the page takes its tags out before anybody agreed to anything", async () => {
		await visitor.context.addInitScript(`history.replaceState(null, "", "/")`);
		await visitor.accept("/?utm_campaign=sommer#q=1");
		expect((await reported("/")).visit).toMatchObject({ channel: "campaign", campaign: "sommer" });
		expect(visitor.page.url()).toBe(`${visitor.sink.site}/`);
	});
});

describe("goals and funnels", () => {
	const aims: AimStep[][] = [
		[["takk", "page", "^/takk$"]],
		[
			["kjøp\t1", "page", "^/tur$"],
			["kjøp\t2", "click", "^main button.buy submit$"],
			["kjøp\t3", "page", "^/takk$"],
		],
	];

	test("are reached across pages and tabs, in order, each once a visit", async () => {
		visitor.sink.config = { aims };
		await visitor.accept("/takk");
		await reported("/takk");
		expect(counted("/takk")?.visit?.goals).toEqual(["takk"]);
		await go("/tur");
		await visitor.watched();
		await visitor.page.click("#buy");
		await go("/takk");
		await until("three views", () => visitor.sink.counted().length === 3);
		const goals = () => visitor.sink.counted().map(({ visit }) => visit?.goals);
		expect(goals()).toEqual([["takk"], ["kjøp\t1", "kjøp\t2"], ["kjøp\t3"]]);
		expect(marksOf(counted("/takk") as Report)).toContain("goal:kjøp\t3");
		const other = await visitor.open("/tur");
		await other.click("#buy");
		await until("a fourth view", () => visitor.sink.counted().length === 4);
		expect(goals()[3]).toBeUndefined();
	});
});

describe("for a release", () => {
	test("a browser counts once in every group and on each page, however many tabs begin at once", async () => {
		await visitor.accept();
		await reported("/");
		await Promise.all(["/a", "/b", "/a", "/c"].map((path) => visitor.open(path)));
		await until("five views", () => visitor.sink.counted().length === 5);
		const counts = visitor.sink
			.counted()
			.flatMap((report) => groupsOf(report).map((group) => (group === "page" ? report.place.page : group)));
		expect(counts.toSorted()).toEqual([...new Set(counts)].sort());
		expect(counts).toEqual(
			expect.arrayContaining(["site", "device", "country", "channel", "/", "/a", "/b", "/c", "lcp"]),
		);
	});
});

describe("delivery", () => {
	test("offers again what a beacon took and dropped", async () => {
		await visitor.context.addInitScript("navigator.sendBeacon = () => true");
		await visitor.accept();
		await reported("/");
		await visitor.watched();
		await visitor.page.click("#buy");
		await visitor.page.click("#next");
		await until("the last report", () => counted("/")?.leaving?.how === "link");
		expect(counted("/")?.interaction?.clicks).toContainEqual(["main button.buy submit", 1]);
	});

	test("uses a request that outlives the page where there is no beacon", async () => {
		await visitor.context.addInitScript("navigator.sendBeacon = () => false");
		await visitor.accept();
		await reported("/");
		await visitor.page.goto(`${visitor.sink.app}/elsewhere`);
		await until("the last report", () => counted("/")?.leaving?.how === "typed");
	});

	test("waits when the server is busy, and comes back with the same", async () => {
		visitor.sink.status = 429;
		await visitor.accept();
		await until("an attempt", () => visitor.sink.posts().length);
		visitor.sink.status = 204;
		const { view } = await until("the next page's post", async () => {
			await visitor.page.goto(`${visitor.sink.site}/second`);
			return reported("/second").then(() =>
				visitor.sink
					.posts()
					.at(-1)
					?.find(({ place }) => place.page === "/"),
			);
		});
		expect(visitor.sink.counted()[0]?.view).toBe(view);
		expect((await visitor.stored())["sporlos:test:visit"]).toBeDefined();
	});
});
