/**
 * An owner's change of a site's settings, from the HTTP route and from the pages alike: checked against what is stored, saved,
 * in force at once in this isolate, and in the log. Leaves out who may do this.
 */
import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { closing } from "../../schema/tables.ts";
import { booksOf } from "../book/books.ts";
import type { Env } from "../env.ts";
import { type CheckedSettings, changeSettings, movesPeriods, saveChange } from "./settings.ts";
import { shardOf } from "./shards.ts";
import { forgetSite, type Site, siteOf } from "./sites.ts";

/** Whether anything is counted, in a book or closed: then the borders of periods stay where they are. */
export async function hasCounted(env: Env, site: Site): Promise<boolean> {
	const open = await Promise.all(booksOf(env, site).map((book) => book.openPeriods()));
	if (open.flat().length > 0) return true;
	return (await drizzle(shardOf(env, site)).$count(closing, eq(closing.site, site.id))) > 0;
}

/** Makes the change that `changesTo` asks for (anybody's JSON), or says what is wrong with it. `who` is named in the log. */
export async function makeChange(
	env: Env,
	id: string,
	who: string,
	changesTo: (site: Site) => unknown,
	now: number,
): Promise<CheckedSettings> {
	forgetSite(id); // changes build on what is stored, not on a copy
	const site = await siteOf(env, id);
	const changed = changeSettings(site, changesTo(site));
	if (!changed.ok) return changed;
	if (movesPeriods(site, changed.value) && (await hasCounted(env, site)))
		return { ok: false, detail: "Grain and time zone are fixed once something has been counted.", path: ["grain"] };
	await saveChange(env.DB, site, changed.value, who, now);
	forgetSite(id);
	return changed;
}
