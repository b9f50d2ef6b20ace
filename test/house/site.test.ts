/** `npm run site`, in the data of a local server and against a stand-in of Cloudflare's API. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { ensureDatabase } from "../../scripts/cloudflare.ts";
import { createDemoSite } from "../../scripts/demo-site.ts";
import { Failure } from "../../scripts/failure.ts";
import { withLocalD1 } from "../../scripts/local-d1.ts";
import { remoteD1 } from "../../scripts/remote-d1.ts";
import { understand } from "../../scripts/site-commands.ts";
import { accept } from "../../worker/access/invitations.ts";
import { hashSecret } from "../../worker/access/secrets.ts";
import { readSite } from "../../worker/sites/stored.ts";
import { type CloudflareStandIn, startCloudflare } from "../support/cloudflare-stand-in.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 }); // each command starts a process, some of them workerd or wrangler too

const root = join(import.meta.dirname, "../..");

interface Result {
	status: number;
	said: string;
	complained: string;
}

function run(script: string, environment: Record<string, string>, args: string[]): Promise<Result> {
	const { CLOUDFLARE_API_TOKEN: _, CLOUDFLARE_ACCOUNT_ID: __, ...rest } = process.env;
	return new Promise((resolve) => {
		const child = execFile(
			process.execPath,
			[join(root, "scripts", script), ...args],
			{ env: { ...rest, ...environment } },
			(_, said, complained) => resolve({ status: child.exitCode ?? 1, said, complained }),
		);
	});
}

let dataDir = "";
beforeAll(async () => {
	dataDir = await mkdtemp(join(tmpdir(), "sporlos-site-"));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

const site = (...args: string[]) => run("site.ts", { DATA_DIR: dataDir }, args);

/** The same without a process of its own for every command: what it says, or its complaint. */
const sayTo =
	(db: D1Database) =>
	(...args: string[]): Promise<string> =>
		(async () => (await understand(args).work(db)).join("\n"))().catch((error: Failure) => {
			expect(error).toBeInstanceOf(Failure); // else there would be a stack
			return `! ${error.message}`;
		});

test.each([[[]], [["fly"]], [["key"]], [["list", "--fast"]]])("%j is answered with what there is", async (args) => {
	expect(() => understand(args)).toThrow("npm run site -- add NAME --origin URL");
});

describe("in the data of a local server", () => {
	test("says what to do where there is none yet", async () => {
		const { status, said, complained } = await site("list");
		expect({ status, said }).toEqual({ status: 1, said: "" });
		expect(complained).toMatch(/^Nothing is kept in .* yet: run `npm start` once.*\n$/);
		await mkdir(join(dataDir, "d1")); // as the server leaves it
	});

	test("waits while the server writes", async () => {
		await withLocalD1(dataDir, async (db) => void (await db.prepare("SELECT 1").run()));
		const files = await readdir(join(dataDir, "d1"), { recursive: true });
		const locks = files
			.filter((file) => file.endsWith(".sqlite"))
			.map((file) => new DatabaseSync(join(dataDir, "d1", file)));
		expect(locks.length).toBeGreaterThan(0);
		for (const lock of locks) lock.exec("BEGIN IMMEDIATE");
		let isFree = false;
		const waited = withLocalD1(dataDir, async () => isFree);
		const first = await Promise.race([waited, sleep(1500, "waiting")]);
		isFree = true;
		for (const lock of locks) {
			lock.exec("ROLLBACK");
			lock.close();
		}
		expect(first).toBe("waiting");
		expect(await waited).toBe(true);
	});

	test("adds a site with everything its owner needs, once", async () => {
		const { status, said } = await site("add", "Fjell og Fjære", "--origin", "https://www.fjell.example", "--k", "6");
		expect(status).toBe(0);
		const key = /owner key +(\S+)/.exec(said)?.[1] ?? "";
		expect(said).toContain("http://localhost:8787/gate/fjell-og-fjaere/banner.js");
		expect(said).toMatch(/sign-in\/\S{43} /);
		const again = await site("add", "Fjell og Fjære", "--origin", "https://www.fjell.example");
		expect(again).toMatchObject({ status: 1, said: "" });
		expect(again.complained).toContain("already: give another --id");
		await withLocalD1(dataDir, async (db) => {
			expect((await db.prepare("SELECT hash, site, role, name FROM access_key").all()).results).toEqual([
				{ hash: await hashSecret(key), site: "fjell-og-fjaere", role: "owner", name: "owner" },
			]);
			expect(await sayTo(db)("list")).toBe("fjell-og-fjaere\tFjell og Fjære\tday\tk 6\thttps://www.fjell.example");
		});
	});

	test("what cannot be is one clear sentence, and changes nothing", async () => {
		const x = ["add", "X", "--origin", "https://x.example"];
		await withLocalD1(dataDir, async (db) => {
			const say = sayTo(db);
			const before = await say("list");
			for (const [args, words] of [
				[["add", "X"], "Missing: --origin URL"],
				[["add", "X", "Y", "--origin", "https://x.example"], "put it in quotes"],
				[["add", "X", "--origin", "https://x.example/path"], "An origin has a scheme and a host"],
				[[...x, "--k", "2"], "k lies between 5 and 50"],
				[[...x, "--grain", "hour"], "The grain is one of day, week, month"],
				[[...x, "--zone", "Mars/Olympus"], "A time zone is named as in"],
				[[...x, "--notice", join(dataDir, "nothing")], "cannot be read"],
				[["goals", "nobody"], 'There is no site "nobody"'],
			] as const)
				expect(await say(...args), args.join(" ")).toMatch(new RegExp(`^! .*${words}`));
			expect(await say("list")).toBe(before);
		});
	});

	test("goals, funnels and other settings are added, shown and removed, and refused in the server's own words", async () => {
		const id = "fjell-og-fjaere";
		const file = join(dataDir, "settings.json");
		await withLocalD1(dataDir, async (db) => {
			const say = sayTo(db);
			expect(await say("goals", "add", id, "Takk", "page", "/takk")).toContain("Takk\tpage\t/takk\n");
			expect(await say("goals", "add", id, "Takk", "page", "/takk")).toContain("! Two goals have the same name");
			expect(await say("goals", "add", id, "Nei", "page", "takk")).toContain("by their path");
			await say("funnels", "add", id, "Handel", "page:/turer*", "event:kjøp");
			expect(await say("funnels", id)).toBe("Handel\tpage:/turer*\tevent:kjøp");
			await writeFile(file, JSON.stringify({ hashRoutes: true, k: 9 }));
			await say("settings", id, file);
			expect(JSON.parse(await say("settings", id))).toMatchObject({
				k: 9,
				hashRoutes: true,
				goals: [{ name: "Takk", kind: "page", match: "/takk" }],
			});
			expect(await say("goals", "remove", id, "Takk")).toContain("no goals");
			expect(await say("goals", "remove", id, "Takk")).toBe('! There is none called "Takk".');
			await writeFile(file, JSON.stringify({ grain: "month" }));
			expect(await say("settings", id, file)).toContain("only be changed through the server");
		});
	});

	test("a site is removed by its name, once, and its id is never given to another", async () => {
		await withLocalD1(dataDir, async (db) => {
			const say = sayTo(db);
			const add = ["add", "Skogbua i Dalen", "--origin", "https://skog.example", "--id", "skogbua"];
			expect(await say(...add)).toContain("site        skogbua");
			expect(await say("remove", "skogbua")).toContain("! Missing: NAME.");
			expect(await say("remove", "skogbua", "skogbua")).toMatch(/^! Nothing is deleted: .* "Skogbua i Dalen"\.$/);
			expect(await say("list")).toContain("skogbua");
			expect(await say("removed")).toBe("no site was deleted");
			expect(await say("remove", "skogbua", "Skogbua i Dalen")).toContain("nobody can see anything of it");
			expect(await say("list")).not.toContain("skogbua");
			expect(await say("removed")).toMatch(/^skogbua\t\d{4}-\d\d-\d\d\tby command line\tgoing on$/);
			expect(await say("remove", "skogbua", "Skogbua i Dalen")).toContain('! There is no site "skogbua"');
			expect(await say(...add)).toBe(
				'! The site "skogbua" was deleted here, and its id is never used again: give another --id.',
			);
		});
	});

	test("the demo site that was deleted comes again in an id of its own, which is nobody else's", async () => {
		await withLocalD1(dataDir, async (db) => {
			const say = sayTo(db);
			const start = async () => (await createDemoSite(db, ["http://127.0.0.1:8788"])).id;
			expect([await start(), await start()]).toEqual(["demo", "demo"]);
			await say("remove", "demo", "Nordfjord Turer");
			expect([await start(), await start()]).toEqual(["demo-2", "demo-2"]);
			await say("add", "Min egen", "--origin", "https://min.example", "--id", "demo-3");
			await say("remove", "demo-2", "Nordfjord Turer");
			expect([await start(), await start()]).toEqual(["demo-4", "demo-4"]);
			expect(await say("list")).toMatch(/^demo-3\tMin egen\t/m);
		});
	});

	test("a version of the notice is published from Markdown or JSON, and listed with what it did to grants", async () => {
		const id = "fjell-og-fjaere";
		const [markdown, json] = [join(dataDir, "notice.md"), join(dataDir, "notice.json")];
		const notice = `---
purposes: performance, visits
contact: post@fjell.example
phone: +4799999999
answerDays: 2
---

# nb: Kan vi måle?

Vi i Fjell og Fjære måler svartider
og besøk.

Siden virker likt om du sier nei.

## recipients
Bare vi.

## retention
180 dager.
`;
		await withLocalD1(dataDir, async (db) => {
			const say = sayTo(db);
			await writeFile(markdown, notice);
			expect(await say("policy", "publish", id, markdown)).toMatch(
				/^! Visitors who agreed before are told what is new/,
			);
			await writeFile(markdown, `${notice}\n## changes\nVi spør ikke lenger om klikk.\n`);
			const [version] = (await say("policy", "publish", id, markdown)).split("\n");
			expect(version).toMatch(/^[\w-]{16}$/);
			const { notice: published } = (await readSite(db, id)) ?? {};
			expect(published).toEqual({
				languages: {
					nb: {
						title: "Kan vi måle?",
						text: "Vi i Fjell og Fjære måler svartider og besøk.\nSiden virker likt om du sier nei.",
						recipients: "Bare vi.",
						retention: "180 dager.",
						changes: "Vi spør ikke lenger om klikk.",
					},
				},
				purposes: ["performance", "visits"],
				contact: "post@fjell.example",
				phone: "+4799999999",
				answerDays: 2,
			});
			await writeFile(json, JSON.stringify({ ...published, contact: "ny@fjell.example" }));
			expect(await say("policy", "publish", id, json, "--editorial")).toContain("earlier grants still hold");
			expect((await say("policy", id)).split("\n").map((line) => line.split("\t").slice(2).join(": "))).toEqual([
				"editorial: grants hold",
				"material: grants hold",
				"material: superseded",
			]);
			await writeFile(json, "{");
			expect(await say("policy", "publish", id, json)).toMatch(/^! .*neither JSON nor Markdown/);
			await writeFile(json, JSON.stringify({ ...published, contact: "ring oss" }));
			expect(await say("policy", "publish", id, json)).toBe("! contact is an e-mail address for questions and rights.");
			expect(await say("policy", "publish", id, join(dataDir, "nothing.md"))).toContain("cannot be read");
		});
	});

	test("keys are issued, listed without themselves, and revoked", async () => {
		const id = "fjell-og-fjaere";
		await withLocalD1(dataDir, async (db) => {
			const say = sayTo(db);
			const [key = ""] = (await say("key", "add", id, "Kari", "--role", "viewer")).split("\n");
			expect(key).toMatch(/^\S{43}$/);
			const list = await say("key", "list", id);
			expect(list).toMatch(/^owner\towner\t\d{4}-\d\d-\d\d\tnever used\nKari\tviewer\t/);
			expect(list).not.toContain(key);
			expect(await say("key", "add", id, "Ola", "--role", "king")).toBe(
				"! A role is owner, viewer, operator, partner.",
			);
			expect(await say("key", "revoke", id, "Kari")).toBe("Kari has ended");
			expect(await say("key", "revoke", id, "Kari")).toContain('! fjell-og-fjaere has no key called "Kari"');
			expect(await say("sign-in", id)).toMatch(/^http:\/\/localhost:8787\/sign-in\/\S{43}$/);
		});
	});

	test("people are invited, listed and thrown out, and the log tells of it", async () => {
		const id = "fjell-og-fjaere";
		await withLocalD1(dataDir, async (db) => {
			const say = sayTo(db);
			const link = await say("invite", id, "Kommunen", "--role", "viewer");
			expect(link).toMatch(/^http:\/\/localhost:8787\/invitation\/\S{43} /);
			expect(await say("people", id)).toBe("nobody has signed in yet");
			await accept(db, link.split(/[\s/]+/)[3] ?? "", {});
			expect(await say("people", id)).toMatch(/^Kommunen\tviewer\t\d{4}-\d\d-\d\d\tnot signed in$/);
			expect(await say("people", "end", id, "Kommunen")).toBe(`Kommunen sees nothing of ${id} any more`);
			expect(await say("people", "end", id, "Kommunen")).toContain("! Nobody called");
			for (const entry of ["site-added", "invited\tKommunen: viewer", "granted\tviewer", "ended\tKommunen: viewer"])
				expect(await say("log", id)).toContain(entry);
			for (const wrong of [
				["--role", "partner"],
				["--role", "partner", "--release", "none"],
				["--role", "viewer", "--release", "none"],
				["--role", "king"],
				["--email", "kari"],
			])
				expect(await say("invite", id, "Kari", ...wrong)).toMatch(/^! /);
		});
	});

	test("two processes that write at the same time lose nothing and leave a sound file", async () => {
		const write = (name: string) =>
			withLocalD1(dataDir, async (db) => {
				for (let i = 0; i < 100; i++)
					await db
						.prepare("INSERT INTO sign_in (hash, site, expires) VALUES (?1, ?2, 1)")
						.bind(`${name}-${i}`, "fjell-og-fjaere")
						.run();
			});
		await Promise.all([write("one"), write("two")]);
		await withLocalD1(dataDir, async (db) => {
			expect(await db.prepare("SELECT count(*) AS links FROM sign_in WHERE expires = 1").first()).toEqual({
				links: 200,
			});
			expect(await db.prepare("PRAGMA quick_check").first()).toEqual({ quick_check: "ok" });
		});
	});
});

describe("with --remote", () => {
	let cloudflare: CloudflareStandIn;
	beforeAll(async () => {
		cloudflare = await startCloudflare();
	});
	afterAll(() => cloudflare.close());

	const environment = (): Record<string, string> => ({
		HOME: dataDir,
		XDG_CONFIG_HOME: dataDir,
		CLOUDFLARE_API_BASE_URL: cloudflare.api,
		CLOUDFLARE_API_TOKEN: "a-token",
	});
	const remote = (...args: string[]) => run("site.ts", environment(), [...args, "--remote"]);

	test("asks for a deployment first, and for a login", async () => {
		expect((await remote("list")).complained).toContain("run `npm run deploy` first");
		const stranger = await run("site.ts", { ...environment(), CLOUDFLARE_API_TOKEN: "" }, ["list", "--remote"]);
		expect(stranger).toMatchObject({ status: 1, said: "" });
		expect(stranger.complained).toContain("not signed in to Cloudflare");
	});

	test("does the same to the database in the account, by the login that deploys", async () => {
		const account = { api: cloudflare.api, token: "a-token", id: cloudflare.accounts[0]?.id ?? "" };
		const { id } = await ensureDatabase(account, "sporlos");
		const db = cloudflare.databases[0]?.db;
		for (const file of (await readdir(join(root, "schema/migrations"))).sort())
			db?.exec(await readFile(join(root, "schema/migrations", file), "utf8"));

		const added = await remote(
			"add",
			"Fjell",
			"--origin",
			"https://fjell.example",
			"--app",
			"https://stats.fjell.example",
		);
		expect({ status: added.status, complained: added.complained }).toEqual({ status: 0, complained: "" });
		expect(added.said).toContain("https://stats.fjell.example/gate/fjell/banner.js");
		expect({ ...db?.prepare("SELECT id, k, typeof(k) AS kind, settings FROM site").get() }).toEqual({
			id: "fjell",
			k: 5,
			kind: "integer",
			settings: "{}",
		});
		const key = /owner key +(\S+)/.exec(added.said)?.[1] ?? "";
		expect(db?.prepare("SELECT hash FROM access_key").get()).toMatchObject({ hash: await hashSecret(key) });

		const say = sayTo(remoteD1(account, id));
		expect(await say("goals", "add", "fjell", "Takk", "page", "/takk")).toContain("Takk\tpage\t/takk");
		expect(await say("list")).toContain("fjell\tFjell\tday\tk 5");
		expect(await say("key", "revoke", "fjell", "owner")).toBe("owner has ended");
		expect(db?.prepare("SELECT count(*) AS keys FROM access_key").get()).toMatchObject({ keys: 0 });
	});
});
