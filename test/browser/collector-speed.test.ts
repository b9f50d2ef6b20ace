/**
 * The speed sensors in a real browser, on pages whose times are known; LCP and INP against web-vitals' own attribution,
 * which visitors would have to carry 2 kB more for.
 */

import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type {
	INPMetricWithAttribution,
	LCPMetricWithAttribution,
	Metric,
	TTFBMetricWithAttribution,
} from "web-vitals/attribution";
import { boundaries, bucketOf, clsScale } from "../../schema/buckets.ts";
import type { Report } from "../../schema/report.ts";
import { pageWith } from "../support/sink.ts";
import { until } from "../support/until.ts";
import { useVisitor } from "../support/visitor.ts";

interface Truth {
	LCP?: LCPMetricWithAttribution;
	INP?: INPMetricWithAttribution;
	TTFB?: TTFBMetricWithAttribution;
	FCP?: Metric;
	CLS?: Metric;
}

const partyPort = 9131;
const closedPort = 9149;
const imageMs = 400;
const apiMs = 150;
const busyMs = 120;
const image = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="700"><path fill="#246" d="M0 0h900v700H0z"/><!-- ${"…".repeat(9_000)} --></svg>`; // with few bytes it would not count
const busy = `() => { const end = performance.now() + ${busyMs}; while (performance.now() < end); }`;
const json = { "content-type": "application/json" };
const svg = { "content-type": "image/svg+xml" };

const visitor = useVisitor((sink) => {
	const page = (body: string, attributes = "") => ({
		body: pageWith(`<script src="${sink.app}/gate/test/banner.js" defer ${attributes}></script>`, body),
	});
	return {
		"/picture": { ...page(`<main><h1>Liten</h1><img class="hero" src="/hero.svg"></main>`), afterMs: 100 },
		"/hero.svg": { headers: { ...svg, "cache-control": "no-store" }, body: image, afterMs: imageMs },
		"/text": page(`<main><h1 class="lead">${"Stor overskrift ".repeat(20)}</h1></main>`),
		"/busy":
			page(`<main><button class="later">Vent</button><button class="early">Vent</button><button class="gone">Vent</button><input></main>
			<script>const busy = ${busy};
				const on = (word, type, run) => document.querySelector(word).addEventListener(type, run);
				on(".later", "click", busy); on(".early", "mousedown", busy); on("input", "input", busy);
				on(".gone", "click", (event) => { event.target.remove(); busy(); });</script>`),
		"/shift": page(`<main><h1>Flytter seg</h1></main><script>setTimeout(() => {
			document.querySelector("main").style.paddingTop = "200px"; }, 100)</script>`),
		"/app": page(`<main><h1>Liste</h1><button class="route">Vis</button><button class="query">Sorter</button></main>
			<script>const go = (path, word, busy) => () => { busy(); history.pushState(null, "", path);
					document.querySelector("h1").outerHTML = "<h2 class=shown>" + word.repeat(40) + "</h2>"; };
				document.querySelector(".route").onclick = go("/app/thing", "Stor ting ", ${busy});
				document.querySelector(".query").onclick = go("?sort=name", "Sortert liste ", () => {});</script>`),
		"/strict": page(`<main><h1>Streng</h1><img src="/hero.svg"></main>`, "data-strict"),
		"/stuck": page(`<main><h1>Tar aldri slutt</h1></main><img src="/never.svg">`),
		"/never.svg": { headers: svg, body: image, afterMs: 600_000 },
		"/missing": { ...page("<h1>Borte</h1>"), status: 404 },
		"/api/slow": { headers: json, body: "{}", afterMs: apiMs },
		"/api/missing": { status: 404, headers: json, body: "{}" },
		"/api/broken": { status: 500, headers: json, body: "{}" },
		"/api/cut": { isCut: true },
		"/api/users/73125698": { headers: json, body: "{}" },
		"/api/kept": { headers: { ...json, "cache-control": "max-age=600" }, body: "{}" },
	};
});

let party: Server;
beforeAll(async () => {
	party = createServer((request, response) => {
		response.setHeader("access-control-allow-origin", "*");
		response.writeHead(request.url === "/broken" ? 503 : 200).end("{}");
	});
	await new Promise<void>((resolve) => party.listen(partyPort, "127.0.0.2", resolve));
});
afterAll(() => {
	party?.closeAllConnections();
	party?.close();
});

const attribution = readFileSync(
	fileURLToPath(import.meta.resolve("web-vitals")).replace(/[^/]*$/, "web-vitals.attribution.iife.js"),
	"utf8",
);
const listening = `var truth = { load: {}, route: {} };
	for (const name of ["LCP", "INP", "TTFB", "FCP", "CLS"])
		webVitals["on" + name]((metric) => {
			truth[metric.navigationType === "soft-navigation" ? "route" : "load"][name] = metric;
		}, { reportAllChanges: true, reportSoftNavs: true });
	globalThis.truth = (of) => JSON.parse(JSON.stringify(truth[of]));`;
beforeEach(() => visitor.context.addInitScript({ content: attribution + listening }));

/** Says yes on one page and goes on to another, which the collector sees from its beginning. */
async function visit(path: string): Promise<void> {
	await visitor.accept("/before"); // nobody goes there again: a view that is kept of it is not taken for the next one
	await visitor.page.goto(visitor.sink.site + path, { waitUntil: "commit" });
	await visitor.watched(path);
}
const speedOf = (page: string) => visitor.sink.counted().findLast(({ place }) => place.page === page)?.speed;
/** What is reported of a page once it is left, as it is then. */
async function leave(page: string, isThere: (speed: NonNullable<Report["speed"]>) => unknown = () => true) {
	await visitor.page.goto("about:blank");
	return until(`the speed of ${page}`, () => {
		const speed = speedOf(page);
		return speed && isThere(speed) ? speed : undefined;
	});
}
/** What web-vitals with attribution says of the load, or of the route after it. */
const truth = (of: "load" | "route" = "load") => visitor.page.evaluate(`truth("${of}")`) as Promise<Truth>;
const clicked = (word: string) =>
	visitor.page.click(word).then(() => until("INP", async () => (await truth()).INP?.attribution.interactionTime));
/** Lower and upper edge of a bucket, ms. */
const edges = (bucket = -1) => [boundaries[bucket - 1] ?? 0, boundaries[bucket] ?? Number.POSITIVE_INFINITY] as const;

describe("what was painted largest", () => {
	test("is an image, with its delay, load and rendering as web-vitals' attribution tells them", async () => {
		await visit("/picture");
		const lcp = await until("LCP of the image", async () => {
			const { LCP } = await truth();
			return LCP?.attribution.url ? LCP : undefined;
		});
		const { lcp: bucket, lcpOf } = await leave("/picture", ({ lcpOf }) => lcpOf?.load);
		expect(bucket).toBe(bucketOf(lcp.value));
		expect(lcpOf).toEqual({
			element: "main img.hero",
			delay: bucketOf(lcp.attribution.resourceLoadDelay),
			load: bucketOf(lcp.attribution.resourceLoadDuration),
			render: bucketOf(lcp.attribution.elementRenderDelay),
		});
		expect(edges(lcpOf?.load)[1]).toBeGreaterThanOrEqual(imageMs);
	});

	test("is text, which only has to be rendered", async () => {
		await visit("/text");
		const lcp = await until("LCP", async () => (await truth()).LCP);
		const { lcpOf } = await leave("/text", ({ lcpOf }) => lcpOf);
		expect(lcpOf).toEqual({ element: "main h1.lead", render: bucketOf(lcp.attribution.elementRenderDelay) });
	});
});

describe("what was slowest to answer", () => {
	test.each([
		["a click", ".later", "main button.later submit"],
		["a mousedown, which belongs to no interaction", ".early", "main button.early submit"],
		["a click on what is gone when it is over", ".gone", "main button.gone submit"],
	])("is %s, in parts as web-vitals' attribution tells them", async (_, word, element) => {
		await visit("/busy");
		await clicked(word);
		const { INP } = await truth();
		const { inp, inpOf } = await leave("/busy", ({ inpOf }) => inpOf);
		expect(inp).toBe(bucketOf(INP?.value ?? -1));
		expect(inpOf).toEqual({
			element,
			input: bucketOf(INP?.attribution.inputDelay ?? -1),
			processing: bucketOf(INP?.attribution.processingDuration ?? -1),
			presentation: bucketOf(INP?.attribution.presentationDelay ?? -1),
		});
		expect(edges(inpOf?.processing)[1]).toBeGreaterThanOrEqual(busyMs);
	});

	test("is a key, whose field was busy with the input it made", async () => {
		await visit("/busy");
		await visitor.page.focus("input");
		await visitor.page.keyboard.press("a");
		await until("INP", async () => (await truth()).INP?.attribution.interactionTime);
		const { inpOf } = await leave("/busy", ({ inpOf }) => inpOf);
		expect(inpOf?.element).toBe("main input text");
		expect(edges(inpOf?.processing)[1]).toBeGreaterThanOrEqual(busyMs);
	});
});

describe("the rest of the vitals", () => {
	test("are those of web-vitals as it is", async () => {
		await visit("/shift");
		await until("CLS", async () => (await truth()).CLS?.value);
		const { FCP, CLS } = await truth();
		const { fcp, cls } = await leave("/shift", ({ cls }) => cls);
		expect(fcp).toBe(bucketOf(FCP?.value ?? -1));
		expect(cls).toBe(bucketOf((CLS?.value ?? -1) * clsScale));
	});
});

describe("a route", () => {
	test("has its own paint and no first byte; the click that led there was answered by the page before", async () => {
		await visit("/app");
		await visitor.page.click(".route");
		await visitor.watched("/app/thing");
		const { LCP, FCP } = await until("LCP of the route", async () => {
			const found = await truth("route");
			return found.LCP && found.FCP ? found : undefined;
		});
		const { inp, inpOf, lcpOf } = await leave("/app", ({ inpOf }) => inpOf);
		expect(edges(inp)[1]).toBeGreaterThanOrEqual(busyMs);
		expect(inpOf?.element).toBe("main button.route submit");
		expect(lcpOf?.element).toBe("main h1");
		const route = speedOf("/app/thing");
		expect(route).toMatchObject({
			lcp: bucketOf(LCP?.value ?? -1),
			fcp: bucketOf(FCP?.value ?? -1),
			lcpOf: { element: "main h2.shown", render: bucketOf(LCP?.attribution.elementRenderDelay ?? -1) },
		});
		expect(route).not.toHaveProperty("ttfb");
		expect(route).not.toHaveProperty("inp");
	});

	test("that only changes the query is none: what was painted first stays", async () => {
		await visit("/app");
		const { LCP } = await until("LCP", async () => {
			const found = await truth();
			return found.LCP ? found : undefined;
		});
		await visitor.page.click(".query");
		await until("what the browser takes for a route", async () => (await truth("route")).LCP);
		const { lcp, lcpOf } = await leave("/app");
		expect(lcp).toBe(bucketOf(LCP?.value ?? -1));
		expect(lcpOf?.element).toBe("main h1");
	});
});

describe("the page's own load", () => {
	test("has the phases of web-vitals' attribution, and the time until the last byte", async () => {
		await visit("/picture");
		const { value = -1, attribution } = await until("TTFB", async () => (await truth()).TTFB);
		const { ttfb, phases: { response, ...phases } = {} } = await leave("/picture", ({ phases }) => phases?.request);
		expect(ttfb).toBe(bucketOf(value));
		const told = {
			waiting: bucketOf(attribution.waitingDuration),
			cache: bucketOf(attribution.cacheDuration),
			dns: bucketOf(attribution.dnsDuration),
			connect: bucketOf(attribution.connectionDuration),
			request: bucketOf(attribution.requestDuration),
		};
		// What took no time is left out.
		expect(phases).toEqual(Object.fromEntries(Object.entries(told).filter(([, bucket]) => bucket)));
		expect(edges(phases.request)[1]).toBeGreaterThanOrEqual(100);
		expect(edges(response)[0]).toBeLessThan(100);
	});

	test("is told of a page that was missing, and of one that is left before it has loaded", async () => {
		await visit("/missing");
		expect((await leave("/missing")).phases?.request).toBeDefined();
		await visitor.page.goto(`${visitor.sink.site}/stuck`, { waitUntil: "commit" });
		await visitor.watched("/stuck");
		const { ttfb, phases } = await leave("/stuck", ({ phases }) => phases);
		expect(ttfb).toBeDefined();
		expect(phases?.request).toBeDefined();
	});

	test("is not told again of the page that comes back from the back/forward cache", async () => {
		await visit("/picture");
		await until("TTFB", async () => (await truth()).TTFB);
		await visitor.page.goto(`${visitor.sink.site}/text`);
		await visitor.page.evaluate(() => history.back());
		const restored = await until("a restored view", () =>
			visitor.sink.counted().find(({ place, speed }) => place.kind === "restore" && speed?.lcp !== undefined),
		);
		expect(Object.keys(restored.speed ?? {}).sort()).toEqual(["cls", "fcp", "lcp"]);
	});

	test("is never read on the page of the grant where the site is strict", async () => {
		await visitor.accept("/strict");
		await visitor.watched();
		await visitor.page.evaluate(() => fetch("/api/slow"));
		expect(await leave("/strict")).toEqual({});
		await visitor.page.goto(`${visitor.sink.site}/strict`);
		await visitor.page.waitForLoadState();
		await visitor.watched();
		expect(await leave("/strict", ({ lcp }) => lcp)).toHaveProperty("phases");
	});
});

describe("requests", () => {
	/** [name, requests, failed] over all lines of a name. */
	const sums = (lines: [string, number, number, number][] = []) => {
		const all = new Map<string, [number, number]>();
		for (const [name, , times, failed] of lines) {
			const [before, failedBefore] = all.get(name) ?? [0, 0];
			all.set(name, [before + times, failedBefore + failed]);
		}
		return [...all].map(([name, [times, failed]]) => [name, times, failed]).sort();
	};
	const ask = (...paths: string[]) =>
		visitor.page.evaluate(async (paths) => {
			for (const path of paths)
				await fetch(path)
					.then((answer) => answer.text())
					.catch(() => {});
		}, paths);

	test("to the site itself count by cleaned path, with what failed; its files, beacons and what got no answer do not", async () => {
		await visit("/picture");
		await ask(
			"/api/slow?token=hemmelig",
			"/api/slow",
			"/api/missing",
			"/api/broken",
			"/api/cut",
			"/api/users/73125698",
		);
		await visitor.page.evaluate(async () => {
			const request = new XMLHttpRequest();
			await new Promise((resolve) => {
				request.onload = resolve;
				request.open("POST", "/api/broken");
				request.send();
			});
			navigator.sendBeacon("/api/slow", "");
			await fetch("/api/slow", { signal: AbortSignal.timeout(20) }).catch(() => {});
		});
		const { routes, parties } = await leave("/picture", ({ routes }) => sums(routes).length > 3);
		expect(sums(routes)).toEqual([
			["/api/broken", 2, 2],
			["/api/missing", 1, 1],
			["/api/slow", 2, 0],
			["/api/users/:id", 1, 0],
		]);
		for (const [name, bucket] of routes ?? [])
			if (name === "/api/slow") expect(edges(bucket)[1]).toBeGreaterThanOrEqual(apiMs);
		expect(parties).toBeUndefined();
		expect(JSON.stringify(visitor.sink.requests)).not.toContain("hemmelig");
	});

	test("that the browser's cache answers count as what they are: short", async () => {
		await visit("/text");
		await ask("/api/kept", "/api/kept");
		const { routes } = await leave("/text", ({ routes }) => sums(routes)[0]?.[1] === 2);
		expect(sums(routes)).toEqual([["/api/kept", 2, 0]]);
	});

	test("to other hosts count by host, whoever asked; what of them failed only where the page may know, and ours never", async () => {
		await visit("/text");
		const host = `http://127.0.0.2:${partyPort}`;
		await ask(
			`${host}/ok?user=ola`,
			`${host}/broken`,
			`http://127.0.0.3:${closedPort}/refused`,
			`${visitor.sink.app}/elsewhere`,
		);
		await visitor.page.evaluate(async (host) => {
			await fetch(`${host}/broken`, { mode: "no-cors" });
			await new Promise((resolve) => {
				const script = document.createElement("script");
				script.onload = script.onerror = resolve;
				script.src = `${host}/script.js`;
				document.head.append(script);
			});
		}, host);
		const noted = (host: string) =>
			performance.getEntriesByType("resource").filter(({ name }) => name.startsWith(host));
		// A browser notes a script a moment after it has run.
		await until("all in the browser's own list", async () => {
			const count = await visitor.page.evaluate(`(${noted})(${JSON.stringify(host)}).length`);
			return count === 4;
		});
		const { routes, parties } = await leave("/text", ({ parties }) => sums(parties).length === 3);
		expect(sums(parties)).toEqual([
			["127.0.0.2", 4, 1],
			["127.0.0.3", 1, 0],
			["localhost", 1, 0],
		]);
		expect(routes).toBeUndefined();
	});

	test("beyond the 250 that the browser keeps are seen too", async () => {
		await visit("/text");
		await ask(...Array.from({ length: 270 }, (_, index) => `/api/kept?${index % 2}`));
		const { routes } = await leave("/text", ({ routes }) => sums(routes)[0]?.[1] === 270);
		expect(sums(routes)).toEqual([["/api/kept", 270, 0]]);
	});

	test("belong to the view on screen when they began", async () => {
		await visit("/text");
		await visitor.page.evaluate(async () => {
			const answer = fetch("/api/slow");
			await new Promise(requestAnimationFrame);
			history.pushState(null, "", "/route");
			await answer;
			await fetch("/api/broken");
		});
		await visitor.watched("/route"); // left sooner it would be no view
		const { routes } = await leave("/route", ({ routes }) => routes);
		expect(sums(routes)).toEqual([["/api/broken", 1, 1]]);
		expect(sums(speedOf("/text")?.routes)).toEqual([["/api/slow", 1, 0]]);
	});

	test("are nobody's after withdrawal: nothing is sent or kept", async () => {
		await visit("/busy");
		await visitor.page.evaluate(() => (window as never as { sporlos: { withdraw(): void } }).sporlos.withdraw());
		visitor.sink.requests.length = 0;
		await clicked(".later");
		await ask("/api/slow");
		await visitor.page.goto(`${visitor.sink.site}/text`);
		await visitor.page.waitForLoadState();
		expect(visitor.sink.posts()).toEqual([]);
		expect(JSON.stringify(await visitor.stored())).not.toContain("api");
	});
});
