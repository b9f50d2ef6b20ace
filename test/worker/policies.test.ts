/** Versions of a notice: published by the owner, readable by everybody for good, and what they do to gate and ingest. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { canonical, versionOf } from "../../schema/canonical.ts";
import type { PolicyLine } from "../../schema/policy.ts";
import type { Report } from "../../schema/report.ts";
import type { GateSettings, Notice } from "../../schema/site.ts";
import { issueKey } from "../../worker/access/keys.ts";
import { bookOf } from "../../worker/book/books.ts";
import { keepLoads } from "../../worker/closing/loads.ts";
import { publish, versionsOf } from "../../worker/policies/publish.ts";
import { siteOf } from "../../worker/sites/sites.ts";
import type { Grants, Summary } from "../../worker/stats/answers.ts";
import { startFresh } from "./migrations.ts";
import {
	call,
	closePeriod,
	figures,
	makeReport,
	makeVisit,
	openSite,
	publishNext,
	send,
	settings,
	testEnv,
	today,
	yesterday,
} from "./support.ts";

const path = "/v1/sites/shop/policies";
const dayMs = 86_400_000;
const { notice } = settings;
const texts = (change: Partial<Notice["languages"][string]>) => ({
	nb: { ...notice.languages.nb, ...change } as Notice["languages"][string],
});
/** A notice that may follow the test's own one. */
const next: Notice = { ...notice, languages: texts({ changes: "Vi spør også om klikk." }) };

let key = "";
let policy = "";

beforeEach(async () => {
	({ key, policy } = await startFresh());
});

const post = (body: unknown, bearer = key) =>
	call(path, {
		method: "POST",
		headers: { Authorization: `Bearer ${bearer}` },
		body: typeof body === "string" ? body : JSON.stringify(body),
	});
const history = async () => (await (await call(path)).json<{ policies: PolicyLine[] }>()).policies;
const published = async (body: unknown) => {
	const answer = await post(body);
	expect(answer.status, await answer.clone().text()).toBe(200);
	return answer.json<PolicyLine & { notice: Notice }>();
};
/** The settings in a gate file. */
async function gateOf(query = ""): Promise<GateSettings> {
	const source = await (await call(`/gate/shop/banner.js${query}`)).text();
	const from = source.indexOf('{"site":"shop"');
	for (let end = source.indexOf("}", from); end > 0; end = source.indexOf("}", end + 1)) {
		try {
			return JSON.parse(source.slice(from, end + 1));
		} catch {
			// not the brace that closes it
		}
	}
	throw new Error("The gate file holds no settings.");
}
async function sha256(text: string): Promise<string> {
	const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
	return Buffer.from(digest).toString("base64url");
}

describe("publishing", () => {
	test("adds a version that everybody can read, and leaves the ones before it as they were", async () => {
		const [first] = await history();
		const made = await published({ material: true, notice: next });
		expect(made).toMatchObject({ follows: policy, material: true, holds: true, notice: next });
		expect(await history()).toEqual([
			expect.objectContaining({ policy: made.policy, follows: policy, holds: true }),
			{ ...first, holds: false },
		]);
		for (const [version, said] of [
			[policy, notice],
			[made.policy, next],
		] as const)
			expect(await (await call(`${path}/${version}`)).json()).toMatchObject({ policy: version, notice: said });
		expect((await call(`${path}/${"x".repeat(16)}`)).status).toBe(404);
	});

	test("gives hashes that anybody can work out from what is published, and a page on another origin can read", async () => {
		await published({ material: true, notice: next });
		for (const { policy: version } of await history()) {
			const answer = await call(`${path}/${version}`, { headers: { Origin: "https://elsewhere.example" } });
			expect(answer.headers.get("Access-Control-Allow-Origin")).toBe("*");
			const { follows, material, notice: said, sha256: hash } = await answer.json<PolicyLine & { notice: Notice }>();
			expect(await sha256(canonical({ follows, material, notice: said }))).toBe(hash);
			expect(versionOf(hash)).toBe(version);
		}
	});

	test("the same words again are a version of their own", async () => {
		const made = await published({ material: true, notice: next });
		const again = await published({ material: true, notice: next });
		expect(again).toMatchObject({ follows: made.policy, notice: next });
		expect(again.policy).not.toBe(made.policy);
	});

	test("two owners at once cannot both follow the same version", async () => {
		const latest = (await versionsOf(testEnv.DB, "shop")).at(-1);
		await publish(testEnv.DB, "shop", { material: true, notice: next }, latest, Date.now());
		const other = { ...next, contact: "annen@example.no" };
		await expect(publish(testEnv.DB, "shop", { material: true, notice: other }, latest, Date.now())).rejects.toThrow(
			"published-meanwhile",
		);
		expect(await versionsOf(testEnv.DB, "shop")).toHaveLength(2);
	});

	test("what is published cannot be changed or deleted, not even by our own code", async () => {
		for (const statement of [
			"UPDATE policy SET notice = '{}'",
			"UPDATE policy SET published = 0",
			"DELETE FROM policy WHERE site = 'shop'",
		])
			await expect(testEnv.DB.prepare(statement).run()).rejects.toThrow("a published notice is never");
	});

	test("is the owner's: nobody, a viewer and another site's owner are refused", async () => {
		const viewer = await issueKey(testEnv.DB, { site: "shop", role: "viewer", name: "v" });
		await openSite({ ...settings, id: "other" });
		const other = await issueKey(testEnv.DB, { site: "other", role: "owner", name: "o" });
		expect((await call(path, { method: "POST", body: "{}" })).status).toBe(401);
		for (const bearer of [viewer, other])
			expect((await post({ material: true, notice: next }, bearer)).status).toBe(403);
		expect(await history()).toHaveLength(1);
	});

	test.each<[string, unknown, string]>([
		["no mark of what kind it is", { notice: next }, "Send material and notice"],
		["a mark that is no yes or no", { material: "no", notice: next }, "asked again"],
		["something more", { material: true, notice: next, silent: true }, "nothing else"],
		["no language", { material: true, notice: { ...next, languages: {} } }, "at least one language"],
		[
			"an unknown language",
			{ material: true, notice: { ...next, languages: { tlh: next.languages.nb } } },
			"nb, nn, en",
		],
		["an empty text", { material: true, notice: { ...next, languages: texts({ text: " " }) } }, "nb: text is missing"],
		[
			"no word on who receives",
			{ material: true, notice: { ...next, languages: { nb: { title: "x" } } } },
			"recipients",
		],
		[
			"a control character",
			{ material: true, notice: { ...next, languages: texts({ title: "a\u0007" }) } },
			"nb: title",
		],
		["half a character", { material: true, notice: { ...next, languages: texts({ title: "a\ud800" }) } }, "nb: title"],
		[
			"a text without end",
			{ material: true, notice: { ...next, languages: texts({ text: "x".repeat(2001) }) } },
			"2000",
		],
		["no purpose", { material: true, notice: { ...next, purposes: [] } }, "at least one purpose"],
		["an unknown purpose", { material: true, notice: { ...next, purposes: ["adverts"] } }, "A purpose is one of"],
		["a purpose twice", { material: true, notice: { ...next, purposes: ["visits", "visits"] } }, "asked for once"],
		["no way to be reached", { material: true, notice: { ...next, contact: "call us" } }, "e-mail address"],
		["a number without its country", { material: true, notice: { ...next, phone: "99 99 99 99" } }, "+4712345678"],
		["an answer after the law's month", { material: true, notice: { ...next, answerDays: 31 } }, "1 to 30"],
		["half a day", { material: true, notice: { ...next, answerDays: 0.5 } }, "whole number of days"],
		["a grant for more than a year", { material: true, notice: { ...next, grantDays: 366 } }, "1 to 365"],
		["a link that is a script", { material: true, notice: { ...next, link: "javascript:alert(1)" } }, "link is a page"],
		["a material change without a word on it", { material: true, notice }, "told what is new: add changes in nb"],
		[
			"longer grants as an editorial change",
			{ material: false, notice: { ...notice, grantDays: 200 } },
			"agreed to the",
		],
	])("%s is refused in words, and nothing is published", async (_, body, words) => {
		const answer = await post(body);
		expect(answer.status).toBe(422);
		expect(answer.headers.get("Content-Type")).toBe("application/problem+json");
		expect(((await answer.json()) as { detail: string }).detail).toContain(words);
		expect(await history()).toHaveLength(1);
	});

	test("a further purpose is never editorial", async () => {
		await publishNext({ purposes: ["performance"] });
		const answer = await post({ material: false, notice });
		expect(answer.status).toBe(422);
		expect(((await answer.json()) as { detail: string }).detail).toContain("(visits, interactions) is a material");
	});

	test("a body that is no JSON is 400, one that is too large 413", async () => {
		expect((await post("{")).status).toBe(400);
		expect((await post(JSON.stringify({ notice: "x".repeat(70_000) }))).status).toBe(413);
	});
});

describe("a gate file", () => {
	test("carries the current notice, its version, and how long a grant lasts", async () => {
		expect(await gateOf()).toMatchObject({ policy, grantDays: 180, notice });
		const made = await published({ material: true, notice: { ...next, grantDays: 30, phone: "+4799999999" } });
		expect(await gateOf()).toMatchObject({
			policy: made.policy,
			grantDays: 30,
			notice: { ...next, grantDays: 30, phone: "+4799999999" },
		});
	});

	test("names the versions under which grants still hold: those an editorial change followed", async () => {
		expect((await gateOf()).earlier).toBeUndefined();
		const typo = await publishNext({ contact: "ny@example.no" }, false);
		expect(await gateOf()).toMatchObject({ policy: typo, earlier: [policy] });
		const material = await publishNext(next);
		const gate = await gateOf();
		expect(gate.policy).toBe(material);
		expect(gate.earlier).toBeUndefined();
	});

	test("says what is new since every grant that can be around, and in the language asked for", async () => {
		const says = (nb: string, en: string) => ({
			languages: { ...texts({ changes: nb }), en: { ...texts({ changes: en }).nb } as Notice["languages"][string] },
		});
		const latest = (await versionsOf(testEnv.DB, "shop")).at(-1);
		const old = { ...notice, ...says("For lenge siden.", "Long ago.") };
		const then = Date.now() - 200 * dayMs;
		await testEnv.DB.prepare("DROP TRIGGER policy_stays_as_it_is").run();
		await testEnv.DB.prepare("UPDATE policy SET published = 0").run();
		await publish(testEnv.DB, "shop", { material: true, notice: old }, latest && { ...latest, published: 0 }, then);
		await publishNext(says("Klikk.", "Clicks."));
		await publishNext(says("Skjemaer.", "Forms."));
		await publishNext(says("Et komma.", "A comma."), false);
		const { notice: both } = await gateOf();
		expect(both?.languages.nb?.changes).toBe("Et komma.\nSkjemaer.\nKlikk.");
		const { notice: english } = await gateOf("?lang=en");
		expect(Object.keys(english?.languages ?? {})).toEqual(["en"]);
		expect(english?.languages.en?.changes).toBe("A comma.\nForms.\nClicks.");
	});
});

describe("grants", () => {
	const given = (version: string, sketch: Parameters<typeof makeReport>[1] = {}, by = "banner"): Report => {
		const report = makeReport(version, sketch);
		return { ...report, consent: { ...report.consent, by, given: true } };
	};
	const rows = async () =>
		(await figures<Grants>(key, "grants")).rows.map(({ period, policy, by, grants }) => [period, policy, by, grants]);

	test("are counted by version, mechanism and period, one for the page on which each was given", async () => {
		const visit = makeVisit(policy, ["/", "/a"]).map((report) => ({
			...report,
			consent: { ...report.consent, given: true as const },
		}));
		const [entry, routed] = visit as [Report, Report];
		await send([entry, { ...routed, place: { ...routed.place, kind: "route" } }, makeReport(policy)]);
		const made = await publishNext(next);
		await send([given(made), given(made), given(made, {}, "manual")]);
		await send(given(made, { period: yesterday() }));
		expect(await rows()).toEqual([
			[today(), made, "banner", 2],
			[today(), policy, "banner", 1],
			[today(), made, "manual", 1],
			[yesterday(), made, "banner", 1],
		]);
		const csv = await call("/v1/sites/shop/stats/grants.csv", { headers: { Authorization: `Bearer ${key}` } });
		expect((await csv.text()).split("\r\n").slice(0, 2)).toEqual([
			"period,date,policy,by,material,grants",
			`${today()},${today()},${made},banner,true,2`,
		]);
	});

	test("are sealed with their period: fewer than k of a kind count as others", async () => {
		const period = yesterday();
		for (let i = 0; i < 12; i++) await send(given(policy, { period, gap: 31 }));
		for (let i = 0; i < 6; i++) await send(given(policy, { period, gap: 31 }, i % 2 ? "manual" : "klaro"));
		expect((await closePeriod(key, period)).status).toBe(200);
		expect(await rows()).toEqual([
			[period, policy, "banner", 12],
			[period, "(other)", "(other)", 6],
		]);
	});

	test("go with the page view on which they were given, when it is erased", async () => {
		const report = given(policy);
		await send([report, given(policy)]);
		const body = JSON.stringify({ view: report.view, report });
		expect((await call("/v1/erasures", { method: "POST", body })).status).toBe(204);
		expect(await rows()).toEqual([[today(), policy, "banner", 1]]);
	});
});

describe("coverage", () => {
	const put = (changes: object) =>
		call("/v1/sites/shop/settings", {
			method: "PUT",
			headers: { Authorization: `Bearer ${key}` },
			body: JSON.stringify(changes),
		});
	const load = async (init: RequestInit = {}) => {
		const answer = await call("/gate/shop/banner.js", init);
		await answer.text();
		return answer.headers.get("Cache-Control");
	};
	const coverage = async (query = "") => (await figures<Summary>(key, "summary", query)).coverage;
	const counted = async (loads: number, query = "") =>
		vi.waitUntil(async () => ((await coverage(query))?.loads === loads ? coverage(query) : undefined));

	test("is off until the owner switches it on: gate files are cached, and nothing of them is counted", async () => {
		expect(await load()).toBe("public, max-age=3600");
		expect(await coverage()).toBeUndefined();
		await put({ coverage: true });
		expect(await load()).toBe("no-cache");
		expect(await counted(1)).toEqual({ loads: 1, views: 0, share: 0 });
		await put({ coverage: false });
		expect(await load()).toBe("public, max-age=3600");
		expect(await coverage()).toBeUndefined();
	});

	test("is the share of page loads that were measured, and looks at nothing of the request", async () => {
		await put({ coverage: true });
		const report = makeReport(policy, { page: "/a" });
		await send([makeReport(policy), report, { ...makeReport(policy), place: { ...report.place, kind: "route" } }]);
		for (const headers of [{}, { "Sec-GPC": "1" }, { "User-Agent": "Googlebot/2.1" }, { Cookie: "a=b" }])
			await load({ headers });
		await load({ method: "HEAD" });
		expect(await counted(4)).toEqual({ loads: 4, views: 2, share: 0.5 });
		expect(await coverage("?device=desktop")).toBeUndefined();
		expect((await figures<Summary>(key, "summary", "?compare=previous")).compare?.coverage).toEqual({
			loads: 0,
			views: 0,
			share: null,
		});
	});

	test("stays when a period ends: its loads move to the database, once", async () => {
		const period = yesterday();
		await put({ coverage: true });
		for (let i = 0; i < 30; i++) await bookOf(testEnv, "shop").countLoad(period);
		for (let i = 0; i < 12; i++) await send(makeReport(policy, { period, gap: 31 }));
		await load();
		const query = `?from=${period}&to=${period}`;
		const before = await counted(30, query);
		expect(before).toEqual({ loads: 30, views: 12, share: 0.4 });
		await closePeriod(key, period);
		const site = await siteOf(testEnv, "shop");
		const later = Date.now() + 2 * dayMs; // today's loads too, at any hour
		await keepLoads(testEnv, site, Date.now());
		await testEnv.DB.prepare("UPDATE gate_loads SET loads = loads").run(); // as if the answer had been lost
		for (let i = 0; i < 2; i++) await keepLoads(testEnv, site, later);
		expect(await bookOf(testEnv, "shop").gateLoads()).toEqual([]);
		expect(await coverage(query)).toEqual(before);
		expect(await coverage()).toMatchObject({ loads: 31 });
		const muchLater = Date.now() + 27 * 31 * dayMs;
		await keepLoads(testEnv, site, muchLater);
		expect(await coverage(query)).toEqual({ loads: 0, views: 0, share: null });
	});
});

describe("reports", () => {
	const status = async (version: string) => (await send(makeReport(version))).status;

	test("under an editorial predecessor count, under a superseded version they are refused with 409", async () => {
		const typo = await publishNext({ contact: "ny@example.no" }, false);
		expect([await status(policy), await status(typo)]).toEqual([204, 204]);
		const material = await publishNext(next);
		expect([await status(policy), await status(typo), await status(material)]).toEqual([409, 409, 204]);
		expect(await status("never-published-")).toBe(403);
	});

	test("for a purpose the notice did not ask for are refused", async () => {
		const version = await publishNext({ purposes: ["visits", "interactions"] });
		const { speed: _, ...rest } = makeReport(version);
		expect(await status(version)).toBe(403);
		const purposes: Report["consent"]["purposes"] = ["visits", "interactions"];
		expect((await send({ ...rest, consent: { ...rest.consent, purposes } })).status).toBe(204);
		expect((await gateOf()).purposes).toEqual(purposes);
	});

	test("under a grant that is older than the notice lets it be are refused", async () => {
		const version = await publishNext({ grantDays: 30 });
		const granted = (days: number) => {
			const report = makeReport(version);
			const day = new Date(Date.now() - days * dayMs).toISOString().slice(0, 10);
			return { ...report, consent: { ...report.consent, day } };
		};
		expect((await send(granted(30))).status).toBe(204);
		expect((await send(granted(33))).status).toBe(403);
	});
});
