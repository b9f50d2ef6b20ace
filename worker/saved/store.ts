/**
 * Saved views in D1: reading, saving, naming anew, deleting. They stay until somebody deletes them; leaves out who may, and what a view
 * is (worker/dashboard/saved).
 */
import { and, asc, eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { maxSavedViews, maxViewNameChars } from "../../schema/limits.ts";
import { oneLine } from "../../schema/note.ts";
import { account, savedView } from "../../schema/tables.ts";
import { base64url } from "../access/secrets.ts";

/** A view: page of figures, and its canonical query without the question mark. */
export interface SavedView {
	id: string;
	name: string;
	section: string;
	query: string;
}

export interface MadeView extends SavedView {
	/** Account of who made it, and their name where it is still there. */
	account: string;
	maker: string | null;
}

/** What keeps a name from being given: it is none, another view has it, there are too many, or the view is gone. */
export type NameFault = "name" | "taken" | "full" | "gone";

const isOf = (site: string, id: string) => and(eq(savedView.site, site), eq(savedView.id, id));
/** Names that differ only in case or in how their letters are put together are the same to a reader. */
const folded = (name: string) => name.normalize("NFKC").toLowerCase();

/** Finds a site's views, for the menu of a page of figures. */
export function savedViewsOf(d1: D1Database, site: string): D1PreparedStatement {
	return d1.prepare("SELECT id, name, section, query FROM saved_view WHERE site = ?1").bind(site);
}

export async function savedViews(d1: D1Database, site: string): Promise<SavedView[]> {
	return (await savedViewsOf(d1, site).all<SavedView>()).results;
}

/** The same with who made them. */
export async function madeViews(d1: D1Database, site: string): Promise<MadeView[]> {
	const { id, name, section, query, account: by } = savedView;
	return drizzle(d1)
		.select({ id, name, section, query, account: by, maker: account.name })
		.from(savedView)
		.leftJoin(account, eq(account.id, by))
		.where(eq(savedView.site, site))
		.orderBy(asc(name));
}

/** A name as it is kept: one line with something to be seen, not too long. */
function nameIn(typed: string): string | undefined {
	const name = oneLine(typed).normalize("NFC");
	return name.length <= maxViewNameChars && /[\p{L}\p{N}\p{P}\p{S}]/u.test(name) ? name : undefined;
}

/** Whether a view other than this one has the name. */
async function isTaken(d1: D1Database, site: string, name: string, id: string): Promise<boolean> {
	const all = await savedViews(d1, site);
	return all.some((view) => view.id !== id && folded(view.name) === folded(name));
}

export async function saveView(
	d1: D1Database,
	site: string,
	{ name: typed, section, query }: Omit<SavedView, "id">,
	by: string,
): Promise<NameFault | undefined> {
	const name = nameIn(typed);
	if (name === undefined) return "name";
	if (await isTaken(d1, site, name, "")) return "taken";
	const id = base64url(crypto.getRandomValues(new Uint8Array(12)));
	const { meta } = await d1
		.prepare(
			`INSERT INTO saved_view (site, id, name, section, query, account) SELECT ?1, ?2, ?3, ?4, ?5, ?6
			WHERE (SELECT count(*) FROM saved_view WHERE site = ?1) < ${maxSavedViews} ON CONFLICT DO NOTHING`,
		)
		.bind(site, id, name, section, query, by)
		.run();
	if (meta.changes === 1) return undefined;
	return (await isTaken(d1, site, name, "")) ? "taken" : "full";
}

export async function renameView(
	d1: D1Database,
	site: string,
	id: string,
	typed: string,
): Promise<NameFault | undefined> {
	const name = nameIn(typed);
	if (name === undefined) return "name";
	if (await isTaken(d1, site, name, id)) return "taken";
	const { meta } = await d1
		.prepare("UPDATE OR IGNORE saved_view SET name = ?3 WHERE site = ?1 AND id = ?2")
		.bind(site, id, name)
		.run();
	if (meta.changes === 1) return undefined;
	return (await isTaken(d1, site, name, id)) ? "taken" : "gone";
}

export async function removeView(d1: D1Database, site: string, id: string): Promise<void> {
	await drizzle(d1).delete(savedView).where(isOf(site, id));
}
