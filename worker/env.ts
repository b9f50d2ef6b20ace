/** The Worker's bindings, as wrangler.toml lists them. */
import type { Book } from "./book/book.ts";

export interface Env {
	/** What is common to all sites, and the closed books of those whose shard is 0. */
	DB: D1Database;
	/** Further databases for closed books: DB_1, DB_2, … */
	[shard: `DB_${number}`]: D1Database;
	BOOK: DurableObjectNamespace<Book>;
	/** "1" where sample visits may be filled in; local servers only. */
	SAMPLES: string;
	/** Takes alerts by POST; set as a secret, because such addresses often hold one. */
	ALERT_URL?: string;
	/** Sends e-mail, from the address in MAIL_FROM; there only where that is set. */
	EMAIL?: SendEmail;
	MAIL_FROM?: string;
	/** Name of a Cloudflare Zero Trust team, and the audience tag of its application for this place; see worker/access/cloudflare-access.ts. */
	ACCESS_TEAM?: string;
	ACCESS_AUD?: string;
}
