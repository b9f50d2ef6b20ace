/** The owner's settings on real D1: what each form stores is what PUT would store, and what it refuses comes back as it was typed. */
import { beforeEach, describe, expect, test } from "vitest";
import { words as bannerWords, gates } from "../../dist/assets.ts";
import { maxGoals } from "../../schema/limits.ts";
import { addDays } from "../../schema/period.ts";
import { noticeLanguages } from "../../schema/policy.ts";
import { readLog } from "../../worker/access/log.ts";
import { startLogin } from "../../worker/access/logins.ts";
import { firstOwner } from "../../worker/access/rights.ts";
import { sumMonths } from "../../worker/closing/months.ts";
import { piecesOf } from "../../worker/dashboard/settings/notice-form.ts";
import { ownSources, toolNames } from "../../worker/dashboard/settings/sources.ts";
import { checkPublication } from "../../worker/policies/publish.ts";
import { readyNotice, readyText } from "../../worker/sites/ready-notice.ts";
import { siteOf } from "../../worker/sites/sites.ts";
import type { Summary } from "../../worker/stats/answers.ts";
import { textOf } from "../support/page-text.ts";
import { startFresh } from "./migrations.ts";
import { call, figures, makeReport, publishNext, send, testEnv, today, yesterday } from "./support.ts";

const db = testEnv.DB;
let key = "";
let policy = "";
let cookie = "";

beforeEach(async () => {
	({ key, policy } = await startFresh());
	const account = await firstOwner(db, "shop", Date.now());
	cookie = `sporlos_login=${await startLogin(db, { account, how: "passkey", browser: "Firefox, Linux" })}`;
});

const get = async (path: string) => (await call(path, { headers: { Cookie: cookie }, redirect: "manual" })).text();
/** A form of our own pages, as a browser without script posts it. */
function post(path: string, fields: Record<string, string>): Promise<Response> {
	return call(path, {
		method: "POST",
		headers: { Cookie: cookie, "Sec-Fetch-Site": "same-origin" },
		body: new URLSearchParams(fields),
		redirect: "manual",
	});
}
const home = "/sites/shop/settings";
async function settings(): Promise<Record<string, unknown>> {
	const answer = await call("/v1/sites/shop/settings", { headers: { Authorization: `Bearer ${key}` } });
	return answer.json();
}
async function put(changes: Record<string, unknown>): Promise<Record<string, unknown>> {
	await call("/v1/sites/shop/settings", {
		method: "PUT",
		headers: { Authorization: `Bearer ${key}` },
		body: JSON.stringify(changes),
	});
	return settings();
}
const changedBy = async () => {
	const log = await readLog(db, "shop", 10);
	return log.filter(({ what }) => what === "changed" || what === "published").map(({ who, about }) => [who, about]);
};

const numbers = { k: "5", retentionMonths: "25", books: "1" };
const colours = { text: "#15201e", background: "#ffffff", action: "#1f4e8c", onAction: "#ffffff" };
const night = { text: "#e9eeec", background: "#151d1b", action: "#7fb0ee", onAction: "#0b1b30" };
const darkFields = Object.fromEntries(Object.entries(night).map(([name, colour]) => [`dark-${name}`, colour]));
const goal = { name: "Bestilling", kind: "page", match: "/takk" };
const funnel = {
	name: "Handel",
	steps: [
		{ kind: "page", match: "/turer*" },
		{ kind: "event", match: "kjøp" },
	],
};
const funnelFields = {
	name: "Handel",
	"kind-1": "page",
	"match-1": "/turer*",
	"match-2": " ",
	"kind-3": "event",
	"match-3": "kjøp ",
};

describe("each form stores what PUT would store", () => {
	const forms: [string, Record<string, string>, Record<string, unknown>][] = [
		[
			"site",
			{ name: " Fjellbua ", origins: "https://fjellbua.no\r\n\r\n https://www.fjellbua.no \r\n" },
			{ name: "Fjellbua", origins: ["https://fjellbua.no", "https://www.fjellbua.no"] },
		],
		["periods", { ...numbers, grain: "week", timeZone: "Asia/Tokyo" }, { grain: "week", timeZone: "Asia/Tokyo" }],
		["periods", { ...numbers, retentionMonths: "13", sure: "on" }, { retentionMonths: 13 }],
		[
			"measuring",
			{ hashRoutes: "on", search: "finn, a.b  q", coverage: "on" },
			{ hashRoutes: true, search: ["finn", "a.b", "q"], coverage: true },
		],
		["measuring", { search: "" }, { search: [], coverage: false }],
		["goals", { was: "", ...goal }, { goals: [goal] }],
		["funnels", { was: "", ...funnelFields }, { funnels: [funnel] }],
		["banner", { own: "on", ...colours, ownDark: "on", ...darkFields }, { banner: { colours, darkColours: night } }],
		["banner", { own: "on", ...colours, ...darkFields }, { banner: { colours } }],
		["banner", { ...colours, ...darkFields }, { banner: {} }],
		// Last, because books never become fewer.
		["periods", { ...numbers, k: "12", retentionMonths: "36", books: "4" }, { k: 12, retentionMonths: 36, books: 4 }],
	];
	test("and says that it is saved", async () => {
		const before = await settings();
		for (const [part, fields, changes] of forms) {
			await put(before);
			const answer = await post(`${home}/${part}?lang=nb`, fields);
			expect([answer.status, answer.headers.get("location")]).toEqual([303, `${home}?saved=${part}&lang=nb#${part}`]);
			const stored = await settings();
			expect(stored).toMatchObject(changes);
			expect(await put({ ...before, ...changes })).toEqual(stored);
		}
		expect(textOf(await get(`${home}?saved=goals&lang=nb`))).toContain("Lagret. Målene telles");
	});

	test("and says in the log who changed what, but not where nothing changed", async () => {
		await post(`${home}/site`, { name: "Fjellbua", origins: "https://fjellbua.no" });
		await post(`${home}/periods`, numbers);
		expect(await changedBy()).toEqual([["owner", "name, origins"]]);
	});

	test("a goal is renamed in its place and removed; others stay as they are", async () => {
		await put({ goals: [goal, { ...goal, name: "Kjøp" }] });
		await post(`${home}/goals`, { was: "Bestilling", name: "Ordre", kind: "event", match: "ordre" });
		const names = async () => ((await settings()).goals as { name: string }[]).map(({ name }) => name);
		expect(await names()).toEqual(["Ordre", "Kjøp"]);
		await post(`${home}/goals`, { was: "Ordre", remove: "on", name: "", match: "" });
		expect(await names()).toEqual(["Kjøp"]);
		await post(`${home}/funnels`, { was: "", ...funnelFields });
		await post(`${home}/funnels`, { was: "Handel", remove: "on" });
		expect((await settings()).funnels).toEqual([]);
	});
});

describe("what is refused", () => {
	const faulty: [string, Record<string, string>, string, RegExp, RegExp][] = [
		["site", { name: "", origins: "https://x.no" }, "name", /has 1 to 100 characters/, /1 til 100 tegn/],
		["site", { name: "Bua", origins: "x.no/butikk" }, "origins", /no path/, /én på hver linje/],
		["periods", { ...numbers, k: "2" }, "k", /between 5 and 50/, /fra 5 til 50/],
		["periods", { ...numbers, k: "mange" }, "k", /k is a number/, /fra 5 til 50/],
		["periods", { ...numbers, retentionMonths: "61" }, "retentionMonths", /1 to 60/, /fra 1 til 60/],
		["periods", { ...numbers, books: "65" }, "books", /1 to 64/, /fra 1 til 64/],
		["periods", { ...numbers, timeZone: "Europe/Atlantis" }, "timeZone", /Europe\/Oslo/, /tidssone/],
		["measuring", { search: "a b! c" }, "search", /query parameter.*1–40/, /høyst 10 navn/],
		["goals", { was: "", ...goal, name: "Opptatt" }, "name", /same name/, /ikke er i bruk/],
		["goals", { was: "", ...goal, match: "/takk?x" }, "match", /as it is counted/, /slik|som de telles/],
		["goals", { was: "", ...goal, match: "" }, "match", /missing/, /høyst 120 tegn/i],
		["goals", { was: "", ...goal, kind: "magi" }, "kind", /A kind is one of/, /fører til målet/],
		["funnels", { was: "", name: "T", "kind-2": "page", "match-2": "/a" }, "steps", /at least 2 steps/, /2 til 8 steg/],
		[
			"funnels",
			{ was: "", ...funnelFields, "match-3": "kjøp*a*b*c*d" },
			"match-3",
			/At most 3 wildcards/,
			/høyst 120 tegn/i,
		],
		["banner", { own: "on", ...colours, text: "#dddddd" }, "own", /contrast of 1\.\d\d:1/, /for like/],
		["banner", { own: "on", ...colours, text: "red" }, "own", /#rrggbb/, /for like/],
	];
	test("is said beside the field in the page's language, and nothing typed is lost", async () => {
		const before = await put({ goals: [{ ...goal, name: "Opptatt" }] });
		for (const [part, fields, field, english, norwegian] of faulty) {
			const form = part === "goals" || part === "funnels" ? `${part}-0` : part;
			for (const [lang, words] of [
				["en", english],
				["nb", norwegian],
			] as const) {
				const answer = await post(`${home}/${part}?lang=${lang}`, fields);
				expect(answer.status).toBe(200);
				const html = await answer.text();
				const at = html.indexOf(`id="${form}-${field}-wrong"`);
				expect(at, `${part} ${field}`).toBeGreaterThan(0);
				expect(textOf(html.slice(at, at + 400))).toMatch(words);
				const typed = Object.values(fields).filter((text) => text.trim() && text !== "on" && text !== "magi");
				for (const text of typed) expect(html.includes(text.trim()), text).toBe(true);
			}
		}
		expect(await settings()).toEqual(before);
		expect(await changedBy()).toEqual([["test", "goals"]]);
	});

	test("says everything that is wrong with a form at once", async () => {
		const html = await (await post(`${home}/periods`, { k: "1", retentionMonths: "0", books: "x" })).text();
		for (const field of ["k", "retentionMonths", "books"]) expect(html).toContain(`id="periods-${field}-wrong"`);
	});

	test("a shorter retention waits until somebody says that deleting is meant", async () => {
		const fields = { ...numbers, retentionMonths: "3" };
		const html = await (await post(`${home}/periods?lang=nb`, fields)).text();
		expect(textOf(html)).toMatch(/Alt fra før 1\. \S+ \d{4} slettes for godt/);
		expect(html).toContain('value="3"');
		expect((await settings()).retentionMonths).toBe(25);
		expect((await post(`${home}/periods?lang=nb`, { ...fields, sure: "on" })).status).toBe(303);
	});

	test("grain and time zone are off the form once something is counted, and refused should they be sent", async () => {
		expect(await get(home)).toContain('name="grain"');
		expect((await send(makeReport(policy))).status).toBe(204);
		const html = await get(`${home}?lang=nb`);
		expect(html).not.toContain('name="grain"');
		expect(textOf(html)).toContain("Kan ikke endres lenger");
		const answer = await post(`${home}/periods?lang=nb`, { ...numbers, grain: "month", timeZone: "Europe/Oslo" });
		expect(textOf(await answer.text())).toContain("kan ikke endres når noe er telt");
		expect((await settings()).grain).toBe("day");
	});

	test("hostile names are text, in every field and list", async () => {
		const name = `"><script>alert(1)</script>`;
		await put({ name, goals: [{ name: "<img src=x>", kind: "event", match: "</textarea><b>" }] });
		const pages = [await get(home), await get(`${home}/notice`), await get("/account")];
		pages.push(await (await post(`${home}/site`, { name: name.repeat(9), origins: "</textarea><script>" })).text());
		for (const html of pages) expect(html).not.toMatch(/<script>alert|<img src|<\/textarea><[bs]/);
	});

	test("there is no more room than there is", async () => {
		await put({ goals: Array.from({ length: maxGoals }, (_, i) => ({ ...goal, name: `Mål ${i}` })) });
		expect(textOf(await get(`${home}?lang=nb`))).toContain(`Det er plass til ${maxGoals} mål`);
		const html = await (await post(`${home}/goals?lang=en`, { was: "", ...goal })).text();
		expect((await settings()).goals).toHaveLength(maxGoals);
		expect(html).toContain("at most 20 goals");
	});
});

describe("the code to embed", () => {
	test("is offered for every gate file there is, and for no other", async () => {
		expect([...ownSources, ...Object.keys(toolNames)].sort()).toEqual(Object.keys(gates).sort());
		for (const source of Object.keys(gates)) expect((await call(`/gate/shop/${source}.js`)).status).toBe(200);
		expect(textOf(await get(`${home}?source=klaro`))).toContain("/gate/shop/klaro.js");
		expect(textOf(await get(`${home}?source=nothing`))).toContain("/gate/shop/banner.js");
	});
});

/** What stands in the fields of a page's form that is not a button. */
function fieldsIn(html: string): Record<string, string> {
	const fields: Record<string, string> = {};
	const plain = (text = "") => text.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");
	for (const [, tag = ""] of html.matchAll(/<input ([^>]*)>/g)) {
		const attribute = (name: string) => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(tag)?.[1];
		const type = attribute("type") ?? "text";
		if (/checkbox|radio/.test(type) && !/ checked/.test(tag)) continue;
		fields[attribute("name") ?? ""] = plain(attribute("value"));
	}
	for (const [, name = "", text = ""] of html.matchAll(/<textarea [^>]*name="([^"]*)"[^>]*>\n?([^<]*)</g))
		fields[name] = plain(text);
	for (const [, name = "", inner = ""] of html.matchAll(/<select [^>]*name="([^"]*)"[^>]*>(.*?)<\/select>/gs))
		fields[name] = /value="([^"]*)" selected/.exec(inner)?.[1] ?? /value="([^"]*)"/.exec(inner)?.[1] ?? "";
	return fields;
}

describe("the notice", () => {
	const at = `${home}/notice`;
	const form = async () => fieldsIn(await get(`${at}?lang=nb`));
	const versions = async () => {
		const answer = await call("/v1/sites/shop/policies");
		return ((await answer.json()) as { policies: { policy: string; material: boolean; holds: boolean }[] }).policies;
	};
	const previewed = (html: string) => fieldsIn(html).previewed ?? "";

	test("is published only after it was seen what changes, under the version that was shown", async () => {
		const typed = { ...(await form()), "nb-text": "Vi måler alt\r\nannet.", "nb-changes": "Ny tekst." };
		const preview = await (await post(`${at}?lang=nb`, { ...typed, step: "preview" })).text();
		expect(preview).toMatch(/<del>måler.<\/del><ins>måler alt\nannet.<\/ins>/);
		expect(textOf(preview)).toContain("Banneret spør på nytt");
		expect(await versions()).toHaveLength(1);
		const version = previewed(preview);
		const answer = await post(`${at}?lang=nb`, { ...fieldsIn(preview), step: "publish" });
		expect([answer.status, answer.headers.get("location")]).toEqual([303, `${at}?done=${version}&lang=nb`]);
		expect(await versions()).toMatchObject([
			{ policy: version, material: true, holds: true },
			{ policy, holds: false },
		]);
		const { notice } = await (await call(`/v1/sites/shop/policies/${version}`)).json<{ notice: unknown }>();
		expect(notice).toEqual({
			languages: {
				nb: {
					title: "Måling",
					text: "Vi måler alt\nannet.",
					recipients: "Ingen.",
					retention: "25 måneder.",
					changes: "Ny tekst.",
				},
			},
			purposes: ["performance", "visits", "interactions"],
			contact: "post@example.no",
		});
		expect(await changedBy()).toEqual([["owner", `${version}: material`]]);
		expect(await (await call("/gate/shop/banner.js")).text()).toContain("Vi måler alt");
	});

	test("takes an editorial change without a word on what is new, after which grants still hold", async () => {
		const typed = {
			...(await form()),
			"nb-title": "Måling!",
			material: "false",
			answerDays: "2",
			phone: "+4799999999",
		};
		const preview = await (await post(at, { ...typed, step: "preview" })).text();
		await post(at, { ...fieldsIn(preview), step: "publish" });
		expect((await versions()).map(({ material, holds }) => [material, holds])).toEqual([
			[false, true],
			[true, true],
		]);
	});

	test("is not published where it has changed since it was seen, here or by somebody else", async () => {
		const typed = { ...(await form()), "nb-changes": "Nytt.", "nb-title": "Ny" };
		const preview = fieldsIn(await (await post(at, { ...typed, step: "preview" })).text());
		const other = await (await post(`${at}?lang=nb`, { ...preview, "nb-title": "Enda nyere", step: "publish" })).text();
		expect(textOf(other)).toContain("Noe er endret siden du så det");
		await publishNext({ contact: "ny@example.no" }, false);
		const later = await (await post(`${at}?lang=nb`, { ...preview, step: "publish" })).text();
		expect(textOf(later)).toContain("Noe er endret siden du så det");
		expect(await versions()).toHaveLength(2);
	});

	test("says at once everything that is wrong with it, each beside its field", async () => {
		const typed = { ...(await form()), "nb-title": "", contact: "nei", answerDays: "31", step: "publish" };
		for (const [lang, sentence] of [
			["nb", "Skriv en e-postadresse"],
			["en", "contact is an e-mail address"],
		] as const) {
			const html = await (await post(`${at}?lang=${lang}`, typed)).text();
			for (const field of ["nb-title", "contact", "answerDays"]) expect(html).toContain(`id="notice-${field}-wrong"`);
			expect(textOf(html)).toContain(sentence);
		}
		const silent = await (await post(at, { ...(await form()), "nb-title": "Ny", step: "preview" })).text();
		expect(silent).toContain('id="notice-nb-changes-wrong"');
		const longer = { ...(await form()), material: "false", grantDays: "365", step: "preview" };
		expect(await (await post(at, longer)).text()).toContain('id="notice-grantDays-wrong"');
		expect(await versions()).toHaveLength(1);
	});

	test("gets a language with its ready text and loses one, and what was typed stays", async () => {
		const typed = { ...(await form()), "nb-title": "Det jeg skrev", add: "de", step: "add" };
		const more = fieldsIn(await (await post(at, typed)).text());
		expect(more).toMatchObject({
			languages: "nb de",
			"nb-title": "Det jeg skrev",
			"de-title": readyText("de", "Shop").title,
		});
		const less = fieldsIn(await (await post(at, { ...more, first: "de", step: "remove-nb" })).text());
		expect(less.languages).toBe("de");
		const preview = await (await post(at, { ...less, "de-changes": "Neu.", step: "preview" })).text();
		expect(textOf(preview)).toMatch(/Norsk bokmål.*Måling/);
		await post(at, { ...fieldsIn(preview), step: "publish" });
		expect(await (await call("/gate/shop/banner.js")).text()).toContain("Dürfen wir messen");
	});

	test("has nothing to publish where nothing has changed but the word on it", async () => {
		const html = await (await post(`${at}?lang=nb`, { ...(await form()), material: "false", step: "publish" })).text();
		expect(textOf(html)).toContain("Ingenting er endret");
		expect(previewed(html)).toBe("");
	});

	test("shows word by word what differs", () => {
		const shown = (before: string, after: string) => piecesOf(before, after).map(({ is, text }) => `${is}: ${text}`);
		expect(shown("a b c d", "a x c d")).toEqual(["kept: a ", "gone: b ", "new: x ", "kept: c d"]);
		expect(shown("", "alt nytt")).toEqual(["new: alt nytt"]);
	});

	test("is ready in every language the banner speaks, names its button, and can be published", () => {
		for (const language of noticeLanguages)
			expect(readyText(language, "Bua").retention).toContain(bannerWords[language]?.label);
		const notice = readyNotice("Bua", "post@bua.no", noticeLanguages);
		expect(checkPublication({ material: true, notice }, undefined)).toMatchObject({ ok: true });
	});
});

describe("sample visits", () => {
	async function fill(period: string, seal: boolean): Promise<void> {
		const reports = Array.from({ length: 12 }, () => makeReport(policy, { period }));
		const answer = await call("/v1/sites/shop/samples", {
			method: "POST",
			headers: { Authorization: `Bearer ${key}` },
			body: JSON.stringify({ period, seal, reports }),
		});
		expect(answer.status).toBe(200);
	}
	const views = async () =>
		(await figures<Summary>(key, "summary", `?from=${addDays(today(), -40)}&to=${today()}`)).views;

	test("are deleted, closed, summed and open ones alike, and what is real stays", async () => {
		await fill(addDays(today(), -35), true);
		await fill(yesterday(), false);
		await send(makeReport(policy));
		const site = await siteOf(testEnv, "shop");
		const summed = await sumMonths(db, site, Date.now());
		expect(await views()).toBe(25);
		expect(textOf(await get(`${home}?lang=nb`))).toContain("2 perioder består av eksempelbesøk");
		expect((await post(`${home}/samples`, {})).status).toBe(200);
		expect(await views()).toBe(25);
		const answer = await post(`${home}/samples?lang=nb`, { sure: "on" });
		expect(answer.headers.get("location")).toBe(`${home}?saved=samples&lang=nb#samples`);
		expect(textOf(await get(`${home}?saved=samples&lang=nb`))).toContain("Eksempelbesøkene er slettet");
		expect(await views()).toBe(1);
		expect(summed).toHaveLength(1);
		const left = await db
			.prepare("SELECT (SELECT count(*) FROM cell) + (SELECT count(*) FROM month_cell) AS n")
			.first();
		expect(left).toEqual({ n: 0 });
		expect(await readLog(db, "shop", 1)).toMatchObject([{ who: "owner", what: "samples-deleted" }]);
		// An open period begins anew; and what is summed again is the same.
		await fill(yesterday(), true);
		await sumMonths(db, site, Date.now());
		expect(await views()).toBe(13);
	});
});

describe("adding a site", () => {
	const fields = {
		name: "Fjord & Fjære",
		origins: "https://fjord.example",
		timeZone: "Europe/London",
		grain: "week",
		k: "7",
		source: "banner",
		contact: "post@fjord.example",
		first: "en",
		"language-nb": "on",
		"language-en": "on",
		"purpose-visits": "on",
	};
	const own = (path: string) => get(path);

	test("makes its owner the one who adds it, and leads to its first page", async () => {
		expect(await get("/account?lang=en")).toContain('href="/sites/new?lang=en"');
		const answer = await post("/sites/new?lang=en", fields);
		expect([answer.status, answer.headers.get("location")]).toEqual([303, "/sites/fjord-fjaere?lang=en"]);
		expect(textOf(await own("/sites/fjord-fjaere?lang=en"))).toContain("/gate/fjord-fjaere/banner.js");
		expect(fieldsIn(await own("/sites/fjord-fjaere/settings"))).toMatchObject({ k: "7", retentionMonths: "25" });
		const { policies } = await (await call("/v1/sites/fjord-fjaere/policies")).json<{
			policies: { policy: string }[];
		}>();
		const version = policies[0]?.policy;
		const { notice } = await (await call(`/v1/sites/fjord-fjaere/policies/${version}`)).json<{ notice: object }>();
		expect(notice).toEqual(readyNotice("Fjord & Fjære", "post@fjord.example", ["en", "nb"], ["visits"]));
		expect(await readLog(db, "fjord-fjaere", 5)).toMatchObject([{ who: "owner", what: "site-added" }]);
		expect(textOf(await get("/account?lang=nb"))).toMatch(/Fjord & Fjære eier .* Shop eier/);
	});

	test("leads to the code of another consent source where one is chosen", async () => {
		const answer = await post("/sites/new?lang=nb", { ...fields, source: "klaro", id: "fjord" });
		expect(answer.headers.get("location")).toBe("/sites/fjord/settings?source=klaro&lang=nb#source");
	});

	test("never touches a site that is there, nor one whose name is ours", async () => {
		for (const id of ["shop", "new"]) {
			const html = await (await post("/sites/new?lang=en", { ...fields, id })).text();
			expect(html).toContain('id="new-id-wrong"');
		}
		expect(await settings()).toMatchObject({ name: "Shop", k: 5 });
	});

	test("says beside each field what is wrong, and keeps what was typed", async () => {
		const faulty = { name: "Det jeg skrev", origins: "fjord", timeZone: "Mars", grain: "day", k: "1", contact: "x" };
		const html = await (await post("/sites/new?lang=nb", faulty)).text();
		for (const field of ["origins", "timeZone", "k", "contact", "languages", "purposes"])
			expect(html, field).toContain(`id="new-${field}-wrong"`);
		expect(html).toContain('value="Det jeg skrev"');
	});

	test("ends at as many sites as an account can own", async () => {
		const account = await firstOwner(db, "shop", Date.now());
		for (let n = 0; n < 49; n++)
			await db.prepare("INSERT INTO account_right VALUES (?1, ?2, 'owner', '', 0)").bind(account, `s${n}`).run();
		expect(await (await post("/sites/new?lang=en", fields)).text()).toContain("as many sites as an account can");
	});
});
