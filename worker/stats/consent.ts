/**
 * What can be told of consent without knowing who gave it: grants per version of the notice, mechanism and period, and the share
 * of page loads with consent.
 */
import { datesOf } from "../../schema/period.ts";
import { otherName, splitKey } from "../../schema/tree-rules.ts";
import { byPeriod, cellsOf, sumByKey } from "../query/sums.ts";
import { read } from "../query/tally.ts";
import type { Coverage, Stats } from "./answers.ts";
import { listed, type Scope, type Span } from "./scope.ts";

/** Loads of the gate file in a range, and the page loads that were measured in the same periods. */
export async function coverageIn(scope: Scope, span: Span): Promise<Coverage> {
	const loads = await scope.loads(span);
	const reading = await scope.read(["site"], span, { apart: true });
	const tallies = byPeriod(reading, "site", "");
	const views = reading.periods.reduce((sum, period, at) => {
		const tally = loads.has(period) ? tallies[at] : undefined;
		return sum + Math.max(0, tally ? read(tally, "loads") : 0);
	}, 0);
	const all = [...loads.values()].reduce((sum, n) => sum + n, 0);
	// The gate may be counted late, or served by a proxy's cache, and the page view be there.
	return { loads: all, views, share: all === 0 ? null : Math.min(1, views / all) };
}

export function consent(scope: Scope): Pick<Stats, "grants"> {
	const { site } = scope;
	const materials = new Map(site.policies.map(({ version, material }) => [version, material]));
	return {
		async grants(range) {
			const reading = await scope.read(["grant"], range, { apart: true });
			const rows = cellsOf(reading, "grant").map(({ period, key, sum }) => {
				const [policy, by] = key === otherName ? [otherName, otherName] : splitKey(key);
				return {
					period,
					date: datesOf(period, site.grain)?.first ?? "",
					policy,
					by,
					material: materials.get(policy) ?? null,
					grants: read(sum, "grants"),
				};
			});
			rows.sort((a, b) => (a.period === b.period ? b.grants - a.grants : a.period < b.period ? 1 : -1));
			const hidden = sumByKey(reading, "grant").hiddenShare("grants");
			return { ...scope.answer(range, reading, hidden), ...listed(rows, range) };
		},
	};
}
