/**
 * `npm run site`: sites, keys, goals and funnels from the command line, in the local server's data or with `--remote` in the
 * user's own Cloudflare account. Remote goes to D1 with the login that deploys, not over HTTP with an owner's key: such a key
 * belongs to one site, and must be able neither to create others nor to issue keys.
 */
import { resolve } from "node:path";
import type { Databases } from "../worker/operator/backup.ts";
import { findDatabase, openAccount, readWranglerConfig } from "./cloudflare.ts";
import { Failure, runCommand } from "./failure.ts";
import { withLocalD1 } from "./local-d1.ts";
import { remoteD1 } from "./remote-d1.ts";
import { understand } from "./site-commands.ts";

async function withRemoteD1<T>(work: (...databases: Databases) => Promise<T>): Promise<T> {
	const account = await openAccount();
	const open = async ({ database_name }: { database_name: string }) => {
		const id = await findDatabase(account, database_name);
		if (!id) throw new Failure("There is no database in this Cloudflare account yet: run `npm run deploy` first.");
		return remoteD1(account, id);
	};
	const [first, ...shards] = readWranglerConfig().d1_databases;
	return work(await open(first ?? { database_name: "" }), ...(await Promise.all(shards.map(open))));
}

await runCommand(async () => {
	const { isRemote, work } = understand(process.argv.slice(2));
	const lines = await (isRemote ? withRemoteD1(work) : withLocalD1(resolve(process.env.DATA_DIR || ".sporlos"), work));
	for (const line of lines) console.log(line);
});
