/**
 * The forms of the settings' page: what stands in their fields, and the change that each asks for, as JSON for the check that the
 * HTTP route has too (worker/sites/change.ts). Leaves out how they look and what is said.
 */
import { light, dark as night } from "../../../schema/banner-style.ts";
import { maxStepsPerFunnel } from "../../../schema/limits.ts";
import type { Funnel } from "../../../schema/settings.ts";
import { changeSettings, type Settings } from "../../sites/settings.ts";
import type { Site } from "../../sites/stored.ts";
import { lines, numberOf, type Typed, words } from "../sharing/typed.ts";

/** Each is a form of its own, or one for each goal and funnel. */
export const parts = ["site", "periods", "measuring", "goals", "funnels", "banner"] as const;
export type Part = (typeof parts)[number];
export const isPart = (text: string): text is Part => parts.some((part) => part === text);

export const colourNames = ["text", "background", "action", "onAction"] as const;
export type ColourName = (typeof colourNames)[number];
/** By which setting they are, and what they are called in a form. */
export const palettes = [
	{ setting: "colours", box: "own", prefix: "", usual: light },
	{ setting: "darkColours", box: "ownDark", prefix: "dark-", usual: night },
] as const;

export const stepNumbers = Array.from({ length: maxStepsPerFunnel }, (_, index) => index + 1);

/** What is wrong, by field: the check's own words. */
export type Wrong = Record<string, string>;

const onIf = (is: boolean) => (is ? "on" : "");

/** What stands in a part's fields before anybody has typed; goals and funnels have theirs from `typedAim`. */
export function typedOf(part: Part, settings: Settings): Typed {
	const { name, origins, timeZone, grain, k, retentionMonths, books, hashRoutes, search, coverage, banner } = settings;
	if (part === "site") return { name, origins: origins.join("\n") };
	if (part === "periods")
		return { timeZone, grain, k: String(k), retentionMonths: String(retentionMonths), books: String(books) };
	if (part === "measuring") return { hashRoutes: onIf(hashRoutes), search: search.join(" "), coverage: onIf(coverage) };
	if (part === "banner")
		return Object.fromEntries(
			palettes.flatMap(({ setting, box, prefix, usual }) => {
				const colours = banner[setting] ?? usual;
				return [
					[box, onIf(banner[setting] !== undefined)],
					...colourNames.map((colour) => [prefix + colour, colours[colour]]),
				];
			}),
		);
	return {};
}

/** The same for one goal or funnel, or for a new one. */
export function typedAim(aim?: { name: string; kind?: string; match?: string; steps?: Funnel["steps"] }): Typed {
	const steps = aim?.steps?.flatMap(({ kind, match }, index) => [
		[`kind-${index + 1}`, kind],
		[`match-${index + 1}`, match],
	]);
	return {
		name: aim?.name ?? "",
		...(aim?.kind === undefined ? {} : { kind: aim.kind }),
		...(aim?.match === undefined ? {} : { match: aim.match }),
		...Object.fromEntries(steps ?? []),
	};
}

/** Rows of steps that are filled in, by their numbers on the form. */
const filledRows = (typed: Typed) => stepNumbers.filter((row) => typed[`match-${row}`]?.trim());

function paletteOf(typed: Typed, prefix: string): Record<string, string> {
	return Object.fromEntries(colourNames.map((colour) => [colour, typed[prefix + colour] ?? ""]));
}

/** `aim` takes the place of the one that was called `was`; undefined takes it away. */
function exchanged<Aim extends { name: string }>(list: readonly Aim[], was: string, aim: unknown): unknown[] {
	const place = list.findIndex(({ name }) => name === was);
	const own = aim === undefined ? [] : [aim];
	return place < 0 ? [...list, ...own] : [...list.slice(0, place), ...own, ...list.slice(place + 1)];
}

/** The change that a form asks for, unchecked. */
export function changesOf(part: Part, typed: Typed, settings: Settings): Record<string, unknown> {
	const { was = "", remove } = typed;
	const name = typed.name?.trim();
	const isGone = remove !== undefined;
	switch (part) {
		case "site":
			return { name, origins: lines(typed.origins) };
		case "periods":
			return {
				// They are not on the form once they are fixed.
				...(typed.timeZone === undefined ? {} : { timeZone: typed.timeZone }),
				...(typed.grain === undefined ? {} : { grain: typed.grain }),
				k: numberOf(typed.k),
				retentionMonths: numberOf(typed.retentionMonths),
				books: numberOf(typed.books),
			};
		case "measuring":
			return { hashRoutes: typed.hashRoutes === "on", search: words(typed.search), coverage: typed.coverage === "on" };
		case "banner":
			return {
				banner: Object.fromEntries(
					palettes.flatMap(({ setting, box, prefix }) =>
						typed[box] === "on" ? [[setting, paletteOf(typed, prefix)]] : [],
					),
				),
			};
		case "goals": {
			const goal = { name, kind: typed.kind, match: typed.match?.trim() };
			return { goals: exchanged(settings.goals, was, isGone ? undefined : goal) };
		}
		case "funnels": {
			const steps = filledRows(typed).map((row) => ({
				kind: typed[`kind-${row}`],
				match: typed[`match-${row}`]?.trim(),
			}));
			return { funnels: exchanged(settings.funnels, was, isGone ? undefined : { name, steps }) };
		}
	}
}

/** The field that a way into the settings leads to. */
function fieldOf(part: Part, typed: Typed, path: readonly (string | number)[]): string {
	const [setting = "", place, inner, step] = path;
	if (part === "banner") return palettes.find((palette) => palette.setting === place)?.box ?? "own";
	if (part === "goals") return inner === undefined ? (place === undefined ? "name" : "match") : String(inner);
	if (part === "funnels") {
		if (typeof step === "number") return `match-${filledRows(typed)[step] ?? 1}`;
		return inner === "steps" ? "steps" : "name";
	}
	return String(setting);
}

/** Everything that is wrong with a form whose change was refused with `refusal`: each setting is checked by itself. */
export function wrongIn(
	part: Part,
	typed: Typed,
	site: Site,
	changes: Record<string, unknown>,
	refusal: { detail: string; path: readonly (string | number)[] },
): Wrong {
	const each = Object.entries(changes).flatMap(([setting, value]): [string, string][] => {
		const checked = changeSettings(site, { [setting]: value });
		if (checked.ok) return [];
		return [[fieldOf(part, typed, [setting, ...checked.path.slice(1)]), checked.detail]];
	});
	return each.length > 0 ? Object.fromEntries(each) : { [fieldOf(part, typed, refusal.path)]: refusal.detail };
}
