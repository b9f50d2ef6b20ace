/** Which goals and steps of funnels an invented visit reaches, view by view, by the collector's own rule. */
import { type Happening, reachAims } from "../collector/aims.ts";
import type { Report } from "../schema/report.ts";
import { aimsOf } from "../schema/settings.ts";
import { aims } from "./aims.ts";

const asked = aimsOf(aims);

/** What happens in a view, in the order in which the collector hears of it. */
function happeningsOf({ place, interaction, own }: Report): Happening[] {
	return [
		["page", place.page],
		...(interaction?.downloads ?? []).map(([file]): Happening => ["download", file]),
		...(own?.events ?? []).map(([event]): Happening => ["event", event]),
	];
}

/** Made anew for each visit: tells what a view reaches for the visit's first time. */
export function createOutcomes(): (view: Report) => string[] {
	const reached: string[] = [];
	return (view) => {
		const before = reached.length;
		for (const happening of happeningsOf(view)) reached.push(...reachAims(asked, happening, reached));
		return reached.slice(before);
	};
}
