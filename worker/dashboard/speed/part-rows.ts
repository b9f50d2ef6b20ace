/** The parts of a vital and the phases of an answer, named, in the order in which they pass. */
import type { Vital } from "../../../schema/buckets.ts";
import type { Responses } from "../../stats/answers.ts";
import { phases } from "../../stats/rows.ts";
import type { NamedTimes } from "./parts.tsx";
import type { SpeedWords } from "./words.ts";

/** LCP and INP are measured in parts; the other vitals are not. */
export function partsOf(
	{ lcpParts, inpParts }: Responses,
	before: Responses | undefined,
	vital: Vital,
	words: SpeedWords,
): NamedTimes[] | undefined {
	const { names } = words.parts;
	if (vital === "inp")
		return (["input", "processing", "presentation"] as const).map((part) => ({
			name: names[part],
			of: `inpParts.${part}`,
			times: inpParts[part],
			before: before?.inpParts[part],
		}));
	if (vital === "lcp")
		return (["delay", "load", "render"] as const).map((part) => ({
			name: names[part],
			of: `lcpParts.${part}`,
			times: lcpParts[part],
			before: before?.lcpParts[part],
		}));
	return undefined;
}

/** The phases of all answers, or of one page's; undefined where the page has none. */
export function phasesOf(
	responses: Responses,
	before: Responses | undefined,
	page: string | undefined,
	words: SpeedWords,
): NamedTimes[] | undefined {
	const find = (answer: Responses) => (page === undefined ? answer : answer.rows.find((row) => row.page === page));
	const [now, past] = [find(responses), before && find(before)];
	return (
		now &&
		phases.map((phase) => ({
			name: words.phases.names[phase],
			of: `phases.${phase}`,
			times: now.phases[phase],
			before: past?.phases[phase],
		}))
	);
}
