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

export type CheckedPublication = { ok: true; value: Publication } | { ok: false; detail: string };

/** A publication (anybody's JSON) that may follow `latest`, or a sentence that says what is wrong with it. */
export function checkPublication(input: unknown, latest: PolicyRow | undefined): CheckedPublication {
	const parsed = v.safeParse(publicationSchema, input);
	if (!parsed.success) return { ok: false, detail: sentenceOf(parsed.issues[0]) };
	const detail = latest && misfit(parsed.output, latest.notice);
	return detail === undefined ? { ok: true, value: parsed.output } : { ok: false, detail };
}

/** The schema's own words, with the language they are about. Never a name that came with the request. */
function sentenceOf({ message, path }: v.BaseIssue<unknown>): string {
	const language = noticeLanguages.find((known) => path?.[2]?.key === known);
	return language ? `${language}: ${message}` : message;
}

/** Why something may not follow a notice: what a visitor has to be asked about again is not editorial, and is told in words. */
function misfit({ material, notice }: Publication, before: Notice): string | undefined {
	const silent = Object.entries(notice.languages).filter(([, { changes }]) => changes === undefined);
	if (material)
		return silent.length === 0
			? undefined
			: `Visitors who agreed before are told what is new: add changes in ${silent.map(([language]) => language).join(", ")}.`;
	const added = notice.purposes.filter((purpose) => !before.purposes.includes(purpose));
	if (added.length > 0) return `A further purpose (${added.join(", ")}) is a material change.`;
	if (grantDaysOf(notice) > grantDaysOf(before))
		return "Grants that last longer are a material change: visitors agreed to the shorter time.";
	return undefined;
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
	const version = versionOf(await hashPolicy({ follows, material, notice }));
	// Versions are in the order of their instants, whatever the clock does.
	const row = { site, version, follows, notice, material, published: Math.max(now, (latest?.published ?? 0) + 1) };
	const added = await drizzle(d1).insert(policy).values(row).onConflictDoNothing().returning();
	if (added.length === 0) throw new Problem("published-meanwhile");
	return row;
}
