/** `npm run site -- export` and `import`: files, between a local server's data and a Cloudflare account, and what is said of them. */
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensureDatabase } from "../../scripts/cloudflare.ts";
import { withLocalD1 } from "../../scripts/local-d1.ts";
import { remoteD1 } from "../../scripts/remote-d1.ts";
import { understand } from "../../scripts/site-commands.ts";
import { issueKey } from "../../worker/access/keys.ts";
import { createSite } from "../../worker/sites/create.ts";
import { readyNotice } from "../../worker/sites/ready-notice.ts";
import { readSite } from "../../worker/sites/stored.ts";
import { startCloudflare } from "../support/cloudflare-stand-in.ts";

const root = join(import.meta.dirname, "../..");
const cellCount = 12_000; // more than one reading, and more than one line
let folder = "";
let file = "";

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "sporlos-archive-"));
	file = join(folder, "fjell.jsonl");
	for (const place of ["old", "new"]) await mkdir(join(folder, place, "d1"), { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const say = (db: D1Database, ...args: string[]) => understand(args).work(db);
const cells = async (db: D1Database) =>
	(await db.prepare("SELECT * FROM cell ORDER BY tree, period, key").all()).results;

describe("a backup in a file", { timeout: 120_000 }, () => {
	let before: unknown[] = [];

	test("is written whole, or not at all", async () => {
		await withLocalD1(join(folder, "old"), async (db) => {
			await expect(say(db, "export", "fjell", file)).rejects.toThrow('There is no site "fjell"');
			expect(await readdir(folder)).toEqual(["new", "old"]);
			await createSite(db, {
				id: "fjell",
				name: "Fjell og Fjære",
				origins: ["https://fjell.example"],
				timeZone: "Europe/Oslo",
				grain: "day",
				k: 5,
				notice: readyNotice("Fjell og Fjære", "post@fjell.example"),
			});
			await issueKey(db, { site: "fjell", role: "owner", name: "owner" });
			const rows = JSON.stringify(
				Array.from({ length: cellCount }, (_, n) => [`/side-${n}`, 5 + (n % 9), `0.${(n % 30) + 1}`]),
			);
			await db.batch([
				db.prepare("INSERT INTO closing VALUES ('fjell', '2026-11-01', '2026-11-01', 5, 0, 1)"),
				db
					.prepare(
						"INSERT INTO cell SELECT 'fjell', 'page', '2026-11-01', value ->> 0, value ->> 1, value ->> 2 FROM json_each(?1)",
					)
					.bind(rows),
			]);
			before = await cells(db);
			await expect(say(db, "export", "fjell", join(folder, "no/such/folder"))).rejects.toThrow(
				"cannot be opened (ENOENT)",
			);
			const said = await say(db, "export", "fjell", file, "--keys");
			expect(said.join("\n")).toContain("keep it like a password");
		});
		expect((await stat(file)).mode & 0o777).toBe(0o600);
		expect((await readdir(folder)).sort()).toEqual(["fjell.jsonl", "new", "old"]);
	});

	test("is read into another place, and twice is once", async () => {
		await withLocalD1(join(folder, "new"), async (db) => {
			const said = await say(db, "import", file);
			expect(said.join("\n")).toMatch(
				/fjell, as of \d{4}-\d\d-\d\d: 1 closed periods written\nThe site is new here.\n1 keys work again./,
			);
			expect(await cells(db)).toEqual(before);
			expect((await readSite(db, "fjell"))?.notice.contact).toBe("post@fjell.example");
			expect((await say(db, "import", file))[0]).toContain("0 closed periods written, 1 were there already");
			expect(await cells(db)).toEqual(before);
		});
	});

	test("is read into a Cloudflare account too, over its API", async () => {
		const cloudflare = await startCloudflare();
		try {
			const account = { api: cloudflare.api, token: "a-token", id: cloudflare.accounts[0]?.id ?? "" };
			const { id } = await ensureDatabase(account, "sporlos");
			for (const name of (await readdir(join(root, "schema/migrations"))).sort())
				cloudflare.databases[0]?.db.exec(await readFile(join(root, "schema/migrations", name), "utf8"));
			const db = remoteD1(account, id);
			await say(db, "import", file);
			expect(await cells(db)).toEqual(before);
			const again = join(folder, "again.jsonl");
			await say(db, "export", "fjell", again, "--keys");
			const lines = async (name: string) => (await readFile(name, "utf8")).split("\n").slice(1, -2);
			expect(await lines(again)).toEqual(await lines(file));
		} finally {
			await cloudflare.close();
		}
	});

	test("that is not one is refused in a sentence", async () => {
		const odd = join(folder, "odd.jsonl");
		await writeFile(odd, '{"site":"fjell"}\n');
		await withLocalD1(join(folder, "new"), async (db) => {
			await expect(say(db, "import", odd)).rejects.toThrow("This is not a backup made by export.");
			await expect(say(db, "import", `${odd}x`)).rejects.toThrow("cannot be opened (ENOENT)");
			await writeFile(odd, (await readFile(file, "utf8")).replace("/side-77", "/side-78"));
			await expect(say(db, "import", odd)).rejects.toThrow("checksum");
		});
	});
});
