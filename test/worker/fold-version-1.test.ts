import { expect, test } from "vitest";
import type { Report } from "../../schema/report.ts";
import { fold } from "../../worker/book/fold.ts";
import { encode } from "../../worker/query/tally.ts";

/*
 * Reports as version 1 sent them, and what they counted for then, written out. A book may hold both when a new version of
 * the Worker comes: what is taken out of it later must be what was put in.
 */
const head = {
	v: 1 as const,
	site: "demo",
	seq: 1,
	book: 0,
	consent: {
		policy: "AAAAAAAAAAAAAAAA",
		by: "banner",
		day: "2026-11-21",
		purposes: ["performance", "visits", "interactions"],
	},
	period: "2026-11-22",
	hour: 12,
} satisfies Partial<Report>;
const place = {
	page: "/turer",
	kind: "load",
	country: "NO",
	device: "mobile",
	browser: "Firefox",
	os: "Android",
	language: "nb",
} satisfies Report["place"];

const entry: Report = {
	...head,
	view: "vvvvvvvvvvvvvvvvvvvvv1",
	first: [
		..."site device page page-device page-channel channel channel-referrer".split(" "),
		// Not touched by a report of version 1, whatever it says.
		"country",
		"page-element:main a",
	],
	place,
	visit: { index: 1, channel: "search", referrer: "google.com", continued: true, gap: 31 },
	time: { visible: 120, engaged: 110 },
	leaving: { how: "link", certain: true },
	speed: { lcp: 90, inp: 50, cls: 7, fcp: 80, ttfb: 66 },
	interaction: {
		scroll: 6,
		clicks: [
			["main a", 3],
			["nav a", 1],
		],
	},
};
const last: Report = {
	...head,
	view: "vvvvvvvvvvvvvvvvvvvvv2",
	first: ["page", "page-device", "page-previous"],
	place: { ...place, page: "/bestill", kind: "404" },
	visit: { index: 2, before: "/turer", continued: false },
	time: { visible: 100, engaged: 90 },
	leaving: { how: "outbound", certain: true, host: "bank.example" },
	speed: { ttfb: 60 },
	interaction: { scroll: 2, clicks: [] },
};
const apart: Report = { ...head, view: "vvvvvvvvvvvvvvvvvvvvv3", first: ["site"], place, speed: { lcp: 90 } };

test.each([
	[
		"an entry",
		entry,
		[
			["site", "", 1, "0 1 3 40 4h 47 3n 3k 6s 4d 33 5.4 1 w w"],
			["device", "mobile", 1, "0 1 3 40 4h 47 3n 3k 6s 4d 33 5.4 1 w w"],
			["page", "/turer", 1, "0 1 3 40 4h 47 3n 3k 6s 4d 33 5.4 1"],
			["page-device", "/turer\tmobile", 1, "0 1 3 40 4h 47 3n 3k 6s 4d 33 5.4 1"],
			["page-channel", "/turer\tsearch", 1, "0"],
			["channel", "search", 1, "0 1 3 40 4h 47 3n 3k 6s 4d 33 5.4 1"],
			["channel-referrer", "search\tgoogle.com", 1, "0 1 3 40 4h 47 3n 3k 6s 4d 33 5.4 1"],
			["page-element", "/turer\tmain a", 1, "yc.3 1"],
			["page-element", "/turer\tnav a", 0, "yc 1"],
		],
	],
	[
		"the last view of a visit",
		last,
		[
			["site", "", 0, "0 5 c 33 4h mx 35"],
			["device", "mobile", 0, "0 5 c 33 4h mx 35"],
			["page", "/bestill", 1, "0 5 c 33 4h mx 35"],
			["page-device", "/bestill\tmobile", 1, "0 5 c 33 4h mx 35"],
			["page-previous", "/bestill\t/turer", 1, "0"],
		],
	],
	[
		"a view without the purpose visits",
		apart,
		[
			["site", "", 1, "3 cp"],
			["device", "mobile", 0, "3 cp"],
			["page", "/turer", 0, "3 cp"],
			["page-device", "/turer\tmobile", 0, "3 cp"],
		],
	],
])("%s of version 1 counts as it did then", (_, report, cells) => {
	expect(fold(report).map(({ tree, key, devices, tally }) => [tree, key, devices, encode(tally)])).toEqual(cells);
});
