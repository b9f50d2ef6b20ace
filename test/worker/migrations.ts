/** The test's own D1 and books: with the migrations of schema/migrations, and empty before every test. */
import { applyD1Migrations, type D1Migration, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { forgetClosed } from "../../worker/query/memory.ts";
import { openSite, testEnv } from "./support.ts";

export const { TEST_MIGRATIONS: migrations } = env as unknown as { TEST_MIGRATIONS: D1Migration[] };

/** The second is there to test sites of another shard. */
export const databases = [testEnv.DB, testEnv.DB_1 as D1Database];

/** The tables as they are today; nothing is remembered of those before. */
export async function applyMigrations(): Promise<void> {
	forgetClosed();
	for (const database of databases) await applyD1Migrations(database, migrations);
}

/** Empties everything and opens the test's site; its owner's key and policy version. */
export async function startFresh(): Promise<{ key: string; policy: string }> {
	await reset();
	await applyMigrations();
	return openSite();
}
