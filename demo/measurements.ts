/** What the browser would have measured on one invented page view: times, leaving and speed. */
import { bucketOf, clsScale, longestMs } from "../schema/buckets.ts";
import type { LeavingMethod } from "../schema/leaving.ts";
import type { Report } from "../schema/report.ts";
import type { Browser } from "./browsers.ts";
import * as habits from "./habits.ts";
import type { Random } from "./random.ts";
import type { Step } from "./walks.ts";

/** Methods that the browser tells; the others are inferred. */
const seenMethods = new Set<LeavingMethod>(["link", "outbound", "form", "back", "reload"]);

type Speed = NonNullable<Report["speed"]>;
type Requests = Speed["routes"];

export function measureView(
	random: Random,
	{ gear }: Browser,
	step: Step,
	isEntry: boolean,
): Pick<Report, "time" | "leaving" | "speed"> {
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
		speed: step.restored ? {} : measureSpeed(random, gear, habit, isEntry),
	};
}

function measureSpeed(random: Random, gear: habits.Equipment, habit: habits.PageHabit, isEntry: boolean): Speed {
	const connection = random.around(gear.slowness, 0.34);
	const ttfb = habit.ttfb * connection * random.around(1, 0.2);
	const lcp = ttfb + Math.max(80, habit.lcp - habit.ttfb) * connection * random.around(1, 0.25);
	const fcp = ttfb + (lcp - ttfb) * (0.45 + 0.5 * random.next());
	const inp = random.around(habit.inp * gear.slowness, 0.55);
	const painted = random.chance(0.95); // not when the page was hidden first
	const touched = random.chance(0.8);
	const routes = requestsOf(random, habit.routes, connection);
	const parties = requestsOf(random, habit.parties, connection);
	return {
		ttfb: bucketOf(ttfb),
		fcp: bucketOf(fcp),
		phases: phasesOf(random, ttfb, connection, isEntry),
		...(painted ? { lcp: bucketOf(lcp), lcpOf: lcpPartsOf(random, habit.largest, lcp - ttfb) } : {}),
		...(touched ? { inp: bucketOf(inp), inpOf: inpPartsOf(random, habit, inp) } : {}),
		...(gear.shifts ? { cls: bucketOf(random.around(habit.cls, 0.9) * clsScale) } : {}),
		...(routes ? { routes } : {}),
		...(parties ? { parties } : {}),
	};
}

/** A name and a connection are looked up once a visit; after that, the server's answer is nearly all of TTFB. */
function phasesOf(random: Random, ttfb: number, connection: number, isEntry: boolean): Speed["phases"] {
	const dns = isEntry ? ttfb * 0.08 * random.around(1, 0.5) : 0;
	const connect = isEntry ? ttfb * 0.2 * random.around(1, 0.3) : 0;
	const waiting = random.around(2, 0.6);
	return {
		waiting: bucketOf(waiting),
		cache: bucketOf(random.around(3, 0.5)),
		dns: bucketOf(dns),
		connect: bucketOf(connect),
		request: bucketOf(Math.max(1, ttfb - dns - connect - waiting)),
		response: bucketOf(random.around(35 * connection, 0.5)),
	};
}

function lcpPartsOf(random: Random, element: string, ms: number): NonNullable<Speed["lcpOf"]> {
	const isLoaded = element.includes("img");
	const delay = isLoaded ? 0.25 + 0.1 * random.next() : 0;
	const load = isLoaded ? 0.45 + 0.15 * random.next() : 0;
	return {
		element,
		delay: bucketOf(ms * delay),
		load: bucketOf(ms * load),
		render: bucketOf(ms * (1 - delay - load)),
	};
}

function inpPartsOf(random: Random, { parties }: habits.PageHabit, ms: number): NonNullable<Speed["inpOf"]> {
	const input = 0.05 + 0.2 * random.next();
	const processing = 0.35 + 0.2 * random.next();
	return {
		element: parties ? "form input" : "nav a in",
		input: bucketOf(ms * input),
		processing: bucketOf(ms * processing),
		presentation: bucketOf(ms * (1 - input - processing)),
	};
}

function requestsOf(random: Random, asked: habits.PageHabit["routes"], connection: number): Requests {
	return asked?.map(([name, median, failing]) => [
		name,
		bucketOf(random.around(median * connection, 0.4)),
		1,
		Number(random.chance(failing)),
	]);
}
