/** `npm run deploy` against a stand-in of Cloudflare's API: what it creates, what it says, and that running it again is safe. */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { remoteD1 } from "../../scripts/remote-d1.ts";
import { hashSecret } from "../../worker/access/secrets.ts";
import { createSite } from "../../worker/sites/create.ts";
import { type CloudflareStandIn, startCloudflare } from "../support/cloudflare-stand-in.ts";
import { notice } from "../support/sink.ts";

vi.setConfig({ testTimeout: 120_000 }); // wrangler takes seconds to start, several times a run

let cloudflare: CloudflareStandIn;
let home = "";
beforeEach(async () => {
	cloudflare = await startCloudflare();
	home = await mkdtemp(join(tmpdir(), "sporlos-home-"));
});
afterEach(async () => {
	await cloudflare.close();
	await rm(home, { recursive: true, force: true });
});

/** The command as somebody with this login would run it. */
function deploy(environment: Record<string, string> = { CLOUDFLARE_API_TOKEN: "a-token" }, ...args: string[]) {
	const { CLOUDFLARE_API_TOKEN: _, CLOUDFLARE_ACCOUNT_ID: __, ...rest } = process.env;
	const env = { ...rest, HOME: home, XDG_CONFIG_HOME: home, CLOUDFLARE_API_BASE_URL: cloudflare.api, ...environment };
	const script = join(import.meta.dirname, "../../scripts/deploy.ts");
	return new Promise<{ status: number; said: string; complained: string }>((resolve) => {
		const child = execFile(process.execPath, [script, ...args], { env }, (_, said, complained) =>
			resolve({ status: child.exitCode ?? 1, said, complained }),
		);
	});
}

test("the first run creates the database, migrates it, deploys with its bindings, and says how to go on", async () => {
	const { status, said, complained } = await deploy();
	expect({ status, complained }).toEqual({ status: 0, complained: "" });
	const [database] = cloudflare.databases;
	expect(database?.name).toBe("sporlos");
	const tables = database?.db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
	expect(tables?.map(({ name }) => name)).toEqual(expect.arrayContaining(["site", "cell", "closing", "d1_migrations"]));
	expect(cloudflare.uploads).toHaveLength(1);
	expect(cloudflare.uploads[0]).toMatchObject({
		name: "sporlos",
		metadata: {
			bindings: expect.arrayContaining([
				{ name: "DB", type: "d1", id: database?.uuid },
				{ name: "BOOK", type: "durable_object_namespace", class_name: "Book" },
				{ name: "SAMPLES", type: "plain_text", text: "0" },
			]),
			migrations: { new_tag: "v1", steps: [{ new_sqlite_classes: ["Book"] }] },
			observability: { enabled: false },
		},
	});
	expect(cloudflare.uploads[0]?.bytes).toBeLessThan(3_000_000); // the Worker, and nothing that lies beside it
	expect(cloudflare.schedules).toEqual([{ cron: "*/10 * * * *" }]);
	expect(said).toContain("deployed https://sporlos.a-small-company.workers.dev");
	expect(said).toContain("npm run site -- add");
});

test("a second run creates nothing, keeps what is there, and prints a sign-in link that is known by its hash only", async () => {
	await deploy();
	const account = { api: cloudflare.api, token: "a-token", id: cloudflare.accounts[0]?.id ?? "" };
	const db = remoteD1(account, cloudflare.databases[0]?.uuid ?? "");
	const settings = { id: "shop", name: "Shop", origins: ["https://www.example.no"], timeZone: "Europe/Oslo" };
	await createSite(db, { ...settings, grain: "day", k: 5, notice });
	const { status, said } = await deploy();
	expect(status).toBe(0);
	expect(cloudflare.databases).toHaveLength(1);
	expect(cloudflare.uploads).toHaveLength(2);
	const token = /https:\/\/sporlos\.a-small-company\.workers\.dev\/sign-in\/(\S+)/.exec(said)?.[1] ?? "";
	const rows = cloudflare.databases[0]?.db.prepare("SELECT hash, site FROM sign_in").all();
	expect(rows?.map((row) => ({ ...row }))).toEqual([{ hash: await hashSecret(token), site: "shop" }]);
});

test("what Cloudflare refuses is said in its words, with status 1, and the next run goes on from there", async () => {
	cloudflare.failing = { call: /^PUT .*\/workers\/scripts\/sporlos$/, status: 403, message: "No permission to upload" };
	const failed = await deploy();
	expect(failed.status).toBe(1);
	expect(failed.complained).toContain("No permission to upload");
	expect(failed.complained).not.toContain("    at ");
	expect((await deploy()).status).toBe(0);
	expect(cloudflare.databases).toHaveLength(1);
});

test("without a login, or with several accounts, it says what to do and changes nothing", async () => {
	const nobody = await deploy({});
	expect(nobody).toMatchObject({ status: 1, complained: expect.stringContaining("CLOUDFLARE_API_TOKEN") });
	cloudflare.accounts.push({ id: "f".repeat(32), name: "Another one" });
	const several = await deploy();
	expect(several).toMatchObject({ status: 1, complained: expect.stringContaining("CLOUDFLARE_ACCOUNT_ID") });
	expect(several.complained).toContain(`${"f".repeat(32)} (Another one)`);
	expect(cloudflare.databases).toEqual([]);
	expect(cloudflare.uploads).toEqual([]);
});

test("a dry run bundles everything and calls nobody", async () => {
	const { status, said } = await deploy({}, "--dry-run");
	expect(status).toBe(0);
	expect(said).toContain("nothing was sent");
	expect(cloudflare.calls).toEqual([]);
});
