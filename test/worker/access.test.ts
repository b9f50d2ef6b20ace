import { beforeEach, describe, expect, test } from "vitest";
import { issueSignIn } from "../../worker/access/sign-in.ts";
import { startFresh } from "./migrations.ts";
import { app, call, openSite, settings, testEnv } from "./support.ts";

beforeEach(async () => {
	await startFresh();
});

const open = (path: string, cookie = "", headers: Record<string, string> = {}) =>
	call(path, { redirect: "manual", headers: { ...(cookie ? { Cookie: cookie } : {}), ...headers } });

async function signIn(): Promise<string> {
	const answer = await open(`/sign-in/${await issueSignIn(testEnv.DB, { site: "shop" })}`);
	return (answer.headers.get("Set-Cookie") ?? "").split(";")[0] ?? "";
}

describe("signing in", () => {
	test("the link leads to the dashboard and sets a cookie scripts cannot read", async () => {
		const answer = await open(`/sign-in/${await issueSignIn(testEnv.DB, { site: "shop" })}`);
		expect(answer.status).toBe(303);
		expect(answer.headers.get("Location")).toBe("/sites/shop");
		for (const word of ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"])
			expect(answer.headers.get("Set-Cookie")).toContain(word);
	});

	test("the link works once", async () => {
		const link = `/sign-in/${await issueSignIn(testEnv.DB, { site: "shop" })}`;
		expect((await open(link)).status).toBe(303);
		const again = await open(link);
		expect(again.status).toBe(410);
		expect(again.headers.get("Set-Cookie")).toBeNull();
	});

	test("looking ahead does not use it up", async () => {
		const link = `/sign-in/${await issueSignIn(testEnv.DB, { site: "shop" })}`;
		await open(link, "", { "Sec-Purpose": "prefetch" });
		await call(link, { method: "HEAD" });
		expect((await open(link)).status).toBe(303);
	});

	test("a link from two days ago works no longer", async () => {
		const token = await issueSignIn(testEnv.DB, { site: "shop" }, Date.now() - 2 * 86_400_000);
		expect((await open(`/sign-in/${token}`)).status).toBe(410);
	});

	test("pages are for the owner of this very site", async () => {
		expect((await open("/sites/shop")).status).toBe(401);
		expect((await open("/sites/shop/live")).status).toBe(401);
		const cookie = await signIn();
		expect((await open("/sites/shop", cookie)).status).toBe(200);
		expect((await open("/sites/shop/live", cookie)).status).toBe(200);
		await openSite({ ...settings, id: "other" });
		expect((await open("/sites/other", cookie)).status).toBe(404);
	});

	test("home leads to the dashboard once signed in, and signing out ends it at once", async () => {
		const cookie = await signIn();
		expect((await open("/", cookie)).headers.get("Location")).toBe("/sites/shop");
		const foreign = await call("/sign-out", {
			method: "POST",
			headers: { Cookie: cookie, Origin: "https://elsewhere.example" },
		});
		expect(foreign.status).toBe(403);
		await call("/sign-out", { method: "POST", redirect: "manual", headers: { Cookie: cookie, Origin: app } });
		expect((await open("/sites/shop", cookie)).status).toBe(401);
	});

	test("a proxy's own password in front does not keep anybody out, a key that is none does", async () => {
		const cookie = await signIn();
		expect((await open("/sites/shop", cookie, { Authorization: "Basic b3duZXI6eA==" })).status).toBe(200);
		expect((await open("/sites/shop", cookie, { Authorization: "Bearer none-of-ours" })).status).toBe(401);
	});

	test("no secret stands in the database", async () => {
		const token = await issueSignIn(testEnv.DB, { site: "shop" });
		const cookie = await signIn();
		const tables = ["site", "policy", "access_key", "sign_in", "login"];
		const rows = await Promise.all(tables.map((table) => testEnv.DB.prepare(`SELECT * FROM ${table}`).all()));
		const stored = JSON.stringify(rows.map(({ results }) => results));
		for (const secret of [token, cookie.split("=")[1] ?? "?"]) expect(stored).not.toContain(secret);
	});

	test("a page carries a strict policy without unsafe sources", async () => {
		const policy = (await open("/sites/shop", await signIn())).headers.get("Content-Security-Policy") ?? "";
		expect(policy).toContain("default-src 'none'");
		expect(policy).toContain("frame-ancestors 'none'");
		expect(policy).not.toContain("unsafe");
	});
});
