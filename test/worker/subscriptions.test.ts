/** Who is told: addresses confirmed before anything is sent, left by one click, deleted; what was not taken is tried again; the page. */
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { datesOf, periodAt, startOfDate } from "../../schema/period.ts";
import { readLog } from "../../worker/access/log.ts";
import { startLogin } from "../../worker/access/logins.ts";
import { firstOwner } from "../../worker/access/rights.ts";
import { doDueWork } from "../../worker/closing/nightly.ts";
import worker from "../../worker/index.ts";
import { backUp } from "../../worker/operator/backup.ts";
import { restore } from "../../worker/operator/restore.ts";
import { failuresOf } from "../../worker/subscriptions/outgoing.ts";
import { hookKey, requestSubscription, requestsOf, subscriptionsOf } from "../../worker/subscriptions/subscribers.ts";
import { latestPeriod } from "../../worker/subscriptions/summary.ts";
import { waysOut } from "../../worker/subscriptions/ways-out.ts";
import { textOf } from "../support/page-text.ts";
import { type Arrived, LetterBox, subscribed } from "./letter-box.ts";
import { startFresh } from "./migrations.ts";
import { app, settings, testEnv } from "./support.ts";

vi.setConfig({ testTimeout: 30_000 });

const db = testEnv.DB;
const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;
const { timeZone } = settings;
/** Noon of a Monday some weeks from now, so that a week's summary is due. */
const later = datesOf(periodAt(Date.now() + 28 * dayMs, "week", timeZone), "week")?.first ?? "";
const monday = startOfDate(later, timeZone) + 720 * minuteMs;
const { period: week } = latestPeriod("weekly", monday, timeZone);
const home = "/sites/shop/subscriptions";
let cookie = "";
let box: LetterBox;

/** After a test that failed too: the next one must not find its stubs. */
afterEach(() => {
	vi.unstubAllGlobals();
	vi.restoreAllMocks();
});
beforeEach(async () => {
	await startFresh();
	box = new LetterBox();
	const login = { account: await firstOwner(db, "shop", Date.now()), how: "passkey", browser: "Firefox" } as const;
	cookie = `sporlos_login=${await startLogin(db, login)}`;
});

/** Asks the Worker itself, in a place that sends e-mail to the box. */
async function ask(path: string, init: RequestInit = {}, env = box.env()): Promise<Response> {
	const context = createExecutionContext();
	const request = new Request(path.startsWith("http") ? path : app + path, { redirect: "manual", ...init });
	const answer = await worker.fetch(request as Parameters<typeof worker.fetch>[0], env, context);
	await waitOnExecutionContext(context);
	return answer;
}
const get = async (path: string) => textOf(await (await ask(path, { headers: { Cookie: cookie } })).text());
const form = (path: string, fields: Record<string, string>, env = box.env()) =>
	ask(
		path,
		{
			method: "POST",
			headers: { Cookie: cookie, "Sec-Fetch-Site": "same-origin", "Accept-Language": "en" },
			body: new URLSearchParams(fields),
		},
		env,
	);
const said = async (answer: Response) =>
	textOf(/<p class="notice.*?<\/p>/s.exec(await answer.text())?.[0] ?? "").trim();
const kari = { way: "email", address: " Kari@Example.com ", summary: "weekly", alerts: "on", language: "en" };
const linkIn = (text: string, kind: "subscribe" | "unsubscribe") =>
	new RegExp(`https://\\S+/${kind}/\\S+`).exec(text)?.[0] ?? "";
const noCookie = { "Content-Type": "application/x-www-form-urlencoded" };

describe("an e-mail address", () => {
	test("gets nothing but a question until whoever reads its mail confirms it, by more than opening a link", async () => {
		expect(await said(await form(`${home}/add`, kari))).toContain("An e-mail with a link was sent");
		expect(box.mails.map(({ to, subject }) => [to, subject])).toEqual([
			["kari@example.com", "Please confirm: messages about Shop"],
		]);
		const link = linkIn(box.mails[0]?.text ?? "", "subscribe");
		expect(box.mails[0]?.html).toContain(link.replaceAll("&", "&amp;"));
		await box.run(Date.now());
		expect(box.mails).toHaveLength(1);
		expect(textOf(await (await ask(link)).text())).toContain("a summary every week and alerts");
		expect(await subscriptionsOf(db, "shop")).toEqual([]);
		expect((await ask(link, { method: "POST", headers: noCookie })).status).toBe(200);
		expect(await subscriptionsOf(db, "shop")).toMatchObject([
			{ address: "kari@example.com", summary: "weekly", alerts: true, language: "en", origin: app },
		]);
		expect(await requestsOf(db, "shop", 0)).toEqual([]);
		expect((await ask(link, { method: "POST", headers: noCookie })).status).toBe(410);
		await box.run(monday);
		expect(box.mails[1]?.subject).toBe(`Shop: 0 visits, week ${Number(week.slice(-2))}`);
	});

	test("leaves by one request without a cookie, as RFC 8058 has it, and is nowhere afterwards", async () => {
		await subscribed({ summary: "weekly", alerts: true });
		await box.run(monday);
		const { headers = {}, text = "" }: Partial<Arrived> = box.mails[0] ?? {};
		const [, leave = ""] = /^<(https:.+)>$/.exec(headers["List-Unsubscribe"] ?? "") ?? [];
		expect(headers["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");
		expect(linkIn(text, "unsubscribe")).toBe(leave);
		expect((await ask(leave)).status).toBe(200);
		expect(await subscriptionsOf(db, "shop")).toHaveLength(1);
		const oneClick = { method: "POST", headers: noCookie, body: "List-Unsubscribe=One-Click" };
		const forged = leave.slice(0, -1) + (leave.endsWith("A") ? "B" : "A");
		expect((await ask(forged, oneClick)).status).toBe(410);
		expect((await ask(leave, oneClick)).status).toBe(200);
		const tables = ["subscription", "subscription_secret", "subscription_request", "outgoing"];
		const left = await db.batch(tables.map((table) => db.prepare(`SELECT * FROM ${table}`)));
		expect(left.map(({ results }) => results)).toEqual([[], [], [], []]);
		expect((await ask(leave, oneClick)).status).toBe(410);
		await box.run(monday + 7 * dayMs);
		expect(box.mails).toHaveLength(1);
	});

	test("that is not confirmed is deleted after a week, and may be asked anew before", async () => {
		await form(`${home}/add`, kari);
		await form(`${home}/add`, kari);
		const [old, link] = box.mails.map(({ text }) => linkIn(text, "subscribe"));
		expect((await ask(old ?? "")).status).toBe(410);
		expect((await ask(link ?? "")).status).toBe(200);
		expect(await get(home)).toContain("kari@example.com");
		await box.run(Date.now() + 7 * dayMs + minuteMs);
		expect((await db.prepare("SELECT * FROM subscription_request").all()).results).toEqual([]);
	});

	test("is in no log, and in a backup only once it is confirmed", async () => {
		await form(`${home}/add`, kari);
		await subscribed({ address: "ola@example.com", alerts: true });
		const log = JSON.stringify(await readLog(db, "shop", 10));
		expect(log).toContain("email, weekly, alerts");
		expect(log).not.toContain("@");
		const lines: string[] = [];
		for await (const line of backUp([db], "shop", { keys: true, now: Date.now() })) lines.push(line);
		expect(lines.join("\n")).toContain("ola@example.com");
		expect(lines.join("\n")).not.toContain("kari@example.com");
		expect(lines.join("\n")).not.toContain("subscription_secret");
		for (const table of ["subscription", "subscription_request"]) await db.prepare(`DELETE FROM ${table}`).run();
		await restore([db], async function* () {
			yield* lines;
		});
		expect(await subscriptionsOf(db, "shop")).toMatchObject([
			{ address: "ola@example.com", alerts: true, origin: app },
		]);
	});

	test("is refused in words where it is none, where nothing is asked for, and where no e-mail can be sent", async () => {
		for (const address of [
			"kari",
			"kari@localhost",
			'a"b@example.com',
			"https://hook.example/x",
			`${"x".repeat(250)}@a.no`,
		])
			expect(await said(await form(`${home}/add`, { ...kari, address })), address).toContain("does not fit the way");
		const { alerts: _, ...rest } = kari;
		expect(await said(await form(`${home}/add`, { ...rest, summary: "none" }))).toContain("Choose a summary");
		expect(await said(await form(`${home}/add`, kari, testEnv))).toContain("not set up for e-mail");
		box.refusal = "E_RECIPIENT_SUPPRESSED";
		expect(await said(await form(`${home}/add`, kari))).toContain("does not take it");
		expect(await requestsOf(db, "shop", 0)).toEqual([]);
	});

	test("cannot be written to by more than twenty requests at once", async () => {
		const wanted = { way: "email", summary: "weekly", alerts: true, language: "en" } as const;
		for (let i = 0; i < 20; i++)
			await requestSubscription(db, "shop", { ...wanted, address: `k${i}@example.com` }, Date.now());
		expect(await said(await form(`${home}/add`, kari))).toContain("Too many addresses wait");
		expect(box.mails).toEqual([]);
	});
});

describe("a message", () => {
	test("is taken by Cloudflare's own stand-in for the binding, as a text, an HTML part and headers", async () => {
		const letter = { to: "kari@example.com", subject: "Hei", text: "Hei", html: "<p>Hei</p>", language: "nb" };
		const { mail } = waysOut({ ...testEnv, MAIL_FROM: "sporlos@example.no" });
		expect(mail).toBeDefined();
		expect(await mail?.({ ...letter, leave: `${app}/unsubscribe/x` })).toBeUndefined();
		expect(waysOut(testEnv).mail).toBeUndefined();
	});

	const failing = async () => (await failuresOf(db, "shop")).map(({ failure, due, tries }) => [failure, due, tries]);

	test("that is not taken is tried again, less and less often, and given up in words in the end", async () => {
		await subscribed({ summary: "weekly" });
		box.refusal = "E_DAILY_LIMIT_EXCEEDED";
		await box.run(monday);
		expect(await failing()).toEqual([["limit", monday + 10 * minuteMs, 1]]);
		await box.run(monday + 9 * minuteMs);
		expect(await failing()).toEqual([["limit", monday + 10 * minuteMs, 1]]);
		let at = monday;
		for (const wait of [10, 60, 240, 720, 1440]) {
			at += wait * minuteMs;
			await box.run(at);
		}
		expect(await failing()).toEqual([["limit", null, 6]]);
		expect(await get(`${home}?lang=en`)).toContain(
			`Summary ${week} → kari@example.com the limit of how much can be sent`,
		);
		expect(await get(`${home}?lang=en`)).toContain("given up after 6 tries");
		box.refusal = undefined;
		await box.run(at + 6 * 3_600_000);
		expect(box.mails).toEqual([]);
		await box.run(monday + 31 * dayMs);
		expect((await failing()).flat()).not.toContain(null);
	});

	test("that is taken the second time is forgotten, and counts as sent", async () => {
		await subscribed({ summary: "weekly" });
		box.refusal = "E_INTERNAL_SERVER_ERROR";
		await box.run(monday);
		box.refusal = undefined;
		await box.run(monday + 10 * minuteMs);
		await box.run(monday + 80 * minuteMs);
		expect(box.mails).toHaveLength(1);
		expect(await failing()).toEqual([]);
		expect((await subscriptionsOf(db, "shop"))[0]?.sent).toBe(monday + 10 * minuteMs);
	});

	test("to an address that takes none is given up at once; a webhook's answer is shown as it is", async () => {
		await subscribed({ summary: "weekly" });
		await subscribed({ way: "webhook", address: "https://hook.example/secret", summary: "weekly" });
		box.refusal = "E_RECIPIENT_SUPPRESSED";
		box.status = 503;
		await box.run(monday);
		expect((await failing()).sort()).toEqual([
			["503", monday + 10 * minuteMs, 1],
			["recipient", null, 1],
		]);
		expect(await get(`${home}?lang=en`)).toContain("the receiver answered 503");
		box.status = undefined;
		await box.run(monday + 10 * minuteMs);
		expect((await failing()).flat()).toContain("unreachable");
	});

	test("names nobody's address in what the Worker says when it fails", async () => {
		const complained = vi.spyOn(console, "error").mockImplementation(() => undefined);
		await subscribed({ summary: "weekly" });
		await subscribed({ way: "webhook", address: "https://hook.example/secret", summary: "weekly" });
		box.refusal = "E_INTERNAL_SERVER_ERROR";
		box.status = undefined;
		await box.run(monday);
		expect(complained.mock.calls.flat().join(" ")).not.toMatch(/kari|hook\.example/);
	});

	test("leaves with the scheduled work, as the Worker runs it", async () => {
		const id = await subscribed({ way: "webhook", address: "https://hook.example/x", summary: "weekly" });
		const posted: string[] = [];
		vi.stubGlobal("fetch", async (url: string) => {
			posted.push(url);
			return new Response(null, { status: 204 });
		});
		const { tell } = await import("../../worker/dashboard/subscriptions/routes.tsx");
		await doDueWork(testEnv, monday, tell);
		expect([posted, (await subscriptionsOf(db, "shop"))[0]]).toMatchObject([
			["https://hook.example/x"],
			{ id, sent: monday },
		]);
	});
});

describe("the owner's page", () => {
	test("adds a webhook at once, shows its key, sends a test, and removes it", async () => {
		const hook = { ...kari, way: "webhook", address: "https://hook.example/x?token=1" };
		expect(await said(await form(`${home}/add`, hook))).toContain("Added.");
		const [one] = await subscriptionsOf(db, "shop");
		expect(await get(home)).toContain(await hookKey(db, one ?? { id: "", site: "" }));
		const posted: unknown[] = [];
		vi.stubGlobal("fetch", async (_: string, init: RequestInit) => {
			posted.push(JSON.parse(String(init.body)));
			return new Response(null, { status: posted.length === 1 ? 204 : 500 });
		});
		expect(await said(await form(`${home}/test`, { id: one?.id ?? "" }))).toBe("The test was taken.");
		expect(await said(await form(`${home}/test`, { id: one?.id ?? "" }))).toBe(
			"That did not work: the receiver answered 500.",
		);
		expect(posted[0]).toMatchObject({ event: "test", site: "Shop", text: expect.stringContaining("This is a test.") });
		expect((await form(`${home}/remove`, { id: one?.id ?? "" })).status).toBe(303);
		expect(await subscriptionsOf(db, "shop")).toEqual([]);
		const whats = (await readLog(db, "shop", 10)).map(({ what }) => what).sort();
		expect(whats).toEqual(["ended", "granted"]);
	});

	test("sends a test by mail with a way out, from the place it is asked in", async () => {
		const id = await subscribed({ alerts: true });
		await db.prepare("UPDATE subscription SET origin = 'https://old.example'").run();
		expect(await said(await form(`${home}/test`, { id }))).toBe("The test was taken.");
		expect(box.mails[0]?.subject).toBe("Shop: a test");
		expect(linkIn(box.mails[0]?.text ?? "", "unsubscribe")).toContain(app);
	});

	test("does nothing to another site's subscriptions", async () => {
		const id = await subscribed({ alerts: true }, 0, "other");
		await form(`${home}/remove`, { id });
		await form(`${home}/test`, { id });
		expect([await subscriptionsOf(db, "other"), box.mails]).toMatchObject([[{ id }], []]);
	});

	test("keeps limits, takes an empty field as off, and refuses what cannot be", async () => {
		const limits = { traffic: "30", lcp: "2500", inp: "", worse: "20", script: "5", api: "5", silence: "6" };
		expect(await said(await form(`${home}/limits`, limits))).toBe("The limits are saved.");
		expect(await said(await form(`${home}/limits`, { ...limits, lcp: "-1" }))).toContain("Nothing was saved");
		const html = await (await ask(home, { headers: { Cookie: cookie } })).text();
		expect(html).toMatch(/name="lcp"[^>]*value="2500"/);
		expect(html).toMatch(/name="inp"[^>]*value=""/);
	});
});
