/**
 * Pages of the dashboard in a real Chromium behind a server that compresses as an edge does: what comes over the wire when nothing is
 * in the cache, when the first thing is drawn, and whether anything moves afterwards; on this machine as it is, and slowed down to a
 * cheap phone on a slow network. Leaves out what pages cost their server.
 */
import { setTimeout as pause } from "node:timers/promises";
import { brotliCompressSync, constants } from "node:zlib";
import type { Browser, CDPSession } from "playwright-core";
import { launchBrowser } from "../support/browser.ts";
import { serveFetch } from "../support/node-server.ts";
import { firstPaint, shiftSoFar, slowDown } from "../support/slow-line.ts";
import { until } from "../support/until.ts";
import { median } from "./collector.ts";

export interface Drawn {
	requests: number;
	/** As they come over the wire, by what they are; the style is inside the HTML. */
	bytes: { html: number; style: number; script: number; font: number; all: number };
	/** ms until something is drawn, and the layout shift until a second after everything is there. */
	fast: { fcpMs: number; shift: number };
	slow: { fcpMs: number; shift: number };
}

const times = 3;
const settleMs = 1_000;
/** What an edge takes for what it makes on the way. */
const quality = 4;
const viewport = { width: 1320, height: 900 };

const compressed = (body: Uint8Array | string) =>
	brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });

/** The Worker behind something that compresses text. */
function startEdge(app: string) {
	return serveFetch(async (request) => {
		const { pathname, search } = new URL(request.url);
		const answer = await fetch(app + pathname + search, { headers: { cookie: request.headers.get("cookie") ?? "" } });
		const body = new Uint8Array(await answer.arrayBuffer());
		const headers = new Headers(answer.headers);
		headers.delete("content-length");
		if (!/^(text|application)\//.test(headers.get("content-type") ?? "")) return new Response(body, { headers });
		headers.set("content-encoding", "br");
		return new Response(new Uint8Array(compressed(body)), { headers });
	});
}

export async function drawPages(
	app: string,
	cookie: string,
	pages: [name: string, path: string][],
	tell: (line: string) => void,
): Promise<{ drawn: Record<string, Drawn>; browser: string }> {
	const edge = await startEdge(app);
	const browser = await launchBrowser();
	try {
		const drawn: Record<string, Drawn> = {};
		for (const [name, path] of pages.filter(([name]) => name !== "live strip")) {
			const look = (isSlow: boolean) => lookAt(browser, edge.origin + path, cookie, isSlow);
			const looks = { fast: [] as Look[], slow: [] as Look[] };
			for (let n = 0; n < times; n++) {
				looks.fast.push(await look(false));
				looks.slow.push(await look(true));
			}
			const middle = (of: Look[]) => ({
				fcpMs: Math.round(median(of.map(({ fcpMs }) => fcpMs))),
				shift: Math.max(...of.map(({ shift }) => shift)),
			});
			const [first] = looks.fast;
			if (!first) throw new Error("Nothing was looked at.");
			drawn[name] = { ...first.weight, fast: middle(looks.fast), slow: middle(looks.slow) };
			tell(
				`${name}: ${drawn[name].bytes.all} bytes, drawn after ${drawn[name].fast.fcpMs} and ${drawn[name].slow.fcpMs} ms`,
			);
		}
		return { drawn, browser: `Chromium ${browser.version()}` };
	} finally {
		await browser.close();
		await edge.stop();
	}
}

interface Look {
	weight: Pick<Drawn, "requests" | "bytes">;
	fcpMs: number;
	shift: number;
}

async function lookAt(browser: Browser, address: string, cookie: string, isSlow: boolean): Promise<Look> {
	const context = await browser.newContext({ viewport });
	try {
		const [name = "", value = ""] = cookie.split("=");
		await context.addCookies([{ name, value, url: new URL(address).origin }]);
		const page = await context.newPage();
		const devTools = await context.newCDPSession(page);
		const wire = await listen(devTools);
		if (isSlow) await slowDown(devTools);
		await page.goto(address, { waitUntil: "load" });
		await page.evaluate("document.fonts.ready.then(() => undefined)");
		await pause(settleMs);
		const fcpMs = await until("the first paint", () => firstPaint(page));
		const shift = await shiftSoFar(page);
		const style = compressed(await page.evaluate<string>("document.querySelector('style').textContent")).byteLength;
		return { weight: weightOf(wire, style), fcpMs, shift };
	} finally {
		await context.close();
	}
}

type Wire = Map<string, { type: string; bytes: number }>;

/** Every answer, by its request. What the live strip asks for while the page is looked at is no part of the page. */
async function listen(devTools: CDPSession): Promise<Wire> {
	const wire: Wire = new Map();
	devTools.on("Network.responseReceived", ({ requestId, type, response }) => {
		if (!response.url.startsWith("data:") && type !== "Fetch") wire.set(requestId, { type, bytes: 0 });
	});
	devTools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
		const known = wire.get(requestId);
		if (known) known.bytes = encodedDataLength;
	});
	await devTools.send("Network.enable");
	return wire;
}

function weightOf(wire: Wire, style: number): Look["weight"] {
	const of = (type: string) => [...wire.values()].reduce((sum, one) => (one.type === type ? sum + one.bytes : sum), 0);
	const [html, script, font] = [of("Document"), of("Script"), of("Font")];
	return { requests: wire.size, bytes: { html: html - style, style, script, font, all: html + script + font } };
}
