/** People of a site: invited, signed in by code, listed, thrown out; their keys and logins, and the log that tells of it. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { AccessEvent } from "../../schema/access.ts";
import { addressIn, vouchedFor } from "../../worker/access/cloudflare-access.ts";
import { accept, type Invitation, invite, listInvitations } from "../../worker/access/invitations.ts";
import { issueKey, listKeys } from "../../worker/access/keys.ts";
import { makeLimiter } from "../../worker/access/limiter.ts";
import { note, readLog } from "../../worker/access/log.ts";
import { listLogins } from "../../worker/access/logins.ts";
import { makeCodes, redeemCode } from "../../worker/access/recovery.ts";
import { endRight, listPeople, type Person } from "../../worker/access/rights.ts";
import { base64url, hashSecret } from "../../worker/access/secrets.ts";
import { issueSignIn } from "../../worker/access/sign-in.ts";
import { doDueWork } from "../../worker/closing/nightly.ts";
import { loginOf, openReleases, releaseId } from "./access-callers.ts";
import { startFresh } from "./migrations.ts";
import { app, call, testEnv } from "./support.ts";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const db = testEnv.DB;
const dayMs = 86_400_000;
let key = "";

beforeEach(async () => {
	({ key } = await startFresh());
	await openReleases();
});
afterEach(() => {
	vi.unstubAllGlobals();
	vi.useRealTimers();
});

const get = (path: string, headers: Record<string, string> = {}) => call(path, { redirect: "manual", headers });
const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
	call(path, {
		method: "POST",
		redirect: "manual",
		headers: { "Sec-Fetch-Site": "same-origin", ...headers },
		body: new URLSearchParams(form),
	});
const cookieIn = (answer: Response) => ({ Cookie: (answer.headers.get("Set-Cookie") ?? "").split(";")[0] ?? "" });
const asks = (wanted: Partial<Invitation> = {}) =>
	invite(db, { site: "shop", by: "owner", name: "Kommunen", role: "partner", release: releaseId, ...wanted });
const person = async (name: string) => (await listPeople(db, "shop")).find((one) => one.name === name) as Person;
const events = async (): Promise<[string, AccessEvent, string][]> =>
	(await readLog(db, "shop", 100)).map(({ who, what, about }) => [who, what, about]);
const partners = `/v1/releases/${releaseId}/stats/summary`;

/** Follows an invitation to its end; the cookie of whoever is let in. */
async function arrive(token: string): Promise<{ Cookie: string }> {
	const answer = await post(`/invitation/${token}`, {});
	expect(answer.headers.get("Location")).toBe("/account");
	return cookieIn(answer);
}

describe("an invitation", () => {
	test("says what it offers, lets one person in, and works once", async () => {
		const token = await asks();
		expect(await (await get(`/invitation/${token}`)).text()).toContain("Shop deler med deg");
		const cookie = await arrive(token);
		expect((await get(partners, cookie)).status).toBe(200);
		expect((await get("/sites/shop", cookie)).status).toBe(404);
		expect((await post(`/invitation/${token}`, {})).status).toBe(410);
		expect((await get(`/invitation/${token}`)).status).toBe(410);
	});

	test("is not used up by looking at it, and lets in only one of two who are quick", async () => {
		const token = await asks();
		await get(`/invitation/${token}`);
		await call(`/invitation/${token}`, { method: "HEAD" });
		const answers = await Promise.all([post(`/invitation/${token}`, {}), post(`/invitation/${token}`, {})]);
		expect(answers.map(({ status }) => status).sort()).toEqual([303, 410]);
		expect((await listPeople(db, "shop")).filter(({ name }) => name === "Kommunen")).toHaveLength(1);
	});

	test("expires after a week, and can be ended before", async () => {
		const wanted = { site: "shop", by: "owner", name: "K", role: "viewer" } as const;
		const old = await invite(db, wanted, Date.now() - 7 * dayMs - 1);
		expect((await post(`/invitation/${old}`, {})).status).toBe(410);
		const token = await asks();
		const [{ id } = { id: "" }] = await listInvitations(db, "shop");
		await post("/sites/shop/people/invitations/end", { id }, await loginOf("owner"));
		expect((await post(`/invitation/${token}`, {})).status).toBe(410);
	});

	test("gives somebody who is signed in one thing more", async () => {
		const cookie = await arrive(await asks());
		const more = await asks({ role: "viewer", release: "" });
		expect((await post(`/invitation/${more}`, {}, cookie)).status).toBe(303);
		expect((await get("/sites/shop", cookie)).status).toBe(200);
		const { account } = await person("Kommunen");
		expect((await listPeople(db, "shop")).filter((one) => one.account === account)).toHaveLength(2);
	});

	test("for an e-mail address is of no use without Cloudflare Access", async () => {
		const token = await asks({ email: "kari@example.no" });
		expect(await (await get(`/invitation/${token}`)).text()).toContain("Cloudflare Access");
		expect((await post(`/invitation/${token}`, {})).status).toBe(410);
	});

	test("is refused for a partner without a release, and for anybody else with one", async () => {
		await expect(asks({ release: "" })).rejects.toThrow();
		await expect(asks({ role: "viewer" })).rejects.toThrow();
	});
});

describe("ending", () => {
	test("a right takes effect on the next request, and leaves nothing of an account that has no other", async () => {
		const cookie = await arrive(await asks());
		await makeCodes(db, (await person("Kommunen")).account);
		expect((await get(partners, cookie)).status).toBe(200);
		expect(await endRight(db, { ...(await person("Kommunen")), by: "owner" })).toBe(true);
		expect((await get(partners, cookie)).status).toBe(401);
		for (const table of ["login", "account", "account_right", "recovery_code"])
			expect((await db.prepare(`SELECT * FROM ${table} WHERE 1`).all()).results, table).toEqual([]);
	});

	test("a key takes effect on the next request", async () => {
		const partner = await issueKey(db, { site: "shop", role: "partner", release: releaseId, name: "cron" });
		const bearer = { Authorization: `Bearer ${partner}` };
		expect((await get(partners, bearer)).status).toBe(200);
		await post("/sites/shop/people/keys/end", { name: "cron" }, await loginOf("owner"));
		expect((await get(partners, bearer)).status).toBe(401);
	});

	test("a login on another machine leaves the others", async () => {
		const here = cookieIn(await get(`/sign-in/${await issueSignIn(db, { site: "shop" })}`));
		const there = cookieIn(await get(`/sign-in/${await issueSignIn(db, { site: "shop" })}`));
		expect((await (await get("/account", here)).text()).match(/denne nettleseren/g)).toHaveLength(1);
		const own = await hashSecret(here.Cookie.split("=")[1] ?? "");
		const other = (await listLogins(db, "owner:shop")).find(({ id }) => id !== own);
		await post("/account/logins/end", { id: other?.id ?? "" }, here);
		expect((await get("/account", there)).status).toBe(401);
		expect((await get("/account", here)).status).toBe(200);
	});

	test("somebody else's login, passkey or key is not possible", async () => {
		const kari = await arrive(await asks());
		const owner = cookieIn(await get(`/sign-in/${await issueSignIn(db, { site: "shop" })}`));
		const [login] = await listLogins(db, "owner:shop");
		await post("/account/logins/end", { id: login?.id ?? "" }, kari);
		expect((await get("/account", owner)).status).toBe(200);
		expect((await post("/sites/shop/people/keys/end", { name: "test" }, kari)).status).toBe(404);
		expect((await get("/v1/sites/shop/settings", { Authorization: `Bearer ${key}` })).status).toBe(200);
	});
});

describe("recovery codes", () => {
	test("let in once each, however they are typed", async () => {
		const cookie = await arrive(await asks());
		const page = await (await post("/account/codes", {}, cookie)).text();
		const codes = page.match(/[0-9a-z]{4}(-[0-9a-z]{4}){4}/g) ?? [];
		expect(new Set(codes).size).toBe(8);
		const typed = (codes[0] ?? "").toUpperCase().replaceAll("-", " ");
		const answer = await post("/sign-in/code?to=/account", { code: typed });
		expect(answer.headers.get("Location")).toBe("/account");
		expect((await get("/account", cookieIn(answer))).status).toBe(200);
		expect((await post("/sign-in/code", { code: typed })).status).toBe(401);
		expect(await (await get("/account", cookie)).text()).toContain("Du har 7 igjen");
	});

	test("work no longer once there are new ones", async () => {
		await arrive(await asks());
		const { account } = await person("Kommunen");
		const [old = ""] = await makeCodes(db, account);
		await makeCodes(db, account);
		expect(await redeemCode(db, old)).toBeUndefined();
	});

	test("lead nowhere but to our own pages", async () => {
		await arrive(await asks());
		const { account } = await person("Kommunen");
		for (const to of ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "javascript:0"]) {
			const [code = ""] = await makeCodes(db, account);
			const answer = await post(`/sign-in/code?to=${encodeURIComponent(to)}`, { code });
			expect(answer.headers.get("Location")).toBe("/");
		}
	});
});

describe("the log", () => {
	test("tells of grants, sign-ins, looks and exports, and is the owner's to read", async () => {
		const cookie = await arrive(await asks());
		await get(partners, cookie);
		await get(partners, cookie);
		await get(`${partners}.csv`, cookie);
		await get("/v1/sites/shop/stats/pages.csv", { Authorization: `Bearer ${key}` });
		await endRight(db, { ...(await person("Kommunen")), by: "owner" });
		const told = await events();
		for (const entry of [
			["owner", "invited", `Kommunen: partner ${releaseId}`],
			["Kommunen", "granted", `partner ${releaseId}`],
			["Kommunen", "signed-in", "invitation"],
			["Kommunen", "viewed", releaseId],
			["Kommunen", "exported", `${releaseId} summary.csv`],
			["test", "exported", "pages.csv"],
			["owner", "ended", `Kommunen: partner ${releaseId}`],
		])
			expect(told).toContainEqual(entry);
		expect(told.filter(([, what]) => what === "viewed")).toHaveLength(1);
		const answer = await get("/v1/sites/shop/log", { Authorization: `Bearer ${key}` });
		expect((await answer.json<{ entries: unknown[] }>()).entries).toHaveLength(told.length);
	});

	test("notes a look again the next day, and by another login", async () => {
		const at = Date.parse("2026-11-22T23:59:00Z");
		const look = (now: number, login: string) =>
			note(db, ["shop"], { at: now, who: "K", what: "viewed", about: releaseId }, login);
		await look(at, "a");
		await look(at + 1, "a");
		await look(at + 2, "b");
		await look(at + 120_000, "a");
		expect(await readLog(db, "shop", 10)).toHaveLength(3);
	});

	test("is forgotten after twelve months, by the nightly work", async () => {
		const now = Date.now();
		for (const age of [300, 364, 366, 400])
			await note(db, ["shop"], { at: now - age * dayMs, who: String(age), what: "viewed", about: "" });
		await doDueWork(testEnv, now);
		expect((await readLog(db, "shop", 10)).map(({ who }) => who)).toEqual(["300", "364"]);
	});

	test("as CSV holds no formula", async () => {
		await note(db, ["shop"], { at: Date.now(), who: "=1+1", what: "viewed", about: 'a,"b"' });
		const text = await (await get("/v1/sites/shop/log.csv", { Authorization: `Bearer ${key}` })).text();
		expect(text).toMatch(/^at,who,what,about\r\n/);
		expect(text).toContain(`,'=1+1,viewed,"a,""b"""\r\n`);
	});
});

describe("people and keys", () => {
	test("are given and ended by forms, and shown with the day of their last use", async () => {
		const owner = (await loginOf("owner")) ?? {};
		const made = await (await post("/sites/shop/people/keys", { name: "Excel", role: "viewer" }, owner)).text();
		const excel = /class="secret">([\w-]+)</.exec(made)?.[1] ?? "";
		expect((await get("/v1/sites/shop/stats/summary", { Authorization: `Bearer ${excel}` })).status).toBe(200);
		expect((await get("/v1/sites/shop/settings", { Authorization: `Bearer ${excel}` })).status).toBe(403);
		const today = new Date().toISOString().slice(0, 10);
		expect((await listKeys(db, "shop")).find(({ name }) => name === "Excel")?.seen).toBe(today);
		const invited = await (await post("/sites/shop/people/invite", { name: "Ola", role: "viewer" }, owner)).text();
		const link = /class="secret">([^<]+)</.exec(invited)?.[1] ?? "";
		const ola = await arrive(link.split("/").at(-1) ?? "");
		expect(link.startsWith(`${app}/invitation/`)).toBe(true);
		expect((await get("/sites/shop", ola)).status).toBe(200);
		const { account } = await person("Ola");
		await post("/sites/shop/people/end", { account, role: "viewer", release: "" }, owner);
		expect((await get("/sites/shop", ola)).status).toBe(401);
	});

	test("a form that was not understood keeps what was typed", async () => {
		const owner = (await loginOf("owner")) ?? {};
		const wrong = { name: "Kari", role: "viewer", email: "no address" };
		const page = await (await post("/sites/shop/people/invite", wrong, owner)).text();
		expect(page).toContain('value="Kari"');
		expect(page).toContain('aria-invalid="true"');
		expect(await listInvitations(db, "shop")).toEqual([]);
		expect(await (await post("/sites/shop/people/keys", { name: "test", role: "viewer" }, owner)).text()).toContain(
			'aria-invalid="true"',
		);
		expect((await get("/v1/sites/shop/settings", { Authorization: `Bearer ${key}` })).status).toBe(200);
	});

	test("names are shown as text", async () => {
		await arrive(await asks({ name: "<img src=x onerror=alert(1)>" }));
		const page = await (await get("/sites/shop/people", (await loginOf("owner")) ?? {})).text();
		expect(page).toContain("&lt;img src=x onerror=alert(1)&gt;");
		expect(page).not.toContain("<img");
	});

	test("no secret stands in the database", async () => {
		const token = await asks();
		const cookie = await arrive(await asks({ name: "Kari" }));
		const codes = await makeCodes(db, (await person("Kari")).account);
		const issued = await issueKey(db, { site: "shop", role: "viewer", name: "v" });
		const { results: tables } = await db
			.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '[_s]*'")
			.all<{ name: string }>();
		const rows = await Promise.all(tables.map(({ name }) => db.prepare(`SELECT * FROM "${name}"`).all()));
		const stored = JSON.stringify(rows.map(({ results }) => results));
		expect(stored).toContain("Kari");
		for (const secret of [token, cookie.Cookie.split("=")[1] ?? "?", issued, ...codes])
			expect(stored).not.toContain(secret);
	});
});

test("a form that is far too long is not read", async () => {
	const long = { code: "x".repeat(70_000) };
	expect((await post("/sign-in/code", long)).status).toBe(413);
	expect((await post("/sites/shop/people/invite", long, await loginOf("owner"))).status).toBe(413);
});

describe("throttling", () => {
	test("refuses what is tried too often within a minute, and nothing after it", async () => {
		const limit = makeLimiter(3);
		for (let n = 0; n < 3; n++) await limit("a", 1_000);
		await expect(limit("a", 1_000)).rejects.toThrow("too-many");
		await limit("b", 1_000);
		await limit("a", 62_000);
	});

	test("stops somebody who guesses codes from one address", async () => {
		vi.setSystemTime(Date.now() + 120_000); // and stands still: another minute begins afresh
		const from = { "CF-Connecting-IP": "192.0.2.7" };
		const tried: number[] = [];
		for (let n = 0; n < 40; n++) tried.push((await post("/sign-in/code", { code: String(n) }, from)).status);
		expect(tried.slice(0, 30)).toEqual(Array(30).fill(401));
		expect(tried.slice(30)).toEqual(Array(10).fill(429));
		expect((await post("/sign-in/code", { code: "x" }, { "CF-Connecting-IP": "192.0.2.8" })).status).toBe(401);
	});
});

describe("Cloudflare Access", () => {
	const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
	const now = Date.parse("2026-11-23T12:00:00Z");
	const place = { team: "team-of-ours", audience: "aud-of-ours" };
	const issuer = "https://team-of-ours.cloudflareaccess.com";
	const claims = { iss: issuer, aud: ["aud-of-ours"], email: "Kari@Example.no", exp: now / 1000 + 60, iat: 0 };

	const makePair = () => {
		const options = { ...algorithm, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };
		return crypto.subtle.generateKey(options, true, ["sign", "verify"]) as Promise<CryptoKeyPair>;
	};
	const pairs = new Map<string, CryptoKeyPair>();

	/** Of a team; made once, because making them takes long. */
	async function keysOf(whose: "ours" | "theirs") {
		const pair = pairs.get(whose) ?? (await makePair());
		pairs.set(whose, pair);
		const jwk = (await crypto.subtle.exportKey("jwk", pair.publicKey)) as JsonWebKey;
		const load = vi.fn(async () => Response.json({ keys: [{ ...jwk, kid: "k1" }] }));
		const encode = (value: unknown) => base64url(new TextEncoder().encode(JSON.stringify(value)));
		const sign = async (content: object, head: object = { alg: "RS256", kid: "k1" }) => {
			const text = `${encode(head)}.${encode(content)}`;
			const signature = await crypto.subtle.sign(algorithm, pair.privateKey, new TextEncoder().encode(text));
			return `${text}.${base64url(new Uint8Array(signature))}`;
		};
		return { load: load as unknown as typeof fetch & typeof load, sign, encode };
	}

	test("vouches with a token of its own for us, and asks for the team's keys once", async () => {
		const { load, sign } = await keysOf("ours");
		const team = { ...place, team: "team-once" };
		const own = await sign({ ...claims, iss: "https://team-once.cloudflareaccess.com" });
		expect(await addressIn(own, team, now, load)).toBe("kari@example.no");
		expect(await addressIn(own, team, now + 1, load)).toBe("kari@example.no");
		expect(load).toHaveBeenCalledTimes(1);
		expect(load).toHaveBeenCalledWith("https://team-once.cloudflareaccess.com/cdn-cgi/access/certs");
	});

	test("is not believed where anything is wrong", async () => {
		const { load, sign, encode } = await keysOf("ours");
		const { sign: byOthers } = await keysOf("theirs");
		const good = await sign(claims);
		const [head, , signature] = good.split(".");
		const wrong = {
			"another audience": await sign({ ...claims, aud: ["elsewhere"] }),
			"another team": await sign({ ...claims, iss: "https://other.cloudflareaccess.com" }),
			"too old": await sign({ ...claims, exp: now / 1000 - 1 }),
			"not yet": await sign({ ...claims, nbf: now / 1000 + 60 }),
			"no address": await sign({ ...claims, email: "" }),
			"another's signature": await byOthers(claims),
			"other claims": `${head}.${encode({ ...claims, email: "owner@example.no" })}.${signature}`,
			"no signature": `${encode({ alg: "none", kid: "k1" })}.${encode(claims)}.`,
			"an unknown key": await sign(claims, { alg: "RS256", kid: "k2" }),
			"no token": "x",
		};
		expect(await addressIn(good, place, now, load)).toBe("kari@example.no");
		for (const [what, token] of Object.entries(wrong))
			expect(await addressIn(token, place, now, load), what).toBeUndefined();
	});

	test("signs in whom an invitation with their address has let in, once a day in the log, and nobody else", async () => {
		const { load, sign } = await keysOf("ours");
		vi.stubGlobal("fetch", load);
		const env = { ...testEnv, ACCESS_TEAM: "team-in-front", ACCESS_AUD: "aud-of-ours" };
		const iss = "https://team-in-front.cloudflareaccess.com";
		const vouched = async (email: string) => {
			const token = await sign({ ...claims, iss, email, exp: Date.now() / 1000 + 60 });
			return vouchedFor(env, new Request(app, { headers: { "Cf-Access-Jwt-Assertion": token } }));
		};
		const token = await asks({ role: "viewer", release: "", email: "Kari@example.no" });
		expect(await vouched("kari@example.no")).toBeUndefined();
		expect(await accept(db, token, { address: "ola@example.no" })).toBeUndefined();
		expect(await accept(db, token, { address: "kari@example.no" })).toBeDefined();
		for (let n = 0; n < 2; n++)
			expect(await vouched("KARI@example.no")).toMatchObject({ rights: [{ site: "shop", role: "viewer" }] });
		expect(await vouched("ola@example.no")).toBeUndefined();
		expect((await events()).filter(([, what]) => what === "signed-in")).toEqual([["Kommunen", "signed-in", "access"]]);
	});

	test("is nothing where it is not set up", async () => {
		const { sign } = await keysOf("ours");
		const headers = { "Cf-Access-Jwt-Assertion": await sign({ ...claims, exp: Date.now() / 1000 + 60 }) };
		expect((await get("/sites/shop", headers)).status).toBe(401);
	});
});
