/**
 * One visitor in a fresh profile: a first page that is only looked at, then one with twenty clicks and scrolling, left by a
 * link and returned to. The same for every contestant, to the millisecond. Leaves out: judging what comes out.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { Browser } from "playwright-core";
import type { Sink } from "../support/sink.ts";
import { until } from "../support/until.ts";
import type { Contestant } from "./contestants.ts";
import type { Counter, Sent } from "./counter.ts";
import { clicks, placeOf, viewport, wayOut } from "./page.ts";
import { categories, readTrace, type Work } from "./trace.ts";

export interface Measured extends Work {
	/** Requests of the untouched first page before anybody said yes, besides its first script. */
	early: number;
	/** Requests of the second page that carry something, preflights apart; scripts are in the cache by then. */
	requests: number;
	preflights: number;
	/** Bytes of their bodies and queries. */
	sentBytes: number;
	/** Paths of the scripts that were loaded. */
	scripts: string[];
	/** The page came back from the back/forward cache. */
	isRestored: boolean;
}

const slowDown = 4;
/** Longer than any contestant waits with its first request. */
const lookMs = 2_500;
const settleMs = 3_000;
const clickEveryMs = 100;
const scrollEveryMs = 100;
const scrolls = 8;
const lingerMs = 700;
/** What a page sent when it went has arrived when nothing did for this long. */
const quietMs = 350;

async function quiet({ sent }: Counter): Promise<void> {
	let before: number;
	do {
		before = sent.length;
		await pause(quietMs);
	} while (sent.length > before);
}

const queryBytes = ({ path }: Sent) => Buffer.byteLength(path.split("?")[1] ?? "");

export async function runSession(
	browser: Browser,
	{ path, script, grant }: Contestant,
	counter: Counter,
	sink: Sink,
): Promise<Measured> {
	const first = `${path}/first`;
	const second = `${path}/second`;
	counter.sent.length = 0;
	counter.scripts.clear();
	sink.clear();
	const context = await browser.newContext({ viewport });
	try {
		const earlier = await context.newPage();
		await earlier.goto(sink.site + first);
		await pause(lookMs);
		const early = counter.sent.filter((sent) => sent.path !== script).length;
		if (grant) {
			await grant(earlier);
			await until("the first report", () => counter.sent.some((sent) => sent.path === "/v1/reports"));
		}
		await earlier.goto(`${sink.site}/away`);
		await earlier.close();
		await quiet(counter);
		counter.sent.length = 0;

		const page = await context.newPage();
		const devTools = await context.newCDPSession(page);
		await devTools.send("Emulation.setCPUThrottlingRate", { rate: slowDown });
		await browser.startTracing(page, { categories });
		await page.goto(sink.site + second);
		await pause(settleMs);
		for (let n = 0; n < clicks; n++) {
			const { x, y } = placeOf(n);
			await page.mouse.click(x, y);
			await pause(clickEveryMs);
		}
		for (let n = 0; n < scrolls; n++) {
			await page.mouse.wheel(0, 300);
			await pause(scrollEveryMs);
		}
		await pause(lingerMs);
		await page.mouse.click(wayOut.x, wayOut.y);
		await page.waitForURL("**/away");
		await quiet(counter);
		const work = readTrace(await browser.stopTracing(), sink.site + second);
		const sent = counter.sent.filter((sent) => !sent.isScript);
		const carrying = sent.filter(({ method }) => method !== "OPTIONS");

		await devTools.send("Emulation.setCPUThrottlingRate", { rate: 1 });
		await page.evaluate("setTimeout(() => history.back())");
		const shown = await until("the page to come back", () => sink.visited.find((path) => path.startsWith("/shown/")));
		return {
			...work,
			early,
			requests: carrying.length,
			preflights: sent.length - carrying.length,
			sentBytes: carrying.reduce((sum, sent) => sum + sent.bytes + queryBytes(sent), 0),
			scripts: [...counter.scripts.keys()],
			isRestored: shown === "/shown/true",
		};
	} finally {
		await context.close();
		await quiet(counter); // nothing of this visitor may be counted as the next one's
	}
}
