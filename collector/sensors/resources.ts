/**
 * Which requests the page's scripts make to the site itself (routes), and which other hosts the page asks for anything
 * (third parties), how long they took and how many failed. Read from Resource Timing, whose observer also has what came
 * before; nobody's fetch is patched. Counts what the page asked for, whoever answered: from the browser's cache it is short.
 * Leaves out: the site's own files, beacons to it, and our own requests.
 */
import { maxElementChars, maxPartiesPerReport, maxRoutesPerReport, maxTimes } from "../../schema/limits.ts";
import { observe } from "./observe.ts";
import { isOwnRequest } from "./own-requests.ts";
import type { Tools } from "./tools.ts";

type Line = [name: string, bucket: number, times: number, failed: number];

/** A name that is asked for over and over may not take all lines. */
const maxLinesPerName = 6;

/**
 * Counts one request. Names come as they come: one that finds no line left is not counted, because lines are never taken
 * back. A name that has all its lines counts in the nearest one, so that how often stays exact where how long cannot.
 */
export function countRequest(lines: Line[], max: number, name: string, bucket: number, isFailed: boolean): void {
	const own = lines
		.filter(([known]) => known === name)
		.sort(([, a], [, b]) => Math.abs(a - bucket) - Math.abs(b - bucket));
	let [line] = own;
	if (line?.[1] !== bucket && lines.length < max && own.length < maxLinesPerName) {
		line = [name, bucket, 0, 0];
		lines.push(line);
	}
	if (!line || line[2] >= maxTimes) return;
	line[2]++;
	if (isFailed) line[3]++;
}

export function watchResources({ guard, viewAt, bucketOf, cleanHost, cleanPath }: Tools): void {
	const count = ({ name, initiatorType, startTime, duration, responseStatus }: PerformanceResourceTiming) => {
		// Only the network's: an extension's address would name the extension.
		const [, at = "", path = ""] = /^https?:..([^/?#]+)([^?#]*)/.exec(name) ?? [];
		const host = cleanHost(at);
		const speed = viewAt(startTime)?.speed;
		if (!speed || !host || isOwnRequest(name)) return;
		// Chromium and Firefox tell the status of an answer that the page may read, Safari of none. 0 is an answer of another
		// host that the page may not read, as if all were well; or no answer: refused, cut off or given up by the page itself,
		// which no engine tells apart. So 0 is never a failure, and from the site itself it is no request that was answered.
		const isFailed = responseStatus >= 400;
		if (host !== cleanHost(location.host)) {
			speed.parties ??= [];
			countRequest(speed.parties, maxPartiesPerReport, host, bucketOf(duration), isFailed);
		} else if (/^(fetch|xml)/.test(initiatorType) && responseStatus !== 0) {
			speed.routes ??= [];
			const route = cleanPath(path).slice(0, maxElementChars);
			countRequest(speed.routes, maxRoutesPerReport, route, bucketOf(duration), isFailed);
		}
	};
	const take = (entries: PerformanceEntryList) => (entries as PerformanceResourceTiming[]).forEach(count);
	const observer = observe(guard, ["resource"], take);
	// Before the core reports: its listener is on the document.
	guard.listen(window, "visibilitychange", () => take(observer?.takeRecords() ?? []));
}
