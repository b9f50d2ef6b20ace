import { getTableConfig } from "drizzle-orm/sqlite-core";
import { beforeEach, describe, expect, test } from "vitest";
import { gates } from "../../dist/assets.ts";
import { addDays } from "../../schema/period.ts";
import type { SiteConfig } from "../../schema/site.ts";
import * as tables from "../../schema/tables.ts";
import { issueKey } from "../../worker/access/keys.ts";
import { createSite, policyVersion } from "../../worker/sites/create.ts";
import { forgetSite } from "../../worker/sites/sites.ts";
import type { Goals, Summary } from "../../worker/stats/answers.ts";
import { applyMigrations, startFresh } from "./migrations.ts";
import {
	call,
	figures,
	makeReport,
	makeVisit,
	openSite,
	send,
	settings,
	testEnv,
	today,
	yesterday,
} from "./support.ts";

let key = "";
let policy = "";

beforeEach(async () => {
	({ key, policy } = await startFresh());
});

describe("the tables", () => {
	test.each(Object.values(tables).map((table) => [getTableConfig(table).name, table] as const))(
		"%s is in the migrations as Drizzle sees it",
		async (name, table) => {
			const { results } = await testEnv.DB.prepare(`PRAGMA table_info(${name})`).all<{
				name: string;
				notnull: number;
				type: string;
			}>();
			const shape = getTableConfig(table).columns.map((column) => [
				column.name,
				column.getSQLType().toUpperCase(),
				column.notNull ? 1 : 0,
			]);
			expect(results.map((row) => [row.name, row.type, row.notnull])).toEqual(shape);
		},
	);

	test("migrations run twice are harmless", async () => {
		await applyMigrations();
		expect((await call("/healthz")).status).toBe(200);
	});
});

describe("a site", () => {
	test("creating it again brings settings up to date and keeps the published notice", async () => {
		await createSite(testEnv.DB, { ...settings, name: "New name" });
		const { results } = await testEnv.DB.prepare(
			"SELECT name, (SELECT count(*) FROM policy) AS versions FROM site",
		).all();
		expect(results).toEqual([{ name: "New name", versions: 1 }]);
	});

	test.each([
		["an id with capitals", { id: "Shop" }],
		["k below 5", { k: 4 }],
		["a retention of no time at all", { retentionMonths: 0 }],
		["an origin with a path", { origins: ["https://www.example.no/shop"] }],
		["an origin of another kind", { origins: ["ftp://www.example.no"] }],
		["no origin", { origins: [] }],
		["no name", { name: " " }],
		["an unknown time zone", { timeZone: "Europe/Atlantis" }],
	])("%s is refused in words", async (_, change) => {
		await expect(createSite(testEnv.DB, { ...settings, ...change })).rejects.toThrow(/\w+/);
	});
});

describe("a site's settings", () => {
	const path = "/v1/sites/shop/settings";
	const headers = () => ({ Authorization: `Bearer ${key}` });
	const put = (changes: unknown, bearer = key) =>
		call(path, {
			method: "PUT",
			headers: { Authorization: `Bearer ${bearer}` },
			body: typeof changes === "string" ? changes : JSON.stringify(changes),
		});
	const goal = { name: "Bestilling", kind: "page", match: "/takk" };
	const funnel = {
		name: "Handel",
		steps: [
			{ kind: "page", match: "/turer*" },
			{ kind: "event", match: "kjøp (alt)" },
		],
	};
	const config = async () =>
		(await (
			await call("/v1/sites/shop/config", {
				headers: { "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0" },
			})
		).json()) as SiteConfig;

	test("begin without goals, and with the usual names of search parameters", async () => {
		expect(await (await call(path, { headers: headers() })).json()).toMatchObject({
			name: "Shop",
			grain: "day",
			k: 5,
			retentionMonths: 25,
			goals: [],
			funnels: [],
			hashRoutes: false,
			search: expect.arrayContaining(["q", "sok"]),
		});
	});

	test("what is put is handed out to the collector at once, as patterns that match whole names", async () => {
		const answer = await put({ goals: [goal], funnels: [funnel], hashRoutes: true, search: ["finn", "a.b"] });
		expect(answer.status).toBe(200);
		expect(await answer.json()).toMatchObject({ goals: [goal], funnels: [funnel] });
		const { aims, hashRoutes, search } = await config();
		expect(aims).toEqual([
			[["Bestilling", "page", "^/takk$"]],
			[
				["Handel\t1", "page", "^/turer.*$"],
				["Handel\t2", "event", "^kjøp \\(alt\\)$"],
			],
		]);
		expect(hashRoutes).toBe(true);
		expect(["finn", "a.b", "axb", "finnes"].map((name) => new RegExp(search).test(name))).toEqual([
			true,
			true,
			false,
			false,
		]);
	});

	test("what is left out stays as it is", async () => {
		await put({ goals: [goal], k: 7 });
		await put({ name: "Another name" });
		expect(await (await call(path, { headers: headers() })).json()).toMatchObject({
			name: "Another name",
			goals: [goal],
			k: 7,
		});
		expect((await config()).aims).toHaveLength(1);
	});

	test("without a name of a search parameter, no page counts as a search", async () => {
		await put({ search: [] });
		expect(new RegExp((await config()).search).test("q")).toBe(false);
	});

	test("creating the site again does not undo them", async () => {
		await put({ goals: [goal] });
		await createSite(testEnv.DB, { ...settings, settings: { goals: [] } });
		forgetSite("shop");
		expect((await config()).aims).toHaveLength(1);
	});

	test("a goal that is not among them is not counted, one that is counts", async () => {
		await put({ goals: [goal] });
		const report = makeReport(policy);
		await send({ ...report, visit: { ...report.visit, goals: ["Bestilling", "Something else"] } });
		expect((await figures<Goals>(key, "goals")).rows.map((row) => [row.goal, row.reached])).toEqual([
			["Bestilling", 1],
		]);
	});

	test("grain and time zone can be changed until something has been counted", async () => {
		expect((await put({ grain: "week", timeZone: "America/New_York" })).status).toBe(200);
		expect((await put({ grain: "day", timeZone: "Europe/Oslo" })).status).toBe(200);
		await send(makeReport(policy));
		for (const change of [{ grain: "week" }, { timeZone: "America/New_York" }]) {
			const answer = await put(change);
			expect(answer.status).toBe(422);
			expect(((await answer.json()) as { detail: string }).detail).toContain("fixed once something has been counted");
		}
		expect((await put({ grain: "day", k: 8 })).status).toBe(200);
	});

	test("a period that is sealed fixes them too", async () => {
		const period = yesterday();
		await call("/v1/sites/shop/closings", { method: "POST", headers: headers(), body: JSON.stringify({ period }) });
		expect((await put({ grain: "month" })).status).toBe(422);
	});

	test.each([
		["an unknown setting", { colour: "red" }, "Settings there are"],
		["a list", [goal], "an object"],
		["an unknown kind", { goals: [{ ...goal, kind: "banana" }] }, "goals, number 1: A kind is one of page, event"],
		["something more in a goal", { goals: [{ ...goal, value: 5 }] }, "nothing else"],
		[
			"too many goals",
			{ goals: Array.from({ length: 21 }, (_, i) => ({ ...goal, name: `${i}` })) },
			"at most 20 goals",
		],
		["the same name twice", { goals: [goal, goal] }, "same name"],
		["a goal and a funnel of one name", { goals: [{ ...goal, name: "Handel" }], funnels: [funnel] }, "same name"],
		["a control character in a name", { goals: [{ ...goal, name: "a\tb" }] }, "no control characters"],
		["half a character in a name", { goals: [{ ...goal, name: "a\ud800" }] }, "no control characters"],
		["the name of the rare", { goals: [{ ...goal, name: "(other)" }] }, "rare names"],
		["a page without its slash", { goals: [{ ...goal, match: "takk" }] }, "by their path"],
		["a page with a query", { goals: [{ ...goal, match: "/takk?a=1" }] }, "by their path"],
		["a page with a number", { goals: [{ ...goal, match: "/ordre/12345" }] }, ":id in place of numbers"],
		["a host with a path", { goals: [{ ...goal, kind: "outbound", match: "yr.no/sted" }] }, "outbound by the host"],
		["wildcards without end", { goals: [{ ...goal, match: "/*a*b*c*d" }] }, "At most 3 wildcards"],
		["a funnel of one step", { funnels: [{ ...funnel, steps: funnel.steps.slice(1) }] }, "at least 2 steps"],
		["a parameter's name with a space", { search: ["q q"] }, "query parameter's name"],
		["k below 5", { k: 4 }, "k lies between"],
		["half a device", { k: 5.5 }, "k lies between"],
		["an unknown grain", { grain: "hour" }, "grain is one of"],
		["no origin", { origins: [] }, "origins"],
	])("%s is refused in words, and nothing changes", async (_, changes, words) => {
		const answer = await put(changes);
		expect(answer.status).toBe(422);
		expect(((await answer.json()) as { detail: string }).detail).toContain(words);
		expect(await (await call(path, { headers: headers() })).json()).toMatchObject({ goals: [], funnels: [], k: 5 });
	});

	test("are the owner's: nobody, a viewer and another site's owner neither read nor change them", async () => {
		const viewer = await issueKey(testEnv.DB, { site: "shop", role: "viewer", name: "v" });
		await openSite({ ...settings, id: "other" });
		const other = await issueKey(testEnv.DB, { site: "other", role: "owner", name: "o" });
		expect((await call(path)).status).toBe(401);
		expect((await call(path, { method: "PUT", body: "{}" })).status).toBe(401);
		for (const bearer of [viewer, other]) {
			expect((await call(path, { headers: { Authorization: `Bearer ${bearer}` } })).status).toBe(403);
			expect((await put({ k: 9 }, bearer)).status).toBe(403);
		}
	});

	test("a body that is no JSON is 400, one that is too large 413", async () => {
		expect((await put("{")).status).toBe(400);
		expect((await put(JSON.stringify({ name: "x".repeat(70_000) }))).status).toBe(413);
	});
});

describe("gate files", () => {
	test("banner.js carries the site's notice and its version, and is cacheable for an hour", async () => {
		const answer = await call("/gate/shop/banner.js");
		expect(answer.headers.get("Cache-Control")).toBe("public, max-age=3600");
		expect(answer.headers.get("Content-Type")).toContain("text/javascript");
		const source = await answer.text();
		expect(source).not.toContain("__SPORLOS_GATE__");
		expect(source).toContain(await policyVersion(settings.notice));
		expect(source).toContain("Vi måler.");
	});

	test.each(Object.keys(gates).filter((name) => name !== "banner" && name !== "manual"))(
		"%s.js carries the version and the purposes, and no notice",
		async (tool) => {
			const source = await (await call(`/gate/shop/${tool}.js`)).text();
			expect(source).not.toContain("__SPORLOS_GATE__");
			expect(source).toContain(await policyVersion(settings.notice));
			expect(source).toContain(JSON.stringify(settings.notice.purposes));
			expect(source).not.toContain("Vi måler.");
		},
	);

	test("manual.js carries no notice; other files and other sites are 404", async () => {
		expect(await (await call("/gate/shop/manual.js")).text()).not.toContain("Vi måler.");
		for (const path of [
			"/gate/shop/nobody.js",
			"/gate/shop/wix",
			"/gate/nobody/banner.js",
			"/code/000000000000/x.js",
			"/gate/shop/constructor.js",
		]) {
			expect((await call(path)).status).toBe(404);
		}
	});
});

describe("sample visits", () => {
	const fill = (period: string, bearer = key) =>
		call("/v1/sites/shop/samples", {
			method: "POST",
			headers: { Authorization: `Bearer ${bearer}` },
			body: JSON.stringify({
				period,
				seal: true,
				reports: Array.from({ length: 8 }, () => makeVisit(policy, ["/", "/priser"], { period })).flat(),
			}),
		});

	test("they go through fold and seal, however old the day, and are marked for good", async () => {
		const period = addDays(today(), -50);
		expect(await (await fill(period)).json()).toEqual({ period, state: "sealed", counted: 16 });
		expect(await figures<Summary>(key, "summary", `?from=${period}&to=${period}`)).toMatchObject({
			visits: 8,
			sample: true,
			provisional: false,
		});
		expect(await figures<Summary>(key, "summary", `?from=${yesterday()}`)).toMatchObject({ sample: false });
	});

	test("only the owner fills them in, and never for a day that has not ended", async () => {
		expect((await fill(yesterday(), "somebody-else")).status).toBe(401);
		expect((await fill(today())).status).toBe(400);
	});
});
