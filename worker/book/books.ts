/** Finds the open books of a site: one, or for a very busy site several, among which its visits are spread. */
import type { Env } from "../env.ts";
import type { Book, BookStatus } from "./book.ts";
import { addRecent, type Recent } from "./recent.ts";

interface BooksOfSite {
	id: string;
	books: number;
}

export function bookOf(env: Env, site: string, number = 0): DurableObjectStub<Book> {
	return env.BOOK.get(env.BOOK.idFromName(`${site}#${number}`));
}

/** All of them, by their number. The first one closes periods for the whole site. */
export function booksOf(env: Env, { id, books }: BooksOfSite): DurableObjectStub<Book>[] {
	return Array.from({ length: books }, (_, number) => bookOf(env, id, number));
}

/** How many page views of the site are going on. */
export async function viewsNow(env: Env, site: BooksOfSite, now = Date.now()): Promise<number> {
	const present = await Promise.all(booksOf(env, site).map((book) => book.present(now)));
	return present.reduce((sum, views) => sum + views, 0);
}

/** The last half hour of the site, all books together. */
export async function recentNow(env: Env, site: BooksOfSite, now: number): Promise<Recent> {
	return addRecent(await Promise.all(booksOf(env, site).map((book) => book.recent(now))));
}

/** How many page views of the site wait to be taken out of closed periods. */
export async function erasingNow(env: Env, site: BooksOfSite): Promise<number> {
	const erasing = await Promise.all(booksOf(env, site).map((book) => book.erasing()));
	return erasing.reduce((sum, views) => sum + views, 0);
}

/** What an operator wants to know of all of them together. */
export async function statusOf(env: Env, site: BooksOfSite): Promise<BookStatus> {
	const all = await Promise.all(booksOf(env, site).map((book) => book.status()));
	const sum = (figure: Exclude<keyof BookStatus, "open">) => all.reduce((total, one) => total + one[figure], 0);
	return {
		pending: sum("pending"),
		late: sum("late"),
		erasing: sum("erasing"),
		open: [...new Set(all.flatMap(({ open }) => open))].sort(),
		reports: sum("reports"),
		receipts: sum("receipts"),
		bytes: sum("bytes"),
	};
}
