/** The first day of a period in words: labels of weeks and months are for programs. */
import { datesOf, type Grain } from "../../../schema/period.ts";
import type { Format } from "../format.ts";

export function startText(label: string, grain: Grain, format: Format): string {
	const first = datesOf(label, grain)?.first;
	return first ? format.dates(first, first) : label;
}
