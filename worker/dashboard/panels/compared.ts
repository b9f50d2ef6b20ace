/** What a panel says of its figures: what their changes are against, or that it has none, and which filters it does not follow. */
import type { Language } from "../format.ts";
import type { Frame } from "../frame.ts";

const words: Record<Language, { against: (dates: string) => string; none: string }> = {
	nb: { against: (dates) => `sammenlignet med ${dates}`, none: "uten sammenligning" },
	en: { against: (dates) => `compared with ${dates}`, none: "without comparison" },
};

/** Nothing where the view is compared with nothing. */
export function comparedText({ view: { compare }, format, language }: Frame): string | undefined {
	return compare && words[language].against(format.dates(compare.from, compare.to));
}

/** For a panel that has no changes although the view is compared. */
export function notComparedText({ view: { compare }, language }: Frame): string | undefined {
	return compare && words[language].none;
}

/**
 * The filters of the view that a panel's figures do not follow, in words: “all pages, all devices”. Nothing where there is no such
 * filter.
 */
export function unfollowedText({ view, text }: Frame, filters: readonly ("page" | "device")[]): string | undefined {
	const all = { page: text.allPages, device: text.allDevices };
	const unfollowed = filters.filter((filter) => view[filter] !== undefined).map((filter) => all[filter]);
	return unfollowed.join(", ") || undefined;
}

/** Parts of a line below a heading, those that there are. */
export function lineOf(...parts: readonly (string | undefined | false)[]): string {
	return parts.filter(Boolean).join(" · ");
}

/** The figures of the other range by name. */
export function pastOf<Row>(rows: readonly Row[] | undefined, name: (row: Row) => string): ReadonlyMap<string, Row> {
	return new Map(rows?.map((row) => [name(row), row]));
}
