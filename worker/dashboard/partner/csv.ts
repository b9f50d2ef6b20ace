/**
 * The figures of a partner's page as a file: value, low and high as they are summed, neither rounded nor cut at zero, and how they
 * came to be. For spreadsheets of the reader's language: `;` and a byte order mark in Norwegian.
 */
import { intervalOf, type Noisy } from "../../release/interval.ts";
import { csvForms, writeLines } from "../../stats/csv.ts";
import type { Language } from "../format.ts";
import { type Dates, type Span, shownOf, unitOf, unitsBetween } from "./range.ts";
import { type PartnerSource, releasedVitals } from "./source.ts";
import { releasedLists } from "./view.ts";

/** How the noise was drawn: once, when the period closed. */
const method = "discrete-gaussian";
const columns = ["group", "name", "part", "from", "to", "value", "low", "high", "method"];

interface Line extends Noisy {
	group: string;
	name: string;
	/** Index in the group's histogram. */
	part?: number;
	dates: Dates;
}

async function linesOf(source: PartnerSource, span: Span): Promise<Line[]> {
	if (!source.released) return [];
	const unit = unitOf(source.release.grain);
	const { from, to, whole } = shownOf(unit, span, source.released);
	const dates = { from, to };
	const units = whole ? unitsBetween(unit, dates) : [];
	const [sums, series] = await Promise.all([source.sums(dates), source.visitors(units)]);
	const parts = (group: string, name: string, figures: readonly Noisy[]) =>
		figures.map((figure, part): Line => ({ ...figure, group, name, part, dates }));
	return [
		...(sums.visitors ? [{ ...sums.visitors, group: "visitors", name: "", dates }] : []),
		...series.flatMap((figure, index): Line[] => {
			const of = units[index];
			return of && figure ? [{ ...figure, group: `visitors-by-${unit}`, name: "", dates: of }] : [];
		}),
		...(sums.pages ?? []).map(({ page, ...figure }): Line => ({ ...figure, group: "page", name: page, dates })),
		...(sums.pages ?? []).flatMap(({ page, dwell = [] }) => parts("dwell", page, dwell)),
		...releasedLists.flatMap((list) =>
			(sums.lists[list] ?? []).map(({ key, ...figure }): Line => ({ ...figure, group: list, name: key, dates })),
		),
		...releasedVitals.flatMap((vital) => parts(vital, "", sums.vitals[vital] ?? [])),
	];
}

export async function writePartnerCsv(source: PartnerSource, span: Span, language: Language): Promise<string> {
	const rows = (await linesOf(source, span)).map((line) => {
		const { low, value, high } = intervalOf(line);
		const { from, to } = line.dates;
		return [line.group, line.name, line.part ?? null, from, to, value, low, high, method];
	});
	return writeLines([columns, ...rows], csvForms[language]);
}
