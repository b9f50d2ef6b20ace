import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { audit } from "../../audit/audit.ts";
import { type Audited, type State, states } from "../../audit/evidence.ts";
import { judge, type Verdict } from "../../audit/judge.ts";
import { reportText } from "../../audit/report-text.ts";
import { rules } from "../../audit/rules.ts";
import type { Way } from "../../audit/wish.ts";
import { bundlePeers, installPeers } from "../bench/contestants.ts";
import { type Counter, startCounter } from "../bench/counter.ts";
import { benchPage } from "../bench/page.ts";
import { type App, startApp } from "../support/app.ts";
import { type NodeServer, serveFetch } from "../support/node-server.ts";
import { answerForeign, cases, picture } from "./audit-pages.ts";

let site: NodeServer;
let other: NodeServer;

const names = Object.keys(cases);
const peers = ["posthog", "plausible"];
const way = (url: string): Way => ({
	url,
	waitMs: 250,
	patienceMs: 5_000,
	language: "nb",
	selectors: {},
	screenshots: false,
});
const leniency = { allow: [], necessary: [] };
const rulesOf = ({ findings }: Verdict) => [...new Set(findings.map(({ rule }) => rule))];

const records = new Map<string, Audited>();

const html = (body: string) => new Response(body, { headers: { "content-type": "text/html; charset=utf-8" } });

/** Who the browser said it was, to scripts and to the server. */
const introductions = new Set<string>();

function answerSite({ url, headers }: Request): Response {
	const { pathname } = new URL(url);
	if (peers.includes(pathname.slice(1)))
		return html(benchPage(`<script src="${counter.origin}${pathname}.js" defer></script>`));
	if (pathname === "/leak") {
		const leak = `localStorage["sporlos:demo:view"] = "1"; fetch("${app.app}/healthz", { mode: "no-cors" })`;
		return html(`<script src="${app.app}/gate/demo/banner.js"></script><h1>En side</h1><script>${leak}</script>`);
	}
	if (pathname.startsWith("/is/")) introductions.add(`${pathname} header ${headers.get("sec-gpc")}`);
	const one = cases[names[Number(pathname.slice(1))] ?? ""];
	if (!one) return new Response(picture, { headers: { "content-type": "image/svg+xml" } });
	return html(`<!doctype html><html lang="nb"><title>Side</title><h1>En side</h1>${one.body(foreign())}</html>`);
}
const foreign = () => other.origin.replace("127.0.0.1", "localhost");

let app: App;
let counter: Counter;

beforeAll(async () => {
	installPeers();
	[site, other, app] = await Promise.all([
		serveFetch(answerSite),
		serveFetch(answerForeign),
		startApp({ sample: false }),
	]);
	const scripts = new Map<string, string>();
	counter = await startCounter(scripts, () => app.app);
	for (const [path, source] of await bundlePeers(counter.origin)) scripts.set(path, source);
	const visits: [string, Way, State[]?][] = [
		["shop", { ...way(app.site), waitMs: 1_000 }],
		...peers.map((peer): [string, Way, State[]] => {
			return [peer, { ...way(`${site.origin}/${peer}`), waitMs: 2_000 }, ["undecided"]];
		}),
		...names.map((name, index): [string, Way, State[]] => {
			return [name, way(`${site.origin}/${index}`), cases[name]?.states ?? ["undecided"]];
		}),
	];
	const work = async () => {
		for (let next = visits.shift(); next; next = visits.shift()) {
			const [name, how, states] = next;
			records.set(name, await audit(how, states));
		}
	};
	await Promise.all(Array.from({ length: 3 }, work));
}, 480_000);
afterAll(async () => {
	await site?.stop();
	await other?.stop();
	await counter?.close();
	await app?.stop();
});

function verdictOn(name: string): Verdict {
	const record = records.get(name);
	if (!record) throw new Error(`not visited: ${name}`);
	return judge(record, leniency);
}

describe("what the audit finds", () => {
	const portOf = ({ origin }: NodeServer) => new URL(origin).port;
	const inShort = (subject: string) =>
		subject.replace(/(127\.0\.0\.1|localhost|\[::1\]):(\d+)/, (host, _, port) =>
			port === portOf(other) ? "other" : port === portOf(site) ? "own" : host,
		);

	test.each(names)("%s", (name) => {
		const { findings, unchecked } = verdictOn(name);
		const found = new Set(findings.map(({ rule, subject }) => `${rule}: ${inShort(subject)}`));
		expect(found).toEqual(new Set(cases[name]?.finds));
		expect(unchecked).toEqual([]);
	});

	test("every rule has a page that breaks it", () => {
		const broken = new Set(names.flatMap((name) => rulesOf(verdictOn(name))));
		expect([...broken].sort()).toEqual(Object.keys(rules).sort());
	});
});

test("a page with PostHog's default set-up breaks the rules that are known of it", () => {
	expect(rulesOf(verdictOn("posthog"))).toEqual([
		"foreign-script",
		"foreign-sending",
		"foreign-storage",
		"tracker-storage",
		"identifier-sent",
		"device-sent",
		"fingerprint", // the device's model, from the browser's client hints
		"device-read",
		"watching",
	]);
});

test("a page with Plausible's default set-up breaks the rules that are known of it", () => {
	expect(rulesOf(verdictOn("plausible"))).toEqual(["foreign-script", "foreign-sending", "device-read", "watching"]);
});

test("the demo shop breaks none in any state, and every state was reached", () => {
	const { findings, unchecked } = verdictOn("shop");
	expect({ findings, unchecked }).toEqual({ findings: [], unchecked: [] });
	const record = records.get("shop");
	expect(record?.tools).toEqual(["Sporløs"]);
	const granted = record?.evidence.find(({ state }) => state === "granted");
	expect(granted?.requests.some(({ url }) => url.endsWith("/v1/reports"))).toBe(true);
});

test("beside our own gate file nothing is excused that is Sporløs's", async () => {
	const record = await audit(way(`${site.origin}/leak`), ["undecided"]);
	const { findings } = judge(record, leniency);
	expect(record.tools).toEqual(["Sporløs"]);
	expect(findings.map(({ rule, subject }) => [rule, subject.replace(/:\d+/, "")])).toEqual([
		["foreign-sending", "localhost/healthz"],
		["tracker-storage", "local storage sporlos:demo:view (127.0.0.1)"],
	]);
});

test("hosts that are allowed and things that are necessary are no findings", () => {
	const judgeLeniently = (name: string, lenient: object) => {
		const record = records.get(name);
		return record && judge(record, { ...leniency, ...lenient }).findings;
	};
	expect(judgeLeniently("a page that connects ahead of time", { allow: ["localhost", "nobody.invalid"] })).toEqual([]);
	expect(judgeLeniently("a mark that outlives consent", { necessary: ["_g*", "answer"] })).toEqual([]);
});

test("selectors are pressed instead of what the audit would find, and one that matches nothing is not passed", async () => {
	const url = `${site.origin}/${names.indexOf("a banner that is honoured")}`;
	const selectors = { accept: ["#ask button:first-of-type"], withdraw: ["#again", "#nowhere"] };
	const { evidence } = await audit({ ...way(url), selectors }, ["granted"]);
	expect(evidence[0]).toMatchObject({ how: "pressed #ask button:first-of-type" });
	expect(evidence[0]?.requests.some(({ url }) => url.endsWith("/empty.js"))).toBe(true);
	expect(evidence[1]?.missing).toBe("nothing to withdraw could be found at #again, then #nowhere");
});

test("the robot and the browser that says no introduce themselves, to the server and to scripts", () => {
	expect([...introductions].sort()).toEqual([
		"/is/Chrome/ header null",
		"/is/Chrome/true header 1",
		"/is/Googlebot/ header null",
	]);
});

test("a page without a banner is not passed in the states that need one", async () => {
	const record = await audit({ ...way(`${site.origin}/0`), patienceMs: 500 }, ["refused", "granted"]);
	const { findings, unchecked } = judge(record, leniency);
	expect(findings).toEqual([]);
	expect(unchecked.map(({ state }) => state)).toEqual(["refused", "granted", "withdrawn"]);
	expect(reportText(record, judge(record, leniency))).toMatch(/no breach, 0 notices, 3 states not checked$/);
});

test("the command ends with status 1 on a breach, and writes both reports", async () => {
	const folder = await mkdtemp(join(tmpdir(), "sporlos-audit-test-"));
	try {
		const files = { json: join(folder, "a.json"), html: join(folder, "a.html") };
		const page = `${site.origin}/${names.indexOf("a mark that outlives consent")}`;
		const options = ["--wait", "0.2", "--language", "nb", "--json", files.json, "--html", files.html];
		const script = join(import.meta.dirname, "../../scripts/audit.ts");
		const command = spawn(process.execPath, [script, page, ...options], { stdio: ["ignore", "pipe", "ignore"] });
		let words = "";
		command.stdout.on("data", (chunk) => {
			words += chunk;
		});
		expect(await once(command, "close")).toEqual([1, null]);
		expect(words).toMatch(/BREACH: A mark is still there after consent was withdrawn/);
		const report = JSON.parse(await readFile(files.json, "utf8"));
		expect(report).toMatchObject({ version: 1, breaches: 1, unchecked: [] });
		expect(report.states.map(({ state }: { state: State }) => state)).toEqual(states);
		const shown = await readFile(files.html, "utf8");
		expect(shown.match(/<img alt="The page, \w+" src="data:image\/jpeg;base64,/g)).toHaveLength(6);
		expect(shown).not.toMatch(/(src|href)="http/);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
});
