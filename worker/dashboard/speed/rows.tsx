/** The rows of each breakdown: which names a vital is told by, and where each of them leads. */
import type { Vital } from "../../../schema/buckets.ts";
import { otherName } from "../../../schema/tree-rules.ts";
import type { Elements, Responses } from "../../stats/answers.ts";
import type { Frame } from "../frame.ts";
import { callOf } from "../frame.ts";
import { type BreakdownRow, slowestFirst } from "./breakdown.tsx";
import { countryName } from "./country-names.ts";
import { has, inCountries, inDevices, type inElements, type SiteSpeed } from "./figures.ts";
import type { SpeedWords } from "./words.ts";

const mostShown = 10;

interface Parts {
	frame: Frame;
	words: SpeedWords;
}

const isOther = (name: string) => name === otherName;

/** The slowest pages; FCP is not told by page. */
export function pageRows(site: SiteSpeed, responses: Responses, vital: Vital, { frame }: Parts) {
	const { text, link } = frame;
	const figures = has(inDevices, vital)
		? site.pages?.rows.map((row) => ({ page: row.page, figure: row[vital] }))
		: vital === "ttfb"
			? responses.rows.map(({ page, ttfb }) => ({ page, figure: ttfb }))
			: undefined;
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
			hidden: isOther(page),
		}),
	);
	return slowestFirst(rows).slice(0, mostShown);
}

export function deviceRows(site: SiteSpeed, vital: Vital, { frame }: Parts): BreakdownRow[] {
	const { text, view, link } = frame;
	const linkOf = (device: keyof typeof text.devices) =>
		device === otherName ? (
			text.devices[device]
		) : (
			<a href={link({ device: view.device === device ? undefined : device })}>{text.devices[device]}</a>
		);
	if (!has(inDevices, vital))
		return slowestFirst(
			site.byDevice.map(({ device, figure }) => ({
				name: linkOf(device),
				row: device,
				figure,
				call: callOf("vitals", { device }),
				of: `vitals.${vital}`,
			})),
		);
	return slowestFirst(
		site.devices.rows.map((row) => ({
			name: linkOf(row.device),
			row: row.device,
			figure: row[vital],
			hidden: isOther(row.device),
		})),
	);
}

/** Countries and operating systems; CLS and FCP are not told by them. */
export function placeRows(site: SiteSpeed, vital: Vital, { frame, words }: Parts) {
	if (!has(inCountries, vital) || !site.countries) return undefined;
	const countries = site.countries.rows.map((row) => ({
		name: isOther(row.country) ? words.byCountry.hidden : countryName(row.country, frame.language),
		row: row.country,
		figure: row[vital],
		hidden: isOther(row.country),
	}));
	const systems = site.devices.systems.map((row) => ({
		name: isOther(row.os) ? words.bySystem.hidden : <bdi>{row.os}</bdi>,
		row: row.os,
		figure: row[vital],
		hidden: isOther(row.os),
	}));
	return {
		countries: slowestFirst(countries).slice(0, mostShown),
		systems: slowestFirst(systems).slice(0, mostShown),
	};
}

export function elementRows(elements: Elements, vital: (typeof inElements)[number], { frame, words }: Parts) {
	const { text } = frame;
	const rows = elements.rows.map((row) => ({
		name: isOther(row.element) ? words.elements.hidden : <bdi class="element">{row.element}</bdi>,
		note: isOther(row.page) ? text.pages.hidden : <bdi>{row.page}</bdi>,
		row: `${row.page}\n${row.element}`,
		figure: row[vital],
		hidden: isOther(row.element),
	}));
	return slowestFirst(rows).slice(0, mostShown);
}
