import { reset } from "cloudflare:test";
import { beforeAll, describe, expect, test } from "vitest";
import {
	addDays,
	dateOf,
	datesOf,
	type Grain,
	periodOfDate,
	periodsApart,
	periodsBetween,
} from "../../schema/period.ts";
import type { Device, Report } from "../../schema/report.ts";
import { bookOf } from "../../worker/book/books.ts";
import { makeEntries } from "../../worker/ingest/entries.ts";
import { siteOf } from "../../worker/sites/sites.ts";
import type { Summary } from "../../worker/stats/answers.ts";
import { statsOf } from "../../worker/stats/stats.ts";
import { applyMigrations } from "./migrations.ts";
import { type Random, seeded } from "./parts.ts";
import { call, makeVisit, openSite, settings, testEnv } from "./support.ts";

const db = testEnv.DB;
/** With a change of the clock in it. All of it ended long ago; what is not closed below is open. */
const firstDay = "2026-08-03";
const days = 112;
const openDays = 9;
const hourMs = 3_600_000;

/** A visit that began: by whom (a browser's storage, from one clearing of it to the next), on what, when. */
interface Begun {
	id: number;
	device: Device;
	period: string;
	/** The period of the browser's visit before. */
	before: string | undefined;
}

/**
 * Browsers that remember, as the collector does, the period they were last here in, and nothing else. Some come every day, some
 * once; some clear their storage now and then. Every tenth day hardly anybody comes, and some visits last beyond midnight.
 */
function simulate(policy: string, site: string, grain: Grain, random: Random) {
	const begun: Begun[] = [];
	const reports: Report[] = [];
	let ids = 0;
	const habits = [0.9, 0.5, 0.2, 0.2, 0.07, 0.07, 0.03, 0.01];
	const browsers = Array.from({ length: 150 }, (_, i) => ({
		id: ++ids,
		device: i % 3 === 0 ? ("mobile" as const) : ("desktop" as const),
		comes: habits[i % habits.length] as number,
		clears: i % 4 === 0 ? 0.1 : 0.005,
		last: undefined as string | undefined,
		seen: new Set<string>(),
	}));
	for (let day = 0; day < days; day++) {
		const noon = Date.parse(`${addDays(firstDay, day)}T11:00:00Z`);
		for (const browser of browsers) {
			if (random() < browser.clears) Object.assign(browser, { id: ++ids, last: undefined, seen: new Set() });
			const isComing = random() < browser.comes * (day % 10 === 9 ? 0.04 : 0.6);
			for (let visits = isComing ? (random() < 0.2 ? 2 : 1) : 0; visits > 0; visits--) {
				// Up to two hours before or after local midnight, too.
				const began = noon + Math.floor((random() * 24 - 12) * hourMs);
				const period = periodOfDate(dateOf(began, settings.timeZone), grain);
				if (browser.last !== undefined && period < browser.last) continue; // visits come one after the other
				const isFirst = browser.last !== period;
				if (isFirst) browser.seen = new Set();
				const gap = browser.last === undefined ? 31 : Math.min(31, periodsApart(browser.last, period, grain));
				const path = random() < 0.3 ? ["/", "/priser"] : ["/"];
				const { device, seen, id } = browser;
				const visit = makeVisit(policy, path, { period, device, seen, ...(isFirst ? { gap } : {}) });
				reports.push(...visit.map((report) => ({ ...report, site })));
				begun.push({ id, device, period, before: browser.last });
				browser.last = period;
			}
		}
	}
	return { begun, reports };
}

interface Shop {
	id: string;
	k: number;
	grain: Grain;
	begun: Begun[];
	/** The period under which a visit of another one is counted: sealed together, because there were too few. */
	bookedIn: Map<string, string>;
}

async function open(id: string, k: number, grain: Grain, seed: number): Promise<Shop> {
	const { key, policy } = await openSite({ ...settings, id, grain });
	await db.prepare("UPDATE site SET k = CAST(?2 AS INTEGER) WHERE id = ?1").bind(id, k).run(); // 1 is refused elsewhere
	const { begun, reports } = simulate(policy, id, grain, seeded(seed));
	for (let i = 0; i < reports.length; i += 500)
		await bookOf(testEnv, id).accept(await makeEntries(reports.slice(i, i + 500)));
	const lastClosed = addDays(firstDay, days - 1 - openDays);
	for (const period of periodsBetween(firstDay, lastClosed, grain)) {
		if ((datesOf(period, grain)?.last ?? "") > lastClosed) continue;
		const closing = await call(`/v1/sites/${id}/closings`, {
			method: "POST",
			headers: { Authorization: `Bearer ${key}` },
			body: JSON.stringify({ period }),
		});
		expect(closing.status).toBe(200);
	}
	const rows = await db
		.prepare("SELECT period, covers_from FROM closing WHERE site = ?1 AND covers_from < period")
		.bind(id)
		.all<{ period: string; covers_from: string }>();
	const bookedIn = new Map<string, string>();
	for (const { period, covers_from } of rows.results) {
		const { first = "" } = datesOf(covers_from, grain) ?? {};
		for (const label of periodsBetween(first, datesOf(period, grain)?.first ?? "", grain)) bookedIn.set(label, period);
	}
	return { id, k, grain, begun, bookedIn };
}

interface Asked {
	from: string;
	to: string;
	device?: Device;
}

/** Ranges of up to so many whole periods, for the whole site or one class of devices. */
function* ranges(count: number, grain: Grain, most: number, random: Random): Generator<Asked> {
	const all = periodsBetween(firstDay, addDays(firstDay, days - 1), grain);
	for (let i = 0; i < count; i++) {
		const length = 1 + Math.floor(random() * Math.min(most, all.length));
		const at = Math.floor(random() * (all.length - length + 1));
		const from = datesOf(all[at] as string, grain)?.first ?? "";
		const to = datesOf(all[at + length - 1] as string, grain)?.last ?? "";
		yield { from, to, ...(random() < 0.2 ? { device: random() < 0.5 ? "mobile" : "desktop" } : {}) };
	}
}

/** The browsers that a range shows, counted one by one; and those of them that were not here in the 31 periods before. */
function naive({ begun, bookedIn, grain }: Shop, { from, to, device }: Asked) {
	const [earliest, latest] = [periodOfDate(from, grain), periodOfDate(to, grain)];
	const isShown = (period: string) => {
		const booked = bookedIn.get(period) ?? period;
		return booked >= earliest && booked <= latest;
	};
	const first = new Map<number, Begun>();
	for (const visit of begun)
		if (isShown(visit.period) && (device ?? visit.device) === visit.device && !first.has(visit.id))
			first.set(visit.id, visit);
	const fresh = [...first.values()].filter(
		({ before, period }) => before === undefined || periodsApart(before, period, grain) >= 31,
	);
	return { visitors: first.size, fresh: fresh.length, back: first.size - fresh.length };
}

/** Compares so many ranges; the share of them for which the answer is exact, and the widest interval in shares of the truth. */
async function compare(shop: Shop, asked: Iterable<Asked>) {
	const stats = statsOf(testEnv, await siteOf(testEnv, shop.id));
	const off: object[] = [];
	let exact = 0;
	let asks = 0;
	let widest = 0;
	for (const range of asked) {
		const summary: Summary = await stats.summary(range);
		if (summary.hidden > 0) continue; // days with too few of this class of devices: known only together with others
		const truth = naive(shop, range);
		const found = {
			visitors: summary.visitorsInterval,
			fresh: summary.newVisitors,
			back: summary.returningVisitors,
		};
		for (const name of ["visitors", "fresh", "back"] as const) {
			const { low, high } = found[name];
			if (truth[name] < low || truth[name] > high) off.push({ ...range, name, truth: truth[name], low, high });
		}
		const { low, high } = summary.visitorsInterval;
		if (summary.visitors < low || summary.visitors > high)
			off.push({ ...range, low, high, visitors: summary.visitors });
		asks++;
		if (low === high) exact++;
		widest = Math.max(widest, (high - low) / Math.max(1, truth.visitors));
	}
	return { off, asks, exact: exact / asks, widest };
}

const shops: Record<string, Shop> = {};
beforeAll(async () => {
	await reset();
	await applyMigrations();
	shops.whole = await open("whole", 1, "day", 1);
	shops.grouped = await open("grouped", 5, "day", 1);
	shops.weeks = await open("weeks", 5, "week", 2);
}, 120_000);
const shop = (name: string) => shops[name] as Shop;

describe("unique visitors of random ranges, against a count of every browser", () => {
	test("1,000 ranges of groups of one: equal, new and returning ones too", { timeout: 60_000 }, async () => {
		const { off, asks, exact } = await compare(shop("whole"), ranges(1000, "day", 31, seeded(7)));
		expect(off).toEqual([]);
		expect(asks).toBe(1000);
		expect(exact).toBe(1);
	});

	test("1,000 ranges of groups of five: within the interval, which is equal where groups allow", {
		timeout: 60_000,
	}, async () => {
		expect(shop("grouped").bookedIn.size).toBeGreaterThan(5); // some days had too few
		const { off, asks, exact, widest } = await compare(shop("grouped"), ranges(1200, "day", 31, seeded(8)));
		expect(off).toEqual([]);
		expect(asks).toBeGreaterThanOrEqual(1000);
		console.info(
			`k = 5: of ${asks} ranges ${Math.round(100 * exact)} % exact, the widest interval ${Math.round(100 * widest)} % of the truth`,
		);
		expect(exact).toBeGreaterThan(0.03);
	});

	test("200 ranges of whole weeks", { timeout: 60_000 }, async () => {
		const { off } = await compare(shop("weeks"), ranges(200, "week", 16, seeded(9)));
		expect(off).toEqual([]);
	});

	test("100 ranges of more than 31 days: never more than the bound", { timeout: 60_000 }, async () => {
		const stats = statsOf(testEnv, await siteOf(testEnv, "grouped"));
		for (const { from } of ranges(100, "day", 60, seeded(10))) {
			const range = { from, to: addDays(from, 31 + (Number(from.slice(-2)) % 20)) };
			const { visitorsBound, visitorsInterval } = await stats.summary(range);
			expect(visitorsBound).toBe(true);
			expect(visitorsInterval.high).toBeGreaterThanOrEqual(naive(shop("grouped"), range).visitors);
		}
	});
});
