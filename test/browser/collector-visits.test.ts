/** Visits in a real browser: the join of views, how pages are left, what goes over the wire. */

import { describe, expect, test } from "vitest";
import type { Report } from "../../schema/report.ts";
import { groupsOf, marksOf } from "../../schema/tree-rules.ts";
import { goOn } from "../support/in-place.ts";
import { until } from "../support/until.ts";
import { useVisitor } from "../support/visitor.ts";

const words = ["legg-til", "fjern", "vis-mer", "skjul", "kjop"];
const visitor = useVisitor((sink) => ({
	"/unload": {
		body: `<script src="${sink.app}/gate/test/banner.js"></script><script>addEventListener("unload", () => {})</script>`,
	},
	"/buttons": {
		body: `<script src="${sink.app}/gate/test/banner.js" defer></script><main>${words.map((word) => `<button class="${word}">${word}</button>`).join("")}
			<a id="out" href="${sink.app}/elsewhere">ut</a></main>`,
	},
	"/missing": { status: 404, body: `<script src="${sink.app}/gate/test/banner.js" defer></script><h1>Borte</h1>` },
}));

/** The view that counts for a page; the newest if the page was viewed several times. */
const counted = (page: string): Report | undefined =>
	visitor.sink.counted().findLast((report) => report.place.page === page);
const leftAs = (page: string, how: string) =>
	until(`${page} left by ${how}`, () => counted(page)?.leaving?.how === how);
const reported = (page: string) => until(`a report of ${page}`, () => counted(page));

/** Waits until the view of a page has its place in the visit. */
const placed = (page = new URL(visitor.page.url()).pathname) =>
	until(`a place for ${page}`, async () => {
		const stored = await visitor.stored().catch(() => ({}) as Record<string, string>);
		const { view } = JSON.parse(stored["sporlos:test:visit"] ?? "{}");
		return JSON.parse(stored[`sporlos:test:view:${view}`] ?? "{}").reports?.at(-1)?.place.page === page;
	});

describe("a visit", () => {
	test("begins with an entry that has channel, gap and first marks", async () => {
		await visitor.accept();
		const entry = await reported("/");
		expect(entry.visit).toEqual({ index: 1, channel: "direct", continued: false, gap: 31, entrySpeed: 0 });
		expect(groupsOf(entry)).toEqual(expect.arrayContaining(["site", "device", "country", "channel", "page", "lcp"]));
		expect(marksOf(entry)).toEqual([
			..."site device page page-device page-channel channel country language device-browser os hour grant".split(" "),
		]);
		expect(entry.leaving).toEqual({ how: "lost", certain: false });
		expect(entry.place).toMatchObject({ kind: "load", country: "NO", device: "desktop", language: "en" });
		expect(Object.keys(entry.speed ?? {})).toEqual(expect.arrayContaining(["lcp", "fcp", "ttfb"]));
		expect(visitor.complaints).toEqual([]);
	});

	test("never counts a view without the settled view before it: both go in one array", async () => {
		visitor.sink.config = { books: 64 };
		await visitor.context.addInitScript("Math.random = () => 0.5"); // the book is drawn: number 0 would not be told
		await visitor.accept();
		await visitor.watched();
		await visitor.page.click("#next");
		await reported("/second");
		const first = visitor.sink.posts().find((post) => post.some(({ place }) => place.page === "/second")) ?? [];
		expect(first.map(({ place, visit }) => [place.page, visit?.continued])).toEqual([
			["/", true],
			["/second", false],
		]);
		expect(first[0]?.leaving).toEqual({ how: "link", certain: true });
		expect(first[1]?.visit).toEqual({ index: 2, before: "/", continued: false, entrySpeed: 0 });
		expect(first[1]).toMatchObject({ period: first[0]?.period, hour: first[0]?.hour });
		expect(first[0]?.book).toBeGreaterThan(0);
		expect(first[1]?.book).toBe(first[0]?.book);
	});

	test("goes on in another tab, and a view that goes on there stays continued whatever happens to it", async () => {
		await visitor.accept();
		await placed();
		const other = await visitor.open("/second");
		await reported("/second");
		expect(counted("/second")?.visit).toMatchObject({ index: 2, before: "/" });
		expect(counted("/")?.visit?.continued).toBe(true);
		await visitor.page.bringToFront();
		await visitor.page.click("#buy");
		await visitor.page.close({ runBeforeUnload: true });
		await leftAs("/", "closed");
		expect(counted("/")?.visit?.continued).toBe(true);
		await other.close();
	});

	test("keeps the join of views that begin in many tabs at once", async () => {
		await visitor.accept();
		await placed();
		await Promise.all(["/a", "/b", "/c", "/d"].map((path) => visitor.open(path)));
		await until("five views", () => visitor.sink.counted().length === 5);
		const views = visitor.sink.counted();
		await until(
			"four of them continued",
			() => visitor.sink.counted().filter(({ visit }) => visit?.continued).length === 4,
		);
		expect(views.map(({ visit }) => visit?.index).sort()).toEqual([1, 2, 3, 4, 5]);
		const before = views.map(({ visit }) => visit?.before).filter((page) => page !== undefined);
		expect(new Set(before).size).toBe(4);
	});

	test("offers again what the server could not take", async () => {
		visitor.sink.status = 503;
		await visitor.accept();
		await until("an attempt", () => visitor.sink.posts().length);
		visitor.sink.requests.length = 0;
		visitor.sink.status = 204;
		await visitor.page.click("#next");
		await reported("/second");
		expect(
			visitor.sink
				.posts()
				.at(-1)
				?.map(({ place }) => place.page),
		).toEqual(["/", "/second"]);
	});

	test("ends at a refusal by the server: nothing more is sent, and the next page begins anew", async () => {
		visitor.sink.status = 403;
		await visitor.accept();
		await until("an attempt", () => visitor.sink.posts().length);
		visitor.sink.status = 204;
		visitor.sink.requests.length = 0;
		await visitor.page.click("#next");
		const next = await reported("/second");
		expect(next.visit?.index).toBe(1);
		expect(
			visitor.sink
				.posts()
				.flat()
				.every(({ place }) => place.page === "/second"),
		).toBe(true);
	});

	test("is over after half an hour of silence: whoever comes back begins another", async () => {
		await visitor.context.clock.install();
		await visitor.accept();
		await placed();
		await visitor.context.clock.fastForward("31:00");
		await visitor.page.mouse.move(100, 100);
		await visitor.context.clock.runFor(200);
		await until("a return", () => visitor.context.clock.runFor(500).then(() => visitor.sink.counted()[1]));
		const [first, second] = visitor.sink.counted();
		expect(first).toMatchObject({ visit: { index: 1, continued: false }, leaving: { how: "away" } });
		expect(second).toMatchObject({ visit: { index: 1, channel: "direct" }, place: { kind: "return" } });
	});

	test("does nothing where the server says that this is a bot", async () => {
		visitor.sink.config = { active: false };
		await visitor.accept();
		await until("the config", () => visitor.sink.requests.some(({ path }) => path.endsWith("/config")));
		await visitor.page.click("#next");
		await visitor.page.waitForLoadState();
		expect(visitor.sink.posts()).toEqual([]);
	});
});

describe("a page is left", () => {
	test("by a link to another site, whose host is kept and nothing else of it", async () => {
		await visitor.accept();
		await placed();
		await visitor.page.click("#out");
		await leftAs("/", "outbound");
		expect(counted("/")?.leaving).toEqual({ how: "outbound", certain: true, host: "localhost" });
	});

	test("by a form, whose values are nowhere", async () => {
		await visitor.accept();
		await placed();
		await visitor.page.click("#send");
		await leftAs("/", "form");
		await reported("/takk");
		expect(JSON.stringify(visitor.sink.requests)).not.toContain("hemmelig");
	});

	test("by Back and by Forward, and the page that comes back is a view of its own", async () => {
		await visitor.accept();
		await placed();
		await visitor.page.click("#next");
		await placed("/second");
		await visitor.page.evaluate(() => history.back());
		await leftAs("/second", "back");
		await until("a restored view", () => counted("/")?.place.kind === "restore");
		expect(counted("/")?.visit).toMatchObject({ index: 3, before: "/second" });
		await visitor.page.evaluate(() => history.forward());
		await leftAs("/", "forward");
		await until("another restored view", () => counted("/second")?.visit?.index === 4);
		expect(visitor.sink.counted().map(({ visit }) => visit?.index)).toEqual([1, 2, 3, 4]);
	});

	test("by reloading", async () => {
		await visitor.accept();
		await placed();
		await visitor.page.reload();
		await until("a second view", () => visitor.sink.counted().length === 2);
		const [first, second] = visitor.sink.counted();
		expect(first).toMatchObject({ leaving: { how: "reload", certain: true }, visit: { continued: true } });
		expect(second?.visit).toMatchObject({ index: 2, before: "/" });
	});

	test("by an address typed, on this site or to another", async () => {
		await visitor.accept();
		await placed();
		await visitor.page.goto(`${visitor.sink.site}/second`);
		await leftAs("/", "typed");
		await placed("/second");
		await visitor.page.goto(`${visitor.sink.app}/elsewhere`);
		await leftAs("/second", "typed");
	});

	test("by a script", async () => {
		await visitor.accept();
		await placed();
		await visitor.page.evaluate(() => {
			setTimeout(() => location.assign("/second"));
		});
		await leftAs("/", "script");
	});

	test("by closing it", async () => {
		await visitor.accept();
		await placed();
		await visitor.page.close({ runBeforeUnload: true });
		await leftAs("/", "closed");
	});

	test("by an address typed on a page that cannot be kept for Back: not taken for closing", async () => {
		await visitor.accept("/unload");
		await placed();
		await visitor.page.goto(`${visitor.sink.app}/elsewhere`);
		await leftAs("/unload", "typed");
	});

	test("not by a link that opens a new tab, a download or a mail address", async () => {
		await visitor.accept();
		await placed();
		await visitor.page.evaluate(() => {
			document.body.innerHTML = `<a id="new" target="_blank" href="/second">ny fane</a>
				<a id="file" download href="/file">fil</a><a id="mail" href="mailto:post@fjordbua.example">skriv</a>`;
		});
		const opened = visitor.context.waitForEvent("page");
		await visitor.page.click("#new");
		await (await opened).close();
		await visitor.page.bringToFront();
		await visitor.page.click("#mail");
		await visitor.page.close({ runBeforeUnload: true });
		await leftAs("/", "closed");
	});
});

describe("a report", () => {
	test("says 404 of a page that is missing", async () => {
		await visitor.accept("/missing");
		expect((await reported("/missing")).place.kind).toBe("404");
		// The browser itself notes the answer of the page.
		expect(visitor.complaints.filter((text) => !text.includes("404"))).toEqual([]);
	});

	test("has clicks by structure and how far the page was scrolled", async () => {
		await visitor.accept();
		await visitor.watched();
		await visitor.page.click("#buy");
		await visitor.page.click("#buy");
		await visitor.page.mouse.wheel(0, 5_000);
		await until("the end of the page", () => visitor.page.evaluate(() => scrollY > 1_000));
		await goOn(visitor.page, "/second");
		await leftAs("/", "script");
		expect(counted("/")?.interaction).toEqual({ scroll: 10, clicks: [["main button.buy submit", 2]] });
		expect(marksOf(counted("/") as Report)).toContain("page-element:main button.buy submit");
	});

	test("has the deepest place, though the visitor scrolled back at once", async () => {
		await visitor.accept();
		await placed();
		await visitor.page.evaluate(() => {
			scrollTo(0, 1e5);
			requestAnimationFrame(() => requestAnimationFrame(() => scrollTo(0, 0)));
		});
		await until("the top of the page", () => visitor.page.evaluate(() => scrollY === 0));
		await goOn(visitor.page, "/second");
		await leftAs("/", "script");
		expect(counted("/")?.interaction?.scroll).toBe(10);
	});

	test("has the place where scrolling came to rest, though the engine does not tell its end", async () => {
		await visitor.context.addInitScript("addEventListener('scrollend', (end) => end.stopImmediatePropagation(), true)");
		await visitor.accept();
		await placed();
		await visitor.page.evaluate(async () => {
			scrollTo(0, 10);
			setTimeout(() => scrollTo(0, 1e5), 50);
			await new Promise((done) => setTimeout(done, 400));
			scrollTo(0, 0);
		});
		await goOn(visitor.page, "/second");
		await leftAs("/", "script");
		expect(counted("/")?.interaction?.scroll).toBe(10);
	});

	test("of a page with twenty clicks costs two requests and at most 2.6 kB, the view before it included", async () => {
		await visitor.accept();
		await placed();
		await visitor.page.click("#next");
		await reported("/second");
		await visitor.page.evaluate(() => document.querySelector("#next")?.setAttribute("href", "/buttons"));
		visitor.sink.requests.length = 0;
		await visitor.page.click("#next");
		await reported("/buttons");
		for (let click = 0; click < 20; click++) await visitor.page.click(`button.${words[click % words.length]}`);
		await visitor.page.click("#out");
		await leftAs("/buttons", "outbound");
		const posts = visitor.sink.requests.filter(({ body }) => body.includes("/buttons"));
		const bytes = posts.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
		expect(posts.length).toBe(2);
		expect(bytes).toBeLessThanOrEqual(2_600);
	});
});
