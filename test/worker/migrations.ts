/** Applies the migrations of schema/migrations to the test's own D1. */
import { applyD1Migrations, type D1Migration } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { testEnv } from "./support.ts";

export async function applyMigrations(): Promise<void> {
	await applyD1Migrations(testEnv.DB, (env as unknown as { TEST_MIGRATIONS: D1Migration[] }).TEST_MIGRATIONS);
}
