/** The Worker's bindings, as wrangler.toml lists them. */
import type { Book } from "./book/book.ts";

export interface Env {
	DB: D1Database;
	BOOK: DurableObjectNamespace<Book>;
	/** "1" where sample visits may be filled in; local servers only. */
	SAMPLES: string;
}
