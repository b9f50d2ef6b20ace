/**
 * `npm run deploy`: everything into the user's own Cloudflare account, safe to run again: creates what is missing, applies the
 * migrations that are new, deploys, prints how to get in. Leaves out sites: `npm run site` adds those.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/d1";
import { site } from "../schema/tables.ts";
import { issueSignIn } from "../worker/access/sign-in.ts";
import { bundle } from "./bundle.ts";
import { ensureDatabase, openAccount, readWranglerConfig, wrangler } from "./cloudflare.ts";
import { runCommand } from "./failure.ts";
import { remoteD1 } from "./remote-d1.ts";

const root = join(import.meta.dirname, "..");
const folder = `${root}/dist/deploy`;

/** The address wrangler says it deployed to: a custom domain if there is one, else workers.dev. */
function addressIn(output: string): string | undefined {
	const targets = output
		.split("\n")
		.filter(Boolean)
		.map((line) => JSON.parse(line) as { type: string; targets?: string[] })
		.flatMap(({ type, targets = [] }) => (type === "deploy" ? targets : []))
		.filter((target) => /^(https:\/\/)?[a-z0-9.-]+$/.test(target))
		.map((target) => (target.startsWith("https://") ? target : `https://${target}`));
	return targets.find((target) => !target.endsWith(".workers.dev")) ?? targets[0];
}

/** Only where a sender is set, and from that address alone: a deployment without one needs nothing of Cloudflare's Email Service. */
const emailBinding = (from: string | undefined) => (from ? [{ name: "EMAIL", allowed_sender_addresses: [from] }] : []);

await runCommand(async () => {
	const isDryRun = process.argv.includes("--dry-run");
	await bundle();
	await mkdir(folder, { recursive: true });
	const source = readWranglerConfig();
	const written = `${folder}/wrangler.json`;
	const log = `${folder}/deployed.ndjson`;
	const writeConfig = (account: { account_id?: string }, ids: string[]) =>
		writeFile(
			written,
			JSON.stringify({
				name: source.name,
				main: "../worker.js", // bundled by ourselves: the very file that was tested
				no_bundle: true,
				find_additional_modules: false,
				compatibility_date: source.compatibility_date,
				observability: source.observability,
				vars: source.vars,
				send_email: emailBinding(source.vars.MAIL_FROM),
				d1_databases: source.d1_databases.map(({ binding, database_name, database_id }, at) => ({
					binding,
					database_name,
					database_id: ids[at] ?? database_id,
					migrations_dir: "../../schema/migrations",
				})),
				durable_objects: source.durable_objects,
				migrations: source.migrations,
				triggers: source.triggers,
				...account,
			}),
		);

	if (isDryRun) {
		await writeConfig({}, []);
		await wrangler(["deploy", "--dry-run", "--config", written]);
		console.log("The Worker bundles; nothing was sent to Cloudflare.");
		return;
	}

	const account = await openAccount();
	const ids: string[] = [];
	for (const { database_name } of source.d1_databases) {
		const { id, isNew } = await ensureDatabase(account, database_name);
		console.log(`database ${database_name}: ${isNew ? "created" : "there already"}`);
		ids.push(id);
	}
	await writeConfig({ account_id: account.id }, ids);
	const settings = { CLOUDFLARE_API_TOKEN: account.token, WRANGLER_OUTPUT_FILE_PATH: log };
	for (const { binding } of source.d1_databases) {
		await wrangler(["d1", "migrations", "apply", binding, "--remote", "--config", written], settings);
		console.log(`migrations of ${binding}: applied`);
	}
	await writeFile(log, "");
	await wrangler(["deploy", "--config", written], settings);
	const app = addressIn(await readFile(log, "utf8"));
	console.log(`deployed ${app ?? "(wrangler named no address: see its dashboard)"}`);

	const db = remoteD1(account, ids[0] ?? "");
	const [first] = await drizzle(db).select({ id: site.id }).from(site).limit(1);
	if (!first) {
		console.log(`\nNo site yet. Add one: npm run site -- add NAME --origin https://www.example.no --remote`);
		return;
	}
	console.log(`\nSign in, once, within a day:\n${app}/sign-in/${await issueSignIn(db, { site: first.id })}`);
});
