/** Answers are worked out once and kept as long as what they were read from: nobody who asks can tell. */
import { evictDurableObject } from "cloudflare:test";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { addDays } from "../../schema/period.ts";
import { bookOf } from "../../worker/book/books.ts";
import { forgetClosed } from "../../worker/query/memory.ts";
import { once } from "../../worker/query/once.ts";
import { addUp } from "../../worker/query/tally.ts";
import { siteOf } from "../../worker/sites/sites.ts";
import type { Range, Stats } from "../../worker/stats/answers.ts";
import { statsOf } from "../../worker/stats/stats.ts";
import { accept, bookSteps, schedulesOf } from "./book-steps.ts";
import { startFresh } from "./migrations.ts";
import { makeVisit, testEnv, today, yesterday } from "./support.ts";

let policy = "";
const book = () => bookOf(testEnv, "shop");

beforeEach(async () => {
	({ policy } = await startFresh());
});
afterEach(() => {
	vi.useRealTimers();
});

const range = (): Range => ({ from: addDays(yesterday(), -2), to: today() });

/** Every kind of question, some of them about one page, one device, or a part of a list. */
function questions(stats: Stats): Record<string, () => Promise<unknown>> {
	const all = range();
	const week = { ...all, compare: { from: addDays(all.from, -7), to: addDays(all.to, -7) } };
	return {
		summary: () => stats.summary(week),
		mobile: () => stats.summary({ ...all, device: "mobile" }),
		timeline: () => stats.timeline(week),
		pages: () => stats.pages(all),
		"second page": () => stats.pages({ ...all, limit: 1, offset: 1 }),
		"pages on a phone": () => stats.pages({ ...all, device: "mobile" }),
		"some pages": () => stats.pages({ ...all, only: new Set(["/a"]) }),
		"other pages": () => stats.pages({ ...all, only: new Set(["/b"]) }),
		flows: () => stats.flows({ ...all, page: "/a" }),
		"other flows": () => stats.flows({ ...all, page: "/", limit: 1 }),
		leaving: () => stats.leaving(all),
		elements: () => stats.elements(all),
		"elements of a page": () => stats.elements({ ...all, page: "/a", limit: 2 }),
		channels: () => stats.channels(all),
		countries: () => stats.countries(all),
		devices: () => stats.devices(all),
		hours: () => stats.hours(all),
		vitals: () => stats.vitals(all),
		"vitals of a page": () => stats.vitals({ ...all, page: "/a" }),
		"vitals on a phone": () => stats.vitals({ ...all, device: "mobile" }),
		responses: () => stats.responses(all),
		resources: () => stats.resources(all),
		events: () => stats.events(all),
		goals: () => stats.goals(all),
		funnels: () => stats.funnels(all),
		grants: () => stats.grants(all),
	};
}

async function answers(): Promise<Record<string, unknown>> {
	const stats = statsOf(testEnv, await siteOf(testEnv, "shop"));
	const asked = Object.entries(questions(stats)).map(async ([name, ask]) => [name, await ask()] as const);
	return JSON.parse(JSON.stringify(Object.fromEntries(await Promise.all(asked))));
}

/** The same of an isolate that has never seen the site, and of a book that has just begun to run. */
async function answersAnew(): Promise<Record<string, unknown>> {
	forgetClosed("shop");
	await book().openPeriods(); // only what runs can be ended
	await evictDurableObject(book());
	return answers();
}

test("after any posts, corrections, erasures, foldings, closings and time, answers are those of somebody who asks for the first time", {
	timeout: 60_000,
}, async () => {
	const steps = { ...bookSteps(() => policy), look: async () => void (await answers()) };
	await fc.assert(
		fc.asyncProperty(schedulesOf(steps, { minLength: 3, maxLength: 12 }), async (schedule) => {
			for (const [name, n] of schedule) {
				await steps[name](n);
				await answers();
			}
			const kept = await answers();
			expect(kept).toEqual(await answersAnew());
		}),
		{ numRuns: 10 },
	);
});

test("what is read twice and has not changed is answered with the very same rows, and with others once it has", async () => {
	await accept(Array.from({ length: 6 }, (_, n) => makeVisit(policy, ["/", "/a"], { parts: n })).flat());
	const rows = async () => {
		const stats = statsOf(testEnv, await siteOf(testEnv, "shop"));
		return Promise.all(
			[stats.pages(range()), stats.hours(range()), stats.channels(range())].map(async (one) => (await one).rows),
		);
	};
	const first = await rows();
	const again = await rows();
	for (const [i, row] of first.entries()) expect(again[i]).toBe(row);
	await accept(makeVisit(policy, ["/", "/a"], { parts: 99 }));
	const next = await rows();
	for (const [i, row] of first.entries()) {
		expect(next[i]).not.toBe(row);
		expect(next[i]).not.toEqual(row);
	}
});

test("of counts that are still being counted, everything is worked out anew", () => {
	const tally = new Map([[0, 1]]);
	const views = (of: object) => once(of, "views", () => ({ views: tally.get(0) }));
	const sum = addUp([tally]);
	expect([views(tally).views, views(sum).views]).toEqual([1, 1]);
	tally.set(0, 2);
	expect([views(tally).views, views(sum).views]).toEqual([2, 1]);
});
