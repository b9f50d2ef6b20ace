import { reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test } from "vitest";
import { bookOf } from "../../worker/book/books.ts";
import { applyMigrations } from "./migrations.ts";
import { makeReport, openSite, send, testEnv } from "./support.ts";

/** Malformed inputs: 10,000 in an ordinary run, more with the variable FUZZ. */
const inputs = Number((env as unknown as { FUZZ: string }).FUZZ);

/** Mulberry32: a small seeded generator, so that a failure can be repeated. */
function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

const random = seeded(20261122);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

/** Never valid, wherever in a report they stand. */
const badValues: unknown[] = [
	null,
	{ x: 1 },
	[[]],
	-1.5,
	1e308,
	-0.1,
	{ __proto__: null, constructor: 1 },
	[null],
	[[["x"]]],
];

type Json = Record<string, unknown>;
function leaves(value: unknown, path: string[] = []): string[][] {
	if (typeof value !== "object" || value === null) return [path];
	return [
		...(path.length > 0 ? [path] : []),
		...Object.entries(value).flatMap(([name, item]) => leaves(item, [...path, name])),
	];
}

function withValue(report: unknown, path: string[], value: unknown): unknown {
	const copy = structuredClone(report) as Json;
	let at = copy;
	for (const name of path.slice(0, -1)) at = at[name] as Json;
	const last = path.at(-1) as string;
	at[last] = value;
	return copy;
}

const texts = [
	"\u0000",
	"\ud800",
	"%E0%A4%A",
	"%00",
	"../../etc/passwd",
	"<script>",
	"'; DROP TABLE cell;--",
	"𝕏".repeat(90),
	"\u2028",
	"=1+1",
	"/".repeat(150),
];
const randomText = () =>
	Array.from({ length: Math.floor(random() * 40) }, () => String.fromCharCode(Math.floor(random() * 0x10000))).join("");

function malformedBody(report: unknown): string {
	switch (Math.floor(random() * 7)) {
		case 0: // random characters
			return randomText();
		case 1: // cut off somewhere
			return JSON.stringify(report).slice(0, Math.floor(random() * 300));
		case 2: // deep nesting
			return "[".repeat(1 + Math.floor(random() * 5000)) + "]".repeat(Math.floor(random() * 5000));
		case 3: // JSON of another kind
			return JSON.stringify(
				pick([1e308, -0, true, "text", null, [], [[]], {}, [1, 2], { v: 1 }, Array(30).fill(report)]),
			);
		case 4: // a missing part
			return JSON.stringify(
				withValue(report, pick([["v"], ["view"], ["consent"], ["place"], ["period"], ["first"], ["seq"]]), undefined),
			);
		case 5: // an unknown field, at the top or inside
			return JSON.stringify(
				withValue(report, pick([["extra"], ["place", "city"], ["visit", "id"], ["speed", "fps"]]), pick(texts)),
			);
		default: // one value that does not belong
			return JSON.stringify(withValue(report, pick(leaves(report)), pick(badValues)));
	}
}

const hostileFields = [
	["place", "page"],
	["visit", "channel"],
	["consent", "by"],
	["period"],
	["view"],
	["site"],
	["place", "language"],
	["visit", "referrer"],
	["interaction", "clicks", "0", "0"],
	["first", "0"],
	["consent", "policy"],
	["place", "browser"],
];

beforeEach(async () => {
	await reset();
	await applyMigrations();
});

describe("what a client can send", () => {
	test(`${inputs} malformed bodies are refused with 4xx each, and nothing is stored`, {
		timeout: 3_600_000, // a million inputs take minutes
	}, async () => {
		const { policy } = await openSite();
		const report = makeReport(policy, { clicks: [["main a", 1]] });
		for (let sent = 0; sent < inputs; ) {
			const bodies = Array.from({ length: Math.min(50, inputs - sent) }, () => malformedBody(report));
			const answers = await Promise.all(bodies.map((body) => send(body)));
			for (const [i, { status }] of answers.entries()) {
				if (status < 400 || status > 499) throw new Error(`${status} for …${bodies[i]?.slice(-500)}`);
			}
			sent += bodies.length;
		}
		expect(await bookOf(testEnv, "shop").status()).toMatchObject({ reports: 0, receipts: 0, open: [], pending: 0 });
	});

	test("hostile text in any field never yields 5xx, and what is taken holds no control character", {
		timeout: 3_600_000, // a million inputs take minutes
	}, async () => {
		const { policy } = await openSite();
		for (let i = 0; i < inputs / 10; i++) {
			const report = makeReport(policy, { clicks: [["main a", 1]] });
			const { status } = await send(
				withValue(report, pick(hostileFields), random() < 0.5 ? pick(texts) : `/${randomText()}`),
			);
			expect(status).toBeLessThan(500);
		}
		const stored = JSON.stringify(await bookOf(testEnv, "shop").read(["page", "channel-referrer"], "0", "9"));
		// The separator of keys is the one control character of ours.
		expect(stored.replaceAll("\\t", "")).not.toMatch(/\\u00[01]|\\u007f|\\ud[89a-f]/i);
	});
});
