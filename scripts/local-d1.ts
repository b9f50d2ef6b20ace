/**
 * The local server's D1 database without the server: workerd on the same file, which SQLite's own locks keep in order while
 * `npm start` runs beside it. Leaves out the books: only the server opens those.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import type { Databases } from "../worker/operator/backup.ts";
import { Failure } from "./failure.ts";
import { applyMigrations } from "./migrations.ts";
import { quietOptions } from "./runtime.ts";

const root = join(import.meta.dirname, "..");

/** The server may be writing for seconds, when it sums or fills in visits. */
const patienceMs = 30_000;
const pauseMs = 200;

/** What D1 says where another process holds SQLite's lock: it does not wait for it, and does not always name it. */
const isBusy = (error: unknown) =>
	error instanceof Error && /SQLITE_BUSY|database is locked|commit token/.test(error.message);

/** Tries until nobody else writes. Only for what can be tried again. */
async function inTurn<T>(attempt: () => Promise<T>): Promise<T> {
	const until = Date.now() + patienceMs;
	for (;;) {
		try {
			return await attempt();
		} catch (error) {
			if (!isBusy(error)) throw error;
			if (Date.now() > until)
				throw new Failure("The server keeps writing to the database: run the command again in a while.");
			await sleep(pauseMs);
		}
	}
}

/**
 * Runs `work` with the databases in `dataDir`, once nobody else writes to them. Throws a Failure where nothing is kept there yet, and
 * where the server writes all the time.
 */
export async function withLocalD1<T>(dataDir: string, work: (...databases: Databases) => Promise<T>): Promise<T> {
	if (!existsSync(join(dataDir, "d1")))
		throw new Failure(`Nothing is kept in ${dataDir} yet: run \`npm start\` once, or set DATA_DIR to where it is.`);
	const { workerOptions } = unstable_getMiniflareWorkerOptions(`${root}/wrangler.toml`);
	const miniflare = new Miniflare(
		convertV4MiniflareOptions({
			...quietOptions(dataDir),
			handleStructuredLogs: () => {}, // what goes wrong is thrown as well
			workers: [
				{
					name: "site",
					compatibilityDate: "2026-10-23",
					modules: true,
					script: "export default { fetch: () => new Response(null, { status: 404 }) };",
					d1Databases: workerOptions.d1Databases as Record<string, string>,
				},
			],
		}),
	);
	try {
		const open = async (binding: string) => {
			const db = (await miniflare.getD1Database(binding)) as unknown as D1Database;
			await inTurn(() => applyMigrations(db, `${root}/schema/migrations`));
			return db;
		};
		const shards = Object.keys(workerOptions.d1Databases ?? {}).filter((binding) => binding !== "DB");
		return await work(await open("DB"), ...(await Promise.all(shards.map(open))));
	} finally {
		await miniflare.dispose();
	}
}
