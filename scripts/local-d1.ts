/**
 * The local server's D1 database without the server: workerd on the same file, which SQLite's own locks keep in order while
 * `npm start` runs beside it. Leaves out the books: only the server opens those.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import type { Databases } from "../worker/operator/backup.ts";
import { Failure } from "./failure.ts";
import { applyMigrations } from "./migrations.ts";
import { quietOptions } from "./runtime.ts";

const root = join(import.meta.dirname, "..");

/** Runs `work` with the databases in `dataDir`. Throws a Failure where nothing is kept there yet. */
export async function withLocalD1<T>(dataDir: string, work: (...databases: Databases) => Promise<T>): Promise<T> {
	if (!existsSync(join(dataDir, "d1")))
		throw new Failure(`Nothing is kept in ${dataDir} yet: run \`npm start\` once, or set DATA_DIR to where it is.`);
	const { workerOptions } = unstable_getMiniflareWorkerOptions(`${root}/wrangler.toml`);
	const miniflare = new Miniflare(
		convertV4MiniflareOptions({
			...quietOptions(dataDir),
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
			await applyMigrations(db, `${root}/schema/migrations`);
			return db;
		};
		const shards = Object.keys(workerOptions.d1Databases ?? {}).filter((binding) => binding !== "DB");
		return await work(await open("DB"), ...(await Promise.all(shards.map(open))));
	} finally {
		await miniflare.dispose();
	}
}
