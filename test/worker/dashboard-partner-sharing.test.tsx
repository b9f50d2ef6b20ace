/** The owner's page about sharing on real D1: what it makes and ends, links for embedding, and messages to a release's webhook. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { addDays, datesOf, periodOfDate, periodsBetween } from "../../schema/period.ts";
import { issueKey, listKeys } from "../../worker/access/keys.ts";
import { startLogin } from "../../worker/access/logins.ts";
import { firstOwner } from "../../worker/access/rights.ts";
import { bookOf } from "../../worker/book/books.ts";
import { doDueWork } from "../../worker/closing/nightly.ts";
import { certaintyOf } from "../../worker/dashboard/sharing/budget.tsx";
import { makeEntries } from "../../worker/ingest/entries.ts";
import { changeRelease, endRelease, type Release, releaseOf, releasesOf } from "../../worker/release/definition.ts";
import { drawPeriod } from "../../worker/release/drawing.ts";
import { deliverSummaries, deliveryOf } from "../../worker/sharing/delivery.ts";
import { embedToken, isEmbedToken, webhookKey, webhookSignature } from "../../worker/sharing/signing.ts";
import { siteOf } from "../../worker/sites/sites.ts";
import { textOf } from "../support/page-text.ts";
import { signUp } from "./access-callers.ts";
import { startFresh } from "./migrations.ts";
import { bounded, openRelease } from "./release-support.ts";
import { app, call, closePeriod, makeVisit, testEnv, yesterday } from "./support.ts";

const db = testEnv.DB;
let key = "";
let policy = "";
let cookie = "";

const loginOf = async (account: string) =>
	`sporlos_login=${await startLogin(db, { account, how: "passkey", browser: "Firefox, Linux" })}`;

beforeEach(async () => {
	({ key, policy } = await startFresh());
	cookie = await loginOf(await firstOwner(db, "shop", Date.now()));
});

const get = (path: string, as = cookie) => call(path, { headers: { Cookie: as }, redirect: "manual" });
/** A form of our own pages, as a browser without script posts it. */
function post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
	return call(path, {
		method: "POST",
		headers: { Cookie: cookie, "Sec-Fetch-Site": "same-origin", ...headers },
		body: new URLSearchParams(fields),
		redirect: "manual",
	});
}
const home = "/sites/shop/sharing";
const fields = {
	name: "Buss",
	audience: "Fjordbuss AS",
	period: "week",
	pages: "/\r\n/priser",
	countries: "no, se",
	epsilon: "0,5",
	k: "5",
	"group-page": "on",
	"group-dwell": "on",
};
const plannedIn = (html: string) => /name="planned" value="([^"]+)"/.exec(html)?.[1] ?? "";
async function countDay(period: string): Promise<void> {
	const reports = bounded(makeVisit(policy, ["/", "/priser"], { period }));
	await bookOf(testEnv, "shop").accept(await makeEntries(reports));
	await closePeriod(key, period);
}

describe("a new release", () => {
	test("is switched on only after its plan was shown, and as it was planned", async () => {
		const plan = await (await post(`${home}/new?lang=nb`, { ...fields, step: "plan" })).text();
		expect(textOf(plan)).toContain("2 sider vises i en vanlig periode");
		expect(await releasesOf(db, "shop")).toEqual([]);
		const blind = await (await post(`${home}/new`, { ...fields, step: "on" })).text();
		expect(plannedIn(blind)).not.toBe("");
		const changed = { ...fields, epsilon: "1", step: "on", planned: plannedIn(plan) };
		expect(textOf(await (await post(`${home}/new?lang=en`, changed)).text())).toContain("has changed since the plan");
		expect(await releasesOf(db, "shop")).toEqual([]);
		const on = await post(`${home}/new`, { ...fields, step: "on", planned: plannedIn(plan) });
		expect([on.status, on.headers.get("location")]).toEqual([303, home]);
		const [release] = await releasesOf(db, "shop");
		expect(release).toMatchObject({ name: "Buss", audience: "Fjordbuss AS", ended: null });
		expect(release?.terms).toMatchObject({
			period: "week",
			pages: ["/", "/priser"],
			groups: ["site", "page", "dwell"],
			countries: ["NO", "SE"],
			epsilon: 0.5,
		});
	});
	test("that has a wrong field says so beside it, and keeps what was typed", async () => {
		for (const [field, change, said] of [
			["pages", { pages: "/priser?x=1" }, "uten spørrestreng"],
			["epsilon", { epsilon: "3" }, "Velg et tall fra 0,1 til 2"],
			["epsilon", { epsilon: "mye" }, "Velg et tall fra 0,1 til 2"],
			["k", { k: "2" }, "Skriv et helt tall, minst 5"],
			["countries", { countries: "Norge" }, "to store bokstaver"],
			["audience", { audience: "" }, "Skriv hvem den er for"],
		] as const) {
			const typed = { ...fields, ...change, name: "Det jeg skrev", step: "plan" };
			const html = await (await post(`${home}/new?lang=nb`, typed)).text();
			expect(html).toContain(`aria-describedby="wrong-${field}"`);
			expect(textOf(html.slice(html.indexOf(`id="wrong-${field}"`)))).toContain(said);
			expect(html).toContain('value="Det jeg skrev"');
			expect(plannedIn(html)).toBe("");
		}
	});
	test("cannot spend more than all of the site's releases together may", async () => {
		await openRelease({ epsilon: 2 });
		const html = await (await post(`${home}/new?lang=en`, { ...fields, step: "plan" })).text();
		const on = await post(`${home}/new?lang=en`, { ...fields, step: "on", planned: plannedIn(html) });
		expect(textOf(await on.text())).toContain("End one of them, or choose a smaller epsilon");
		expect(await releasesOf(db, "shop")).toHaveLength(1);
	});
});

describe("a release on the page", () => {
	let release: Release;
	let at = "";
	beforeEach(async () => {
		release = await openRelease();
		at = `${home}/${release.id}`;
	});
	const right = () => ({ site: "shop", role: "partner" as const, release: release.id });

	test("tells who sees it and since when, when they last did, and what of the budget is spent", async () => {
		await countDay(yesterday());
		const account = await signUp("Kari Partner", right());
		expect(textOf(await (await get(`${home}?lang=nb`)).text())).toMatch(
			/Kari Partner Person \d{4}-\d\d-\d\d ikke ennå Avslutt nå/,
		);
		await get(`/releases/${release.id}`, await loginOf(account));
		const text = textOf(await (await get(`${home}?lang=nb`)).text());
		expect(text).toMatch(/Kari Partner Person \d{4}-\d\d-\d\d \d{4}-\d\d-\d\d Avslutt nå/);
		expect(text).toContain("Siste 31 dager, 1 periode gitt ut høyst 62 % sikker (ε = 0,5)");
	});
	test("is shown to partners as it is released: what is counted in a period that is not out changes no byte", async () => {
		await countDay(yesterday());
		const login = await loginOf(await signUp("Kari Partner", right()));
		const look = async (path: string) =>
			(await (await get(`/releases/${release.id}${path}`, login)).text()).replaceAll(/nonce="[^"]+"/g, "");
		const [page, file] = [await look(""), await look("/figures.csv")];
		expect(textOf(page)).toContain("Delt rapport for Fjordbuss AS");
		expect(file).toMatch(/visitors/);
		const reports = bounded(makeVisit(policy, ["/", "/priser", "/hemmelig"]));
		await bookOf(testEnv, "shop").accept(await makeEntries(reports));
		expect(await look("")).toBe(page);
		expect(await look("/figures.csv")).toBe(file);
	});
	test("invites by a link that is shown once", async () => {
		const made = await (await post(`${at}/invite`, { name: "Ola", email: "" })).text();
		const link = /\/invitation\/[\w-]{43}/.exec(made)?.[0] ?? "";
		expect((await call(link)).status).toBe(200);
		const later = await (await get(home)).text();
		expect(later).toContain("Ola");
		expect(later).not.toContain("/invitation/");
		const id = /name="id" value="([^"]+)"/.exec(later)?.[1] ?? "";
		expect((await post(`${at}/invitations/end`, { id })).status).toBe(303);
		expect((await call(link)).status).toBe(410);
	});
	test("ends a person and a key at once", async () => {
		const account = await signUp("Kari Partner", right());
		const login = await loginOf(account);
		expect((await get(`/releases/${release.id}`, login)).status).toBe(200);
		await post(`${at}/people/end`, { account });
		expect((await get(`/releases/${release.id}`, login)).status).toBe(401);
		const made = await (await post(`${at}/keys`, { name: "henter" })).text();
		const issued = /class="secret">([\w-]{43})</.exec(made)?.[1] ?? "";
		const ask = () => call(`/v1/releases/${release.id}`, { headers: { Authorization: `Bearer ${issued}` } });
		expect((await ask()).status).toBe(200);
		await post(`${at}/keys/end`, { name: "henter" });
		expect((await ask()).status).toBe(401);
	});
	test("never ends or replaces a key that is not its own", async () => {
		await issueKey(db, { site: "shop", role: "viewer", name: "annen" });
		await post(`${at}/keys/end`, { name: "annen" });
		const html = await (await post(`${at}/keys?lang=nb`, { name: "annen" })).text();
		expect(html).toContain('role="alert"');
		const roles = (await listKeys(db, "shop")).filter(({ name }) => name === "annen").map(({ role }) => role);
		expect(roles).toEqual(["viewer"]);
	});
	test("keeps where it may be embedded and its webhook, and says beside the field what is wrong", async () => {
		await post(`${at}/settings`, { frames: "https://a.example\r\nhttps://b.example", webhook: "https://c.example/h" });
		expect(await releaseOf(db, release.id)).toMatchObject({
			frames: ["https://a.example", "https://b.example"],
			webhook: "https://c.example/h",
		});
		for (const wrong of [{ frames: "a.example" }, { webhook: "http://c.example" }]) {
			const typed = { frames: "", webhook: "", ...wrong };
			const html = await (await post(`${at}/settings`, typed)).text();
			expect(html).toContain('aria-invalid="true"');
			expect(html).toContain(Object.values(wrong)[0]);
		}
		expect((await releaseOf(db, release.id))?.frames).toHaveLength(2);
		await post(`${at}/settings`, { frames: "", webhook: "" });
		expect(await releaseOf(db, release.id)).toMatchObject({ frames: [], webhook: null });
	});
	test("ends for everybody, once that is confirmed", async () => {
		await post(`${at}/end`, {});
		expect((await releaseOf(db, release.id))?.ended).toBeNull();
		await post(`${at}/end`, { sure: "on" });
		expect((await get(`/releases/${release.id}`)).status).toBe(404);
		expect(textOf(await (await get(`${home}?lang=en`)).text())).toContain("Ended releases");
		expect((await post(`${at}/invite`, { name: "Ola" })).status).toBe(404);
	});
	test("takes no form of another site, and no release of another site", async () => {
		const foreign = { "Sec-Fetch-Site": "cross-site", Origin: "https://evil.example" };
		expect((await post(`${at}/end`, { sure: "on" }, foreign)).status).toBe(403);
		expect((await post(`${home}/nobodys/end`, { sure: "on" })).status).toBe(404);
		expect((await releaseOf(db, release.id))?.ended).toBeNull();
	});
});

describe("a link for embedding", () => {
	const day = 86_400_000;
	test("shows the page to its holder without a login, and only to the release's origins, until it expires or is ended", async () => {
		const release = await openRelease({ frames: ["https://partner.example"] });
		const made = textOf(await (await post(`${home}/${release.id}/embed`, { days: "30" })).text());
		const address = /src="([^"]+)"/.exec(made)?.[1]?.replace(app, "") ?? "";
		const answer = await call(address);
		expect(answer.status).toBe(200);
		expect(answer.headers.get("content-security-policy")).toContain("frame-ancestors https://partner.example;");
		expect(answer.headers.get("set-cookie")).toBeNull();
		await post(`${home}/${release.id}/renew`, {});
		expect((await call(address)).status).toBe(404);
	});
	test("holds for its own release and time only, and cannot be made longer", async () => {
		const release = await openRelease({ epsilon: 0.3 });
		const other = await openRelease({ epsilon: 0.3 });
		const now = Date.now();
		const token = await embedToken(db, release, now + day);
		expect(await isEmbedToken(db, release, token, now)).toBe(true);
		expect(await isEmbedToken(db, release, token, now + day)).toBe(false);
		expect(await isEmbedToken(db, other, token, now)).toBe(false);
		const [, signature] = token.split(".");
		expect(await isEmbedToken(db, release, `${Math.floor(now / 1000) + 999_999}.${signature}`, now)).toBe(false);
		for (const wrong of ["", ".", "1.x", `${token}x`]) expect(await isEmbedToken(db, release, wrong, now)).toBe(false);
		await endRelease(db, release.id, now);
		expect((await call(`/releases/${release.id}/embed?token=${token}`)).status).toBe(404);
	});
	test("cannot be made with the key that a webhook's receiver has", async () => {
		const release = await openRelease();
		const until = Math.floor(Date.now() / 1000) + 1000;
		const signature = await webhookSignature(await webhookKey(db, release), String(until), 0);
		expect(await isEmbedToken(db, release, `${until}.${signature.slice(-43)}`, Date.now())).toBe(false);
	});
});

describe("a webhook", () => {
	interface Sent {
		url: string;
		headers: Headers;
		body: string;
	}
	let sent: Sent[] = [];
	let status = 204;
	const receiver = async (url: string, init: RequestInit) => {
		sent.push({ url, headers: new Headers(init.headers), body: String(init.body) });
		return new Response(null, { status });
	};
	const deliver = async (now = Date.now()) => deliverSummaries(testEnv, await siteOf(testEnv, "shop"), now, receiver);
	let release: Release;
	let day = "";
	beforeEach(async () => {
		day = yesterday();
		sent = [];
		status = 204;
		release = await openRelease({ webhook: "https://partner.example/hook" });
	});

	test("is sent each period once it is out: its released figures, signed, and nothing else", async () => {
		await deliver();
		expect(sent).toEqual([]);
		await countDay(day);
		await deliver();
		await deliver();
		const [only] = sent;
		expect(sent).toHaveLength(1);
		expect(only?.url).toBe("https://partner.example/hook");
		const message = JSON.parse(only?.body ?? "");
		expect(message).toMatchObject({
			event: "release",
			release: release.id,
			period: day,
			range: { from: day, to: day },
		});
		const bearer = { Authorization: `Bearer ${key}` };
		for (const [name, figures] of Object.entries(message.figures)) {
			const path = `/v1/releases/${release.id}/stats/${name}?from=${day}&to=${day}`;
			expect(figures, name).toEqual(await (await call(path, { headers: bearer })).json());
		}
		expect(Object.keys(message.figures)).toHaveLength(8);
		expect(only?.headers.get("sporlos-delivery")).toBe(`${release.id}/${day}`);
		const [, t = ""] = /^t=(\d+),v1=[0-9a-f]{64}$/.exec(only?.headers.get("sporlos-signature") ?? "") ?? [];
		const made = await webhookSignature(await webhookKey(db, release), only?.body ?? "", Number(t) * 1000);
		expect(only?.headers.get("sporlos-signature")).toBe(made);
		expect(await deliveryOf(db, release, Date.now())).toEqual({ told: day, waiting: 0 });
	});
	test("is tried again, at every run at first and then more seldom, until it is taken or a week has passed", async () => {
		await countDay(day);
		status = 500;
		const now = Date.now();
		const run = 600_000;
		for (let at = 0; at < 6; at++) await deliver(now + at * run);
		expect(sent).toHaveLength(6);
		for (let at = 6; at < 74; at++) await deliver(now + at * run);
		expect(sent).toHaveLength(8);
		expect(await deliveryOf(db, release, now)).toEqual({ told: null, waiting: 1 });
		await deliver(now + 8 * 144 * run); // six hours apart as well, but too old
		expect(sent).toHaveLength(8);
		status = 200;
		for (const at of [108, 144]) await deliver(now + at * run);
		expect(sent).toHaveLength(9);
	});
	test("of somebody who is away holds nobody up, and periods go in their order", async () => {
		const other = await openRelease({ webhook: "https://other.example/hook", epsilon: 0.3 });
		await countDay(addDays(day, -1));
		await countDay(day);
		const taken: string[] = [];
		await deliverSummaries(testEnv, await siteOf(testEnv, "shop"), Date.now(), async (url, init) => {
			if (url.startsWith("https://partner")) throw new Error("no route");
			taken.push(JSON.parse(String(init.body)).period);
			return new Response();
		});
		expect(taken).toEqual([addDays(day, -1), day]);
		expect(await deliveryOf(db, other, Date.now())).toEqual({ told: day, waiting: 0 });
		expect(await deliveryOf(db, release, Date.now())).toEqual({ told: null, waiting: 2 });
	});
	test("of a release by the week is sent once all days of the week are out", async () => {
		const weekly = await openRelease(
			{ period: "week", webhook: "https://weekly.example/hook", epsilon: 0.3 },
			Date.now() - 30 * 86_400_000,
		);
		const week = periodOfDate(addDays(day, -9), "week");
		const { first = "", last = "" } = datesOf(week, "week") ?? {};
		const draw = (period: string) => {
			const gather = async () => [{ period, sample: false, cells: new Map() }];
			return drawPeriod({ db, site: "shop", period, releases: [weekly] }, gather, Date.now());
		};
		for (const period of periodsBetween(first, addDays(last, -1), "day")) await draw(period);
		await deliver();
		expect(sent).toEqual([]);
		await draw(last);
		await deliver();
		await deliver();
		expect(sent.map(({ url, body }) => [url, JSON.parse(body).period])).toEqual([
			["https://weekly.example/hook", week],
		]);
	});
	test("is sent by the scheduled work", async () => {
		await countDay(day);
		const fetched = vi.spyOn(globalThis, "fetch").mockImplementation(async () => new Response());
		await doDueWork(testEnv, Date.now());
		const calls = fetched.mock.calls.map(([url, init]) => [url, JSON.parse(String(init?.body)).period]);
		fetched.mockRestore();
		// The days before it had nobody, and are closed and sent as well when it is late enough.
		expect(calls).toContainEqual(["https://partner.example/hook", day]);
	});
	test("is not there for a release without one, and ends with the release", async () => {
		await countDay(day);
		await changeRelease(db, release.id, { webhook: null });
		await deliver();
		await changeRelease(db, release.id, { webhook: "https://partner.example/hook" });
		await endRelease(db, release.id, Date.now());
		await deliver();
		expect(sent).toEqual([]);
	});
});

test("how sure somebody can become is what ε says, from as likely as not", () => {
	expect(certaintyOf(0)).toBe(0.5);
	expect(certaintyOf(1)).toBeCloseTo(0.731, 3);
	expect(certaintyOf(Math.log(3))).toBeCloseTo(0.75, 12);
});
