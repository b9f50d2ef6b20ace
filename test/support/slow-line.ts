/** A cheap phone on a slow network, and how far the page moved while it was drawn. */
import type { CDPSession, Page } from "playwright-core";

/** 4 × slower, 1.6 Mbit/s, 150 ms: as Lighthouse has it. */
const slowness = { cpu: 4, bytesPerSecond: 1.6e6 / 8, latencyMs: 150 };

export async function slowDown(devTools: CDPSession): Promise<void> {
	await devTools.send("Emulation.setCPUThrottlingRate", { rate: slowness.cpu });
	await devTools.send("Network.emulateNetworkConditions", {
		offline: false,
		latency: slowness.latencyMs,
		downloadThroughput: slowness.bytesPerSecond,
		uploadThroughput: slowness.bytesPerSecond,
	});
}

/** The layout shift of a page so far. In words: these commands do not have the browser's types. */
export function shiftSoFar(page: Page): Promise<number> {
	return page.evaluate<number>(`new Promise((resolve) => {
		let sum = 0;
		new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value; })
			.observe({ type: "layout-shift", buffered: true });
		setTimeout(() => resolve(sum));
	})`);
}

/** ms until something was drawn, or nothing before that. */
export function firstPaint(page: Page): Promise<number | undefined> {
	return page.evaluate<number | undefined>("performance.getEntriesByName('first-contentful-paint')[0]?.startTime");
}
