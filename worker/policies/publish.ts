/**
 * Publishing a version of a site's notice: one check and one write for the HTTP route and the command line. Versions form a
 * chain, each naming the one before it, and none is ever changed or deleted. Leaves out what every notice must say (schema/policy.ts).
 */
import { asc, eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import * as v from "valibot";
import { hashPolicy, versionOf } from "../../schema/canonical.ts";
import { defaultGrantDays } from "../../schema/limits.ts";
import { noticeLanguages, type Publication, publicationSchema } from "../../schema/policy.ts";
import type { Notice } from "../../schema/site.ts";
import { policy } from "../../schema/tables.ts";
import { note } from "../access/log.ts";
import { Problem } from "../problem.ts";
import type { Site } from "../sites/stored.ts";

const dayMs = 86_400_000;

export type PolicyRow = typeof policy.$inferSelect;

/** Every version of a site's notice, oldest first. */
export async function versionsOf(d1: D1Database, site: string): Promise<PolicyRow[]> {
	return drizzle(d1).select().from(policy).where(eq(policy.site, site)).orderBy(asc(policy.published));
}

/** How long a grant under a notice lasts. */
export const grantDaysOf = ({ grantDays = defaultGrantDays }: Notice) => grantDays;

/**
 * What is new since the oldest grant that can be around, in one language, newest first and a line each: who said yes to any of
 * the versions since then finds everything that changed after it.
 */
export function changesIn(site: Pick<Site, "policies" | "notice">, language: string, now: number): string {
	const since = now - grantDaysOf(site.notice) * dayMs;
	const later = site.policies.filter(({ published }, at) => at > 0 && published > since);
	return later
		.toReversed()
		.flatMap(({ notice }) => notice.languages[language]?.changes ?? [])
		.join("\n");
}

/** One thing that is wrong, and the way to it in the notice: ["languages", "nb", "title"]. */
export interface Fault {
	detail: string;
	path: readonly string[];
}

/** `detail` is the first fault's. */
export type CheckedPublication = { ok: true; value: Publication } | { ok: false; detail: string; faults: Fault[] };

/** A publication (anybody's JSON) that may follow `latest`, or sentences that say what is wrong with it. */
export function checkPublication(input: unknown, latest: PolicyRow | undefined): CheckedPublication {
	const parsed = v.safeParse(publicationSchema, input);
	const faults = parsed.success
		? misfits(parsed.output, latest?.notice)
		: parsed.issues.map((issue) => ({ detail: sentenceOf(issue), path: pathOf(issue) }));
	const [first] = faults;
	if (parsed.success && !first) return { ok: true, value: parsed.output };
	return { ok: false, detail: first?.detail ?? "", faults };
}

const pathOf = ({ path }: v.BaseIssue<unknown>) => path?.map(({ key }) => String(key)).slice(1) ?? [];

/** The schema's own words, with the language they are about. Never a name that came with the request. */
function sentenceOf({ message, path }: v.BaseIssue<unknown>): string {
	const language = noticeLanguages.find((known) => path?.[2]?.key === known);
	return language ? `${language}: ${message}` : message;
}

/** Why something may not follow a notice: what a visitor has to be asked about again is not editorial, and is told in words. */
function misfits({ material, notice }: Publication, before: Notice | undefined): Fault[] {
	if (!before) return [];
	const silent = Object.keys(notice.languages).filter((language) => notice.languages[language]?.changes === undefined);
	if (material) {
		const detail = `Visitors who agreed before are told what is new: add changes in ${silent.join(", ")}.`;
		return silent.map((language) => ({ detail, path: ["languages", language, "changes"] }));
	}
	const added = notice.purposes.filter((purpose) => !before.purposes.includes(purpose));
	const longer = "Grants that last longer are a material change: visitors agreed to the shorter time.";
	return [
		...(added.length > 0
			? [{ detail: `A further purpose (${added.join(", ")}) is a material change.`, path: ["purposes"] }]
			: []),
		...(grantDaysOf(notice) > grantDaysOf(before) ? [{ detail: longer, path: ["grantDays"] }] : []),
	];
}

/** What a publication will be called if it follows `latest`. */
export async function nextVersion({ material, notice }: Publication, latest: PolicyRow | undefined): Promise<string> {
	return versionOf(await hashPolicy({ follows: latest?.version ?? null, material, notice }));
}

/**
 * Adds a version after `latest`. Throws `published-meanwhile` where another one was published since that was read: of two that
 * follow the same version, the database takes one.
 */
export async function publish(
	d1: D1Database,
	site: string,
	{ material, notice }: Publication,
	latest: PolicyRow | undefined,
	now: number,
): Promise<PolicyRow> {
	const follows = latest?.version ?? null;
	const version = await nextVersion({ material, notice }, latest);
	// Versions are in the order of their instants, whatever the clock does.
	const row = { site, version, follows, notice, material, published: Math.max(now, (latest?.published ?? 0) + 1) };
	const added = await drizzle(d1).insert(policy).values(row).onConflictDoNothing().returning();
	if (added.length === 0) throw new Problem("published-meanwhile");
	return row;
}

/** Writes into the site's log who published what. */
export function notePublished(d1: D1Database, { site, version, material, published }: PolicyRow, who: string) {
	const about = `${version}: ${material ? "material" : "editorial"}`;
	return note(d1, [site], { at: published, who, what: "published", about });
}
