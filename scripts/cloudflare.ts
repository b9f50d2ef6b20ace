/** The user's Cloudflare account: who is signed in, its databases, and wrangler for what it does best. Leaves out what is deployed. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify, stripVTControlCharacters } from "node:util";
import { unstable_readConfig } from "wrangler";
import { Failure } from "./failure.ts";
import { type Account, callCloudflare } from "./remote-d1.ts";

const root = join(import.meta.dirname, "..");
const run = promisify(execFile);

/** Runs wrangler with the pinned Node. Throws a Failure with its words. */
export async function wrangler(args: string[], more: Record<string, string> = {}): Promise<string> {
	const env = { ...process.env, CI: "1", WRANGLER_SEND_METRICS: "false", NO_COLOR: "1", ...more };
	const command = [`${root}/node_modules/wrangler/bin/wrangler.js`, ...args];
	try {
		const { stdout } = await run(process.execPath, command, { cwd: root, env, maxBuffer: 2 ** 26 });
		return stdout;
	} catch (error) {
		const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
		const text = stripVTControlCharacters(stdout + stderr).replace(/🪵.*/gu, "");
		const words = (text.split("[ERROR]")[1] ?? text).split("If you think this is a bug")[0]?.trim();
		throw new Failure(`wrangler ${args.slice(0, 2).join(" ")} failed: ${words}`);
	}
}

/** What wrangler.toml says; wrangler's own types are not there for us. */
export interface WranglerConfig {
	name: string;
	vars: Record<string, string>;
	d1_databases: { binding: string; database_name: string; database_id: string }[];
	[setting: string]: unknown;
}

export const readWranglerConfig = () => unstable_readConfig({ config: `${root}/wrangler.toml` }) as WranglerConfig;

/** The account to work in: that of the login or token, or the one CLOUDFLARE_ACCOUNT_ID names where there are several. */
export async function openAccount(): Promise<Account> {
	const api = (process.env.CLOUDFLARE_API_BASE_URL ?? "https://api.cloudflare.com/client/v4").replace(/\/+$/, "");
	const answer = await wrangler(["auth", "token", "--json"]).catch(() => "{}");
	const { token } = JSON.parse(answer) as { token?: string };
	if (!token)
		throw new Failure("You are not signed in to Cloudflare: run `npx wrangler login`, or set CLOUDFLARE_API_TOKEN.");
	const wanted = process.env.CLOUDFLARE_ACCOUNT_ID;
	if (wanted) return { api, token, id: wanted };
	const accounts = await callCloudflare<{ id: string; name: string }[]>({ api, token }, "/accounts?per_page=50");
	const [only, ...others] = accounts;
	if (!only) throw new Failure("This login or token sees no account: give it the permissions that the README lists.");
	if (others.length > 0)
		throw new Failure(
			`Several accounts are yours: set CLOUDFLARE_ACCOUNT_ID to one of ${accounts.map(({ id, name }) => `${id} (${name})`).join(", ")}.`,
		);
	return { api, token, id: only.id };
}

/** Id of the D1 database of this name, or undefined. */
export async function findDatabase(account: Account, name: string): Promise<string | undefined> {
	const path = `/accounts/${account.id}/d1/database?name=${encodeURIComponent(name)}&per_page=100`;
	const databases = await callCloudflare<{ uuid: string; name: string }[]>(account, path);
	return databases.find((database) => database.name === name)?.uuid;
}

/** The same, created where it is missing. */
export async function ensureDatabase(account: Account, name: string): Promise<{ id: string; isNew: boolean }> {
	const known = await findDatabase(account, name);
	if (known) return { id: known, isNew: false };
	const { uuid } = await callCloudflare<{ uuid: string }>(account, `/accounts/${account.id}/d1/database`, { name });
	return { id: uuid, isNew: true };
}
