/**
 * Random histories of a visitor's answers: no byte is sent, and nothing that happened is counted, outside the times of a yes.
 * Gates that do not begin or end where they should must be caught. `HISTORIES=100` plays more.
 */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { boundaries } from "../../schema/buckets.ts";
import { bundleTools, installTools } from "../consent/tools.ts";
import { type Answer, pageWith } from "../support/sink.ts";
import { until } from "../support/until.ts";
import { useVisitor } from "../support/visitor.ts";

const histories = Number(process.env.HISTORIES ?? 6);
const steps = 14;

installTools();
const files = await bundleTools();

/** What somebody might break in a gate, as a change to its text. */
const mutants: Record<string, (gate: string) => string> = {
	"does not end with a withdrawal": (gate) => gate.replaceAll(".abort()", ".abort"),
	"begins by itself": (gate) => `${gate};sporlos.grant()`,
};

const body = '<main><h1>Side</h1><button id="buy">Kjøp</button><p style="height:3000px">Lang</p></main>';
const visitor = useVisitor((sink) => {
	const script = (source: string) => `<script src="${sink.app}${source}" data-endpoint="${sink.app}"></script>`;
	const pages: Record<string, Answer> = {
		...files,
		"/manual": { body: pageWith(script("/gate/test/manual.js"), body) },
		"/wix": { body: pageWith(`<script src="/drives/wix.js"></script>${script("/gate/test/wix.js")}`, body) },
	};
	for (const index of Object.keys(mutants).keys())
		pages[`/mutant-${index}`] = { body: pageWith(script(`/leaky/${index}/gate/test/manual.js`), body) };
	return pages;
});

/** How a visitor answers on a page, as expressions. */
const answers: Record<string, { begin: string; yes: string; no: string[] }> = {
	manual: { begin: "", yes: "sporlos.grant()", no: ["sporlos.withdraw()", "sporlos.refuse()"] },
	wix: {
		begin: "drives.wix.start()",
		yes: "drives.wix.grant()",
		no: ["drives.wix.withdraw()", "drives.wix.reset()"],
	},
};

/** mulberry32, public domain: numbers from 0 to 1 that a seed repeats. */
function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** Keeps in the page when anything was sent, also while the page goes. */
const spy = `{
	const note = () => { sessionStorage.sent = (sessionStorage.sent ?? "") + Date.now() + " "; };
	const wrap = (owner, name) => {
		const original = owner[name];
		owner[name] = function (...args) { note(); return original.apply(this, args); };
	};
	for (const [owner, name] of [[window, "fetch"], [window, "fetchLater"], [Navigator.prototype, "sendBeacon"], [XMLHttpRequest.prototype, "send"]])
		if (owner[name]) wrap(owner, name);
}`;

interface Played {
	steps: string[];
	/** Begin and end of each yes, ms since 1970. */
	open: [from: number, to: number][];
	sent: number[];
	/** Clicks and events while the answer was yes, and those that were counted. */
	done: number;
	counted: number;
	/** The least time that reports claim a page was shown, ms. */
	shownMs: number;
	posts: number;
}

async function play(kind: string, path: string, seed: number): Promise<Played> {
	const random = seeded(seed);
	const { begin, yes, no } = answers[kind] ?? { begin: "", yes: "", no: [] };
	const context = await visitor.browser.newContext();
	await context.addInitScript(spy);
	const page: Page = await context.newPage();
	visitor.sink.requests.length = 0;
	const played: Played = { steps: [], open: [], sent: [], done: 0, counted: 0, shownMs: 0, posts: 0 };
	let isOpen = false;
	const at = (expression: string) =>
		page.evaluate<[number, number]>(`{ const t = Date.now(); ${expression}; [t, Date.now()] }`);
	const enter = async () => {
		await page.goto(visitor.sink.site + path);
		if (begin) await at(begin);
	};
	const acts: Record<string, () => Promise<unknown>> = {
		yes: async () => {
			const [from] = await at(yes);
			if (!isOpen) played.open.push([from, Number.POSITIVE_INFINITY]);
			isOpen = true;
		},
		no: async () => {
			const [, to] = await at(no[Math.floor(random() * no.length)] ?? "");
			const last = played.open.at(-1);
			if (isOpen && last) last[1] = to;
			isOpen = false;
		},
		click: async () => {
			await page.click("#buy");
			played.done += Number(isOpen);
		},
		event: async () => {
			await at(`sporlos.event("hendelse")`);
			played.done += Number(isOpen);
		},
		scroll: () => page.mouse.wheel(0, 400),
		wait: () => page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 400))),
		load: enter,
	};
	await enter();
	const names = Object.keys(acts);
	for (let step = 0; step < steps; step++) {
		const name = names[Math.floor(random() * names.length)] ?? "";
		played.steps.push(name);
		await acts[name]?.();
	}
	await page.goto(`${visitor.sink.site}/drives/wix.js`); // a page without a gate: what was to be sent has been
	played.sent = await page.evaluate(() => (sessionStorage.sent ?? "").trim().split(" ").filter(Boolean).map(Number));
	const end = Date.now();
	let before = -1;
	await until("quiet", () => {
		const { length } = visitor.sink.posts();
		const isQuiet = length === before && Date.now() - end > 300;
		before = length;
		return isQuiet;
	});
	played.posts = visitor.sink.posts().length;
	for (const { interaction, own, time } of visitor.sink.counted()) {
		for (const [, times] of interaction?.clicks ?? []) played.counted += times;
		for (const [, times] of own?.events ?? []) played.counted += times ?? 1;
		played.shownMs += boundaries[(time?.visible ?? 0) - 1] ?? 0;
	}
	await context.close();
	return played;
}

/** What a history shows that must not be. */
function breachesOf({ open, sent, done, counted, shownMs, posts }: Played): string[] {
	const breaches = sent
		.filter((time) => !open.some(([from, to]) => from <= time && time <= to))
		.map((time) => `sent at ${time}`);
	const openMs = open.reduce((sum, [from, to]) => sum + Math.min(to, Date.now()) - from, 0);
	if (counted > done) breaches.push(`counted ${counted} of ${done}`);
	if (shownMs > openMs) breaches.push(`shown for ${shownMs} of ${openMs} ms`);
	if (posts > sent.length) breaches.push(`${posts - sent.length} sent unseen`);
	return breaches;
}

describe.each(Object.keys(answers))("with %s.js", (kind) => {
	test(`${histories} random histories have nothing outside the times of a yes`, async () => {
		let [counted, posts] = [0, 0];
		for (let seed = 1; seed <= histories; seed++) {
			const played = await play(kind, `/${kind}`, seed);
			expect(breachesOf(played), `seed ${seed}: ${played.steps.join(", ")}`).toEqual([]);
			counted += played.counted;
			posts += played.posts;
		}
		expect(posts).toBeGreaterThan(0);
		expect(counted).toBeGreaterThan(0);
	});
});

describe("a gate is caught that", () => {
	test.each(Object.keys(mutants))("%s", async (name) => {
		const index = Object.keys(mutants).indexOf(name);
		const gate = await (await fetch(`${visitor.sink.app}/gate/test/manual.js`)).text();
		const mutant = mutants[name]?.(gate) ?? gate;
		expect(mutant).not.toBe(gate);
		visitor.sink.answers[`/leaky/${index}/gate/test/manual.js`] = () => ({
			body: mutant,
			headers: { "content-type": "text/javascript" },
		});
		const caught = async () => {
			for (let seed = 1; seed <= 20; seed++)
				if (breachesOf(await play("manual", `/mutant-${index}`, seed)).length > 0) return true;
			return false;
		};
		expect(await caught()).toBe(true);
	});
});
