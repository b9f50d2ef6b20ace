/** Finds a site's open book. */
import type { Env } from "../env.ts";
import type { Book } from "./book.ts";

export function bookOf(env: Env, site: string): DurableObjectStub<Book> {
	return env.BOOK.get(env.BOOK.idFromName(`${site}#0`));
}
