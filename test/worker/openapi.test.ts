/** The description of the HTTP calls against the calls themselves: every one of them made, and its answer checked. */
import { beforeEach, describe, expect, test } from "vitest";
import { paths as filePaths } from "../../dist/assets.ts";
import { addDays, daysBetween } from "../../schema/period.ts";
import { devices, type Report } from "../../schema/report.ts";
import { linkFor } from "../../worker/pictures/links.ts";
import type { Pages, Timeline, Vitals } from "../../worker/stats/answers.ts";
import { calls, pages } from "../../worker/stats/calls.ts";
import { examples } from "../../worker/stats/examples.ts";
import { type ApiDescription, describeApi } from "../../worker/stats/openapi.ts";
import type { Content, Operation } from "../../worker/stats/operation.ts";
import { type parameters, rangeOf } from "../../worker/stats/range.ts";
import { figureRoutes } from "../../worker/stats/table.ts";
import { startFresh } from "./migrations.ts";
import { openRelease } from "./release-support.ts";
import { faultsOf } from "./schema-check.ts";
import {
	call,
	closePeriod,
	makeReport,
	makeVisit,
	send,
	settings,
	shop,
	testEnv,
	today,
	yesterday,
} from "./support.ts";

let key = "";
let policy = "";
let api: ApiDescription;
let counted: Report;
/** Of a link that asks for the picture of the example. */
let pictureToken = "";
/** Ids of two releases: the second is there to be ended. */
let releases: string[] = [];
/** Of a note that is there to be deleted. */
let noteId = "";
const releaseTerms = { period: "day", pages: ["/", "/takk"], epsilon: 0.5 };

const owned = (init: RequestInit = {}) => ({ ...init, headers: { ...init.headers, Authorization: `Bearer ${key}` } });
const aims = {
	goals: [
		{ name: "bestilt", kind: "page", match: "/takk" },
		{ name: "delt", kind: "event", match: "delt" },
	],
	funnels: [
		{
			name: "handel",
			steps: [
				{ kind: "page", match: "/turer*" },
				{ kind: "event", match: "kjøp" },
			],
		},
	],
};

/** Visits with parts of every kind, some of yesterday and some of today. */
async function visitTheShop(): Promise<void> {
	for (let visit = 0; visit < 40; visit++) {
		const answer = await send(
			makeVisit(policy, ["/", "/turer", "/takk"].slice(0, 1 + (visit % 3)), {
				parts: visit * 10,
				channel: visit % 2 ? "search" : "direct",
				device: visit % 3 ? "mobile" : "desktop",
				how: visit % 4 ? "closed" : "outbound",
				gap: 31,
				lcpMs: 800 + 100 * visit,
				period: visit % 2 ? yesterday() : today(),
			}),
		);
		expect(answer.status, await answer.clone().text()).toBe(204);
	}
}

beforeEach(async () => {
	({ key, policy } = await startFresh());
	const changed = await call("/v1/sites/shop/settings", owned({ method: "PUT", body: JSON.stringify(aims) }));
	expect(changed.status).toBe(200);
	api = await (await call("/v1/openapi.json")).json();
	counted = makeReport(policy);
	await send(counted);
	const asked = { site: "shop", url: new URL(`${shop}/priser`), page: "/priser", device: "mobile" } as const;
	pictureToken = (await linkFor(testEnv.DB, asked, Date.now())).slice(-22);
	const noted = await call("/v1/sites/shop/notes", owned({ method: "POST", body: JSON.stringify({ text: "v1" }) }));
	noteId = (await noted.json<{ id: string }>()).id;
	releases = [(await openRelease({ unlisted: true })).id, (await openRelease()).id];
});

interface Described {
	/** Method and path. */
	name: string;
	method: string;
	path: string;
	operation: Operation;
}

function everyCall(): Described[] {
	return Object.entries(api.paths).flatMap(([path, methods]) =>
		Object.entries(methods).map(([verb, operation]) => {
			const method = verb.toUpperCase();
			return { name: `${method} ${path}`, method, path, operation };
		}),
	);
}

const isGuarded = ({ operation }: Described) => operation.security.length > 0;
const firstOf = (content: Content | undefined) => Object.entries(content ?? {})[0] ?? [];

/** What a call sends, where that is not nothing. */
const bodies: Record<string, () => unknown> = {
	"POST /v1/reports": () => [makeReport(policy)],
	"POST /v1/erasures": () => ({ view: counted.view, report: counted }),
	"POST /mcp": () => ({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "stats_summary" } }),
	"POST /v1/sites/{site}/closings": () => ({ period: yesterday() }),
	"PUT /v1/sites/{site}/settings": () => aims,
	"POST /v1/sites/{site}/pictures": () => ({
		...(examples["POST /v1/sites/{site}/pictures"]?.body as object),
		token: pictureToken,
	}),
	"POST /v1/sites/{site}/notes": () => ({ text: "v2", to: today(), page: null }),
	"POST /v1/sites/{site}/policies": () => ({ material: false, notice: settings.notice }),
	"POST /v1/sites/{site}/releases/plan": () => releaseTerms,
	"POST /v1/sites/{site}/releases": () => ({ name: "Buss", audience: "Fjordbuss AS", ...releaseTerms }),
	"PUT /v1/sites/{site}/releases/{release}": () => ({ frames: ["https://partner.example"], webhook: null }),
	"POST /v1/sites/{site}/samples": () => {
		const period = addDays(today(), -2);
		return { period, seal: true, reports: [makeReport(policy, { period })] };
	},
};

function addressOf(method: string, path: string): string {
	const query = path.includes("/stats/flows") || path.includes("{figures}.csv") ? "?page=/" : "";
	return path
		.replace("/code/{hash}/{name}", `${filePaths.code}collector.js`)
		.replace("{file}", "banner.js")
		.replace("{policy}", policy)
		.replace("{figures}", "flows")
		.replace("{note}", noteId)
		.replace("{site}", "shop")
		.replace("{release}", releases[method === "DELETE" ? 1 : 0] ?? "")
		.concat(query);
}

function make({ name, method, path, operation }: Described, headers: Record<string, string> = {}): Promise<Response> {
	const body = bodies[name]?.();
	expect(body !== undefined, name).toBe(operation.requestBody !== undefined);
	const [, sent] = firstOf(operation.requestBody?.content);
	if (sent?.schema) expect(faultsOf(api.components.schemas, sent.schema, body), name).toEqual([]);
	return call(addressOf(method, path), {
		method,
		headers,
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
}

/** That an answer is one of those described for the call, to its last field. */
async function expectDescribed({ name, operation }: Described, answer: Response): Promise<void> {
	const described = operation.responses[answer.status];
	const [type, content] = firstOf(described?.content);
	expect(described?.description, `${name} ${answer.status}`).toMatch(/\w/);
	expect((answer.headers.get("Content-Type") ?? "").split(";")[0], name).toBe(type ?? "");
	const text = await answer.text();
	if (content?.schema) expect(faultsOf(api.components.schemas, content.schema, JSON.parse(text)), name).toEqual([]);
	else if (type === undefined) expect(text, name).toBe("");
}

describe("the description", () => {
	test("is of OpenAPI 3.1, has all figures, and every call has a name of its own", () => {
		expect(api.openapi).toBe("3.1.0");
		for (const name of Object.keys(figureRoutes)) expect(api.paths).toHaveProperty([`/v1/sites/{site}/stats/${name}`]);
		const ids = everyCall().map(({ operation }) => operation.operationId);
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids).toContain("getSitesSiteStatsSummary");
	});

	test("holds what is really answered: every call, with visits of all kinds, then with a sealed day among them", async () => {
		await visitTheShop();
		const bearer = { Authorization: `Bearer ${key}` };
		for (const each of everyCall()) {
			const answer = await make(each, isGuarded(each) ? bearer : {});
			expect(answer.ok, `${each.name} ${answer.status}`).toBe(true);
			await expectDescribed(each, answer);
		}
		expect((await closePeriod(key, yesterday())).status).toBe(409); // closed among the calls
		for (const each of everyCall().filter(({ path }) => path.includes("/stats/")))
			await expectDescribed(each, await make(each, bearer));
	});

	test("gives real examples that fit what they are examples of, for all figures and all bodies", () => {
		const exampled = everyCall().flatMap(({ name, operation }) => {
			const [[, answer], [, body]] = [
				firstOf(operation.responses[200]?.content),
				firstOf(operation.requestBody?.content),
			];
			for (const content of [answer, body]) {
				if (content?.example === undefined) continue;
				if (content.schema) expect(faultsOf(api.components.schemas, content.schema, content.example), name).toEqual([]);
				else expect(content.example, name).toMatch(/^[\w,]+\r\n/);
			}
			return answer?.example === undefined && body?.example === undefined ? [] : [name];
		});
		expect(exampled.sort()).toEqual(Object.keys(examples).sort());
		for (const { name, path, operation } of everyCall())
			if (path.includes("/stats/") || (operation.requestBody && !path.endsWith("/samples")))
				expect(exampled).toContain(name);
	});

	test("of figures holds both the compared range and the view of one page and one device", async () => {
		await visitTheShop();
		for (const query of [
			"summary?compare=previous&device=mobile",
			"timeline?compare=year",
			"timeline?compare=previous&goal=bestilt",
			"vitals?page=/&device=mobile",
			...["pages", "channels", "elements", "events", "responses", "goals", "hours"].map(
				(name) => `${name}?compare=previous`,
			),
			"flows?page=/&compare=previous",
		]) {
			const each = everyCall().find(({ path }) => path.endsWith(`/${query.split("?")[0]}`)) as Described;
			await expectDescribed(each, await call(`/v1/sites/shop/stats/${query}`, owned()));
		}
	});

	test("holds every refusal, as problem details", async () => {
		for (const each of everyCall().filter(isGuarded)) {
			const answer = await make(each);
			expect(answer.status, each.name).toBe(401);
			await expectDescribed(each, answer);
		}
		const post = (path: string, body: string, headers = {}) => call(path, { method: "POST", body, headers });
		const config = (site: string, origin: string) => call(`/v1/sites/${site}/config`, { headers: { Origin: origin } });
		const closings = "/v1/sites/shop/closings";
		const missing = makeReport(policy);
		for (const [name, status, answer] of [
			["GET /v1/sites/{site}/stats/summary", 422, call("/v1/sites/shop/stats/summary?page=/", owned())],
			["GET /v1/sites/{site}/config", 404, config("nobody", shop)],
			["GET /v1/sites/{site}/config", 403, config("shop", "https://elsewhere.example")],
			["GET /gate/{site}/{file}", 404, call("/gate/shop/other.js")],
			["POST /v1/reports", 400, post("/v1/reports", "{")],
			["POST /v1/reports", 403, post("/v1/reports", "[]", { "Sec-GPC": "1" })],
			["POST /v1/erasures", 404, post("/v1/erasures", JSON.stringify({ view: missing.view, report: missing }))],
			[
				"POST /v1/erasures",
				409,
				post("/v1/erasures", JSON.stringify({ view: counted.view, report: { ...counted, seq: 7 } })),
			],
			["POST /v1/reports", 413, post("/v1/reports", "x".repeat(70_000))],
			["POST /v1/reports", 422, send([{ ...makeReport(policy), seq: 0 }])],
			[`POST ${closings.replace("shop", "{site}")}`, 400, call(closings, owned({ method: "POST", body: "{}" }))],
			[
				`POST ${closings.replace("shop", "{site}")}`,
				409,
				call(closings, owned({ method: "POST", body: JSON.stringify({ period: today() }) })),
			],
			[
				"PUT /v1/sites/{site}/settings",
				422,
				call("/v1/sites/shop/settings", owned({ method: "PUT", body: '{"colour":1}' })),
			],
		] as const) {
			const each = everyCall().find((one) => one.name === name) as Described;
			expect((await answer).status, name).toBe(status);
			await expectDescribed(each, await answer);
		}
	});

	test("notices a field that nobody described, and one that is missing", async () => {
		const [, content] = firstOf(api.paths["/v1/sites/{site}/stats/summary"]?.get?.responses[200]?.content);
		const answer = await (await call("/v1/sites/shop/stats/summary", owned())).json<Record<string, unknown>>();
		const { views, ...rest } = answer;
		const faults = (value: unknown) => faultsOf(api.components.schemas, content?.schema ?? {}, value);
		expect(faults(answer)).toEqual([]);
		expect(faults(rest)).toEqual([": views is missing"]);
		expect(faults({ ...answer, views: -1, extra: 1 })).toEqual([".views: below 0", ": extra is not described"]);
	});

	test("fails where a route has none, or where a route is gone", () => {
		const served = [...Object.keys(calls), ...pages, "GET /v1/sites/:site/stats/:name"].map((name) => {
			const [method = "", path = ""] = name.split(" ");
			return { method, path };
		});
		expect(describeApi(served, "en")).toEqual(api);
		expect(() => describeApi([...served, { method: "GET", path: "/v1/new" }], "en")).toThrow("GET /v1/new");
		expect(() => describeApi(served.slice(1), "en")).toThrow(`${served[0]?.method} ${served[0]?.path}`);
	});
});

describe("parameters", () => {
	const values: Record<keyof typeof parameters, { right: string[]; wrong: string[] }> = {
		from: { right: [today()], wrong: ["2026-02-30", "1999-12-31", "today", ""] },
		to: { right: [today()], wrong: ["2026-13-01", "22.11.2026"] },
		compare: {
			right: ["previous", "year", "2026-01-01..2026-01-31"],
			wrong: ["last", "2026-01-01", "2026-02-02..2026-02-01"],
		},
		device: { right: [...devices], wrong: ["toaster", ""] },
		page: { right: ["/", "/no/such/page"], wrong: [] },
		goal: { right: ["bestilt"], wrong: ["", "x".repeat(61), "nobody's goal"] },
		limit: { right: ["1", "5000"], wrong: ["0", "5001", "1.5", "1e2", "-1", ""] },
		offset: { right: ["0", "100000"], wrong: ["-1", "100001", "x"] },
	};

	test("are taken by the routes that are said to take them, and answered 422 by all others", async () => {
		for (const name of Object.keys(figureRoutes)) {
			const described = api.paths[`/v1/sites/{site}/stats/${name}`]?.get?.parameters.map((one) => one.name) ?? [];
			for (const [parameter, { right }] of Object.entries(values)) {
				const page = name === "flows" && parameter !== "page" ? "&page=/" : "";
				const answer = await call(`/v1/sites/shop/stats/${name}?${parameter}=${right[0]}${page}`, owned());
				expect(answer.status, `${name} ${parameter}`).toBe(described.includes(parameter) ? 200 : 422);
			}
		}
	});

	test("go with the routes that the contract names", () => {
		const taking = (parameter: string) =>
			Object.keys(figureRoutes).filter((name) =>
				api.paths[`/v1/sites/{site}/stats/${name}`]?.get?.parameters.some((one) => one.name === parameter),
			);
		expect(taking("device")).toEqual(["summary", "pages", "vitals"]);
		expect(taking("page")).toEqual(["flows", "leaving", "elements", "vitals"]);
		expect(taking("goal")).toEqual(["timeline"]);
		expect(taking("compare")).toEqual(Object.keys(figureRoutes).filter((name) => name !== "grants"));
		for (const everywhere of ["from", "to", "limit"]) expect(taking(everywhere)).toEqual(Object.keys(figureRoutes));
	});

	test.each(Object.entries(values))("%s takes what its schema takes", async (name, { right, wrong }) => {
		const route = { compare: "summary", offset: "pages", goal: "timeline" }[name] ?? "vitals";
		const of = api.paths[`/v1/sites/{site}/stats/${route}`]?.get?.parameters.find((one) => one.name === name);
		const isNumber = of?.schema.type === "integer";
		for (const [list, status] of [
			[right, 200],
			[wrong, 422],
		] as const)
			for (const value of list) {
				const answer = await call(`/v1/sites/shop/stats/${route}?${name}=${encodeURIComponent(value)}`, owned());
				expect(answer.status, value).toBe(status);
				if (status === 200)
					expect(faultsOf(api.components.schemas, of?.schema ?? {}, isNumber ? Number(value) : value)).toEqual([]);
			}
	});

	test("a refusal names the routes that take the parameter", async () => {
		const answer = await call("/v1/sites/shop/stats/hours?device=mobile", owned());
		expect(await answer.json()).toMatchObject({ detail: "device goes with summary, pages, vitals." });
	});
});

describe("a comparison", () => {
	const oslo = { timeZone: settings.timeZone };
	const compared = (from: string, to: string, compare: string) =>
		rangeOf({ from, to, compare }, { compare: true }, oslo, Date.now()).compare;
	const weekdayOf = (date: string) => new Date(`${date}T00:00:00Z`).getUTCDay();

	test.each([1, 6, 7, 8, 10, 28, 30, 91, 364, 365, 800])(
		"of %i days is as long, ends before the range, begins on the same weekday, and as late as that allows",
		(days) => {
			const from = "2026-02-26"; // a Thursday; ranges from here cross two changes of the clock
			const to = addDays(from, days - 1);
			for (const [compare, step] of [
				["previous", 7],
				["year", 364],
			] as const) {
				const { from: first = "", to: last = "" } = compared(from, to, compare) ?? {};
				expect(daysBetween(first, last) + 1).toBe(days);
				expect(last < from).toBe(true);
				expect(weekdayOf(first)).toBe(weekdayOf(from));
				expect(addDays(last, step) < from).toBe(false);
			}
		},
	);

	test("with last year is 52 weeks back, and two dates are taken as they are", () => {
		expect(compared("2026-11-02", "2026-11-22", "year")).toEqual({ from: "2025-11-03", to: "2025-11-23" });
		expect(compared("2026-11-02", "2026-11-22", "2024-01-01..2024-01-02")).toEqual({
			from: "2024-01-01",
			to: "2024-01-02",
		});
	});
});

describe("figures", () => {
	const asked = async <T>(path: string) => (await (await call(`/v1/sites/shop/stats/${path}`, owned())).json()) as T;
	const view = () => send(makeReport(policy, { page: "/few", lcpMs: 1200 }));

	test("have no percentile of a distribution and no interval below 30 measurements, and both from there on", async () => {
		for (let n = 0; n < 29; n++) await view();
		const few = (await asked<Vitals>("vitals?page=/few")).vitals.lcp;
		expect(few).toMatchObject({ n: 29, p50: null, p95: null, interval: null });
		expect((await asked<Vitals>("vitals?page=/nowhere")).vitals.lcp).toMatchObject({ n: 0, p75: null, interval: null });
		await view();
		const { n, p50, p75, p95, interval } = (await asked<Vitals>("vitals?page=/few")).vitals.lcp;
		expect(n).toBe(30);
		for (const value of [p50, p75, p95]) expect(Math.abs((value ?? 0) / 1200 - 1)).toBeLessThan(0.1);
		expect(interval?.[0]).toBeLessThanOrEqual(p75 ?? 0);
		expect(interval?.[1]).toBeGreaterThanOrEqual(p75 ?? 0);
	});

	test("are provisional for as long as a period of the range is open, and point by point", async () => {
		await visitTheShop();
		const range = `from=${yesterday()}&to=${today()}`;
		const provisional = async () => {
			const { provisional: whole, points } = await asked<Timeline>(`timeline?${range}`);
			return [whole, ...points.map((point) => point.provisional)];
		};
		expect(await provisional()).toEqual([true, true, true]);
		expect((await closePeriod(key, yesterday())).status).toBe(200);
		expect(await provisional()).toEqual([true, false, true]);
		expect((await asked<Timeline>(`timeline?to=${yesterday()}`)).provisional).toBe(false);
	});

	test("tell what share of them is hidden, and the rest adds up to the whole", async () => {
		for (let visit = 0; visit < 12; visit++)
			await send(
				makeVisit(policy, ["/", visit < 8 ? "/turer" : `/sjelden-${visit}`], { period: yesterday(), gap: 31 }),
			);
		const range = `from=${yesterday()}&to=${yesterday()}`;
		expect((await asked<Pages>(`pages?${range}`)).hidden).toBe(0);
		expect((await closePeriod(key, yesterday())).status).toBe(200);
		const { hidden, rows } = await asked<Pages>(`pages?${range}`);
		const all = rows.reduce((sum, { views }) => sum + views, 0);
		const shown = rows.filter(({ page }) => page !== "(other)").reduce((sum, { views }) => sum + views, 0);
		expect(all).toBe(24);
		expect(hidden).toBeGreaterThan(0);
		expect(hidden).toBeCloseTo(1 - shown / all);
		expect(rows.map(({ page }) => page).join()).not.toContain("sjelden");
	});

	test("come in parts by limit and offset that together are the whole list", async () => {
		await visitTheShop();
		const whole = await asked<Pages>("pages");
		const parts = await Promise.all([0, 1, 2, 3].map((offset) => asked<Pages>(`pages?limit=1&offset=${offset}`)));
		expect(parts.flatMap(({ rows }) => rows)).toEqual(whole.rows);
		expect(parts.map(({ total }) => total)).toEqual([4, 4, 4, 4].map(() => whole.rows.length));
	});
});

describe("the reference page", () => {
	const open = async (query: string, language = "nb") =>
		call(`/reference${query}`, { headers: { "Accept-Language": language } });

	test("shows every call and every shape, without a script, and its links lead somewhere", async () => {
		for (const query of ["", "?lang=en"]) {
			const answer = await open(query);
			expect(answer.status).toBe(200);
			const policyHeader = answer.headers.get("Content-Security-Policy") ?? "";
			expect(policyHeader).toContain("default-src 'none'");
			expect(policyHeader).not.toContain("unsafe");
			const html = await answer.text();
			const nonces = [...html.matchAll(/ nonce="([^"]+)"/g)].map(([, nonce]) => nonce ?? "");
			expect(nonces.length).toBeGreaterThan(0);
			for (const nonce of nonces) expect(policyHeader).toContain(`'nonce-${nonce}'`);
			expect((await open(query)).headers.get("Content-Security-Policy")).not.toBe(policyHeader);
			expect(html).not.toContain("<script");
			const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
			expect(new Set(ids).size).toBe(ids.length);
			for (const { operation } of everyCall()) expect(ids).toContain(operation.operationId);
			for (const name of Object.keys(api.components.schemas)) expect(ids).toContain(`shape-${name}`);
			for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
		}
	});

	test("speaks the reader's language, in every sentence", async () => {
		const [nb, en] = await Promise.all([(await open("")).text(), (await open("", "en")).text()]);
		expect(nb).toContain('<html lang="nb"');
		expect(en).toContain('<html lang="en"');
		const sentences = everyCall().map(({ operation }) => operation.summary.split("`")[0] ?? "");
		for (const sentence of sentences) {
			expect(en).toContain(escaped(sentence));
			expect(nb).not.toContain(escaped(sentence));
		}
	});
});

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("'", "&#39;").replaceAll('"', "&quot;");
