/** Saved views on real D1: who saves, opens, names anew and deletes them, what is kept of an address, and what is refused. */
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { maxSavedViews } from "../../schema/limits.ts";
import { startLogin } from "../../worker/access/logins.ts";
import { endRight } from "../../worker/access/rights.ts";
import worker from "../../worker/index.ts";
import { backUp } from "../../worker/operator/backup.ts";
import { restore } from "../../worker/operator/restore.ts";
import { savedViews } from "../../worker/saved/store.ts";
import { hostileNames } from "../support/hostile-figures.ts";
import { textOf } from "../support/page-text.ts";
import { keyOf, loginOf, openReleases, releaseId, signUp } from "./access-callers.ts";
import { startFresh } from "./migrations.ts";
import { app, call, makeVisit, openSite, send, settings, testEnv } from "./support.ts";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

type Reader = Record<string, string>;

const db = testEnv.DB;
const home = "/sites/shop";
const at = `${home}/saved`;
const right = { site: "shop", role: "viewer", release: "" } as const;
let owner: Reader;
let viewer: Reader;
let viewersAccount = "";

async function signIn(account: string): Promise<Reader> {
	const secret = await startLogin(db, { account, how: "passkey", browser: "Firefox, Linux" }, Date.now());
	return { Cookie: `sporlos_login=${secret}`, "Sec-Fetch-Site": "same-origin" };
}

beforeEach(async () => {
	const { policy } = await startFresh();
	owner = (await loginOf("owner")) ?? {};
	viewersAccount = await signUp("Vidar", right);
	viewer = await signIn(viewersAccount);
	expect((await send(makeVisit(policy, ["/"]))).status).toBe(204);
});

const post = (fields: Record<string, string>, who: Reader = viewer, path = at) =>
	call(path, { method: "POST", headers: who, body: new URLSearchParams(fields), redirect: "manual" });
const save = (name: string, query = "p=7d", section = "overview", who?: Reader) => post({ name, section, query }, who);
const read = async (path: string, who: Reader = viewer) =>
	(await call(path, { headers: who, redirect: "manual" })).text();
const kept = async () => (await savedViews(db, "shop")).map(({ name, section, query }) => [name, section, query]);
const idOf = async (name: string) => (await savedViews(db, "shop")).find((view) => view.name === name)?.id ?? "";
/** Links of the menu on a page of figures, in order. */
async function menuOf(path: string, who?: Reader): Promise<[href: string, name: string, isCurrent: boolean][]> {
	const html = await read(path, who);
	const menu = html.slice(html.indexOf('id="menu-saved"')).split("</details>")[0] ?? "";
	return [...menu.matchAll(/<li><a href="([^"]*)"( aria-current="true")?><bdi>([^<]*)<\/bdi>/g)].map(
		([, href = "", current, name = ""]) => [href.replaceAll("&amp;", "&"), name, current !== undefined],
	);
}

describe("a view", () => {
	test("is saved by whoever reads the site, and stands in the menu of all who do, on every page of figures", async () => {
		const answer = await post(
			{ name: "  Mobil på\nprissiden ", section: "paths", query: "enhet=mobil&side=/priser&p=idag" },
			viewer,
			`${at}?lang=en`,
		);
		expect([answer.status, answer.headers.get("Location")]).toEqual([
			303,
			`${home}/paths?p=idag&side=/priser&enhet=mobil&lang=en`,
		]);
		await save("Åpning", "", "overview", owner);
		for (const path of ["", "/pages", "/speed", "/paths", "/interactions", "/privacy"])
			for (const who of [owner, viewer])
				expect(await menuOf(`${home}${path}?p=idag`, who)).toEqual([
					[`${home}/paths?p=idag&side=/priser&enhet=mobil`, "Mobil på prissiden", false],
					[`${home}?`, "Åpning", false],
				]);
		expect(await menuOf(`${home}/paths?enhet=mobil&p=idag&side=/priser&lang=en`)).toContainEqual([
			`${home}/paths?p=idag&side=/priser&enhet=mobil&lang=en`,
			"Mobil på prissiden",
			true,
		]);
	});

	test("is a page and what that page can be asked, in one order, and nothing else that was sent", async () => {
		for (const [name, section, query, expected] of [
			["a", "overview", "?m=lcp&p=7d&lang=en&utm_source=x&javascript:alert(1)", "p=7d&m=lcp"],
			["b", "pages", "https://evil.example/?sok=pris&sort=lcp&side=//evil.example", "side=//evil.example&sort=lcp"],
			["c", "pages", "sok=a%26b&vis=flere&p=28d&c=forrige", "sok=a%26b"],
			["d", "speed", "m=inp&sok=pris&p=91d&c=aar", "p=91d&c=aar&m=inp"],
			["e", "paths", "p=egen&fra=2026-11-05&til=2026-11-01", "p=egen&fra=2026-11-01&til=2026-11-05"],
		] as const) {
			const answer = await save(name, query, section);
			expect(answer.status, name).toBe(303);
			expect(answer.headers.get("Location"), name).toMatch(/^\/sites\/shop(\/\w+)?\?/);
			expect(await kept(), name).toContainEqual([name, section, expected]);
		}
		for (const section of ["", "settings", "../../account", "constructor"])
			expect((await save("x", "p=7d", section)).status).toBe(400);
		expect(await kept()).toHaveLength(5);
	});

	test("says on its page what it shows and who saved it, as long as they are there", async () => {
		await save("Uke", "p=7d&enhet=mobil&c=aar", "pages");
		await save("Jul", "p=egen&fra=2025-12-20&til=2025-12-31&sok=gave&side=", "pages");
		const text = textOf(await read(`${at}?lang=en`, owner));
		expect(text).toContain("Pages · Last 7 days, vs same weeks last year, Mobile · saved by Vidar");
		expect(text).toMatch(/Pages · 20.{1,3}31 Dec 2025, vs previous period, \w+: gave · saved by Vidar/);
		await endRight(db, { ...right, account: viewersAccount, by: "owner" });
		expect(textOf(await read(`${at}?lang=en`, owner))).toContain("saved by somebody who has no access any more");
	});
});

describe("a name", () => {
	test("is one line that can be seen, of at most 60 characters, and what was typed stays", async () => {
		for (const name of ["", " \n ", "\u200b\u2060", "x".repeat(61)]) {
			const html = await (await save(name, "p=7d", "speed")).text();
			expect(html).toContain("Skriv et navn på 1 til 60 tegn.");
			expect(html).toContain('name="section" value="speed"');
			expect(html).toContain('name="query" value="p=7d"');
		}
		expect((await save("x".repeat(60))).status).toBe(303);
		expect(await kept()).toHaveLength(1);
	});

	test("stands for one view, whatever its letters' case", async () => {
		await save("Åpning");
		for (const name of ["Åpning", "åpning", "A\u030apning", " ÅPNING "])
			expect(await (await save(name, "p=91d")).text()).toContain("Et annet utvalg har dette navnet");
		expect(await kept()).toEqual([["Åpning", "overview", "p=7d"]]);
		const both = await Promise.all([save("Samtidig"), save("Samtidig")]);
		expect(both.map(({ status }) => status).sort()).toEqual([200, 303]);
	});

	test("is refused where the site has 50, until one is deleted; another site has its own", async () => {
		for (let i = 0; i < maxSavedViews - 1; i++)
			await db.prepare("INSERT INTO saved_view VALUES ('shop', ?1, ?1, 'overview', '', 'x')").bind(`n${i}`).run();
		const two = await Promise.all([save("nest siste"), save("siste")]);
		expect(two.map(({ status }) => status).sort()).toEqual([200, 303]);
		expect(await (await save("en til")).text()).toContain("Slett ett først");
		await post({ id: "n1" }, owner, `${at}/remove`);
		expect((await save("en til")).status).toBe(303);
		await openSite({ ...settings, id: "other" });
		expect(await savedViews(db, "other")).toEqual([]);
	});

	test("is text, however hostile", async () => {
		for (const name of hostileNames) await save(name.slice(0, 60), `side=/${encodeURIComponent(name)}`, "paths");
		expect((await kept()).length).toBeGreaterThan(5);
		for (const path of [`${home}?p=7d`, at]) {
			const html = await read(path);
			expect(html.match(/<script/g)).toHaveLength(1);
			const body = html.slice(html.indexOf("<body"));
			expect(body.replaceAll(/"[^"]*"/g, '""')).not.toMatch(/<img|<svg\/onload|<[^<>]*\s(?:style|on\w+)=/);
			expect([...body.matchAll(/ (?:href|action)="([^"]*)"/g)].filter(([, to]) => !/^[/?#]/.test(to ?? ""))).toEqual(
				[],
			);
		}
	});
});

describe("who may", () => {
	test("change and delete is who saved it, and every owner", async () => {
		await save("Min");
		const id = await idOf("Min");
		const another = (await loginOf("viewer")) ?? {};
		expect(await read(`${at}?view=${id}`, another)).not.toMatch(/saved\/remove|Gi nytt navn|Nytt navn/);
		const fields = { id, name: "Din", section: "overview", query: "" };
		expect((await post(fields, another)).status).toBe(403);
		expect((await post({ id }, another, `${at}/remove`)).status).toBe(403);
		expect(await kept()).toEqual([["Min", "overview", "p=7d"]]);

		expect(await read(`${at}?view=${id}`)).toContain('value="Min"');
		expect((await post({ ...fields, name: "min" })).status).toBe(303);
		expect((await post({ ...fields, name: "Vår" }, owner)).status).toBe(303);
		// A new name is not another view.
		expect(await kept()).toEqual([["Vår", "overview", "p=7d"]]);
		await save("Opptatt");
		expect(await (await post({ ...fields, name: "opptatt" })).text()).toContain("Et annet utvalg har dette navnet");
		expect((await post({ id }, owner, `${at}/remove`)).status).toBe(303);
		expect(await (await post(fields)).text()).toContain("Utvalget er slettet av noen andre.");
		expect((await kept()).map(([name]) => name)).toEqual(["Opptatt"]);
	});

	test("see them are readers of this site alone, and save by our own pages alone", async () => {
		await save("Hemmelig plan");
		await openReleases();
		const partner = (await loginOf("partner")) ?? {};
		expect(await read(`/releases/${releaseId}`, partner)).not.toContain("Hemmelig plan");
		for (const who of [partner, (await loginOf("viewer of another site")) ?? {}, (await keyOf("owner")) ?? {}, {}]) {
			expect(await read(at, who)).not.toContain("Hemmelig plan");
			const answer = await save("Nei", "p=7d", "overview", { "Sec-Fetch-Site": "same-origin", ...who });
			expect([401, 403, 404]).toContain(answer.status);
		}
		expect((await save("Nei", "", "overview", { ...viewer, "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
		const id = await idOf("Hemmelig plan");
		await openSite({ ...settings, id: "other" });
		const others = await signIn(await signUp("Olga", { site: "other", role: "owner", release: "" }));
		await post({ id }, others, "/sites/other/saved/remove");
		expect(await kept()).toHaveLength(1);
	});
});

test("the menu asks D1 nothing by itself", async () => {
	await save("Uke");
	/** Statements that were asked in a call of their own. */
	const alone: string[] = [];
	const watched = new Proxy(db, {
		get(target, name: keyof D1Database) {
			if (name !== "prepare") return target[name].bind(target);
			return (sql: string) => {
				const statement = target.prepare(sql);
				const bind = statement.bind.bind(statement);
				statement.bind = (...values) => {
					const bound = bind(...values);
					const all = bound.all.bind(bound);
					bound.all = (() => {
						alone.push(sql);
						return all();
					}) as typeof bound.all;
					return bound;
				};
				return statement;
			};
		},
	});
	const open = async (who: Reader) => {
		const context = createExecutionContext();
		const request = new Request(`${app}${home}?p=7d`, { headers: who });
		const answer = await worker.fetch(request, { ...testEnv, DB: watched }, context);
		await waitOnExecutionContext(context);
		return answer.text();
	};
	expect(await open(viewer)).toContain("<bdi>Uke</bdi>");
	expect(alone.filter((sql) => sql.includes("saved_view"))).toEqual([]);
	expect(await open({})).not.toContain("Uke");
});

test("a backup takes them along, and an unknown page is left out of the menu", async () => {
	await save("Uke", "p=7d", "speed");
	await db.prepare("INSERT INTO saved_view VALUES ('shop', 'z', 'Fra en ny versjon', 'journeys', 'p=7d', 'x')").run();
	const lines: string[] = [];
	for await (const line of backUp([db], "shop", { keys: false, now: Date.now() })) lines.push(line);
	const before = await savedViews(db, "shop");
	await db.exec("DELETE FROM saved_view");
	await restore([db], async function* () {
		yield* lines;
	});
	expect(await savedViews(db, "shop")).toEqual(before);
	expect(await menuOf(`${home}?p=7d`)).toEqual([[`${home}/speed?p=7d`, "Uke", false]]);
	expect(textOf(await read(at))).not.toContain("Fra en ny versjon");
});
