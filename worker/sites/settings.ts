/**
 * Changing a site's settings: one check and one write for the HTTP route and the command line. What is left out stays as it
 * is. Leaves out creating a site, its notice, and who may do this.
 */
import { eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import * as v from "valibot";
import { grains } from "../../schema/period.ts";
import { measuringParts, measuringSchema } from "../../schema/settings.ts";
import { site } from "../../schema/tables.ts";
import { named } from "../../schema/words.ts";
import { note } from "../access/log.ts";
import { siteFaults } from "./create.ts";
import type { Site } from "./stored.ts";

const ownSchema = v.object({
	name: v.string("name is a text."),
	origins: v.array(v.string("An origin is a text."), "origins is a list."),
	timeZone: v.string("timeZone is a text."),
	grain: v.picklist(grains, `grain is one of ${grains.join(", ")}.`),
	k: v.number("k is a number."),
	retentionMonths: v.number("retentionMonths is a number."),
	books: v.number("books is a number."),
});
const siteSchema = v.partial(ownSchema);
const siteParts = new Set(Object.keys(siteSchema.entries));
const parts = [...siteParts, ...measuringParts];

/** What an owner can read and change; everything but the notice and the id. */
export const settingsSchema = named("Settings", v.object({ ...ownSchema.entries, ...measuringSchema.entries }));
export type Settings = v.InferOutput<typeof settingsSchema>;
/** What an owner sends to change some of it. */
export const changesSchema = v.partial(v.object({ ...ownSchema.entries, ...measuringSchema.entries }));

export function settingsOf({ name, origins, timeZone, grain, k, retentionMonths, books, settings }: Site): Settings {
	return { name, origins, timeZone, grain, k, retentionMonths, books, ...settings };
}

/** `path` leads to what is wrong, as far as that is one place: ["goals", 2, "match"]. */
export type CheckedSettings =
	| { ok: true; value: Settings }
	| { ok: false; detail: string; path: readonly (string | number)[] };

const refuse = (detail: string, path: readonly (string | number)[] = []) => ({ ok: false as const, detail, path });

/** The keys on the way to what an issue is about. */
const pathOf = ({ path }: v.BaseIssue<unknown>) =>
	path?.map(({ key }) => (typeof key === "number" ? key : String(key))) ?? [];

/** The site's settings with `changes` (anybody's JSON) put in, or a sentence that says what is wrong with them. */
export function changeSettings(current: Site, changes: unknown): CheckedSettings {
	if (typeof changes !== "object" || changes === null || Array.isArray(changes))
		return refuse("Send an object with the settings to change.");
	const entries = Object.entries(changes);
	if (entries.some(([part]) => !parts.includes(part))) return refuse(`Settings there are: ${parts.join(", ")}.`);
	const own = v.safeParse(siteSchema, Object.fromEntries(entries.filter(([part]) => siteParts.has(part))));
	if (!own.success) return refuse(own.issues[0].message, pathOf(own.issues[0]));
	const measuring = v.safeParse(measuringSchema, {
		...current.settings,
		...Object.fromEntries(entries.filter(([part]) => !siteParts.has(part))),
	});
	if (!measuring.success) return refuse(sentenceOf(measuring.issues[0]), pathOf(measuring.issues[0]));
	const value = { ...settingsOf(current), ...withoutUndefined(own.output), ...measuring.output };
	if (value.books < current.books) return refuse(`The site has ${current.books} books, and can get more, never fewer.`);
	const [fault] = siteFaults({ id: current.id, ...value });
	if (fault) return refuse(fault.detail, [fault.part]);
	return { ok: true, value };
}

function withoutUndefined<T extends object>(values: T) {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
		[Part in keyof T]?: Exclude<T[Part], undefined>;
	};
}

/** The schema's own words, with the place in a list. Never a name that came with the request. */
function sentenceOf({ message, path }: v.BaseIssue<unknown>): string {
	const [part, place] = path ?? [];
	return typeof place?.key === "number" ? `${String(part?.key)}, number ${place.key + 1}: ${message}` : message;
}

/** Whether the change moves the borders of periods, which is possible only while nothing has been counted. */
export function movesPeriods(current: Site, { grain, timeZone }: Settings): boolean {
	return grain !== current.grain || timeZone !== current.timeZone;
}

/** Names of the settings that differ. */
const changedParts = (before: Settings, after: Settings) =>
	(Object.keys(after) as (keyof Settings)[]).filter(
		(part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]),
	);

export async function saveSettings(d1: D1Database, id: string, settings: Settings): Promise<void> {
	const { goals, funnels, hashRoutes, search, coverage, banner, books, ...row } = settings;
	await drizzle(d1)
		.update(site)
		.set({
			...row,
			books: sql`max(${site.books}, ${books})`,
			settings: { goals, funnels, hashRoutes, search, coverage, banner },
		})
		.where(eq(site.id, id));
}

/** Saves what an owner changed, and says in the site's log who it was. */
export async function saveChange(
	d1: D1Database,
	current: Site,
	settings: Settings,
	who: string,
	now: number,
): Promise<void> {
	const changed = changedParts(settingsOf(current), settings);
	if (changed.length === 0) return;
	await saveSettings(d1, current.id, settings);
	await note(d1, [current.id], { at: now, who, what: "changed", about: changed.join(", ") });
}
