/** What the browser would have measured on one invented page view: times, leaving, speed, scroll and clicks. */
import { bucketOf, clsScale, longestMs } from "../schema/buckets.ts";
import type { LeavingMethod } from "../schema/leaving.ts";
import type { Report } from "../schema/report.ts";
import type { Browser } from "./browsers.ts";
import * as habits from "./habits.ts";
import type { Random } from "./random.ts";
import type { Step } from "./walks.ts";

/** Methods that the browser tells; the others are inferred. */
const seenMethods = new Set<LeavingMethod>(["link", "outbound", "form", "back", "reload"]);

export function measureView(
	random: Random,
	{ gear }: Browser,
	step: Step,
): Pick<Report, "time" | "leaving" | "speed" | "interaction"> {
	const habit = habits.pages[step.page];
	if (!habit) throw new RangeError(`no habits for ${step.page}`);
	const visible = Math.min(longestMs, random.around(habit.readSeconds * 1000, 0.85));
	const engaged = visible * (0.5 + 0.45 * random.next());
	return {
		time: { visible: bucketOf(visible), engaged: bucketOf(engaged) },
		leaving: {
			how: step.how,
			certain: seenMethods.has(step.how),
			...(step.how === "outbound" ? { host: random.pick(habit.outbound) } : {}),
		},
		speed: step.restored ? {} : measureSpeed(random, gear, habit),
		interaction: {
			scroll: Math.min(10, Math.floor(11 * random.next() ** 0.7)),
			clicks: clicksOf(random, step),
		},
	};
}

function measureSpeed(random: Random, gear: habits.Equipment, habit: habits.PageHabit): NonNullable<Report["speed"]> {
	const connection = random.around(gear.slowness, 0.34);
	const ttfb = habit.ttfb * connection * random.around(1, 0.2);
	const lcp = ttfb + Math.max(80, habit.lcp - habit.ttfb) * connection * random.around(1, 0.25);
	const fcp = ttfb + (lcp - ttfb) * (0.45 + 0.5 * random.next());
	const touchedPage = random.chance(0.8);
	return {
		ttfb: bucketOf(ttfb),
		fcp: bucketOf(fcp),
		...(random.chance(0.95) ? { lcp: bucketOf(lcp) } : {}), // none when the page was hidden first
		...(touchedPage ? { inp: bucketOf(random.around(habit.inp * gear.slowness, 0.55)) } : {}),
		...(gear.shifts ? { cls: bucketOf(random.around(habit.cls, 0.9) * clsScale) } : {}),
	};
}

type Clicks = NonNullable<Report["interaction"]>["clicks"];

/** The click that led on, and now and then another. */
function clicksOf(random: Random, { page, how }: Step): Clicks {
	const clicks = new Map<string, number>();
	const add = (element: string, times: number) => clicks.set(element, (clicks.get(element) ?? 0) + times);
	if (how === "link") add(random.pick(page === "/" || page === "/turer" ? habits.cardLinks : habits.textLinks), 1);
	if (how === "form") add("form button.button submit", 1);
	if (how === "outbound") add("main a out", 1);
	if (page.startsWith("/turer/") && random.chance(0.3)) add("main summary", random.whole(1, 2));
	return [...clicks];
}
