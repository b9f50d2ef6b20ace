/** Ledger and outbox on storage that is only in memory, as where the browser has blocked it. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Ledger, openLedger } from "../../collector/ledger.ts";
import { openShelf, type Shelf } from "../../collector/storage.ts";
import { nextBatch } from "../../collector/transport/outbox.ts";
import { createSend } from "../../collector/transport/send.ts";
import type { Report } from "../../schema/report.ts";

const hourMs = 3_600_000;
const policy = "policy-one";
const report = (view: string, seq = 1, more: Partial<Report> = {}) =>
	({ view, seq, consent: { policy }, ...more }) as Report;

let ending: AbortController;
let shelf: Shelf;
let ledger: Ledger;
const batch = () => nextBatch(ledger, policy).map(({ view, seq }) => `${view}${seq}`);
const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);

beforeEach(() => {
	vi.useFakeTimers({ now: Date.UTC(2026, 10, 22) });
	ending = new AbortController();
	shelf = openShelf("test", ending.signal);
	ledger = openLedger(shelf);
});
afterEach(() => void vi.useRealTimers());

describe("the outbox", () => {
	test("offers the newest report of each view, the oldest first, until it is acknowledged", () => {
		ledger.keep(report("p"));
		pass(1);
		ledger.keep(report("q"));
		expect(batch()).toEqual(["p1", "q1"]);
		ledger.done([report("p"), report("q")]);
		expect(batch()).toEqual([]);
		ledger.keep(report("p", 2));
		expect(batch()).toEqual(["p2"]);
	});

	test("keeps what became newer while an older report was acknowledged", () => {
		ledger.keep(report("p", 1));
		ledger.keep(report("p", 2));
		ledger.done([report("p", 1)]);
		expect(batch()).toEqual(["p2"]);
	});

	test("gives up after a day, and on what was said under another policy version", () => {
		ledger.keep(report("p"));
		ledger.keep(report("q", 1, { consent: { policy: "policy-old" } as Report["consent"] }));
		expect(batch()).toEqual(["p1"]);
		pass(25 * hourMs);
		expect(batch()).toEqual([]);
	});

	test("offers at most 20 reports, and never more than may travel with a page that goes", () => {
		for (let view = 10; view < 40; view++) {
			ledger.keep(report(`v${view}-`));
			pass(1);
		}
		expect(batch().length).toBe(20);
		expect(batch()[0]).toBe("v10-1");
		for (let view = 10; view < 40; view++) ledger.keep(report(`v${view}-`, 2, { first: ["å".repeat(4_000)] }));
		expect(Buffer.byteLength(JSON.stringify(nextBatch(ledger, policy)))).toBeLessThan(60 * 1024);
		expect(batch().length).toBeGreaterThan(1);
	});
});

describe("the sender", () => {
	const lose = () => Promise.reject(new TypeError("NetworkError"));
	const sender = (fetch: () => Promise<unknown>) => {
		vi.stubGlobal("fetch", fetch);
		vi.stubGlobal("navigator", { sendBeacon: () => true });
		return createSend("https://stats.example.no/v1/reports", ledger, policy, ending.signal, () => {});
	};
	afterEach(() => void vi.unstubAllGlobals());

	test("waits half a minute after a failure before it tries again", async () => {
		const fetch = vi.fn(lose);
		const send = sender(fetch);
		ledger.keep(report("p"));
		await send();
		await send();
		vi.advanceTimersByTime(29_000);
		await send("again");
		expect(fetch).toHaveBeenCalledTimes(1);
		vi.advanceTimersByTime(1_000);
		await send("again");
		expect(fetch).toHaveBeenCalledTimes(2);
	});

	test("waits for nothing where the page was left before the answer came, and comes back", async () => {
		let leave = () => {};
		const left = new Promise((_, reject) => {
			leave = () => reject(new TypeError("NetworkError"));
		});
		const fetch = vi.fn<() => Promise<unknown>>().mockReturnValueOnce(left).mockImplementation(lose);
		const send = sender(fetch);
		ledger.keep(report("p"));
		const sending = send();
		await send("last");
		leave();
		await sending;
		ledger.keep(report("q"));
		await send();
		expect(fetch).toHaveBeenCalledTimes(2);
		await send();
		expect(fetch).toHaveBeenCalledTimes(2); // that one was lost on a page that was there
	});
});

describe("the ledger", () => {
	test("keeps the newest reports of the newest 200 views for 30 days", () => {
		ledger.keep(report("old"));
		pass(31 * 24 * hourMs);
		for (let view = 0; view < 210; view++) {
			for (let seq = 1; seq <= 10; seq++) ledger.keep(report(`v${view}`, seq));
			pass(1_000);
		}
		ledger.prune();
		expect(ledger.newest("old")).toBeUndefined();
		expect(ledger.newest("v9")).toBeUndefined();
		expect(ledger.newest("v10")?.seq).toBe(10);
		expect(shelf.names("view:").length).toBe(200);
		expect(shelf.read<{ reports: Report[] }>("view:v10")?.reports.map(({ seq }) => seq)).toEqual([
			3, 4, 5, 6, 7, 8, 9, 10,
		]);
	});

	test("takes nothing more once the grant has ended", () => {
		ending.abort();
		ledger.keep(report("p"));
		expect(shelf.names("")).toEqual([]);
	});
});
