/** The rows of each breakdown: which names a vital is told by, and where each of them leads. */
import type { Vital } from "../../../schema/buckets.ts";
import { otherName } from "../../../schema/tree-rules.ts";
import type { Elements, VitalFigure } from "../../stats/answers.ts";
import type { Frame } from "../frame.ts";
import { callOf } from "../frame.ts";
import { pastOf } from "../panels/compared.ts";
import { type BreakdownRow, slowestFirst } from "./breakdown.tsx";
import { countryName } from "./country-names.ts";
import { has, inCountries, inDevices, type inElements, type SiteLists, type SpeedLists } from "./figures.ts";
import type { SpeedWords } from "./words.ts";

const mostShown = 10;

interface Parts {
	frame: Frame;
	words: SpeedWords;
}

const isOther = (name: string) => name === otherName;

/** A vital of every page; FCP is not told by page. */
function pageFigures(
	{ site, responses }: SpeedLists,
	vital: Vital,
): { page: string; figure: VitalFigure }[] | undefined {
	if (has(inDevices, vital)) return site?.pages?.rows.map((row) => ({ page: row.page, figure: row[vital] }));
	if (vital === "ttfb") return responses.rows.map(({ page, ttfb }) => ({ page, figure: ttfb }));
	return undefined;
}

/** The slowest pages. */
export function pageRows(lists: SpeedLists, before: SpeedLists | undefined, vital: Vital, { frame }: Parts) {
	const { text, link } = frame;
	const figures = pageFigures(lists, vital);
	const past = pastOf(before && pageFigures(before, vital), ({ page }) => page);
	if (!figures) return undefined;
	const rows = figures.map(
		({ page, figure }): BreakdownRow => ({
			name: isOther(page) ? (
				text.pages.hidden
			) : (
				<a href={link({ page })}>
					<bdi>{page}</bdi>
				</a>
			),
			row: page,
			figure,
			before: past.get(page)?.figure,
			hidden: isOther(page),
		}),
	);
	return slowestFirst(rows).slice(0, mostShown);
}

export function deviceRows(
	site: SiteLists,
	before: SiteLists | undefined,
	vital: Vital,
	{ frame }: Parts,
): BreakdownRow[] {
	const { text, view, link } = frame;
	const linkOf = (device: keyof typeof text.devices) =>
		device === otherName ? (
			text.devices[device]
		) : (
			<a href={link({ device: view.device === device ? undefined : device })}>{text.devices[device]}</a>
		);
	if (!has(inDevices, vital)) {
		const past = pastOf(before?.byDevice, ({ device }) => device);
		return slowestFirst(
			site.byDevice.map(({ device, figure }) => ({
				name: linkOf(device),
				row: device,
				figure,
				before: past.get(device)?.figure,
				call: callOf("vitals", { device }),
				of: `vitals.${vital}`,
			})),
		);
	}
	const past = pastOf(before?.devices.rows, ({ device }) => device);
	return slowestFirst(
		site.devices.rows.map((row) => ({
			name: linkOf(row.device),
			row: row.device,
			figure: row[vital],
			before: past.get(row.device)?.[vital],
			hidden: isOther(row.device),
		})),
	);
}

/** Countries and operating systems; CLS and FCP are not told by them. */
export function placeRows(site: SiteLists, before: SiteLists | undefined, vital: Vital, { frame, words }: Parts) {
	if (!has(inCountries, vital) || !site.countries) return undefined;
	const pastCountries = pastOf(before?.countries?.rows, ({ country }) => country);
	const pastSystems = pastOf(before?.devices.systems, ({ os }) => os);
	const countries = site.countries.rows.map((row) => ({
		name: isOther(row.country) ? words.byCountry.hidden : countryName(row.country, frame.language),
		row: row.country,
		figure: row[vital],
		before: pastCountries.get(row.country)?.[vital],
		hidden: isOther(row.country),
	}));
	const systems = site.devices.systems.map((row) => ({
		name: isOther(row.os) ? words.bySystem.hidden : <bdi>{row.os}</bdi>,
		row: row.os,
		figure: row[vital],
		before: pastSystems.get(row.os)?.[vital],
		hidden: isOther(row.os),
	}));
	return {
		countries: slowestFirst(countries).slice(0, mostShown),
		systems: slowestFirst(systems).slice(0, mostShown),
	};
}

export function elementRows(
	elements: Elements,
	before: Elements | undefined,
	vital: (typeof inElements)[number],
	{ frame, words }: Parts,
) {
	const nameOf = ({ page, element }: { page: string; element: string }) => `${page}\n${element}`;
	const past = pastOf(before?.rows, nameOf);
	const { text } = frame;
	const rows = elements.rows.map((row) => ({
		name: isOther(row.element) ? words.elements.hidden : <bdi class="element">{row.element}</bdi>,
		note: isOther(row.page) ? text.pages.hidden : <bdi>{row.page}</bdi>,
		row: nameOf(row),
		figure: row[vital],
		before: past.get(nameOf(row))?.[vital],
		hidden: isOther(row.element),
	}));
	return slowestFirst(rows).slice(0, mostShown);
}
