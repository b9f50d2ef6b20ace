/** The same walk through an app of each framework, built with its own tools: what the collector says of it, in every engine. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { bucketOf } from "../../schema/buckets.ts";
import { type Engine, openEngine, type Tab } from "../support/engines/index.ts";
import { until } from "../support/until.ts";
import { useVisitor } from "../support/visitor.ts";
import { type App, buildApps, gateOrigin } from "./build.ts";

type Hand = Pick<Tab, "click" | "evaluate" | "back" | "forward">;

const frameworks = ["React Router", "Vue Router", "Next.js", "Astro"];
/** How long the page lets the visitor wait for /c. */
const busyMs = 1_000;

let apps: Record<string, App>;
let app: App = {};
beforeAll(async () => {
	apps = await buildApps();
}, 600_000);

const visitor = useVisitor((sink) =>
	Object.fromEntries(
		Object.entries(app).map(([path, { headers, body }]) => [
			path,
			{ headers, body: body.replaceAll(gateOrigin, sink.app) },
		]),
	),
);

/** Ids of the views that the visitor's browser has stored: a profile that was closed before may still be sending its last one. */
let own: string[] = [];

/** In the order of the visit: one post may bring several. */
const views = () =>
	visitor.sink
		.counted()
		.filter(({ view }) => own.includes(view))
		.sort((one, other) => (one.visit?.index ?? 0) - (other.visit?.index ?? 0));

/** From page to page, and twice to the same one under another address; then everything and nothing more has to be told. */
async function walk(framework: string, hand: Hand, [back, forward] = ["back", "forward"]): Promise<void> {
	const prefix = "sporlos:test:view:";
	const findOwn = async () => {
		const stored = await hand.evaluate<string[]>("Object.keys(localStorage)");
		own = stored.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
	};
	const shown = (page: string, count: number) =>
		until(`${page} as view ${count}`, async () => {
			await findOwn();
			return (
				own.length >= count && (await hand.evaluate("document.querySelector('h1')?.textContent")) === `Side ${page}`
			);
		});
	const address = (end: string) => until(end, () => hand.evaluate(`location.href.endsWith("${end}")`));

	await shown("a", 1);
	await hand.click("#to-b");
	await shown("b", 2);
	await hand.evaluate(`document.addEventListener("click", ({ timeStamp }) => {
		while (performance.now() < timeStamp + ${busyMs});
	}, { capture: true, once: true })`);
	await hand.click("#to-c");
	await shown("c", 3);
	await hand.back();
	await shown("b", 4);
	await hand.forward();
	await shown("c", 5);
	await hand.click("#query");
	await address("/c?sort=price");
	await hand.click("#hash");
	await address("#end");
	const isSentOn = framework !== "Astro"; // its pages are files: a redirect there is a load
	if (isSentOn) {
		await hand.click("#to-old");
		await shown("a", 6);
	}

	const expected = [
		["load", "/a", 1, undefined, true, "link"],
		["route", "/b", 2, "/a", true, "script"],
		["route", "/c", 3, "/b", true, back],
		["route", "/b", 4, "/c", true, forward],
		["route", "/c", 5, "/b", isSentOn, isSentOn ? "script" : "lost"],
		...(isSentOn ? [["route", "/a", 6, "/c", false, "lost"]] : []),
	];
	await until(`${expected.length} views`, () => views().length >= expected.length);
	await findOwn();
	expect(
		views().map(({ place, visit, leaving }) => [
			place.kind,
			place.page,
			visit?.index,
			visit?.before,
			visit?.continued,
			leaving?.how,
		]),
	).toEqual(expected);
}

describe.each(frameworks)("%s", (framework) => {
	beforeEach(() => {
		app = apps[framework] ?? {};
	});

	test.each(["with the Navigation API", "by wrapping history"])("every route is one view, %s", async (way) => {
		const isWrapped = way === "by wrapping history";
		if (isWrapped)
			await visitor.context.addInitScript(() => {
				for (const name of ["navigation", "NavigateEvent"]) Reflect.deleteProperty(window, name);
			});
		await visitor.accept("/a");
		const { page } = visitor;
		const hand: Hand = {
			click: (selector) => page.click(selector),
			evaluate: (expression) => page.evaluate(expression),
			back: () => page.evaluate("history.back()"),
			forward: () => page.evaluate("history.forward()"),
		};
		await walk(framework, hand, isWrapped ? ["unknown", "unknown"] : undefined);

		// The click on /b waited for, and what it led to: the answer is slow on the one, the picture on the other.
		const [load, slow, next] = views().map(({ speed }) => speed);
		const slowFrom = bucketOf(busyMs);
		expect(load?.ttfb).toBeDefined();
		expect([load, slow, next].map((speed) => (speed?.inp ?? 0) >= slowFrom)).toEqual([false, true, false]);
		expect(slow?.lcp).toBeLessThan(slowFrom);
		expect(next?.lcp).toBeGreaterThanOrEqual(slowFrom);
		expect([slow?.ttfb, next?.ttfb]).toEqual([undefined, undefined]);
		// Whoever said yes can still take it back.
		await page.getByRole("button", { name: "Personvernvalg" }).click();
		await page.getByRole("button", { name: "Trekk tilbake" }).waitFor();
		expect(visitor.complaints).toEqual([]);
	});
});

describe.each(["firefox", "webkit"] as const)("%s", (name) => {
	let engine: Engine;
	beforeAll(async () => {
		engine = await openEngine(name);
	});
	afterAll(() => engine?.close());

	test.each(frameworks)("every route of %s is one view; vitals are the load's alone", async (framework) => {
		app = apps[framework] ?? {};
		const profile = await engine.newProfile();
		try {
			const tab = await profile.open();
			await tab.go(`${visitor.sink.site}/a`);
			await until("the gate", () => tab.evaluate(`"sporlos" in window`));
			await tab.evaluate("sporlos.grant()");
			// WebKitGTK has no Navigation API: nobody says in which direction.
			await walk(framework, tab, name === "webkit" ? ["unknown", "unknown"] : undefined);
			const [load, ...routes] = views().map(({ speed }) => speed);
			for (const speed of routes)
				expect([speed?.lcp, speed?.fcp, speed?.inp, speed?.ttfb]).toEqual([undefined, undefined, undefined, undefined]);
			expect(load?.inp ?? 0).toBeLessThan(bucketOf(busyMs)); // the slow click came later
		} finally {
			await profile.close();
		}
	});
});
