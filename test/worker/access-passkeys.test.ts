/** Passkeys: added to an account and signed in with, and refused wherever one thing about them is not as it must be. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { addPasskey, creationOptions, listPasskeys, requestOptions } from "../../worker/access/passkeys.ts";
import { base64url, bytesFrom } from "../../worker/access/secrets.ts";
import type { Assertion, Attestation } from "../../worker/access/webauthn.ts";
import { loginOf, signUp } from "./access-callers.ts";
import { startFresh } from "./migrations.ts";
import { type Bent, makePasskey } from "./passkey.ts";
import { app, call, testEnv } from "./support.ts";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const db = testEnv.DB;
const party = { id: new URL(app).hostname, origin: app };
let account = "";
let passkey: Awaited<ReturnType<typeof makePasskey>>;

beforeEach(async () => {
	await startFresh();
	account = await signUp("Kari", { site: "shop", role: "viewer", release: "" });
	passkey = await makePasskey(app);
});

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
	call(path, {
		method: "POST",
		redirect: "manual",
		headers: { "Sec-Fetch-Site": "same-origin", "Content-Type": "application/json", ...headers },
		body: JSON.stringify(body),
	});
const challenge = async (now?: number) => (await requestOptions(db, party, now)).challenge;
const signIn = (shown: Assertion) => post("/sign-in/passkey", shown);
const creation = async () => (await creationOptions(db, { account, name: "Kari" }, party)).challenge;
const add = (made: Attestation) => addPasskey(db, { account, name: "Firefox, Linux" }, made, party);
const added = async () => expect(await add(await passkey.make(await creation()))).toBe(true);

describe("a passkey", () => {
	test("is added by whoever is signed in, signs in, and is shown with the day of its last use", async () => {
		const owner = (await loginOf("viewer")) ?? {};
		const options = await (await post("/account/passkeys/options", {}, owner)).json<{
			challenge: string;
			attestation: string;
		}>();
		expect(options.attestation).toBe("none");
		const made = await passkey.make(options.challenge);
		expect(await (await post("/account/passkeys", made, owner)).json()).toEqual({ to: "/account" });
		const { challenge: text } = await (await post("/sign-in/passkey/options", {})).json<{ challenge: string }>();
		const answer = await post("/sign-in/passkey?to=/sites/shop", await passkey.show(text));
		expect(await answer.json()).toEqual({ to: "/sites/shop" });
		const Cookie = (answer.headers.get("Set-Cookie") ?? "").split(";")[0] ?? "";
		expect((await call("/sites/shop", { headers: { Cookie } })).status).toBe(200);
		const page = await (await call("/account", { headers: { Cookie } })).text();
		expect(page).toContain(new Date().toISOString().slice(0, 10));
	});

	test("that is removed lets nobody in", async () => {
		await added();
		await call("/account/passkeys/remove", {
			method: "POST",
			headers: (await loginOf("owner")) ?? {},
			body: new URLSearchParams({ id: passkey.id }),
		});
		expect((await signIn(await passkey.show(await challenge()))).status).toBe(200); // it is not the owner's to remove
		await db.prepare("DELETE FROM passkey").run();
		expect((await signIn(await passkey.show(await challenge()))).status).toBe(403);
	});

	test("of somebody else stays theirs, and nobody has more than twenty", async () => {
		await added();
		expect(await add(await passkey.make(await creation()))).toBe(false);
		for (let n = 1; n < 20; n++) expect(await add(await (await makePasskey(app)).make(await creation()))).toBe(true);
		expect(await add(await (await makePasskey(app)).make(await creation()))).toBe(false);
		expect(await listPasskeys(db, account)).toHaveLength(20);
	});

	test.each<[string, Bent]>([
		["for another page's origin", { origin: "https://stats.example.no.evil.example" }],
		["in a frame of another origin", { crossOrigin: true }],
		["made for another place", { host: "evil.example" }],
		["of a request of the other kind", { type: "webauthn.get" }],
		["without anybody there", { flags: 0x40 }],
		["without anybody who proved it was them", { flags: 0x41 }],
		["without the key's data", { flags: 0x05 }],
		["whose data are another credential's", { id: "AAAA" }],
	])("%s is not added", async (_, bent) => {
		expect(await add(await passkey.make(await creation(), bent))).toBe(false);
		expect(await listPasskeys(db, account)).toEqual([]);
	});

	test.each<[string, Bent]>([
		["for another page's origin", { origin: "https://evil.example" }],
		["in a frame of another origin", { crossOrigin: true }],
		["for another place", { host: "evil.example" }],
		["of a request of the other kind", { type: "webauthn.create" }],
		["without anybody there", { flags: 0x00 }],
		["without anybody who proved it was them", { flags: 0x01 }],
	])("%s does not sign in", async (_, bent) => {
		await added();
		expect((await signIn(await passkey.show(await challenge(), bent))).status).toBe(403);
		expect((await signIn(await passkey.show(await challenge()))).status).toBe(200);
	});

	test("answers a challenge once, in time, and only one of ours for this", async () => {
		await added();
		const shown = await passkey.show(await challenge());
		expect((await signIn(shown)).status).toBe(200);
		expect((await signIn(shown)).status).toBe(403);
		expect((await signIn(await passkey.show(await challenge(Date.now() - 6 * 60_000)))).status).toBe(403);
		expect((await signIn(await passkey.show(await creation()))).status).toBe(403);
		expect((await signIn(await passkey.show(base64url(new Uint8Array(32))))).status).toBe(403);
	});

	test("of another key, or with one bit changed, does not sign in", async () => {
		await added();
		const other = await makePasskey(app);
		expect((await signIn({ ...(await other.show(await challenge())), id: passkey.id })).status).toBe(403);
		expect((await signIn(await other.show(await challenge()))).status).toBe(403);
		for (const part of ["signature", "authenticatorData"] as const) {
			const shown = await passkey.show(await challenge());
			const bytes = bytesFrom(shown.response[part]);
			bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
			expect((await signIn({ ...shown, response: { ...shown.response, [part]: base64url(bytes) } })).status).toBe(403);
		}
	});

	test("whose counter goes back is a copy", async () => {
		await added();
		expect((await signIn(await passkey.show(await challenge(), { counter: 5 }))).status).toBe(200);
		expect((await signIn(await passkey.show(await challenge(), { counter: 5 }))).status).toBe(403);
		expect((await signIn(await passkey.show(await challenge(), { counter: 6 }))).status).toBe(200);
	});

	test("signs in often: numbers of every length are read", async () => {
		await added();
		for (let n = 0; n < 8; n++) expect((await signIn(await passkey.show(await challenge()))).status).toBe(200);
	});

	test.each([{}, { id: "x", response: {} }, [], null, { id: 1 }])("that is none (%j) is malformed", async (body) => {
		expect((await post("/sign-in/passkey", body)).status).toBe(400);
	});

	test("is tried ten times a minute, no more", async () => {
		vi.setSystemTime(Date.now() + 120_000); // and stands still: another minute begins afresh
		const statuses: number[] = [];
		for (let n = 0; n < 12; n++)
			statuses.push((await signIn(await passkey.show(base64url(new Uint8Array(32))))).status);
		expect(statuses.slice(0, 10)).toEqual(Array(10).fill(403));
		expect(statuses.slice(10)).toEqual([429, 429]);
		vi.useRealTimers();
	});
});
