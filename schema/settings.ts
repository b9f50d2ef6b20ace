/**
 * What an owner can set about measuring: goals, funnels, routes behind #, which query parameters hold a search, whether all page
 * loads are counted; and how the banner looks. Checked here, so that the command line and the HTTP route refuse the same things in
 * the same words. Leaves out what a site is (name, origins, time zone, grain, k: worker/sites/create.ts).
 */
import * as v from "valibot";
import { bannerSchema } from "./banner.ts";
import { cleanPath } from "./clean.ts";
import { maxFunnels, maxGoals, maxStepsPerFunnel } from "./limits.ts";
import { type AimKind, type AimStep, aimKinds } from "./site.ts";
import { otherName } from "./tree-rules.ts";
import { keySeparator } from "./trees.ts";

/** Short enough for a key, a table's column and a report. */
export const maxAimNameChars = 60;
const maxMatchChars = 120;
/** Each wildcard can make a match try every place of a name again: three stay harmless in a visitor's browser. */
const maxWildcards = 3;
const maxSearchNames = 10;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]|\p{Surrogate}/u;
const isPlain = (text: string) => !unprintable.test(text) && text.trim() === text;

/** What the goal or step is about, as its name is counted; `*` stands for anything. */
const match = v.pipe(
	v.string("What to match is a text."),
	v.minLength(1, "What to match is missing."),
	v.maxLength(maxMatchChars, `What to match has at most ${maxMatchChars} characters.`),
	v.check(isPlain, "What to match holds no control characters and no spaces at its ends."),
	v.check((text) => text.split("*").length - 1 <= maxWildcards, `At most ${maxWildcards} wildcards (*) in a match.`),
);
const isCleanPath = (text: string) => text.startsWith("/") && cleanPath(text) === text;
const isHost = (text: string) => /^[\p{Ll}\p{N}.*-]+$/u.test(text);

const stepEntries = { kind: v.picklist(aimKinds, `A kind is one of ${aimKinds.join(", ")}.`), match };
const fits = (kind: AimKind, text: string) => {
	if (kind === "page" || kind === "download") return isCleanPath(text);
	return kind !== "outbound" || isHost(text);
};
const misfit =
	"Pages and downloads are matched by their path as it is counted (/orders/:id/receipt: no query, no slash at the end, :id in place of numbers), outbound by the host in small letters.";

const aimName = v.pipe(
	v.string("A name is a text."),
	v.minLength(1, "A name is missing."),
	v.maxLength(maxAimNameChars, `A name has at most ${maxAimNameChars} characters.`),
	v.check(isPlain, "A name holds no control characters and no spaces at its ends."),
	v.check((text) => text !== otherName, `${otherName} is what rare names are counted under.`),
);
/** Whether a text can be the name of a goal or a funnel. */
export const isAimName = (text: string): boolean => v.is(aimName, text);

const goal = v.pipe(
	v.strictObject({ name: aimName, ...stepEntries }, "A goal has name, kind and match, and nothing else."),
	v.check((aim) => fits(aim.kind, aim.match), misfit),
);
const step = v.pipe(
	v.strictObject(stepEntries, "A step has kind and match, and nothing else."),
	v.check((aim) => fits(aim.kind, aim.match), misfit),
);
const funnel = v.strictObject(
	{
		name: aimName,
		steps: v.pipe(
			v.array(step, "Steps are a list."),
			v.minLength(2, "A funnel has at least 2 steps."),
			v.maxLength(maxStepsPerFunnel, `A funnel has at most ${maxStepsPerFunnel} steps.`),
		),
	},
	"A funnel has name and steps, and nothing else.",
);
const eachOnce = (list: { name: string }[]) => new Set(list.map(({ name }) => name)).size === list.length;

export const measuringSchema = v.pipe(
	v.strictObject(
		{
			goals: v.optional(
				v.pipe(
					v.array(goal, "Goals are a list."),
					v.maxLength(maxGoals, `A site has at most ${maxGoals} goals.`),
					v.check((list) => eachOnce(list), "Two goals have the same name."),
				),
				[],
			),
			funnels: v.optional(
				v.pipe(
					v.array(funnel, "Funnels are a list."),
					v.maxLength(maxFunnels, `A site has at most ${maxFunnels} funnels.`),
					v.check((list) => eachOnce(list), "Two funnels have the same name."),
				),
				[],
			),
			/** True where the part of the address behind # names pages. */
			hashRoutes: v.optional(v.boolean("hashRoutes is true or false."), false),
			/** Names of query parameters that hold the words of a search on the site. */
			search: v.optional(
				v.pipe(
					v.array(
						v.pipe(
							v.string("A query parameter's name is a text."),
							v.regex(/^[\w.[\]-]{1,40}$/, "A query parameter's name has 1–40 letters, digits or . _ - [ ]."),
						),
						"search is a list of query parameters' names.",
					),
					v.maxLength(maxSearchNames, `At most ${maxSearchNames} names of search parameters.`),
				),
				["q", "query", "s", "search", "keyword", "term", "sok"],
			),
			/** True where loads of the gate file are counted, to tell the share of page loads with consent. */
			coverage: v.optional(v.boolean("coverage is true or false."), false),
			/** Colours of the built-in banner. */
			banner: v.optional(bannerSchema, {}),
		},
		"Settings are an object.",
	),
	v.check(
		({ goals, funnels }) => goals.every(({ name }) => funnels.every((other) => other.name !== name)),
		"A goal and a funnel have the same name.",
	),
);
export const measuringParts = [
	"goals",
	"funnels",
	"hashRoutes",
	"search",
	"coverage",
	"banner",
] as const satisfies (keyof MeasuringSettings)[];
export type MeasuringSettings = v.InferOutput<typeof measuringSchema>;
export type Goal = MeasuringSettings["goals"][number];
export type Funnel = MeasuringSettings["funnels"][number];

/** Key under which a step of a funnel is counted; steps are numbered from 1. */
export const stepKey = (funnelName: string, number: number) => `${funnelName}${keySeparator}${number}`;

const literal = (text: string) => text.replace(/[\\^$.+?()[\]{}|]/g, "\\$&");

/** Regular expression (source) that a whole name must fit; `*` stands for anything. Valid with and without the flag `u`. */
export function patternOf(text: string): string {
	return `^${text.split("*").map(literal).join(".*")}$`;
}

/** Goals and funnels as the collector gets them. */
export function aimsOf({ goals, funnels }: Pick<MeasuringSettings, "goals" | "funnels">): AimStep[][] {
	return [
		...goals.map(({ name, kind, match: text }): AimStep[] => [[name, kind, patternOf(text)]]),
		...funnels.map(({ name, steps }) =>
			steps.map(({ kind, match: text }, i): AimStep => [stepKey(name, i + 1), kind, patternOf(text)]),
		),
	];
}

/** Every key a report may count a goal or step under. */
export function aimKeys({ goals, funnels }: Pick<MeasuringSettings, "goals" | "funnels">): Set<string> {
	const steps = funnels.flatMap(({ name, steps }) => steps.map((_, i) => stepKey(name, i + 1)));
	return new Set([...goals.map(({ name }) => name), ...steps]);
}

/** Regular expression (source) for the names of query parameters that hold a search. */
export function searchPattern(names: readonly string[]): string {
	return names.length === 0 ? "(?!)" : `^(${names.map(literal).join("|")})$`;
}
