/** The time zones to choose from, by part of the world: Oslo first, and the one that is chosen even where the list lacks it. */
import type { Option } from "./fields.tsx";

const first = "Europe/Oslo";

export function zoneOptions(
	chosen: string,
	others: string,
): { options: readonly Option[]; groups: readonly [string, readonly Option[]][] } {
	const option = (zone: string): Option => [zone, zone.replaceAll("_", " ")];
	const known = Intl.supportedValuesOf("timeZone").filter((zone) => zone !== first && zone !== chosen);
	const byRegion = Map.groupBy(known, (zone) => (zone.includes("/") ? (zone.split("/")[0] ?? others) : others));
	return {
		options: [...new Set([first, chosen])].map(option),
		groups: [...byRegion].map(([region, zones]) => [region, zones.map(option)]),
	};
}
