/** How far a site's set-up is, and what is said to be wrong with it: each fault on a stand-in for the owner's site, and what the Worker notes. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { issueSignIn } from "../../worker/access/sign-in.ts";
import { doDueWork } from "../../worker/closing/nightly.ts";
import { faultWords } from "../../worker/dashboard/setup/fault-words.ts";
import { forgetSite } from "../../worker/sites/sites.ts";
import { until } from "../support/until.ts";
import { startFresh } from "./migrations.ts";
import {
	app,
	call,
	closePeriod,
	makeReport,
	openSite,
	publishNext,
	send,
	settings,
	shop,
	testEnv,
	yesterday,
} from "./support.ts";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let key: string;
let policy: string;
let cookie: string;

beforeEach(async () => {
	({ key, policy } = await startFresh());
	const answer = await call(`/sign-in/${await issueSignIn(testEnv.DB, { site: "shop" })}`, { redirect: "manual" });
	cookie = (answer.headers.get("Set-Cookie") ?? "").split(";")[0] ?? "";
});
afterEach(() => vi.unstubAllGlobals());

interface Asked {
	address: string;
	headers: Headers;
}

/** The owner's site: what each address answers. */
function serve(pages: Record<string, string | (() => Response)>): Asked[] {
	const asked: Asked[] = [];
	vi.stubGlobal("fetch", async (address: string, init: RequestInit) => {
		asked.push({ address, headers: new Headers(init.headers) });
		const page = pages[address];
		if (page === undefined) return new Response("", { status: 404 });
		return typeof page === "string" ? html(page) : page();
	});
	return asked;
}
const html = (body: string, headers: Record<string, string> = {}) =>
	new Response(`<!doctype html><html><head>${body}</head><body></body></html>`, {
		headers: { "Content-Type": "text/html; charset=utf-8", ...headers },
	});

const line = (more = "", file = "banner", site = "shop", from = app) =>
	`<script src="${from}/gate/${site}/${file}.js" defer ${more}></script>`;
const redirect = (to: string) => () => new Response(null, { status: 302, headers: { Location: to } });

const owned = { "Sec-Fetch-Site": "same-origin" };
async function look(path = "/"): Promise<Response> {
	const body = new URLSearchParams({ path });
	const headers = { Cookie: cookie, ...owned };
	return call("/sites/shop/setup/look?lang=en&back=setup", { method: "POST", headers, body, redirect: "manual" });
}
const page = async (path = "/sites/shop/setup", query = "?lang=en") =>
	(await call(path + query, { headers: { Cookie: cookie } })).text();

/** Kind and sentence of each fault, as the page says them; what they are about; the three steps. */
function read(text: string) {
	const faults = [...text.matchAll(/<li data-fault="([^"]+)">(.*?)<\/li>/gs)];
	return {
		kinds: faults.map(([, kind]) => kind),
		sentences: faults.map(([, , body = ""]) => /<\/span> ([^<]+)<\/h3>/.exec(body)?.[1]?.replaceAll("&#39;", "'")),
		about: faults.map(([, , body = ""]) => /<code><bdi>([^<]*)/.exec(body)?.[1]),
		where: faults.map(([, , body = ""]) => /<p class="meta"><bdi>([^<]*)/.exec(body)?.[1]),
		steps: [...text.matchAll(/<li class="panel (done|waiting|wrong)">/g)].map(([, state]) => state),
	};
}
async function lookAndRead(path = "/") {
	expect((await look(path)).status).toBe(303);
	return read(await page());
}
const stateNow = async () => read(await page());

describe("a look at the owner's page finds", () => {
	const csp = (policy: string) => () => html(line(), { "Content-Security-Policy": policy });
	const ours = new URL(app).host;

	test.each<[string, string | (() => Response), (string | undefined)[], about?: string]>([
		["nothing wrong with the line as it should be", line(), []],
		[
			"nothing wrong with another order, async, or a relative path of the same meaning",
			`<SCRIPT async SRC='${app}/gate/shop/banner.js?lang=nb'></SCRIPT>`,
			[],
		],
		["nothing in comments or text", `<!-- ${line()} --><title>${line()}</title>`, ["missing"]],
		["no line", "<script src='/app.js'></script>", ["missing"]],
		[
			"a tag manager, which may put it in",
			"<script src='https://www.googletagmanager.com/gtm.js?id=GTM-ABC123'></script>",
			["tag-manager"],
		],
		[
			"a tag manager's inline loader",
			"<script>(function(w,d,s,l,i){})(window,document,'script','dataLayer','GTM-ABC1234');</script>",
			["tag-manager"],
		],
		["another site's line", line("", "banner", "other"), ["wrong-site"], "other"],
		[
			"another host",
			line("", "banner", "shop", "https://stats.elsewhere.example"),
			["wrong-host"],
			"stats.elsewhere.example",
		],
		["a file that does not exist", line("", "baner"), ["wrong-file"], "baner.js"],
		[
			"another tool than the file's",
			`<script src="https://consent.cookiebot.com/uc.js"></script>${line()}`,
			["other-tool"],
			"cookiebot.js",
		],
		[
			"another tool than the one whose name the file bears",
			`<script src="/js/tarteaucitron.min.js"></script>${line("", "klaro")}`,
			["other-tool"],
			"tarteaucitron.js",
		],
		[
			"nothing wrong with the tool's own file",
			`<script src="https://consent.cookiebot.com/uc.js"></script>${line("", "cookiebot")}`,
			[],
		],
		[
			"nothing wrong with a standard that the tool speaks",
			`<script src="https://consent.cookiebot.com/uc.js"></script>${line("", "tcf")}`,
			[],
		],
		[
			"nothing wrong with Complianz by the WP Consent API",
			`<script src="/wp-content/plugins/complianz-gdpr/x.js"></script>${line("", "wp-consent")}`,
			[],
		],
		[
			"a line held back by its type",
			line('type="text/plain" data-category="analytics"'),
			["held-back"],
			"type=&quot;text/plain&quot;",
		],
		[
			"a line held back in another attribute",
			line().replace("src=", "data-rocket-src="),
			["held-back"],
			"data-rocket-src",
		],
		["a module", line('type="module"'), ["as-module"]],
		["a checksum", line('integrity="sha384-abc"'), ["integrity"]],
		["the line twice", line() + line(), ["twice"]],
		["a policy without the script's host", csp("script-src 'self'; connect-src *"), ["policy-script"], "script-src"],
		["a default policy", csp("default-src 'self'"), ["policy-script", "policy-connect"], "default-src"],
		[
			"a policy without the reports' host",
			csp(`script-src ${ours}; connect-src 'self'`),
			["policy-connect"],
			"connect-src",
		],
		[
			"a policy in meta, with entities",
			`<meta http-equiv="Content-Security-Policy" content="script-src &#39;self&#39;">${line()}`,
			["policy-script"],
			"script-src",
		],
		[
			"nothing wrong with a nonce that is the line's",
			() =>
				html(line('nonce="abc"'), {
					"Content-Security-Policy": `script-src 'nonce-abc' 'strict-dynamic'; connect-src ${ours}`,
				}),
			[],
		],
		[
			"strict-dynamic, for which hosts count nothing",
			csp(`script-src 'strict-dynamic' ${ours}`),
			["policy-script"],
			"script-src",
		],
		["no web page", () => Response.json({}), ["not-html"]],
		["an error", () => new Response("", { status: 503 }), ["unreachable"], "503"],
		[
			"a redirect to an origin that is not the site's",
			redirect("https://example.no/"),
			["elsewhere"],
			"https://example.no",
		],
	])("%s", async (_, answer, kinds, about) => {
		serve({ [`${shop}/`]: answer });
		const found = await lookAndRead();
		expect(found.kinds).toEqual(kinds);
		const titles: Record<string, [string, string]> = faultWords.en;
		expect(found.sentences).toEqual(kinds.map((kind) => titles[kind ?? ""]?.[0]));
		if (about !== undefined) expect(found.about[0]).toBe(about);
		const isHint = kinds.every((kind) => ["tag-manager", "unreachable"].includes(kind ?? ""));
		expect(found.steps[0]).toBe(kinds.length === 0 ? "done" : isHint ? "waiting" : "wrong");
	});

	test("says it in Norwegian too, each fault in words of its own", async () => {
		serve({ [`${shop}/`]: "" });
		await look();
		const text = await page("/sites/shop/setup", "?lang=nb");
		expect(read(text).sentences).toEqual(["Linjen er ikke på siden"]);
		for (const words of Object.values(faultWords)) {
			const titles = Object.values(words).map(([title]) => title);
			expect(new Set(titles).size).toBe(titles.length);
		}
	});

	test("the page that a redirect within the site's own origins leads to, without cookies, saying who asks", async () => {
		await openSite({ ...settings, origins: [shop, "https://example.no"] });
		const asked = serve({
			[`${shop}/om`]: redirect("https://example.no/om/"),
			"https://example.no/om/": line(),
			"https://example.no/om": redirect("/om/"),
		});
		expect((await lookAndRead("/om")).kinds).toEqual([]);
		expect(asked.length).toBe(4);
		for (const { headers } of asked) {
			expect(headers.get("Cookie")).toBeNull();
			expect(headers.get("User-Agent")).toMatch(/^Sporlos\/[\d.]+ \(set-up check; \+https:\/\/stats\.example\.no\)$/);
		}
	});

	test("stops after five redirects", async () => {
		const asked = serve({ [`${shop}/`]: redirect(`${shop}/`) });
		expect((await lookAndRead()).kinds).toEqual(["unreachable"]);
		expect(asked.length).toBe(6);
	});

	test("reads no more than a megabyte", async () => {
		let sent = 0;
		const body = () =>
			new ReadableStream({
				pull(controller) {
					sent++;
					controller.enqueue(new TextEncoder().encode("x".repeat(100_000)));
				},
			});
		serve({ [`${shop}/`]: () => new Response(body(), { headers: { "Content-Type": "text/html" } }) });
		expect((await lookAndRead()).kinds).toEqual(["missing"]);
		expect(sent).toBeLessThan(20);
	});

	test("never asks a private address", async () => {
		await openSite({ ...settings, origins: ["http://169.254.169.254"] });
		const asked = serve({});
		expect((await lookAndRead()).kinds).toEqual(["private-address"]);
		expect(asked).toEqual([]);
	});

	test("asks a private address from a Worker that has one itself", async () => {
		const local = "http://127.0.0.1:8788";
		await openSite({ ...settings, origins: [local] });
		const asked = serve({ [`${local}/`]: "" });
		const { lookAtSite } = await import("../../worker/setup/look.ts");
		const found = await lookAtSite({ id: "shop", origins: [local], policy }, "/", new URL("http://localhost:8787"), 0);
		expect(asked.length).toBe(1);
		expect(found.faults).toEqual([{ kind: "missing", where: `${local}/`, about: "" }]);
	});

	test("a copy that the site serves itself: fine as long as it is the file of now, else old or none", async () => {
		const current = await (await call("/gate/shop/banner.js")).text();
		const js =
			(body: string, type = "text/javascript") =>
			() =>
				new Response(body, { headers: { "Content-Type": type } });
		const own = { [`${shop}/`]: line("", "banner", "shop", `${shop}/s`) };
		const at = `${shop}/s/gate/shop/banner.js`;
		serve({ ...own, [at]: js(current) });
		expect((await lookAndRead()).kinds).toEqual([]);
		await testEnv.DB.prepare("UPDATE setup SET look = NULL").run();
		serve({ ...own, [at]: js(current.replace(policy, "anotherversion01")) });
		expect((await lookAndRead()).kinds).toEqual(["old-copy"]);
		await testEnv.DB.prepare("UPDATE setup SET look = NULL").run();
		serve({ ...own, [at]: js("<h1>Not found</h1>", "text/html") });
		expect((await lookAndRead()).kinds).toEqual(["broken-copy"]);
	});

	test("hostile names shown as text, and cut", async () => {
		const name = "&lt;img src=x onerror=alert(1)&gt;\u202e".repeat(20);
		serve({ [`${shop}/`]: line("", "banner", name.replaceAll("/", "")) });
		await look();
		const text = await page();
		expect(read(text).kinds).toEqual(["wrong-site"]);
		expect(text).not.toContain("<img");
		expect(read(text).about[0]?.length).toBeLessThan(400);
	});
});

test("the button's path is a path: nothing else is asked for", async () => {
	const asked = serve({});
	for (const path of ["//evil.example/", "/\\evil.example", "https://evil.example/", "", `/${"x".repeat(300)}`])
		expect((await look(path)).status).toBe(422);
	expect(asked).toEqual([]);
});

test("pressed again at once, the button does not ask the site again", async () => {
	const asked = serve({ [`${shop}/`]: line() });
	await look();
	await look();
	expect(asked.length).toBe(1);
	await look("/om");
	expect(asked.length).toBe(2);
});

/** What came in meanwhile is noted after the answer. */
const noted = async (kind: string) =>
	until(`the note: ${kind}`, async () => {
		const { results } = await testEnv.DB.prepare("SELECT * FROM sighting WHERE kind = ?1").bind(kind).all();
		return results.length > 0 ? results : undefined;
	});

describe("what is seen while the owner looks", () => {
	const report = (change: object = {}, headers: Record<string, string> = {}) =>
		send({ ...makeReport(policy), ...change }, headers);

	test("leads from nothing by the file, the yes and the report to the first closed period", async () => {
		expect(await stateNow()).toMatchObject({ steps: ["waiting", "waiting", "waiting"], kinds: [] });
		await call("/gate/shop/banner.js");
		await noted("gate");
		expect(await stateNow()).toMatchObject({ steps: ["done", "waiting", "waiting"], kinds: ["never-granted"] });
		await call("/v1/sites/shop/config", { headers: { Origin: shop } });
		await noted("config");
		expect(await stateNow()).toMatchObject({ steps: ["done", "waiting", "waiting"], kinds: ["no-report"] });
		expect((await report()).status).toBe(204);
		await noted("report");
		expect(await stateNow()).toMatchObject({ steps: ["done", "done", "waiting"], kinds: [] });
		expect(await page()).toMatch(/Closes on \d+ \w+ \d{4} at the earliest/);
		for (let i = 0; i < 6; i++) await send(makeReport(policy, { period: yesterday() }));
		expect((await closePeriod(key, yesterday())).status).toBe(200);
		expect(await stateNow()).toMatchObject({ steps: ["done", "done", "done"], kinds: [] });
	});

	test("the overview shows the same cards to the owner, with the line to paste", async () => {
		const text = await page("/sites/shop", "?lang=en");
		expect(read(text).steps).toEqual(["waiting", "waiting", "waiting"]);
		expect(text).toContain(`&lt;script src=&quot;${app}/gate/shop/banner.js&quot; defer&gt;&lt;/script&gt;`);
		expect(text).toContain('data-live="/sites/shop/live?lang=en&amp;setup=1"');
	});

	test("the mark that the script asks for changes with every step, and is the page's own", async () => {
		const mark = async () => {
			const answer = await call("/sites/shop/live?lang=en&setup=1", { headers: { Cookie: cookie } });
			return (await answer.json<{ mark: string }>()).mark;
		};
		const inPage = (text: string) => /data-mark="([^"]*)"/.exec(text)?.[1]?.replaceAll("&quot;", '"');
		const first = await mark();
		expect(inPage(await page())).toBe(first);
		expect(inPage(await page("/sites/shop"))).toBe(first);
		await call("/gate/shop/banner.js");
		await noted("gate");
		expect(await mark()).not.toBe(first);
	});

	test("a foreign origin is named, those like the site's own first, and at most three", async () => {
		await page();
		for (const origin of ["https://a.example", "https://b.example", "https://c.example", "https://example.no"])
			expect((await report({}, { Origin: origin })).status).toBe(403);
		await until("all four", async () => (await noted("foreign-origin")).length === 4);
		const { kinds, about, steps } = await stateNow();
		expect(kinds).toEqual(["foreign-origin", "foreign-origin", "foreign-origin"]);
		expect(about).toEqual(["https://example.no", "https://a.example", "https://b.example"]);
		expect(steps[1]).toBe("wrong");
		await openSite({ ...settings, origins: [shop, "https://example.no"] });
		expect((await stateNow()).about).not.toContain("https://example.no");
	});

	test("of foreign origins only five are kept, and only what is an origin", async () => {
		await page();
		for (let i = 0; i < 9; i++) await report({}, { Origin: `https://n${i}.example` });
		await report({}, { Origin: "javascript:alert(1)" });
		await report({}, { Origin: `https://${"x".repeat(200)}.example` });
		await report({}, { Origin: "https://<b>.example" });
		const rows = await until("the last", async () => {
			const found = await noted("foreign-origin");
			return found.some(({ about }) => about === "https://n8.example") ? found : undefined;
		});
		expect(rows.length).toBe(5);
		for (const { about } of rows) expect(about).toMatch(/^https:\/\/n\d\.example$/);
	});

	test("a consent to an older notice points to a cached file", async () => {
		await publishNext({ contact: "ny@example.no" });
		await page();
		expect((await report()).status).toBe(409);
		await noted("superseded");
		expect((await stateNow()).kinds).toEqual(["superseded"]);
	});

	test("so does code of an earlier version, told by the page's origin", async () => {
		await page();
		expect((await call("/code/0123456789ab/collector.js", { headers: { Origin: "https://a.example" } })).status).toBe(
			404,
		);
		expect((await call("/code/0123456789ab/collector.js", { headers: { Origin: shop } })).status).toBe(404);
		await noted("old-code");
		expect((await stateNow()).kinds).toEqual(["old-code"]);
	});

	test("what is refused for its consent or its values is told", async () => {
		await page();
		expect((await report({ period: "2026-W01" })).status).toBe(422);
		await noted("outside-limits");
		const { consent } = makeReport(policy);
		expect((await report({ consent: { ...consent, policy: "A".repeat(16) } })).status).toBe(403);
		await noted("no-consent");
		expect((await stateNow()).kinds).toEqual(["no-consent", "outside-limits"]);
	});

	test("the file in use disproves that it is missing", async () => {
		serve({ [`${shop}/`]: "" });
		expect((await lookAndRead()).steps[0]).toBe("wrong");
		await call("/gate/shop/cookiebot.js");
		await noted("gate");
		const { kinds, steps } = await stateNow();
		expect(kinds).toEqual(["never-granted"]);
		expect(steps[0]).toBe("done");
		expect(await page()).toContain("cookiebot.js");
	});
});

describe("what is kept", () => {
	const rows = async () =>
		(await testEnv.DB.prepare(
			"SELECT (SELECT COUNT(*) FROM sighting) AS seen, (SELECT COUNT(*) FROM setup) AS watched",
		).first()) ?? {};
	const everything = async () => {
		await call("/gate/shop/banner.js");
		await call("/v1/sites/shop/config", { headers: { Origin: shop } });
		await send(makeReport(policy));
		await send(makeReport(policy), { Origin: "https://a.example" });
		await call("/code/0123456789ab/collector.js", { headers: { Origin: shop } });
	};

	test("is nothing while nobody looks", async () => {
		await everything();
		await page("/sites/shop/operation");
		expect(await rows()).toEqual({ seen: 0, watched: 0 });
	});

	test("is nothing because a viewer looks", async () => {
		await testEnv.DB.prepare("UPDATE account_right SET role = 'viewer'").run();
		const text = await page("/sites/shop");
		expect(text).toContain("Waiting for the first visit");
		expect(text).not.toContain("data-fault");
		expect((await call("/sites/shop/setup", { headers: { Cookie: cookie } })).status).toBe(404);
		await everything();
		expect(await rows()).toEqual({ seen: 0, watched: 0 });
	});

	test("is the hour, never the minute or anything of who asked; and a browser that asks not to be measured leaves nothing", async () => {
		await page();
		await call("/v1/sites/shop/config", { headers: { Origin: shop, "Sec-GPC": "1" } });
		await send(makeReport(policy), { "Sec-GPC": "1" });
		expect(await rows()).toEqual({ seen: 0, watched: 1 });
		await call("/gate/shop/banner.js", { method: "HEAD" }); // the dashboard's own try
		await call("/gate/shop/banner.js", { headers: { "User-Agent": "Someone/1.0", "CF-Connecting-IP": "192.0.2.1" } });
		const [row] = await noted("gate");
		expect(row).toEqual({ site: "shop", kind: "gate", about: "banner.js", hour: expect.any(Number) });
		expect(Number(row?.hour) % 3_600_000).toBe(0);
	});

	test("is deleted a day after the owner last looked, and not before", async () => {
		const now = Date.now();
		await page();
		await call("/gate/shop/banner.js");
		await noted("gate");
		forgetSite("shop");
		await doDueWork(testEnv, now + 23 * 3_600_000);
		expect(await rows()).toEqual({ seen: 1, watched: 1 });
		await doDueWork(testEnv, now + 25 * 3_600_000);
		expect(await rows()).toEqual({ seen: 0, watched: 0 });
	});
});
