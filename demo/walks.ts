/** One invented visit: where it came from, and page by page until it ends. */
import type { LeavingMethod } from "../schema/leaving.ts";
import type { Channel } from "../schema/report.ts";
import { type Browser, hasNewsletter, neverBefore } from "./browsers.ts";
import * as habits from "./habits.ts";
import type { Random } from "./random.ts";

export interface Step {
	page: string;
	how: LeavingMethod;
	/** Came by the back button, out of the browser's cache. */
	restored: boolean;
}
export interface Walk {
	arrival: { channel: Channel; referrer?: string; campaign?: string };
	steps: Step[];
}

export function walkThrough(random: Random, browser: Browser, date: string): Walk {
	const weights = Object.fromEntries(Object.entries(habits.channels).map(([name, source]) => [name, source.weight]));
	if (hasNewsletter(date)) weights.email = 22;
	if (browser.gap < neverBefore) weights.direct = 45; // who has been here knows the address
	const channel = random.pick(weights) as Channel;
	const source = habits.channels[channel];
	const named = Object.keys(source.referrers).length > 0 && random.chance(0.92);
	const arrival = {
		channel,
		...(named ? { referrer: random.pick(source.referrers) } : {}),
		...(source.campaigns ? { campaign: random.pick(source.campaigns) } : {}),
	};

	const steps: Step[] = [];
	let page: string = random.pick(source.entries);
	let restored = false;
	for (;;) {
		const habit = habits.pages[page];
		const earlier: string | undefined = steps.at(-1)?.page;
		if (!habit || steps.length === 25 || random.chance(habit.leave / (habit.leave + 100))) break;
		const back: string | undefined = !restored && earlier !== page && random.chance(0.17) ? earlier : undefined;
		const next: string = back ?? random.pick(habit.next);
		const how = back ? "back" : wayOn(random, page, next);
		steps.push({ page, how, restored });
		page = next;
		restored = back !== undefined;
	}
	steps.push({ page, how: random.pick(habits.endings[browser.gear.device]), restored });
	return { arrival, steps };
}

/** How someone who goes on to a new page gets there. */
function wayOn(random: Random, page: string, next: string): LeavingMethod {
	if (page === "/bestill" && next === "/takk") return "form";
	return random.chance(0.97) ? "link" : "typed";
}
