/** Building blocks of the tests of releases: a release, reports that count in it, and what is out. */
import { addDays, startOfDate } from "../../schema/period.ts";
import { type NewRelease, type ReleaseGroup, type ReleaseTerms, releaseGroups } from "../../schema/release.ts";
import type { Report } from "../../schema/report.ts";
import { createRelease, type Release } from "../../worker/release/definition.ts";
import { settings, testEnv, today } from "./support.ts";

export const daysAgo = (days: number) => addDays(today(), -days);

export const terms = (change: Partial<ReleaseTerms> = {}): ReleaseTerms => ({
	period: "day",
	pages: ["/", "/priser"],
	sitemap: false,
	unlisted: false,
	groups: [...releaseGroups],
	countries: ["NO", "SE"],
	epsilon: 0.5,
	k: 5,
	samples: false,
	...change,
});

/** Noon of the day from which a release begins with the first of the last three ended days. */
export const longAgo = () => startOfDate(daysAgo(4), settings.timeZone) + 12 * 3_600_000;

/** A release made so long ago that the last three ended days are in it. */
export function openRelease(change: Partial<NewRelease> = {}, now = longAgo(), site = settings.id): Promise<Release> {
	const { grain, timeZone } = settings;
	const wanted: NewRelease = {
		name: "Buss",
		audience: "Fjordbuss AS",
		frames: [],
		webhook: null,
		...terms(),
		...change,
	};
	return createRelease(testEnv.DB, { id: site, grain, timeZone }, wanted, now);
}

/** Reports of one browser's only visit, which count in every group they can. */
export function bounded(visit: Report[]): Report[] {
	return visit.map((report, at) => ({
		...report,
		bounded: at === 0 ? ["site", "page", "device", "channel", "country", "lcp"] : ["page"],
	}));
}

export interface ReleasedRow {
	period: string;
	kind: ReleaseGroup;
	sigma2: number;
	cells: Record<string, number[]>;
}

/** What readers can see of a release, straight from D1. */
export async function releasedRows({ id }: Pick<Release, "id">): Promise<ReleasedRow[]> {
	const { results } = await testEnv.DB.prepare(
		`SELECT cell.period, kind, sigma2, cells FROM released_cell AS cell JOIN release_ledger AS ledger
			USING (site, release, period, attempt) WHERE release = ?1 AND state = 'final' ORDER BY cell.period, kind`,
	)
		.bind(id)
		.all<Omit<ReleasedRow, "cells"> & { cells: string }>();
	return results.map(({ cells, ...row }) => ({ ...row, cells: JSON.parse(cells) }));
}
