/** A busy half hour, for tests of how it is drawn: minutes of any size, and names that are hard to draw. */
import type { Recent } from "../../worker/book/recent.ts";

const views = [
	14, 11, 9, 3, 12, 16, 18, 15, 2, 0, 7, 10, 13, 17, 21, 19, 15, 12, 9, 4, 6, 11, 14, 18, 22, 20, 17, 13, 9, 6,
];

export function busyRecent(now: number): Recent {
	return {
		end: Math.floor(now / 60_000) * 60_000,
		views,
		visits: views.map((count) => Math.floor(count * 0.55)),
		open: [
			{ name: "/", count: 34 },
			{ name: "/turer/geiranger", count: 21 },
			{ name: "/priser", count: 12 },
			{ name: `/${"lang".repeat(49)}`, count: 8 },
			{ name: "/<script>alert(1)</script>", count: 6 },
			{ name: "/kontakt", count: 3 },
		],
		channels: [
			{ name: "search", count: 96 },
			{ name: "direct", count: 51 },
			{ name: "social", count: 14 },
			{ name: "email", count: 2 },
		],
		endings: [
			{ name: "closed", count: 77 },
			{ name: "outbound", count: 41 },
			{ name: "away", count: 18 },
			{ name: "back", count: 4 },
		],
	};
}
