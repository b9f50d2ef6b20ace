/** What pages and browsers do to a collector: storage, clocks, built-ins, ways to load it. It must never show in the page. */

import { createHash } from "node:crypto";
import type { BrowserContext } from "playwright-core";
import puppeteer from "puppeteer-core";
import { describe, expect, test } from "vitest";
import { groupsOf } from "../../schema/tree-rules.ts";
import { browserArgs, findBrowser } from "../support/browser.ts";
import { pageWith } from "../support/sink.ts";
import { until } from "../support/until.ts";
import { useVisitor } from "../support/visitor.ts";
import { listening, postWatchman } from "../support/watchman.ts";

let integrity = "";
const visitor = useVisitor((sink) => {
	const gate = `${sink.app}/gate/test/banner.js`;
	const late = `const late = () => { const script = document.createElement("script"); script.src = "${gate}"; document.head.append(script); }`;
	const page = (script: string, body = "") => ({ body: pageWith(script, `<h1>Side</h1>${body}`) });
	return {
		"/async": page(`<script src="${gate}" async></script>`),
		"/body": page("", `<script src="${gate}"></script>`),
		"/injected": page(`<script>${late}; addEventListener("load", () => setTimeout(late, 300))</script>`),
		"/twice": page(
			`<script src="${gate}"></script><script>${late}; late()</script><script src="${gate}" async></script>`,
		),
		"/checked": page(`<script src="${gate}" integrity="${integrity}" crossorigin></script>`),
		"/proxied": page(`<script src="/sti/gate/test/banner.js" defer></script>`),
		"/speculating": page(
			`<script src="${gate}" defer></script>
			<script type="speculationrules">{"prerender":[{"urls":["/second"],"eagerness":"immediate"}]}</script>`,
			`<a id="next" href="/second">neste</a>`,
		),
	};
});

const key = "sporlos:test:";
/** A grant given on an earlier visit. */
const granted = `try { localStorage["${key}choice"] ??= JSON.stringify({ policy: "policy-one", by: "banner",
	purposes: ["performance", "visits", "interactions"], at: Date.now() }) } catch {}`;
const grantedBefore = (context: BrowserContext) => context.addInitScript(granted);
const report = (index = 0) => until("a report", () => visitor.sink.counted()[index]);
const hide = () =>
	visitor.page.evaluate(() => {
		Object.defineProperty(document, "hidden", { value: true, configurable: true });
		document.dispatchEvent(new Event("visibilitychange"));
	});

describe("loaded", () => {
	test.each([
		["async", "/async"],
		["in the body", "/body"],
		["by a tag manager, after the page", "/injected"],
		["three times, of which one counts", "/twice"],
	])("%s", async (_, path) => {
		await visitor.accept(path);
		expect((await report()).speed?.fcp).toBeGreaterThan(0);
		await visitor.page.goto(`${visitor.sink.site}/second`);
		expect((await report(1)).visit).toMatchObject({ index: 2, before: path });
		expect(visitor.sink.counted().length).toBe(2);
		expect(visitor.complaints).toEqual([]);
	});

	test("with the hash of the file beside it, and not at all if that is another one's", async () => {
		const file = await (await fetch(`${visitor.sink.app}/gate/test/banner.js`)).text();
		integrity = `sha384-${createHash("sha384").update(file).digest("base64")}`;
		await visitor.accept("/checked");
		await report();
		expect(visitor.complaints).toEqual([]);
		integrity = `sha384-${createHash("sha384").update(`${file} `).digest("base64")}`;
		await visitor.page.goto(`${visitor.sink.site}/checked`);
		expect(await visitor.page.evaluate(() => "sporlos" in window)).toBe(false);
	});

	test("from a path of the site itself: everything then goes there", async () => {
		await visitor.context.route("**/sti/**", async (route) => {
			const response = await route.fetch({
				url: route.request().url().replace(`${visitor.sink.site}/sti`, visitor.sink.app),
			});
			await route.fulfill({ response });
		});
		await visitor.accept("/proxied");
		await report();
		expect(visitor.complaints).toEqual([]);
	});

	test("on a page that is really prerendered: nothing until somebody looks at it, then a view of its kind", async () => {
		// Playwright forbids prerendering; Puppeteer lets the browser be.
		const browser = await puppeteer.launch({ executablePath: findBrowser(), args: browserArgs });
		try {
			const page = await browser.newPage();
			await page.evaluateOnNewDocument(granted);
			await page.goto(`${visitor.sink.site}/speculating`);
			await report();
			await until("the prerendered page", () => visitor.sink.visited.includes("/second"));
			await until("a while", () => page.evaluate(() => performance.now() > 5_000));
			expect(visitor.sink.counted().map(({ place }) => place.page)).toEqual(["/speculating"]);
			await page.click("#next");
			expect(await report(1)).toMatchObject({ place: { page: "/second", kind: "prerender" }, visit: { index: 2 } });
			expect(visitor.sink.visited.filter((path) => path === "/second").length).toBe(1);
			// Counted from when it was shown, not from when it was made ready.
			expect(visitor.sink.counted()[1]?.speed?.ttfb).toBe(0);
		} finally {
			await browser.close();
		}
	});
});

describe("storage", () => {
	test("that the page clears in the middle of a visit costs the visit, not the report", async () => {
		await visitor.accept();
		const { view } = await report();
		await visitor.watched();
		await visitor.page.evaluate(() => localStorage.clear());
		await visitor.page.click("#buy");
		await visitor.page.click("#next");
		await until("the last report", () => visitor.sink.counted()[0]?.leaving?.how === "link");
		expect(visitor.sink.counted()[0]).toMatchObject({ view });
		expect(visitor.sink.counted()[0]?.interaction?.clicks).toContainEqual(["main button.buy submit", 1]);
		// The choice was cleared too, so that the next page asks again.
		await visitor.page.getByRole("region").waitFor();
		expect(visitor.complaints).toEqual([]);
	});

	test("that the page clears in part begins another visit at worst", async () => {
		await visitor.accept();
		await report();
		await visitor.page.evaluate((key) => {
			for (const name of ["visit", "seen", "last", "setting"]) localStorage.removeItem(key + name);
			localStorage.setItem(`${key}bounded`, "{");
		}, key);
		await visitor.page.click("#next");
		expect((await report(1)).visit).toMatchObject({ index: 1, continued: false });
		expect(visitor.complaints).toEqual([]);
	});

	test("that is full: pages are counted all the same, and never twice for a release", async () => {
		await grantedBefore(visitor.context);
		visitor.page = await visitor.open("/about");
		await report();
		await visitor.page.evaluate(() => {
			for (let size = 2 ** 22; size >= 1; size /= 2) {
				try {
					for (let n = 0; ; n++) localStorage.setItem(`full${size}-${n}`, "x".repeat(size));
				} catch {
					// what is left is smaller
				}
			}
		});
		for (const path of ["/en", "/en-lang-sti-til-en-side", "/to", "/about"]) {
			await visitor.page.goto(visitor.sink.site + path);
			await until(`a report of ${path}`, () =>
				visitor.sink
					.counted()
					.filter(({ place }) => place.page === path)
					.at(-1),
			);
		}
		await until("five views", () => visitor.sink.counted().length === 5);
		const counted = visitor.sink
			.counted()
			.flatMap((report) => groupsOf(report).map((group) => (group === "page" ? report.place.page : group)));
		expect(counted.length).toBeGreaterThan(5);
		expect(counted.toSorted()).toEqual([...new Set(counted)].sort());
		expect(visitor.complaints).toEqual([]);
	});
});

describe("a clock", () => {
	test("that is set back by a day stops nothing", async () => {
		await grantedBefore(visitor.context);
		await visitor.context.addInitScript(
			`const now = Date.now; let back = 0; Date.now = () => now() - back; window.setBack = () => { back = 86_400_000 }`,
		);
		visitor.page = await visitor.open();
		await visitor.page.evaluate("setBack()");
		expect((await report()).visit).toMatchObject({ index: 1 });
		await visitor.page.click("#next");
		expect((await report(1)).place.page).toBe("/second");
		expect(visitor.complaints).toEqual([]);
	});

	test("that jumps while a page is open credits nothing for it", async () => {
		await grantedBefore(visitor.context);
		await visitor.context.addInitScript(
			`const now = Date.now; let on = 0; Date.now = () => now() + on; window.sleep = () => { on += 600_000 }`,
		);
		visitor.page = await visitor.open();
		await report();
		await visitor.page.evaluate("sleep()");
		await hide();
		const { time } = await until("the report at hidden", () =>
			visitor.sink.counted().find(({ leaving }) => leaving?.how === "away"),
		);
		expect(time?.visible).toBeLessThan(115); // 20 s
	});
});

describe("a tab", () => {
	test("that is opened in the background has no visible time and no LCP", async () => {
		await grantedBefore(visitor.context);
		await visitor.context.addInitScript(`Object.defineProperty(document, "hidden", { value: true, configurable: true });
			Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true })`);
		visitor.page = await visitor.open();
		const entry = await report();
		expect(entry.time).toEqual({ visible: 0, engaged: 0 });
		expect(entry.leaving?.how).toBe("away");
		expect(entry.speed).not.toHaveProperty("lcp");
	});

	test("that is frozen has reported, and goes on when it wakes", async () => {
		await grantedBefore(visitor.context);
		visitor.page = await visitor.open();
		await report();
		await visitor.watched();
		const session = await visitor.context.newCDPSession(visitor.page);
		await session.send("Page.setWebLifecycleState", { state: "frozen" });
		await session.send("Page.setWebLifecycleState", { state: "active" });
		await visitor.page.click("#buy");
		await visitor.page.click("#next");
		await until("the click", () => visitor.sink.counted()[0]?.interaction?.clicks[0]?.[1] === 1);
		expect((await report(1)).visit).toMatchObject({ index: 2, before: "/" });
		expect(visitor.complaints).toEqual([]);
	});
});

describe("a page that breaks", () => {
	test.each([
		[
			"what objects and lists inherit, by adding to it",
			`Object.prototype.extra = () => 1; Array.prototype.more = [1];`,
		],
		[
			"it by freezing",
			`for (const kind of [Object, Array, Function, Promise, EventTarget]) Object.freeze(kind.prototype)`,
		],
	])("%s is counted as ever", async (_, script) => {
		await grantedBefore(visitor.context);
		await visitor.context.addInitScript(script);
		visitor.page = await visitor.open();
		await visitor.watched();
		await visitor.page.click("#buy");
		await visitor.page.click("#next");
		await until("the click", () => visitor.sink.counted()[0]?.interaction?.clicks[0]?.[1] === 1);
		expect(visitor.complaints).toEqual([]);
	});

	const broken = `() => { throw new Error("broken") }`;
	test.each([
		[
			"how lists become JSON, as old Prototype.js did",
			`Array.prototype.toJSON = function () { return "[" + [].map.call(this, String) + "]" }`,
		],
		["JSON.stringify", `JSON.stringify = ${broken}`],
		["JSON.parse", `JSON.parse = ${broken}`],
		["fetch and sendBeacon", `fetch = Navigator.prototype.sendBeacon = ${broken}`],
		["Promise", `Promise = function () { throw new Error("broken") }`],
		["addEventListener", `EventTarget.prototype.addEventListener = ${broken}`],
		["the clock", `performance.now = Date.now = ${broken}`],
		["locks and crypto", `LockManager.prototype.request = Crypto.prototype.getRandomValues = ${broken}`],
		["observers", `PerformanceObserver = MutationObserver = function () { throw new Error("broken") }`],
		["history and URLs", `URL = URLSearchParams = function () { throw new Error("broken") }`],
	])("%s gets nothing thrown at it, and works on", async (_, script) => {
		await grantedBefore(visitor.context);
		await visitor.context.addInitScript(script);
		visitor.page = await visitor.open();
		await visitor.page.click("#buy");
		await hide();
		await visitor.page.goto(`${visitor.sink.site}/second`);
		await visitor.page.mouse.wheel(0, 500);
		await visitor.page.waitForLoadState();
		expect(visitor.complaints).toEqual([]);
	});

	test("the collector five times has switched it off", async () => {
		await grantedBefore(visitor.context);
		visitor.page = await visitor.context.newPage();
		await postWatchman(visitor.page);
		await visitor.page.goto(visitor.sink.site);
		await report();
		expect((await listening(visitor.page)).length).toBeGreaterThan(10);
		await visitor.page.evaluate(() => {
			document.hasFocus = () => {
				throw new Error("broken");
			};
		});
		// What is left are the gate's own three: to hear of a withdrawal in another tab, on the way back, or while it was hidden.
		await until("silence", async () =>
			(await listening(visitor.page)).every((entry) => /^(storage|pageshow|visibilitychange)/.test(entry)),
		);
		expect(await listening(visitor.page)).toHaveLength(3);
		visitor.sink.requests.length = 0;
		await visitor.page.click("#buy");
		await visitor.page.goto(`${visitor.sink.site}/second`);
		const next = await until("the next page's report", () =>
			visitor.sink.counted().find(({ place }) => place.page === "/second"),
		);
		expect(next.visit?.before).toBe("/");
		expect(JSON.stringify(visitor.sink.posts())).not.toContain("button.buy");
	});
});
