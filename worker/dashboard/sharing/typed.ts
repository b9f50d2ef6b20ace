/** The form of a new release: what was typed, kept as it was, and the same as the checks of worker/release read it. */

import { minK } from "../../../schema/limits.ts";
import type { Grain } from "../../../schema/period.ts";
import { defaultCountries, defaultEpsilon, releaseGroups } from "../../../schema/release.ts";

/** What stands in the fields; a box that is ticked is "on". */
export type Typed = Record<string, string>;

/** What a form's fields held; files and repeated names aside. */
export const typedIn = (form: Record<string, unknown>): Typed =>
	Object.fromEntries(
		Object.entries(form).flatMap(([name, value]) =>
			typeof value === "string" ? [[name, value.slice(0, 20_000)]] : [],
		),
	);

export const boxes = ["sitemap", "unlisted", "samples"] as const;
export const groupBox = (group: string) => `group-${group}`;

export function emptyForm(grain: Grain): Typed {
	return {
		name: "",
		audience: "",
		period: grain === "month" ? "month" : "week",
		pages: "/",
		countries: defaultCountries.join(" "),
		epsilon: String(defaultEpsilon),
		k: String(minK),
		...Object.fromEntries(releaseGroups.map((group) => [groupBox(group), "on"])),
	};
}

export const words = (text = "") => text.split(/[\s,;]+/).filter(Boolean);
export const lines = (text = "") =>
	text
		.split(/\r?\n/)
		.map((line) => line.trim())
		.filter(Boolean);
/** A number however its decimals are written; what is none stays as it is, for the check to refuse. */
export const numberOf = (text = "") =>
	/^\d+([.,]\d+)?$/.test(text.trim()) ? Number(text.trim().replace(",", ".")) : text;

/** The terms of a release, unchecked. */
export function termsOf(typed: Typed): Record<string, unknown> {
	return {
		period: typed.period,
		pages: lines(typed.pages),
		sitemap: typed.sitemap === "on",
		unlisted: typed.unlisted === "on",
		groups: releaseGroups.filter((group) => typed[groupBox(group)] === "on"),
		countries: words(typed.countries?.toUpperCase()),
		epsilon: numberOf(typed.epsilon),
		k: numberOf(typed.k),
		samples: typed.samples === "on",
	};
}

/** The whole release, unchecked. */
export const releaseOfForm = (typed: Typed): Record<string, unknown> => ({
	...termsOf(typed),
	name: typed.name?.trim(),
	audience: typed.audience?.trim(),
});
