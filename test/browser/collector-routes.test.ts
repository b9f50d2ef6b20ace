/** Routes in a real browser: pages that change their address without a load, with the Navigation API and without it. */
import { beforeEach, describe, expect, test } from "vitest";
import { placed as placedOn } from "../support/in-place.ts";
import { until } from "../support/until.ts";
import { useVisitor } from "../support/visitor.ts";

/** An app of one page: links and buttons push their own address. */
const app = `<nav><a id="b" href="/b">b</a> <a id="hash" href="#/tur/geiranger?q=1">tur</a> <a id="anchor" href="#side">side</a></nav>
	<main id="side"><h1>App</h1><button id="c">c</button><button id="redirect">r</button>
	<form id="form" action="/f"><input name="q"><button id="send">Send</button></form></main>
	<script>
		const go = (path) => { history.pushState({}, "", path); document.querySelector("h1").textContent = path; };
		document.querySelector("#b").onclick = (event) => { event.preventDefault(); go("/b"); };
		document.querySelector("#c").onclick = () => go("/c");
		document.querySelector("#form").onsubmit = (event) => { event.preventDefault(); go("/f?q=1"); };
		document.querySelector("#redirect").onclick = () => {
			history.replaceState({ scroll: 1 }, "");
			go("/login");
			setTimeout(() => history.replaceState({}, "", "/inn"));
		};
	</script>`;

const visitor = useVisitor((sink) => {
	const page = (script = "") => ({
		body: `<!doctype html><html lang="nb"><head><meta charset="utf-8"><link rel="icon" href="data:,"><script>${script}</script>
			<script src="${sink.app}/gate/test/banner.js" defer></script></head><body>${app}</body></html>`,
	});
	return {
		"/a": page(),
		"/frozen": page("Object.freeze(history);"),
		"/patched": page(`window.calls = [];
			for (const name of ["pushState", "replaceState"]) {
				const original = history[name];
				history[name] = function (...args) { calls.push(name); return original.apply(this, args); };
			}`),
		"/throws": page(`const push = history.pushState;
			history.pushState = function (...args) { push.apply(this, args); throw new Error("the page's own"); };`),
	};
});

/** In the order of the visit: one post may bring several. */
const views = () => visitor.sink.counted().sort((one, other) => (one.visit?.index ?? 0) - (other.visit?.index ?? 0));
const told = () =>
	views().map(({ place, visit, leaving }) => [place.kind, place.page, visit?.index, visit?.before, leaving?.how]);
/** Whether the page's history has the browser's own methods. */
const isNative = () =>
	visitor.page.evaluate(
		() => history.pushState === History.prototype.pushState && history.replaceState === History.prototype.replaceState,
	);

const placed = (count: number) => placedOn(visitor.page, count);
/** Waits until the last of so many views is placed and reported: the one before it is then settled too. */
async function heard(count: number): Promise<void> {
	await placed(count);
	await until(`reports of ${count} views`, () => views().length >= count);
}

async function walk(): Promise<void> {
	const { page } = visitor;
	await page.click("#b");
	await placed(2);
	await page.click("#c");
	await placed(3);
	await page.evaluate(() => history.back());
	await placed(4);
	await page.evaluate(() => history.forward());
	await placed(5);
	await page.fill("#form input", "tur");
	await page.click("#send");
	await heard(6);
}

/** An older browser, from before the page's first script on. */
const withoutNavigation = () =>
	visitor.context.addInitScript(() => {
		for (const name of ["navigation", "NavigateEvent"]) Reflect.deleteProperty(window, name);
	});
const withdraw = () =>
	visitor.page.evaluate(() => (window as unknown as { sporlos: { withdraw(): void } }).sporlos.withdraw());

describe.each(["with the Navigation API", "by wrapping history"])("%s", (way) => {
	const isWrapped = way === "by wrapping history";
	beforeEach(async () => {
		if (isWrapped) await withoutNavigation();
	});

	test("every route is a view, left as it was left", async () => {
		await visitor.accept("/a");
		await placed(1);
		await walk();
		const [back, forward] = isWrapped ? ["unknown", "unknown"] : ["back", "forward"];
		expect(told()).toEqual([
			["load", "/a", 1, undefined, "link"],
			["route", "/b", 2, "/a", "script"],
			["route", "/c", 3, "/b", back],
			["route", "/b", 4, "/c", forward],
			["route", "/c", 5, "/b", "form"],
			["route", "/f", 6, "/c", "lost"],
		]);
		expect(visitor.complaints).toEqual([]);
	});

	test("another query, anchor or history state on the same page is no view", async () => {
		await visitor.accept("/a");
		await placed(1);
		await visitor.page.evaluate(() => {
			history.replaceState({ scroll: 10 }, "");
			history.pushState({}, "", "?filter=1");
			history.replaceState({}, "", "/a/?filter=2");
			history.pushState({}, "");
		});
		await visitor.page.click("#anchor");
		await visitor.page.click("#hash");
		await visitor.page.click("#c");
		await heard(2);
		expect(told().map(([, page]) => page)).toEqual(["/a", "/c"]);
	});

	test("a route that sends the visitor on at once is one view, under the name that stayed", async () => {
		await visitor.accept("/a");
		await placed(1);
		await visitor.page.click("#redirect");
		await placed(2);
		await visitor.page.click("#b");
		await heard(3);
		expect(told()).toEqual([
			["load", "/a", 1, undefined, "script"],
			["route", "/inn", 2, "/a", "link"],
			["route", "/b", 3, "/inn", "lost"],
		]);
	});

	test("a site whose routes are behind # has them as pages", async () => {
		visitor.sink.config = { hashRoutes: true };
		await visitor.accept("/a#/start/");
		await placed(1);
		await visitor.page.click("#hash");
		await placed(2);
		await visitor.page.click("#anchor");
		await heard(3);
		expect(told()).toEqual([
			["load", "/a/start", 1, undefined, "link"],
			["route", "/a/tur/geiranger", 2, "/a/start", "link"],
			["route", "/a", 3, "/a/tur/geiranger", "lost"],
		]);
	});

	test("after withdrawal history is as it was", async () => {
		await visitor.accept("/a");
		await placed(1);
		expect(await isNative()).toBe(!isWrapped);
		await withdraw();
		expect(await isNative()).toBe(true);
		visitor.sink.clear();
		await visitor.page.click("#c");
		expect(await visitor.page.evaluate(() => location.pathname)).toBe("/c");
		expect(visitor.sink.requests).toEqual([]);
	});
});

describe("where history has to be wrapped", () => {
	beforeEach(withoutNavigation);

	test("a page that wrapped history itself keeps its wrapper, also after withdrawal", async () => {
		await visitor.accept("/patched");
		await placed(1);
		await visitor.page.click("#c");
		await placed(2);
		await withdraw();
		await visitor.page.click("#b");
		const { calls, isOwn } = await visitor.page.evaluate(() => ({
			calls: (window as unknown as { calls: string[] }).calls,
			isOwn: String(history.pushState).includes("calls.push"),
		}));
		expect(calls).toEqual(["pushState", "pushState"]);
		expect(isOwn).toBe(true);
		expect(visitor.complaints).toEqual([]);
	});

	test("a page that wraps it once more goes on after withdrawal, and nothing is sent", async () => {
		await visitor.accept("/a");
		await placed(1);
		await visitor.page.evaluate(() => {
			const push = history.pushState;
			history.pushState = function (...args) {
				push.apply(this, args);
				document.title = location.pathname;
			};
		});
		await visitor.page.click("#c");
		await placed(2);
		await withdraw();
		visitor.sink.clear();
		await visitor.page.click("#b");
		expect(await visitor.page.title()).toBe("/b");
		expect(visitor.sink.requests).toEqual([]);
		expect(visitor.complaints).toEqual([]);
	});

	test("what a page's own wrapper throws is thrown, and its route is counted", async () => {
		await visitor.accept("/throws");
		await heard(1);
		const message = await visitor.page.evaluate(() => {
			try {
				history.pushState({}, "", "/c");
			} catch (error) {
				return String(error);
			}
		});
		expect(message).toBe("Error: the page's own");
		await heard(2);
		expect(told().map(([, page]) => page)).toEqual(["/throws", "/c"]);
		expect(visitor.complaints).toEqual([]);
	});

	test("a frozen history is left alone, and the page goes on", async () => {
		await visitor.accept("/frozen");
		await placed(1);
		await visitor.page.click("#c");
		await visitor.page.click("#b");
		await visitor.page.evaluate(() => history.back());
		await heard(2);
		expect(visitor.complaints).toEqual([]);
	});
});
