/** A release in D1 as the partner's page asks for it. Reads final figures only, through release/released.ts. */

import { periodsBetween } from "../../../schema/period.ts";
import type { ReleaseGroup } from "../../../schema/release.ts";
import type { Release } from "../../release/definition.ts";
import { type Dates, type KeySum, readReleased, sumRows } from "../../release/released.ts";
import { type NamedSum, type PageSum, type PartnerSource, type ReleasedSums, releasedVitals } from "./source.ts";
import { releasedLists } from "./view.ts";

type Keys = ReadonlyMap<string, KeySum> | undefined;

const named = (keys: NonNullable<Keys>): NamedSum[] =>
	[...keys].flatMap(
		([
			key,
			{
				parts: [figure],
			},
		]) => (figure ? [{ key, ...figure }] : []),
	);

function pagesOf(pages: NonNullable<Keys>, dwell: Keys): PageSum[] {
	return [...pages].flatMap(
		([
			page,
			{
				periods,
				parts: [figure],
			},
		]) => {
			if (!figure) return [];
			const parts = dwell?.get(page)?.parts;
			return [{ page, periods, ...figure, ...(parts ? { dwell: parts } : {}) }];
		},
	);
}

function sumsOf(rows: Parameters<typeof sumRows>[0]): ReleasedSums {
	const { periods, sample, groups } = sumRows(rows);
	const pages = groups.get("page");
	const visitors = groups.get("site")?.get("")?.parts[0];
	return {
		periods,
		sample,
		...(visitors ? { visitors } : {}),
		...(pages ? { pages: pagesOf(pages, groups.get("dwell")) } : {}),
		lists: Object.fromEntries(
			releasedLists.flatMap((list) => {
				const keys = groups.get(list);
				return keys ? [[list, named(keys)]] : [];
			}),
		),
		vitals: Object.fromEntries(
			releasedVitals.flatMap((vital) => {
				const parts = groups.get(vital)?.get("")?.parts;
				return parts ? [[vital, parts]] : [];
			}),
		),
	};
}

const headline: readonly ReleaseGroup[] = ["site", ...releasedVitals];

export function releasedSource(
	d1: D1Database,
	release: Release,
	site: { name: string; timeZone: string },
	released: Dates | undefined,
): PartnerSource {
	const { id, audience, grain, terms } = release;
	const read = (dates: Dates, groups: readonly ReleaseGroup[]) =>
		readReleased(
			d1,
			release,
			dates,
			groups.filter((group) => terms.groups.includes(group)),
		);
	return {
		release: { id, audience, grain, site: site.name, timeZone: site.timeZone, unlisted: terms.unlisted },
		released,
		sums: async (dates) => sumsOf(await read(dates, terms.groups)),
		headline: async (dates) => sumsOf(await read(dates, headline)),
		async visitors(ranges) {
			const [from, to] = [ranges[0]?.from, ranges.at(-1)?.to];
			const rows = from && to ? await read({ from, to }, ["site"]) : [];
			return ranges.map((dates) => {
				const labels = new Set(periodsBetween(dates.from, dates.to, grain));
				const { periods, visitors } = sumsOf(rows.filter(({ period }) => labels.has(period)));
				return periods === labels.size ? visitors : undefined;
			});
		},
	};
}
