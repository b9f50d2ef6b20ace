/** What an invented visitor does on one page: scroll, clicks, forms, downloads, events, and errors met on the way. */

import type { Report } from "../schema/report.ts";
import { keySeparator } from "../schema/trees.ts";
import * as habits from "./habits.ts";
import type { Random } from "./random.ts";
import type { Step } from "./walks.ts";

type Interaction = NonNullable<Report["interaction"]>;
type Click = Interaction["clicks"][number];

/** The order form: where people give up, and what they order. */
const orderForm = "main form";
const orderFields = { dag: 14, antall: 5, navn: 22, epost: 46, melding: 13 };
const tours = { kajakk: 46, brevandring: 21, nordlys: 25, geiranger: 8 };
/** Of those who look at the order form: begin it and do not send it. */
const orderGivenUp = 0.36;
/** Of those who read the packing list: take it home. */
const downloaded = 0.14;
export const packingList = "/files/pakkeliste.pdf";
const error = "TypeError @ /files/shop.js:21";

/** `host`: where the page's outbound link led, if it was left by one. */
export function interact(random: Random, step: Step, host?: string): Pick<Report, "interaction" | "own"> {
	const habit = habits.pages[step.page];
	const fails = random.chance(habit?.fails ?? 0);
	const forms = formsOf(random, step);
	const tour = step.how === "form" ? random.pick(tours) : undefined;
	return {
		interaction: {
			scroll: Math.min(10, Math.floor(11 * random.next() ** 0.7)),
			clicks: clicksOf(random, step, fails),
			...(forms ? { forms } : {}),
			...(host ? { outbound: [[host, 1]] } : {}),
			...(fails ? { errors: [[error, random.whole(1, 2)]] } : {}),
			...(step.page === "/blogg/pakkeliste" && random.chance(downloaded) ? { downloads: [[packingList, 1]] } : {}),
		},
		...(tour
			? { own: { events: [["bestilling", 1]], properties: [[`bestilling${keySeparator}tur=${tour}`, 1]] } }
			: {}),
	};
}

function formsOf(random: Random, { page, how }: Step): Interaction["forms"] {
	if (page !== "/bestill") return undefined;
	if (how === "form") return [[orderForm, 1, random.chance(0.4) ? "melding" : "epost"]];
	return random.chance(orderGivenUp) ? [[orderForm, 0, random.pick(orderFields)]] : undefined;
}

/** The click that led on, and now and then others: on what opens, on what looks as if it did, and in impatience. */
function clicksOf(random: Random, { page, how }: Step, fails: boolean): Click[] {
	const clicks = new Map<string, [times: number, rage: number, dead: number, afterError: number]>();
	const add = (element: string, times: number, rage = 0, dead = 0, afterError = 0) => {
		const [t = 0, r = 0, d = 0, a = 0] = clicks.get(element) ?? [];
		clicks.set(element, [t + times, r + rage, d + dead, a + afterError]);
	};
	if (how === "link") add(random.pick(page === "/" || page === "/turer" ? habits.cardLinks : habits.textLinks), 1);
	if (how === "form") {
		const impatient = random.chance(0.06);
		add("form button.button submit", impatient ? 4 : 1, impatient ? 3 : 0);
	}
	if (page.startsWith("/turer/")) {
		if (random.chance(0.3)) add("main summary", random.whole(1, 2));
		if (random.chance(0.07)) add("main img.wide", 2, 0, 2);
	}
	if (fails && random.chance(0.5)) add("main a.button in", 1, 0, 0, 1);
	if (how === "outbound") add("main a out", 1);
	return [...clicks].map(([element, counts]): Click => [element, ...trimmed(counts)]);
}

/** Zeros at the end are left out. */
function trimmed([times, ...signals]: [number, ...number[]]): [number, ...number[]] {
	return [times, ...signals.slice(0, signals.findLastIndex((n) => n > 0) + 1)];
}
