/** A site is deleted: by whom, what goes at once and what later, what comes too late, and what everybody is answered then. */
import {
	createExecutionContext,
	createScheduledController,
	evictDurableObject,
	runInDurableObject,
	waitOnExecutionContext,
} from "cloudflare:test";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { SiteConfig } from "../../schema/site.ts";
import { startLogin } from "../../worker/access/logins.ts";
import { grantRight } from "../../worker/access/rights.ts";
import { bookOf, booksOf } from "../../worker/book/books.ts";
import { planFor } from "../../worker/closing/close.ts";
import { deleteRest } from "../../worker/closing/delete-sites.ts";
import type { Env } from "../../worker/env.ts";
import worker from "../../worker/index.ts";
import { makeEntries } from "../../worker/ingest/entries.ts";
import { backUp } from "../../worker/operator/backup.ts";
import { restore } from "../../worker/operator/restore.ts";
import type { Status } from "../../worker/operator/status.ts";
import { addSite, createSite } from "../../worker/sites/create.ts";
import { deletedSites, deleteSite, forgetWho, sitesToDelete } from "../../worker/sites/delete.ts";
import { forgetSite, siteOf } from "../../worker/sites/sites.ts";
import { textOf } from "../support/page-text.ts";
import { loginOf, openReleases, releaseId, signUp } from "./access-callers.ts";
import { databases, startFresh } from "./migrations.ts";
import { app, call, makeReport, makeVisit, send, settings, testEnv, yesterday } from "./support.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const db = testEnv.DB;
const hourMs = 3_600_000;
const home = "/sites/shop/settings/delete";
let key = "";
let policy = "";

beforeEach(async () => {
	({ key, policy } = await startFresh());
	for (const id of ["shop", "busy"]) forgetSite(id);
});

const run = (scheduledTime: number, env: Env = testEnv) =>
	worker.scheduled(createScheduledController({ scheduledTime: new Date(scheduledTime), cron: "*/10 * * * *" }), env);

/** Posts the page's form as an owner does, and waits for what the Worker does after its answer. */
async function confirm(name: string, cookie: Record<string, string>): Promise<Response> {
	const context = createExecutionContext();
	const body = new URLSearchParams({ name });
	const request = new Request(app + home, { method: "POST", redirect: "manual", headers: cookie, body });
	const answer = await worker.fetch(request, testEnv, context);
	await waitOnExecutionContext(context);
	return answer;
}

const problemOf = async (answer: Response) => [
	answer.status,
	((await answer.json()) as { type: string }).type.split(":").at(-1),
];

async function tablesOf(database: D1Database): Promise<{ name: string; columns: { name: string; type: string }[] }[]> {
	const { results } = await database
		.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_cf*' AND name NOT GLOB 'sqlite*'")
		.all<{ name: string }>();
	return Promise.all(
		results.map(async ({ name }) => ({
			name,
			columns: (await database.prepare(`PRAGMA table_info(${name})`).all<{ name: string; type: string }>()).results,
		})),
	);
}

/** How many rows each table with a column `site` has of a site, those with none left out. */
async function rowsOf(site: string): Promise<Record<string, number>> {
	const found: Record<string, number> = {};
	for (const [at, database] of databases.entries())
		for (const { name, columns } of await tablesOf(database)) {
			if (!columns.some((column) => column.name === "site")) continue;
			const row = await database
				.prepare(`SELECT count(*) AS n FROM ${name} WHERE site = ?`)
				.bind(site)
				.first<{ n: number }>();
			if (row?.n) found[`${name} ${at}`] = row.n;
		}
	return found;
}

/** A row of every table that has a column `site`, whatever else is in it. */
async function fillEveryTable(site: string): Promise<string[]> {
	const filled: string[] = [];
	for (const [at, database] of databases.entries())
		for (const { name, columns } of await tablesOf(database)) {
			if (!columns.some((column) => column.name === "site")) continue;
			if (name === "policy" && at > 0) continue; // what is published stands in DB, and is kept by a trigger
			const values = columns.map((column) =>
				column.name === "site" ? site : column.type === "TEXT" ? `x ${site}` : Date.now(),
			);
			await database
				.prepare(`INSERT INTO ${name} VALUES (${columns.map(() => "?").join(", ")})`)
				.bind(...values)
				.run();
			filled.push(`${name} ${at}`);
		}
	return filled.sort();
}

describe("every table", () => {
	test("that has a column `site` is emptied of the site, in every database, and of no other", async () => {
		const id = "gone";
		await createSite(db, { ...settings, id }, Date.now(), 2);
		await db.prepare("UPDATE site SET shard = 1 WHERE id = ?").bind(id).run();
		const filled = await fillEveryTable(id);
		await fillEveryTable("another");
		expect(filled.length).toBeGreaterThan(50); // so many that a wrong question would show
		expect(await deleteSite(db, id, "Kari", Date.now())).toBe(true);
		await run(Date.now() + 2 * hourMs);
		expect(await rowsOf(id)).toEqual({});
		expect(Object.keys(await rowsOf("another")).sort()).toEqual(filled);
		expect(await deletedSites(db)).toMatchObject([{ id, who: "Kari", shard: 1, ended: expect.any(Number) }]);
	});

	test("names what is a site's by the column `site`, so that none is missed", async () => {
		const named = (await tablesOf(db)).flatMap(({ name, columns }) =>
			columns.filter((column) => /site/i.test(column.name)).map((column) => `${name}.${column.name}`),
		);
		expect(named.filter((column) => !column.endsWith(".site"))).toEqual([]);
	});

	test("takes several runs where there are too many rows for one, and the site is gone from the first moment", async () => {
		await db
			.prepare(
				`INSERT INTO cell SELECT 'shop', 'page', '2026-01-01', value, 5, '' FROM (
				WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 5000) SELECT value FROM n)`,
			)
			.run();
		await deleteSite(db, "shop", "Kari", Date.now());
		const later = Date.now() + 2 * hourMs;
		const [site] = await sitesToDelete(db);
		if (!site) throw new Error("not among those to delete");
		const left: number[] = [];
		for (let runs = 0; runs < 9 && !(await deleteRest(testEnv, site, later, 1)); runs++)
			left.push((await rowsOf("shop"))["cell 0"] ?? 0);
		expect(left).toEqual([3000, 1000]);
		expect(await sitesToDelete(db)).toEqual([]);
	});
});

describe("the books", () => {
	const busy = { ...settings, id: "busy", books: 3 };
	const inBook = (book: number) =>
		makeVisit(policy, ["/", "/priser"], { period: yesterday() }).map((report) => ({ ...report, site: "busy", book }));
	const stored = (book: number) =>
		runInDurableObject(bookOf(testEnv, "busy", book), async (_, { storage }) => ({
			alarm: await storage.getAlarm(),
			rows: ["inbox", "pack", "name", "period", "receipt", "load", "erasure"].reduce(
				(sum, table) => sum + storage.sql.exec<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).one().n,
				0,
			),
		}));

	beforeEach(async () => {
		await createSite(db, busy, Date.now(), 2);
		for (let book = 0; book < busy.books; book++)
			await bookOf(testEnv, "busy", book).accept(await makeEntries(inBook(book)));
		await bookOf(testEnv, "busy").countLoad(yesterday());
	});

	test("forget everything, each of them, with their alarms", async () => {
		for (let book = 0; book < busy.books; book++)
			expect(await stored(book)).toMatchObject({ alarm: expect.any(Number), rows: expect.any(Number) });
		await deleteSite(db, "busy", "Kari", Date.now());
		await run(Date.now());
		for (let book = 0; book < busy.books; book++) expect(await stored(book)).toEqual({ alarm: null, rows: 0 });
	});

	test("take nothing any more from whoever still knows the site, before and after a restart", async () => {
		const site = await siteOf(testEnv, "busy");
		await deleteSite(db, "busy", "Kari", Date.now());
		await run(Date.now());
		for (let book = 0; book < busy.books; book++) {
			const late = inBook(book);
			expect(await bookOf(testEnv, "busy", book).accept(await makeEntries(late))).toEqual({ late: late.length });
		}
		await bookOf(testEnv, "busy").countLoad(yesterday());
		expect(await bookOf(testEnv, "busy").close(planFor(site, yesterday()))).toBe("closed");
		for (const book of booksOf(testEnv, site)) await evictDurableObject(book);
		for (let book = 0; book < busy.books; book++) {
			await bookOf(testEnv, "busy", book).accept(await makeEntries(inBook(book)));
			expect(await stored(book)).toEqual({ alarm: null, rows: 0 });
		}
		expect(await rowsOf("busy")).not.toHaveProperty("closing 1");
	});

	test("end a closing that is under way, and what it wrote goes with the rest", async () => {
		const site = await siteOf(testEnv, "busy");
		for (let browsers = 0; browsers < 8; browsers++) await bookOf(testEnv, "busy").accept(await makeEntries(inBook(0)));
		const closing = bookOf(testEnv, "busy").close(planFor(site, yesterday()));
		await deleteSite(db, "busy", "Kari", Date.now());
		const [outcome] = await Promise.all([closing, run(Date.now())]);
		expect(outcome).toBe("sealed");
		await run(Date.now() + 2 * hourMs);
		expect(await rowsOf("busy")).toEqual({});
		expect(await sitesToDelete(db)).toEqual([]);
	});

	test("keep nothing at all in the end", async () => {
		await deleteSite(db, "busy", "Kari", Date.now());
		await run(Date.now());
		await run(Date.now() + 2 * hourMs);
		for (let book = 0; book < busy.books; book++) {
			const tables = await runInDurableObject(bookOf(testEnv, "busy", book), (_, { storage }) =>
				storage.sql.exec<{ name: string }>("SELECT name FROM sqlite_master WHERE name NOT GLOB '_cf*'").toArray(),
			);
			expect(tables).toEqual([]);
		}
		expect(await sitesToDelete(db)).toEqual([]);
	});

	test("are asked again where a database was away, an alert says so until it works, and other sites go on", async () => {
		await db.prepare("UPDATE site SET shard = 1 WHERE id = 'busy'").run();
		await testEnv.DB_1?.prepare("INSERT INTO closing VALUES ('busy', '2026-01-01', '2026-01-01', 5, 0, 0)").run();
		await deleteSite(db, "busy", "Kari", Date.now());
		const { DB_1: _, ...without } = testEnv;
		const said = vi.spyOn(console, "error").mockImplementation(() => {});
		for (const at of [2, 2.2]) await run(Date.now() + at * hourMs, without as Env);
		said.mockRestore();
		const raised = () => db.prepare("SELECT subject FROM alert WHERE raised IS NOT NULL AND ended IS NULL").all();
		expect((await raised()).results).toEqual([{ subject: "deletion" }]);
		expect(((await (await call("/healthz")).json()) as Status).alerts).toMatchObject([
			{ site: "busy", subject: "deletion" },
		]);
		expect(await rowsOf("busy")).toHaveProperty("closing 1");
		await run(Date.now() + 3 * hourMs);
		expect((await raised()).results).toEqual([]);
		expect(await rowsOf("busy")).toEqual({ "alert 0": 1 }); // that it failed, for a month
		expect(await sitesToDelete(db)).toEqual([]);
	});
});

describe("the owner", () => {
	test("has to type the site's name; with another one nothing is deleted", async () => {
		const owner = (await loginOf("owner")) ?? {};
		for (const [language, words] of [
			["nb", "Det er ikke navnet"],
			["en", "That is not the name"],
		]) {
			const answer = await call(`${home}?lang=${language}`, {
				method: "POST",
				headers: owner,
				body: new URLSearchParams({ name: "shop" }),
			});
			expect(answer.status).toBe(200);
			expect(textOf(await answer.text())).toContain(words);
		}
		expect(await siteOf(testEnv, "shop")).toMatchObject({ name: "Shop" });
		expect((await confirm("", owner)).status).toBe(200);
		expect(await deletedSites(db)).toEqual([]);
	});

	test("stays signed in, sees that it is deleted and an empty list, and can add another site", async () => {
		const owner = (await loginOf("owner")) ?? {};
		await send(makeReport(policy));
		const answer = await confirm(" Shop ", owner);
		expect([answer.status, answer.headers.get("Location")]).toEqual([303, "/account?deleted=shop&lang=nb"]);
		const page = await (await call("/account?deleted=shop&lang=en", { headers: owner })).text();
		expect(textOf(page)).toContain("The site “shop” is deleted.");
		expect(textOf(page)).toContain("You have no sites now.");
		expect(page).toContain('href="/sites/new?lang=en"');
		expect((await call("/sites/new", { headers: owner })).status).toBe(200);
		expect((await call("/sites/shop", { headers: owner })).status).toBe(404);
		expect(
			(await call(home, { method: "POST", headers: owner, body: new URLSearchParams({ name: "Shop" }) })).status,
		).toBe(404);
	});

	test("is named in what is kept of it, for twelve months, and a second time changes nothing", async () => {
		const began = Date.now();
		const owner = (await loginOf("owner")) ?? {};
		await Promise.all([confirm("Shop", owner), confirm("Shop", owner)]);
		expect(await deleteSite(db, "shop", "somebody else", began + 1)).toBe(false);
		const [kept, ...more] = await deletedSites(db);
		expect([kept?.id, kept?.who, more]).toEqual(["shop", "owner", []]);
		await forgetWho(db, began + 364 * 24 * hourMs);
		expect((await deletedSites(db))[0]?.who).toBe("owner");
		await forgetWho(db, began + 366 * 24 * hourMs);
		expect(await deletedSites(db)).toMatchObject([{ id: "shop", who: "" }]);
	});
});

describe("other people", () => {
	const accounts = async () =>
		(await db.prepare("SELECT name FROM account ORDER BY name").all<{ name: string }>()).results.map(
			({ name }) => name,
		);

	test("who could see nothing else lose their account, whoever can see more keeps it, and nobody sees the site", async () => {
		await openReleases();
		const partner = (await loginOf("partner")) ?? {};
		const viewer = (await loginOf("viewer")) ?? {};
		const both = await signUp("both", { site: "shop", role: "viewer", release: "" });
		await grantRight(db, both, { site: "other", role: "viewer", release: "" }, Date.now());
		const secret = await startLogin(db, { account: both, how: "passkey", browser: "Firefox" });
		await signUp("second owner", { site: "shop", role: "owner", release: "" });
		expect((await call(`/releases/${releaseId}`, { headers: partner })).status).toBe(200);
		await deleteSite(db, "shop", "Kari", Date.now());
		forgetSite("shop");
		expect(await accounts()).toEqual(["both", "second owner"]);
		expect(textOf(await (await call("/account?lang=en", { headers: viewer })).text())).toContain("Sign in");
		const answer = await call("/account", { headers: { Cookie: `sporlos_login=${secret}` } });
		expect(await answer.text()).toContain('href="/sites/other');
		expect((await call("/sites/new", { headers: { Cookie: `sporlos_login=${secret}` } })).status).toBe(404);
		for (const path of [`/releases/${releaseId}`, `/releases/${releaseId}/embed?token=x`, "/sites/shop"])
			expect((await call(path, { headers: partner })).status, path).not.toBe(200);
	});

	test("with keys and links are told that those have ended", async () => {
		await openReleases();
		await deleteSite(db, "shop", "Kari", Date.now());
		forgetSite("shop");
		const withKey = { headers: { Authorization: `Bearer ${key}` } };
		for (const path of ["/v1/sites/shop/stats/summary", "/v1/sites/shop/settings", `/v1/releases/${releaseId}`])
			expect(await problemOf(await call(path, withKey)), path).toEqual([401, "unknown-key"]);
	});
});

describe("a page that still embeds the site", () => {
	beforeEach(async () => {
		await send(makeReport(policy));
		await deleteSite(db, "shop", "Kari", Date.now());
		forgetSite("shop");
	});

	test.each(["banner", "manual", "wix", "auto"])("gets a gate that nothing opens in place of %s.js", async (source) => {
		const answer = await call(`/gate/shop/${source}.js`);
		expect([answer.status, answer.headers.get("Content-Type")]).toEqual([200, "text/javascript; charset=utf-8"]);
		const script = await answer.text();
		expect(script).toContain('"purposes":[]');
		expect(script).not.toContain("Vi måler");
	});

	test("is told that nothing is measured, and what it sends counts nowhere, without a refusal", async () => {
		const answer = await call("/v1/sites/shop/config", { headers: { Origin: "https://www.example.no" } });
		expect(answer.status).toBe(200);
		const { active, periods, now } = (await answer.json()) as SiteConfig;
		expect(active).toBe(false);
		expect(periods.some(([, begins, ends]) => begins <= now && now < ends)).toBe(true); // a collector reads it as a config
		await run(Date.now());
		expect((await send(makeReport(policy))).status).toBe(204);
		expect(await bookOf(testEnv, "shop").status()).toMatchObject({ reports: 0, pending: 0, open: [] });
	});

	test("lets its visitors know that everything is gone", async () => {
		expect(await problemOf(await call("/v1/sites/shop/policies/deleted"))).toEqual([410, "deleted-site"]);
		const report = makeReport(policy);
		const erasing = await call("/v1/erasures", { method: "POST", body: JSON.stringify({ view: report.view, report }) });
		expect(await problemOf(erasing)).toEqual([404, "nothing-to-erase"]);
	});

	test("and one of a site that never was is told so", async () => {
		expect(await problemOf(await call("/gate/nobody/banner.js"))).toEqual([404, "unknown-site"]);
		expect(await problemOf(await call("/v1/sites/nobody/config"))).toEqual([404, "unknown-site"]);
		expect((await send({ ...makeReport(policy), site: "nobody" })).status).toBe(422);
	});
});

describe("the id", () => {
	test("is never given to another site, by nobody, not even with a backup", async () => {
		const lines: string[] = [];
		for await (const line of backUp([db], "shop", { keys: false, now: Date.now() })) lines.push(line);
		await deleteSite(db, "shop", "Kari", Date.now());
		await run(Date.now() + 2 * hourMs);
		expect(await addSite(db, settings, Date.now(), 1)).toBe(false);
		await expect(createSite(db, settings)).rejects.toThrow('The site "shop" was deleted here');
		const again = restore([db], async function* () {
			yield* lines;
		});
		await expect(again).rejects.toThrow('The site "shop" was deleted here');
		expect(await db.prepare("SELECT count(*) AS n FROM site").first()).toEqual({ n: 0 });
		expect(await addSite(db, { ...settings, id: "shop-2" }, Date.now(), 1)).toBe(true);
	});
});
