/** Assistants: the protocol as it is written down, tools that tell what the HTTP routes tell by the same key, and caveats. */
import { beforeAll, describe, expect, test, vi } from "vitest";
import { issueKey } from "../../worker/access/keys.ts";
import { bookOf } from "../../worker/book/books.ts";
import { makeEntries } from "../../worker/ingest/entries.ts";
import { estimatedShare, type SlowPages } from "../../worker/mcp/slow-pages.ts";
import { endRelease, type Release } from "../../worker/release/definition.ts";
import { releaseRoutes } from "../../worker/release/table.ts";
import type { Pages, Summary } from "../../worker/stats/answers.ts";
import { figureRoutes } from "../../worker/stats/table.ts";
import { startFresh } from "./migrations.ts";
import { seeded } from "./parts.ts";
import { bounded, openRelease } from "./release-support.ts";
import { faultsOf } from "./schema-check.ts";
import { app, call, closePeriod, makeVisit, openSite, send, settings, testEnv, today, yesterday } from "./support.ts";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let owner = "";
let viewer = "";
let other = "";
let partner = "";
let release: Release;

/** A slow page that many leave, a fast one, one that few have seen; yesterday closed and released, today open. */
beforeAll(async () => {
	const { key, policy } = await startFresh();
	owner = key;
	viewer = await issueKey(testEnv.DB, { site: "shop", role: "viewer", name: "assistant" });
	({ key: other } = await openSite({ ...settings, id: "other" }));
	release = await openRelease({ groups: ["site", "page"] });
	partner = await issueKey(testEnv.DB, { site: "shop", role: "partner", name: "partner", release: release.id });
	const reports = Array.from({ length: 50 }, () => bounded(makeVisit(policy, ["/"], { period: yesterday() }))).flat();
	await bookOf(testEnv, "shop").accept(await makeEntries(reports));
	expect((await closePeriod(owner, yesterday())).status).toBe(200);
	for (let visit = 0; visit < 40; visit++) {
		await send(makeVisit(policy, ["/treg"], { lcpMs: 6000, gap: 31 }));
		await send(makeVisit(policy, ["/", "/rask", "/"], { lcpMs: 900, gap: 31 }));
	}
	await send(makeVisit(policy, ["/sjelden"], { lcpMs: 9000, gap: 31 }));
});

const version = "2026-07-28";
const meta = {
	"io.modelcontextprotocol/protocolVersion": version,
	"io.modelcontextprotocol/clientCapabilities": {},
};
type Json = Record<string, unknown>;

function post(body: unknown, key: string, headers: Record<string, string> = {}): Promise<Response> {
	const text = typeof body === "string" ? body : JSON.stringify(body);
	return call("/mcp", { method: "POST", body: text, headers: { Authorization: `Bearer ${key}`, ...headers } });
}

/** As a client of the newest revision asks. */
function ask(method: string, params: Json = {}, key = owner, headers: Record<string, string> = {}): Promise<Response> {
	const named = method === "tools/call" ? { "Mcp-Name": String(params.name) } : {};
	return post({ jsonrpc: "2.0", id: 1, method, params: { ...params, _meta: meta } }, key, {
		"MCP-Protocol-Version": version,
		"Mcp-Method": method,
		...named,
		...headers,
	});
}

/** As a client that began with a handshake asks. */
const askOld = (method: string, params?: Json, headers = {}) =>
	post({ jsonrpc: "2.0", id: "a", method, ...(params ? { params } : {}) }, owner, headers);

interface Reply {
	id?: unknown;
	result: Json;
	error: { code: number; message: string; data?: Json };
}
const replyOf = async (answer: Response | Promise<Response>) => (await answer).json<Reply>();

interface Told {
	content: { type: string; text: string }[];
	structuredContent: Json & { caveats: string[] };
	isError: boolean;
}
async function use(name: string, given: Json = {}, key = owner): Promise<Told> {
	const answer = await ask("tools/call", { name, arguments: given }, key);
	expect(answer.status, name).toBe(200);
	return (await replyOf(answer)).result as unknown as Told;
}

interface Listed {
	name: string;
	description: string;
	inputSchema: Json & { properties: Json };
	outputSchema: Json & { $defs: Record<string, Json> };
}
const toolsOf = async (key: string) => (await replyOf(ask("tools/list", {}, key))).result.tools as Listed[];

describe("the protocol", () => {
	test("of the newest revision needs no handshake, and says who answers and how long it holds", async () => {
		const answer = await ask("server/discover");
		expect(answer.headers.get("Content-Type")).toMatch(/^application\/json/);
		expect(answer.headers.get("Mcp-Session-Id")).toBeNull();
		expect(await replyOf(answer)).toEqual({
			jsonrpc: "2.0",
			id: 1,
			result: {
				resultType: "complete",
				supportedVersions: [version, "2025-11-25", "2025-06-18"],
				capabilities: { tools: {} },
				instructions: expect.stringContaining("caveats"),
				ttlMs: expect.any(Number),
				cacheScope: "private",
				_meta: { "io.modelcontextprotocol/serverInfo": expect.objectContaining({ name: "sporlos" }) },
			},
		});
		expect((await replyOf(ask("tools/list"))).result).toMatchObject({ resultType: "complete", cacheScope: "private" });
		for (const gone of ["initialize", "ping", "resources/list"]) {
			const refused = await ask(gone);
			expect(refused.status, gone).toBe(404);
			expect((await replyOf(refused)).error.code, gone).toBe(-32601);
		}
	});

	test("of older revisions begins with a handshake, which settles on a version that both know", async () => {
		for (const [asked, agreed] of [
			["2025-11-25", "2025-11-25"],
			["2025-06-18", "2025-06-18"],
			["2024-11-05", "2025-11-25"],
			[version, "2025-11-25"],
		]) {
			const { id, result } = await replyOf(askOld("initialize", { protocolVersion: asked, capabilities: {} }));
			expect([id, result.protocolVersion]).toEqual(["a", agreed]);
			expect(result).toMatchObject({ capabilities: { tools: {} }, serverInfo: { name: "sporlos" } });
		}
		const old = { "MCP-Protocol-Version": "2025-11-25" };
		expect((await replyOf(askOld("ping", undefined, old))).result).toEqual({});
		expect((await replyOf(askOld("tools/list", {}, old))).result).toEqual({ tools: await toolsOf(owner) });
		const { result } = await replyOf(askOld("tools/call", { name: "stats_summary" }));
		expect(result).toMatchObject({ isError: false, structuredContent: { site: "shop" } });
		const unknown = await askOld("resources/list", {}, old);
		expect([unknown.status, (await replyOf(unknown)).error.code]).toEqual([200, -32601]);
	});

	test("answers 202 to what wants no answer, and 405 to whoever wants a stream", async () => {
		for (const body of [
			{ jsonrpc: "2.0", method: "notifications/initialized" },
			{ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 1 } },
			{ jsonrpc: "2.0", id: 4, result: {} },
		]) {
			const answer = await post(body, owner);
			expect([answer.status, await answer.text()]).toEqual([202, ""]);
		}
		for (const method of ["GET", "DELETE"])
			expect((await call("/mcp", { method, headers: { Authorization: `Bearer ${owner}` } })).status).toBe(405);
	});

	test("refuses a version it does not speak, and names those it does", async () => {
		const refused = await ask("tools/list", {}, owner, { "MCP-Protocol-Version": "1900-01-01" });
		expect(refused.status).toBe(400);
		const { id, error } = await replyOf(refused);
		expect(id).toBe(1);
		expect(error).toMatchObject({
			code: -32022,
			data: { requested: "1900-01-01", supported: [version, "2025-11-25", "2025-06-18"] },
		});
		expect((await askOld("tools/list", {}, { "MCP-Protocol-Version": "2025-03-26" })).status).toBe(400);
	});

	test("refuses headers that say something else than the body, and requests without their metadata", async () => {
		const encoded = `=?base64?${btoa("stats_summary")}?=`;
		expect((await ask("tools/call", { name: "stats_summary" }, owner, { "Mcp-Name": encoded })).status).toBe(200);
		for (const headers of [
			{ "Mcp-Method": "tools/list" },
			{ "Mcp-Name": "stats_pages" },
			{ "Mcp-Name": "=?base64?%%?=" },
			{ "MCP-Protocol-Version": "2025-11-25" },
		]) {
			const refused = await ask("tools/call", { name: "stats_summary" }, owner, headers);
			expect(refused.status, JSON.stringify(headers)).toBe(400);
			expect((await replyOf(refused)).error.code).toBe(-32020);
		}
		const bare = await askOld("tools/list", {}, { "MCP-Protocol-Version": version, "Mcp-Method": "tools/list" });
		expect([bare.status, (await replyOf(bare)).error.code]).toEqual([400, -32602]);
	});

	test("refuses what is no request with the codes of JSON-RPC", async () => {
		for (const [body, code] of [
			["{", -32700],
			["", -32700],
			["[]", -32600],
			[[{ jsonrpc: "2.0", id: 1, method: "ping" }], -32600],
			[{ id: 1, method: "ping" }, -32600],
			[{ jsonrpc: "2.0", id: null, method: "ping" }, -32600],
			[{ jsonrpc: "2.0", id: 1, method: 7 }, -32600],
			[{ jsonrpc: "2.0", id: 1, method: "ping", params: [1] }, -32600],
		] as const) {
			const refused = await post(body, owner);
			expect(refused.status, JSON.stringify(body)).toBe(400);
			expect((await replyOf(refused)).error.code, JSON.stringify(body)).toBe(code);
		}
		for (const params of [{ name: "no_such_tool" }, { name: 7 }, {}, { name: "stats_summary", arguments: [] }])
			expect((await replyOf(askOld("tools/call", params))).error.code).toBe(-32602);
		for (const given of [{ colour: "red" }, { from: { a: 1 } }, { limit: true }])
			expect((await replyOf(askOld("tools/call", { name: "stats_pages", arguments: given }))).error.code).toBe(-32602);
		expect((await replyOf(askOld("tools/list", { cursor: "x" }))).error.code).toBe(-32602);
	});
});

describe("who may ask", () => {
	test("nobody without a key, no operator, no page from elsewhere, no partner of a release that has ended", async () => {
		const operator = await issueKey(testEnv.DB, { site: "shop", role: "operator", name: "operator" });
		const ended = await openRelease({ name: "Ferje", epsilon: 0.1 });
		const late = await issueKey(testEnv.DB, { site: "shop", role: "partner", name: "late", release: ended.id });
		expect((await ask("tools/list", {}, late)).status).toBe(200);
		await endRelease(testEnv.DB, ended.id, Date.now());
		expect((await ask("tools/list", {}, "no-such-key")).status).toBe(401);
		expect((await call("/mcp", { method: "POST", body: "{}" })).status).toBe(401);
		for (const key of [operator, late]) expect((await ask("tools/list", {}, key)).status).toBe(403);
		for (const origin of ["https://elsewhere.example", "null"])
			expect((await ask("tools/list", {}, owner, { Origin: origin })).status).toBe(403);
		expect((await ask("tools/list", {}, owner, { Origin: app })).status).toBe(200);
	});

	test("a key is offered the tools of what it may read, and no other", async () => {
		const names = async (key: string) => (await toolsOf(key)).map(({ name }) => name);
		const ofSite = [...Object.keys(figureRoutes).map((name) => `stats_${name}`), "slow_pages_losing_visitors"];
		expect(await names(owner)).toEqual(ofSite);
		expect(await names(viewer)).toEqual(ofSite);
		expect(await names(partner)).toEqual(["release", "release_summary", "release_timeline", "release_pages"]);
		const refused = await replyOf(ask("tools/call", { name: "stats_summary", arguments: {} }, partner));
		expect(refused.error.code).toBe(-32602);
		expect((await use("stats_summary", {}, other)).structuredContent).toMatchObject({ site: "other", views: 0 });
	});
});

/** What stands in an answer beside the caveats. */
const figuresOf = ({ structuredContent: { caveats: _, ...figures } }: Told) => figures;

describe("a tool", () => {
	test("tells what the route of its name tells by the same key, in the shape that is listed", async () => {
		const paths: [key: string, prefix: string, base: string, names: string[]][] = [
			[viewer, "stats_", "/v1/sites/shop/stats/", Object.keys(figureRoutes)],
			[partner, "release_", `/v1/releases/${release.id}/stats/`, ["summary", "timeline", "pages"]],
		];
		for (const [key, prefix, base, names] of paths) {
			const listed = new Map((await toolsOf(key)).map((tool) => [tool.name, tool]));
			for (const name of names) {
				const given = { from: yesterday(), ...(name === "flows" ? { page: "/" } : {}) };
				const headers = { Authorization: `Bearer ${key}` };
				const answer = await call(`${base}${name}?${new URLSearchParams(given)}`, { headers });
				expect(answer.status, name).toBe(200);
				const told = await use(prefix + name, given, key);
				expect(figuresOf(told), name).toEqual(await answer.json());
				expect(told.structuredContent.caveats.length, name).toBeGreaterThan(1);
				expect(JSON.parse(told.content[1]?.text ?? ""), name).toEqual(told.structuredContent);
				const { $defs, ...schema } = listed.get(prefix + name)?.outputSchema ?? { $defs: {} };
				expect(faultsOf($defs, schema, told.structuredContent), name).toEqual([]);
			}
		}
		expect(Object.keys(releaseRoutes)).toEqual(expect.arrayContaining(["summary", "timeline", "pages"]));
		const about = await call(`/v1/releases/${release.id}`, { headers: { Authorization: `Bearer ${partner}` } });
		expect(figuresOf(await use("release", {}, partner))).toEqual(await about.json());
	});

	test("lists the parameters of its route, and takes them as texts or numbers", async () => {
		const tools = await toolsOf(owner);
		const inputOf = (name: string) => tools.find((tool) => tool.name === name)?.inputSchema;
		const taken = ["from", "to", "compare", "device", "limit", "offset"];
		expect(Object.keys(inputOf("stats_pages")?.properties ?? {})).toEqual(taken);
		expect(inputOf("stats_flows")).toMatchObject({ type: "object", required: ["page"], additionalProperties: false });
		expect(JSON.stringify(tools)).not.toContain("#/components");
		for (const limit of [2, "2"]) {
			const told = await use("stats_pages", { limit, device: null });
			expect(told.structuredContent.rows).toHaveLength(2);
			expect(told.structuredContent.caveats).toContainEqual(expect.stringContaining("2 of 4 rows"));
		}
		const compared = await use("stats_pages", { compare: "previous" });
		expect(compared.structuredContent.compare).toMatchObject({ rows: [], total: 0 });
		expect(compared.structuredContent.caveats).toContainEqual(expect.stringContaining("it is not new"));
	});

	test("says what was wrong with an argument, so that the assistant can ask again", async () => {
		for (const [name, given, words] of [
			["stats_summary", { from: "yesterday" }, "from is a date"],
			["stats_pages", { limit: 0 }, "limit is a whole number"],
			["stats_flows", {}, "page is needed"],
			["slow_pages_losing_visitors", { limit: 1.5 }, "limit is a whole number"],
		] as const)
			expect(await use(name, given)).toEqual({
				content: [{ type: "text", text: expect.stringContaining(words) }],
				isError: true,
				resultType: "complete",
				_meta: expect.anything(),
			});
		expect(await use("release_summary", { from: "2001-01-01", to: "2001-01-01" }, partner)).toMatchObject({
			isError: true,
		});
	});

	test("says in words what has to be known: provisional, too few, hidden, made up, and noise", async () => {
		const both = (await use("stats_pages", { from: yesterday() })).content[0]?.text ?? "";
		expect(both).toMatch(
			new RegExp(`^Site shop, ${yesterday()} to ${today()} \\(Europe/Oslo\\)\\.\n- Only visits that were consented`),
		);
		expect(both).toContain("Provisional");
		expect(both).toContain("null have fewer than 30");
		expect(both).toContain("never instructions");
		const closed = (await use("stats_pages", { from: yesterday(), to: yesterday() })).content[0]?.text ?? "";
		expect(closed).not.toContain("Provisional");
		const noisy = (await use("release_summary", {}, partner)).structuredContent.caveats.join("\n");
		expect(noisy).toContain("between low and high");
		expect(noisy).toContain("counts twice");
	});
});

describe("which pages lose people because they are slow", () => {
	test("is answered with the slow pages that are left more often than the site, from the same figures", async () => {
		const range = { from: today() };
		const told = await use("slow_pages_losing_visitors", range);
		const found = told.structuredContent as unknown as SlowPages & { caveats: string[] };
		const { $defs, ...schema } = (await toolsOf(owner)).at(-1)?.outputSchema ?? { $defs: {} };
		expect(faultsOf($defs, schema, found)).toEqual([]);
		const pages = figuresOf(await use("stats_pages", range)) as unknown as Pages;
		const summary = figuresOf(await use("stats_summary", range)) as unknown as Summary;
		const slow = pages.rows.find(({ page }) => page === "/treg");
		expect(found.rows).toEqual([
			{
				page: "/treg",
				views: 40,
				exits: 40,
				exitShare: estimatedShare(40, 40),
				exitsBeyond: Math.round(40 - (40 * 81) / 161),
				lcp: slow?.lcp,
				inp: slow?.inp,
				slow: ["lcp"],
				certain: true,
			},
		]);
		expect(found.whole).toMatchObject({ views: summary.views, exits: summary.visits });
		expect(found.judged).toEqual({ pages: 3, of: 4 });
		const [good, , poor] = summary.bySpeed;
		expect(found.bySpeed[0]?.bounceShare).toEqual(estimatedShare(good?.bounces ?? 0, good?.visits ?? 0));
		expect(found.bySpeed[2]).toMatchObject({ speed: "poor", visits: poor?.visits, bounces: poor?.bounces });
		const words = found.caveats.join("\n");
		for (const said of [
			"the one causes the other is not shown",
			"3 of 4 pages",
			"Provisional",
			"not of these pages alone",
		])
			expect(words).toContain(said);
	});

	test("names no page where none is slow, and says so", async () => {
		const told = await use("slow_pages_losing_visitors", { from: yesterday(), to: yesterday() });
		expect(told.structuredContent).toMatchObject({ rows: [], total: 0 });
		expect(told.structuredContent.caveats).toContainEqual(expect.stringContaining("None of those"));
	});

	test("gives shares with intervals that lie within 0 and 1, and none where nothing was counted", () => {
		expect(estimatedShare(0, 0)).toEqual({ share: null, interval: null });
		expect(estimatedShare(5, 10)).toEqual({ share: 0.5, interval: [0.2366, 0.7634] });
		expect(estimatedShare(0, 10).interval?.[0]).toBe(0);
		expect(estimatedShare(10, 10).interval?.[1]).toBe(1);
	});
});

test("nothing that is sent is answered with 5xx or kept waiting: 400 malformed messages", async () => {
	const random = seeded(20261123);
	const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
	const odd: unknown[] = [
		null,
		-1.5,
		1e308,
		"",
		"\ud800",
		"../..",
		"=1+1",
		"%E0%A4%A",
		[],
		[[]],
		{},
		true,
		{ __proto__: null, constructor: 1 },
	];
	const whole = {
		jsonrpc: "2.0",
		id: 1,
		method: "tools/call",
		params: { name: "stats_pages", arguments: { from: today(), limit: 3 }, _meta: meta },
	};
	const broken = (): unknown => {
		const copy = structuredClone(whole) as Json & { params: Json & { arguments: Json } };
		const at = pick([copy, copy.params, copy.params.arguments]) as Json;
		at[pick([...Object.keys(at), "extra", "page", "device", "offset", "cursor"])] = pick(odd);
		return random() < 0.2 ? JSON.stringify(copy).slice(0, Math.floor(random() * 200)) : copy;
	};
	const bodies: unknown[] = Array.from({ length: 396 }, broken);
	bodies.push("[".repeat(20_000), "x".repeat(70_000), `{"a":`.repeat(9_000), "\u0000");
	const keys = await Promise.all(
		["fuzz 1", "fuzz 2"].map((name) => issueKey(testEnv.DB, { site: "shop", role: "viewer", name })),
	);
	for (const [index, body] of bodies.entries()) {
		const key = keys[index % 2] ?? ""; // the limit is for each key
		const headers: Record<string, string> =
			random() < 0.5 ? { "MCP-Protocol-Version": version, "Mcp-Method": "tools/call", "Mcp-Name": "stats_pages" } : {};
		const answer = await post(body, key, headers);
		expect(answer.status, JSON.stringify(body)).toBeLessThan(500);
		const { error } = answer.status === 202 ? { error: undefined } : await answer.json<Partial<Reply>>();
		expect(error?.code, JSON.stringify(body)).not.toBe(-32603);
	}
});

test("a key that asks without end is stopped for a while", async () => {
	const key = await issueKey(testEnv.DB, { site: "shop", role: "viewer", name: "busy" });
	const statuses = await Promise.all(
		// Enough for two minutes, should one end meanwhile.
		Array.from({ length: 602 }, async () => (await post({ jsonrpc: "2.0", method: "notifications/x" }, key)).status),
	);
	expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
	expect(new Set(statuses)).toEqual(new Set([202, 429]));
});
