import { reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test } from "vitest";
import type { Report } from "../../schema/report.ts";
import { bookOf } from "../../worker/book/books.ts";
import { applyMigrations } from "./migrations.ts";
import { seeded } from "./parts.ts";
import { wholeTrees } from "./shown.ts";
import { call, makeReport, makeView, openSite, send, testEnv } from "./support.ts";

/** Malformed inputs: 10,000 in an ordinary run, more with the variable FUZZ. */
const inputs = Number((env as unknown as { FUZZ: string }).FUZZ);

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

/** A report with every part that a seed can bring. */
function fullReport(policy: string): Report {
	const { visit, speed, interaction, ...rest } = makeReport(policy, { clicks: [["main a", 1]] });
	return {
		...rest,
		bounded: ["site", "page"],
		visit: {
			...visit,
			campaign: "sommer",
			referrer: "kart.example",
			goals: ["bestilt"],
			entrySpeed: 1,
		} as Report["visit"],
		leaving: { how: "outbound", certain: true, host: "bank.example" },
		speed: {
			...speed,
			phases: { dns: 3 },
			lcpOf: { element: "main img", load: 4 },
			inpOf: { element: "main a", input: 2 },
			routes: [["/api/kurv", 80, 2, 1]],
			parties: [["cdn.example", 80, 1, 0]],
		},
		interaction: {
			...interaction,
			clicks: [["main a", 3, 1, 1, 1]],
			forms: [["main form", 0, "input.email"]],
			errors: [["Error @ /app.js:1", 1]],
			outbound: [["bank.example", 1]],
			downloads: [["/kart.pdf", 1]],
		},
		own: { events: [["kjøp", 1]], properties: [["kjøp\tvaluta=NOK", 1]] },
	} as Report;
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
	["bounded", "0"],
	["visit", "campaign"],
	["visit", "goals", "0"],
	["leaving", "host"],
	["speed", "lcpOf", "element"],
	["speed", "inpOf", "element"],
	["speed", "routes", "0", "0"],
	["speed", "parties", "0", "0"],
	["interaction", "forms", "0", "0"],
	["interaction", "forms", "0", "2"],
	["interaction", "errors", "0", "0"],
	["interaction", "outbound", "0", "0"],
	["interaction", "downloads", "0", "0"],
	["own", "events", "0", "0"],
	["own", "properties", "0", "0"],
];

/** A request to erase the report, with something wrong in it. */
function malformedErasure(report: Report): string {
	const view = JSON.stringify(report.view);
	switch (Math.floor(random() * 4)) {
		case 0: // something else
			return malformedBody(report);
		case 1: // another view, or none
			return JSON.stringify({ view: pick([...texts, ...badValues, randomText(), makeView()]), report });
		case 2: // another field
			return JSON.stringify({ view: report.view, report, [pick(texts)]: pick(texts) });
		default: // a report that is none
			return `{"view":${view},"report":${malformedBody(report)}}`;
	}
}

const sendErasure = (body: string) => call("/v1/erasures", { method: "POST", body });

/** Sends so many bodies, 50 at a time. */
async function sendAll(make: () => string, post: (body: string) => Promise<Response>): Promise<void> {
	for (let sent = 0; sent < inputs; ) {
		const bodies = Array.from({ length: Math.min(50, inputs - sent) }, make);
		const answers = await Promise.all(bodies.map(post));
		for (const [i, { status }] of answers.entries()) {
			if (status < 400 || status > 499) throw new Error(`${status} for …${bodies[i]?.slice(-500)}`);
		}
		sent += bodies.length;
	}
}

beforeEach(async () => {
	await reset();
	await applyMigrations();
});

describe("what a client can send", () => {
	test(`${inputs} malformed bodies are refused with 4xx each, and nothing is stored`, {
		timeout: 3_600_000, // a million inputs take minutes
	}, async () => {
		const { policy } = await openSite();
		const report = fullReport(policy);
		await sendAll(() => malformedBody(report), send);
		expect(await bookOf(testEnv, "shop").status()).toMatchObject({ reports: 0, receipts: 0, open: [], pending: 0 });
	});

	test(`${inputs} malformed requests to erase are refused with 4xx each, and nothing is erased`, {
		timeout: 3_600_000, // a million inputs take minutes
	}, async () => {
		const { policy } = await openSite();
		const report = fullReport(policy);
		expect((await send(report)).status).toBe(204);
		await sendAll(() => malformedErasure(report), sendErasure);
		expect(await bookOf(testEnv, "shop").status()).toMatchObject({ reports: 1, receipts: 0, pending: 1, erasing: 0 });
	});

	test("hostile text in any field never yields 5xx, and what is taken holds no control character", {
		timeout: 3_600_000, // a million inputs take minutes
	}, async () => {
		const { policy } = await openSite();
		for (let i = 0; i < inputs / 10; i++) {
			const report = fullReport(policy);
			const text = random() < 0.5 ? pick(texts) : `/${randomText()}`;
			const hostile = withValue(report, pick(hostileFields), text) as Report;
			const { status } = await send(hostile);
			expect(status).toBeLessThan(500);
			if (i % 2 === 0) continue;
			const erased = await sendErasure(JSON.stringify({ view: hostile.view, report: hostile }));
			expect(erased.status).toBeLessThan(500);
		}
		const stored = JSON.stringify(await bookOf(testEnv, "shop").read(wholeTrees, "0", "9"));
		// The separator of keys is the one control character of ours.
		expect(stored.replaceAll("\\t", "")).not.toMatch(/\\u00[01]|\\u007f|\\ud[89a-f]/i);
	});
});
