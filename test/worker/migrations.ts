/** The test's own D1 and books: with the migrations of schema/migrations, and empty before every test. */
import { applyD1Migrations, type D1Migration, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { openSite, testEnv } from "./support.ts";

export async function applyMigrations(): Promise<void> {
	await applyD1Migrations(testEnv.DB, (env as unknown as { TEST_MIGRATIONS: D1Migration[] }).TEST_MIGRATIONS);
}

/** Empties everything and opens the test's site; its owner's key and policy version. */
export async function startFresh(): Promise<{ key: string; policy: string }> {
	await reset();
	await applyMigrations();
	return openSite();
}
