/** The gate in a real browser: nothing before a grant, nothing after a refusal, nothing left after a withdrawal. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { PageApi } from "../../collector/package.ts";
import { pageWith } from "../support/sink.ts";
import { until } from "../support/until.ts";
import { useVisitor } from "../support/visitor.ts";
import { listening, postWatchman } from "../support/watchman.ts";

const visitor = useVisitor((sink) => {
	const banner = `<script src="${sink.app}/gate/test/banner.js"`;
	const strict = `script-src ${sink.app}; connect-src ${sink.app}; require-trusted-types-for 'script'; trusted-types 'none'`;
	return {
		"/manual": { body: pageWith(`<script src="${sink.app}/gate/test/manual.js"></script>`, "<h1>Side</h1>") },
		"/strict": { body: pageWith(`${banner} defer data-strict></script>`, "<h1>Side</h1>") },
		"/csp": {
			body: pageWith(`${banner} defer></script>`, "<h1>Side</h1>"),
			headers: { "content-security-policy": `default-src 'none'; ${strict}; base-uri 'none'` },
		},
	};
});

const choiceKey = "sporlos:test:choice";
const press = (name: string, page = visitor.page) => page.getByRole("button", { name }).click();
const api = <T>(page: Page, call: (sporlos: PageApi) => T) => page.evaluate(`(${call})(window.sporlos)`) as Promise<T>;
const paths = () => visitor.sink.requests.map(({ path }) => path);
/** A moment in which anything that was going to be sent would have been: further page loads, and the first report's time. */
async function walkOn(): Promise<void> {
	for (const path of ["/second", "/third", "/"]) {
		await visitor.page.goto(visitor.sink.site + path);
		await visitor.page.mouse.wheel(0, 500);
	}
	await aWhile();
}
/** Longer than the collector would take to its first report. Not Playwright's own waiting: that listens in the page. */
const aWhile = (page = visitor.page) => until("a while", () => page.evaluate(() => performance.now() > 3_500));

describe("before a choice", () => {
	test("there is no request but the gate file, no storage and no listener", async () => {
		visitor.page = await visitor.context.newPage();
		await postWatchman(visitor.page);
		await visitor.page.goto(visitor.sink.site);
		expect(await visitor.page.evaluate(() => document.body.previousElementSibling?.localName)).toBe("sporlos-choices");
		await visitor.page.mouse.wheel(0, 500);
		await aWhile();
		expect(paths()).toEqual(["/gate/test/banner.js"]);
		expect(await visitor.stored()).toEqual({});
		expect(await visitor.context.cookies()).toEqual([]);
		expect(await listening(visitor.page)).toEqual([]);
	});

	test("page and event do nothing and keep nothing", async () => {
		visitor.page = await visitor.open("/manual");
		await api(visitor.page, (sporlos) => [sporlos.page("/a"), sporlos.event("b", { c: 1 }), sporlos.openChoices()]);
		expect(await api(visitor.page, (sporlos) => sporlos.state())).toBe("undecided");
		expect(paths()).toEqual(["/gate/test/manual.js"]);
		expect(await visitor.stored()).toEqual({});
	});

	test.each([
		["a grant under another policy version", { policy: "policy-old", purposes: ["visits"], at: Date.now() }],
		["an expired grant", { policy: "policy-one", purposes: ["visits"], at: Date.now() - 181 * 86_400_000 }],
		["a grant from the future", { policy: "policy-one", purposes: ["visits"], at: Date.now() + 9 * 86_400_000 }],
		["what cannot be understood", { policy: "policy-one", purposes: 7 }],
	])("%s is no grant", async (_, choice) => {
		await visitor.context.addInitScript(`localStorage["${choiceKey}"] ??= '${JSON.stringify(choice)}'`);
		visitor.page = await visitor.open();
		await visitor.page.getByRole("region").waitFor();
		expect(await api(visitor.page, (sporlos) => sporlos.state())).toBe("undecided");
		expect(paths()).toEqual(["/gate/test/banner.js"]);
	});

	test.each([
		["Global Privacy Control", `Object.defineProperty(navigator, "globalPrivacyControl", { value: true })`],
		["Do Not Track", `Object.defineProperty(navigator, "doNotTrack", { value: "1" })`],
	])("%s keeps the gate closed, whatever the page calls", async (_, script) => {
		await visitor.context.addInitScript(script);
		visitor.page = await visitor.open();
		expect(await visitor.page.getByRole("region").count()).toBe(0);
		await api(visitor.page, (sporlos) => sporlos.grant());
		expect(await api(visitor.page, (sporlos) => sporlos.state())).toBe("refused");
		expect(paths()).toEqual(["/gate/test/banner.js"]);
		expect(await visitor.stored()).toEqual({});
	});
});

describe("after a refusal", () => {
	test("there is no request and nothing stored but the refusal, and the banner stays away", async () => {
		visitor.page = await visitor.open();
		await press("Avslå");
		await walkOn();
		expect(new Set(paths())).toEqual(new Set(["/gate/test/banner.js"]));
		const stored = await visitor.stored();
		expect(Object.keys(stored)).toEqual([choiceKey]);
		expect(JSON.parse(stored[choiceKey] ?? "")).toMatchObject({ policy: "policy-one", by: "banner", purposes: [] });
		expect(await visitor.page.getByRole("region").count()).toBe(0);
		expect(await visitor.page.getByRole("button", { name: "Personvernvalg" }).count()).toBe(1);
	});

	test("it outlives a new policy version, and can be turned into a grant with two presses", async () => {
		visitor.page = await visitor.open();
		await press("Avslå");
		visitor.sink.settings.policy = "policy-two";
		await visitor.page.goto(visitor.sink.site);
		expect(await visitor.page.getByRole("region").count()).toBe(0);
		await press("Personvernvalg");
		await press("Godta");
		const report = await until("a report", () => visitor.sink.counted()[0]);
		visitor.sink.settings.policy = "policy-one";
		expect(report.consent).toMatchObject({ policy: "policy-two", by: "banner" });
	});
});

describe("after a withdrawal", () => {
	test("nothing is sent, nothing is stored but the refusal, and nothing listens", async () => {
		visitor.page = await visitor.context.newPage();
		await postWatchman(visitor.page);
		await visitor.page.goto(visitor.sink.site);
		await press("Godta");
		await until("a report", () => visitor.sink.posts().length);
		await visitor.page.click("#buy");
		expect((await listening(visitor.page)).length).toBeGreaterThan(10);

		await press("Personvernvalg");
		visitor.sink.requests.length = 0;
		await press("Trekk tilbake");
		expect(await listening(visitor.page)).toEqual([]);
		expect(Object.keys(await visitor.stored())).toEqual([choiceKey]);
		expect(await api(visitor.page, (sporlos) => sporlos.state())).toBe("withdrawn");
		await visitor.page.click("#buy");
		await walkOn();
		expect(new Set(paths())).toEqual(new Set(["/gate/test/banner.js"]));
		expect(Object.keys(await visitor.stored())).toEqual([choiceKey]);
	});

	test("other tabs follow at once", async () => {
		await visitor.accept();
		await until("a report", () => visitor.sink.posts().length);
		const other = await visitor.open("/second");
		await until("its report", () => visitor.sink.counted().length === 2);
		visitor.sink.requests.length = 0;
		await press("Personvernvalg");
		await press("Trekk tilbake");
		await until("the other tab", () => api(other, (sporlos) => sporlos.state() === "withdrawn"));
		await other.click("#buy");
		await other.close({ runBeforeUnload: true });
		await walkOn();
		expect(new Set(paths())).toEqual(new Set(["/gate/test/banner.js"]));
		expect(Object.keys(await visitor.stored())).toEqual([choiceKey]);
	});

	test("a page that was waiting for Back follows when it comes back", async () => {
		await visitor.accept();
		await until("a report", () => visitor.sink.posts().length);
		await visitor.page.click("#next");
		await visitor.page.waitForURL("**/second");
		await press("Personvernvalg");
		await press("Trekk tilbake");
		visitor.sink.requests.length = 0;
		await visitor.page.evaluate(() => history.back());
		// Playwright cannot look into a page that came back from the cache; another tab sees what it does.
		const other = await visitor.open("/manual");
		await aWhile(other);
		expect(visitor.sink.visited.filter((path) => path === "/")).toEqual(["/"]);
		expect(new Set(paths())).toEqual(new Set(["/gate/test/manual.js"]));
		expect(Object.keys(await other.evaluate(() => ({ ...localStorage })))).toEqual([choiceKey]);
	});

	test("saying yes again begins anew", async () => {
		await visitor.accept();
		const first = await until("a report", () => visitor.sink.counted()[0]);
		await api(visitor.page, (sporlos) => [sporlos.withdraw(), sporlos.grant()]);
		const second = await until("a new view", () => visitor.sink.counted()[1]);
		expect(second.view).not.toBe(first.view);
		expect(second.visit).toMatchObject({ index: 1, gap: 31 });
	});
});

describe("a grant", () => {
	test("of some purposes gives reports with their parts only", async () => {
		visitor.page = await visitor.open("/manual");
		await api(visitor.page, (sporlos) => sporlos.grant(["performance"]));
		const report = await until("a report", () => visitor.sink.counted()[0]);
		expect(report.consent).toMatchObject({ by: "manual", purposes: ["performance"] });
		expect(report).not.toHaveProperty("visit");
		expect(report).not.toHaveProperty("time");
		expect(report).not.toHaveProperty("leaving");
		expect(report).not.toHaveProperty("interaction");
		expect(report.speed?.fcp).toBeGreaterThan(0);
		expect(Object.keys(await visitor.stored())).not.toContain("sporlos:test:visit");
	});

	test("holds on the next pages, and page() begins a view of kind route", async () => {
		visitor.page = await visitor.open("/manual");
		await api(visitor.page, (sporlos) => sporlos.grant());
		await until("a report", () => visitor.sink.counted()[0]);
		await visitor.page.goto(`${visitor.sink.site}/manual`);
		expect(await api(visitor.page, (sporlos) => sporlos.state())).toBe("granted");
		await until("a report", () => visitor.sink.counted()[1]);
		await api(visitor.page, (sporlos) => sporlos.page("/kurv?vare=7"));
		const route = await until("a route", () => visitor.sink.counted()[2]);
		expect(route.place).toMatchObject({ page: "/kurv", kind: "route" });
		expect(route.visit).toEqual({ index: 3, before: "/manual", continued: false, entrySpeed: 0 });
	});

	test("does nothing on a page that is prerendered until somebody looks at it", async () => {
		// Chromium does not prerender under automation: the page is told that it is.
		await visitor.context.addInitScript(`Object.defineProperty(document, "prerendering", { value: true, configurable: true });
			localStorage["${choiceKey}"] ??= JSON.stringify({ policy: "policy-one", by: "banner", purposes: ["visits"], at: Date.now() })`);
		visitor.page = await visitor.open();
		await aWhile();
		expect(paths()).toEqual(["/gate/test/banner.js"]);
		await visitor.page.evaluate(() => {
			Object.defineProperty(document, "prerendering", { value: false });
			document.dispatchEvent(new Event("prerenderingchange"));
		});
		await until("a report", () => visitor.sink.counted()[0]);
	});

	test("under data-strict leaves the timings of its own page alone", async () => {
		await visitor.accept("/strict");
		const report = await until("a report", () => visitor.sink.counted()[0]);
		expect(report.speed).toEqual({});
		await visitor.page.goto(`${visitor.sink.site}/strict`);
		const next = await until("the next report", () => visitor.sink.counted()[1]);
		expect(next.speed?.fcp).toBeGreaterThan(0);
	});

	test("works under a strict policy for content and with Trusted Types, without a complaint", async () => {
		await visitor.accept("/csp");
		const report = await until("a report", () => visitor.sink.counted()[0]);
		expect(report.speed?.fcp).toBeGreaterThan(0);
		expect(visitor.complaints).toEqual([]);
	});

	test("works for the page where storage is blocked", async () => {
		await visitor.context.addInitScript(`for (const name of ["localStorage", "sessionStorage"])
			Object.defineProperty(window, name, { get() { throw new DOMException("blocked", "SecurityError"); } })`);
		await visitor.accept();
		const report = await until("a report", () => visitor.sink.counted()[0]);
		expect(report.visit).toMatchObject({ index: 1 });
		await press("Personvernvalg");
		await press("Trekk tilbake");
		expect(await api(visitor.page, (sporlos) => sporlos.state())).toBe("withdrawn");
		expect(visitor.complaints).toEqual([]);
	});

	test("on a page whose surroundings are broken throws nothing into it", async () => {
		await visitor.context.addInitScript(`document.hasFocus = () => { throw new Error("broken"); };
			Element.prototype.closest = () => { throw new Error("broken"); };
			navigator.sendBeacon = () => { throw new Error("broken"); };`);
		await visitor.accept();
		await until("a report to send", async () =>
			Object.keys(await visitor.stored()).some((key) => key.includes(":out:")),
		);
		await visitor.page.click("#buy");
		await visitor.page.evaluate(() => {
			Object.defineProperty(document, "hidden", { value: true });
			document.dispatchEvent(new Event("visibilitychange"));
		});
		await visitor.page.click("#next");
		await visitor.page.waitForURL("**/second");
		expect(visitor.complaints).toEqual([]);
	});
});
