/** Every route of the app's route table × every kind of caller × key or login: let through or refused as the rows say. */
import { beforeAll, describe, expect, test, vi } from "vitest";
import { calls } from "../../worker/stats/calls.ts";
import { describedRoutes } from "../../worker/stats/openapi.ts";
import { keyOf, loginOf, openReleases } from "./access-callers.ts";
import { type CallerName, callerNames, defaultNames, type Row, rows } from "./access-rows.ts";
import { startFresh } from "./migrations.ts";
import { call } from "./support.ts";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

beforeAll(async () => {
	await startFresh();
	await openReleases();
});

const refusals = [401, 403, 404];

function request(name: string, { names, query = "", body, form }: Row, headers: Record<string, string>) {
	const [method = "", path = ""] = name.split(" ");
	const address = path.replaceAll(/:(\w+)/g, (_, key: string) => names?.[key] ?? defaultNames[key] ?? "?");
	const init: RequestInit = { method, redirect: "manual", headers };
	if (form) init.body = new URLSearchParams(form);
	else if (body !== undefined) init.body = JSON.stringify(body);
	return call(address + query, init);
}

/** Each kind of caller by key and by login, made once; but signing out ends a login. */
const ways = [
	["keys", keyOf],
	["logins", loginOf],
] as const;
const known = new Map<string, Record<string, string> | undefined>();
async function credentials(way: "keys" | "logins", caller: CallerName, make: typeof keyOf, isUsedUp: boolean) {
	const id = `${way} ${caller}`;
	if (isUsedUp && way === "logins") return make(caller);
	if (!known.has(id)) known.set(id, await make(caller));
	return known.get(id);
}

async function outcomes(name: string, row: Row): Promise<string[]> {
	const wrong: string[] = [];
	for (const [way, make] of ways)
		for (const caller of callerNames) {
			const headers = await credentials(way, caller, make, name === "POST /sign-out");
			if (!headers) continue;
			const { status } = await request(name, row, headers);
			const isRefused = refusals.includes(status) && status !== row.status;
			const isFine = row[way].includes(caller) ? status === row.status : isRefused;
			if (!isFine) wrong.push(`${caller} by ${way}: ${status}`);
		}
	return wrong;
}

const gaps = (routes: readonly string[]) => routes.filter((route) => !Object.hasOwn(rows, route));

describe("the matrix", () => {
	test("has a row for every route of the app, and no other; a route that is added needs one", async () => {
		// The description is only given where what is described is what the app serves.
		expect((await call("/v1/openapi.json")).status).toBe(200);
		const routes = describedRoutes();
		expect(gaps(routes)).toEqual([]);
		expect(Object.keys(rows).filter((name) => !routes.includes(name))).toEqual([]);
		expect(gaps([...routes, "GET /v1/sites/:site/new"])).toEqual(["GET /v1/sites/:site/new"]);
	});

	test.each(Object.entries(rows))("%s", async (name, row) => {
		expect(await outcomes(name, row)).toEqual([]);
	});

	test("says the same of keys as the description of the calls", () => {
		for (const [name, { roles }] of Object.entries(calls)) {
			const { keys = [], own } = rows[name] ?? {};
			const ofRoles = own ? keys.filter((key) => !key.includes(" of another ")) : keys;
			if (roles) expect([...ofRoles].sort(), name).toEqual([...roles].sort());
		}
	});

	test("notices a route that lets through whom it must not, and one that refuses whom it must let through", async () => {
		const figures = rows["GET /v1/sites/:site/stats/:name"] as Row;
		const [name, all] = [
			"GET /v1/sites/:site/stats/:name",
			{ ...figures, keys: [...figures.keys, "partner" as const] },
		];
		expect(await outcomes(name, all)).toEqual(["partner by keys: 403"]);
		expect(await outcomes(name, { ...figures, logins: ["owner"] })).toEqual(["viewer by logins: 200"]);
	});
});

describe("a forged request", () => {
	const changing = Object.entries(rows).filter(([name, { logins }]) => !name.startsWith("GET") && logins.length < 9);

	let cookie = "";
	beforeAll(async () => {
		cookie = (await loginOf("owner"))?.Cookie ?? "";
	});

	test.each(changing)("%s is refused from another place, whoever is signed in", async (name, row) => {
		for (const headers of [
			{ "Sec-Fetch-Site": "cross-site", Origin: "https://elsewhere.example" },
			{ "Sec-Fetch-Site": "same-site", Origin: "null" },
			{ Origin: "null" },
			{},
		])
			expect((await request(name, row, { Cookie: cookie, ...(headers as Record<string, string>) })).status).toBe(403);
	});
});
