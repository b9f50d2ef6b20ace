import { getTableConfig } from "drizzle-orm/sqlite-core";
import { beforeEach, describe, expect, test } from "vitest";
import { addDays } from "../../schema/period.ts";
import * as tables from "../../schema/tables.ts";
import { createSite, policyVersion } from "../../worker/sites/create.ts";
import type { Summary } from "../../worker/stats/answers.ts";
import { applyMigrations, startFresh } from "./migrations.ts";
import { call, figures, makeVisit, settings, testEnv, today, yesterday } from "./support.ts";

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
		["an unknown time zone", { timeZone: "Europe/Atlantis" }],
	])("%s is refused in words", async (_, change) => {
		await expect(createSite(testEnv.DB, { ...settings, ...change })).rejects.toThrow(/\w+/);
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

	test("manual.js carries no notice; other files and other sites are 404", async () => {
		expect(await (await call("/gate/shop/manual.js")).text()).not.toContain("Vi måler.");
		for (const path of [
			"/gate/shop/wix.js",
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

test("health tells version, migrations and what waits in the books", async () => {
	expect(await (await call("/healthz")).json()).toEqual({
		version: "0.1.0",
		migrations: ["0001_initial.sql", "0002_retention.sql"],
		books: { shop: { pending: 0, late: 0, open: [] } },
	});
});
