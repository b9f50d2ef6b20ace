/** Notes in D1: reading, writing, changing, deleting. They stay until an owner deletes them; leaves out who may (routes). */
import { and, count, eq, ne } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { maxNotes } from "../../schema/limits.ts";
import type { Note } from "../../schema/note.ts";
import { note } from "../../schema/tables.ts";
import { base64url } from "../access/secrets.ts";
import { Problem } from "../problem.ts";

type Content = Omit<Note, "id">;

const columns = { id: note.id, from: note.first, to: note.last, text: note.text, page: note.page };
const rowOf = ({ from, to, text, page }: Content) => ({ first: from, last: to, text, page });
const isOf = (site: string, id: string) => and(eq(note.site, site), eq(note.id, id));
const isSame = (site: string, { from, to, text }: Content) =>
	and(eq(note.site, site), eq(note.first, from), eq(note.last, to), eq(note.text, text));

/** Finds all of a site's notes in the order of their dates. */
export function allNotes(d1: D1Database, site: string): D1PreparedStatement {
	return d1
		.prepare(
			`SELECT id, first AS "from", last AS "to", text, page FROM note WHERE site = ?1 ORDER BY first, last, text`,
		)
		.bind(site);
}

/** Of some notes those that touch a span of local dates. */
export function notesWithin(notes: readonly Note[], { from, to }: { from: string; to: string }): Note[] {
	return notes.filter((note) => note.from <= to && note.to >= from);
}

/** Notes of a site in the order of their dates. */
export async function notesOf(d1: D1Database, site: string): Promise<Note[]> {
	return (await allNotes(d1, site).all<Note>()).results;
}

/** Writes a note and answers it; the same one again is the one there is. Throws `outside-limits` where there are too many. */
export async function addNote(d1: D1Database, site: string, content: Content): Promise<Note> {
	const db = drizzle(d1);
	const same = db.select(columns).from(note).where(isSame(site, content));
	const [known] = await same;
	if (known) return known;
	const [all] = await db.select({ n: count() }).from(note).where(eq(note.site, site));
	if ((all?.n ?? 0) >= maxNotes)
		throw new Problem("outside-limits", `A site has at most ${maxNotes} notes: delete some first.`);
	const id = base64url(crypto.getRandomValues(new Uint8Array(12)));
	await db
		.insert(note)
		.values({ site, id, ...rowOf(content) })
		.onConflictDoNothing();
	const [written] = await same;
	return written ?? { id, ...content };
}

/** Changes a note; false where there is none of this id. Another one that says the same is merged into it. */
export async function changeNote(d1: D1Database, site: string, id: string, content: Content): Promise<boolean> {
	const db = drizzle(d1);
	if ((await db.$count(note, isOf(site, id))) === 0) return false;
	await db.batch([
		db.delete(note).where(and(isSame(site, content), ne(note.id, id))),
		db.update(note).set(rowOf(content)).where(isOf(site, id)),
	]);
	return true;
}

/** Deletes a note; false where there is none of this id. */
export async function removeNote(d1: D1Database, site: string, id: string): Promise<boolean> {
	const gone = await drizzle(d1).delete(note).where(isOf(site, id)).returning({ id: note.id });
	return gone.length > 0;
}
