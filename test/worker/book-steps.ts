/** What can happen to the book of a site with visits of today and yesterday, in any order; leaves out looking at it. */
import fc from "fast-check";
import { vi } from "vitest";
import { viewSilentMs } from "../../schema/limits.ts";
import type { Report } from "../../schema/report.ts";
import { bookOf } from "../../worker/book/books.ts";
import { makeEntries } from "../../worker/ingest/entries.ts";
import { makeVisit, testEnv, today, yesterday } from "./support.ts";

const pages = ["/", "/a", "/b"];
const book = () => bookOf(testEnv, "shop");

export async function accept(reports: Report[]) {
	return book().accept(await makeEntries(reports));
}

/** By name; `n` decides what is posted, and which of the reports so far is meant. `policy` is read when it is needed. */
export function bookSteps(policy: () => string) {
	const posted: Report[] = [];
	const chosen = (n: number) => posted[n % Math.max(1, posted.length)];
	return {
		async post(n: number) {
			const visit = makeVisit(policy(), [pages[n % 3] ?? "/", "/a"], {
				period: n % 3 === 0 ? yesterday() : today(),
				device: n % 4 === 0 ? "mobile" : "desktop",
				how: n % 2 === 0 ? "lost" : "closed",
				parts: n,
			});
			posted.push(...visit);
			await accept(visit);
		},
		async correct(n: number) {
			const report = chosen(n);
			if (report) await accept([{ ...report, seq: report.seq + 1 + n, place: { ...report.place, page: "/b" } }]);
		},
		async erase(n: number) {
			const report = chosen(n);
			const [entry] = report ? await makeEntries([report]) : [];
			if (entry) await book().erase(entry.key, [entry]);
		},
		pass: async (n: number) => void vi.setSystemTime(Date.now() + (n % 3) * 11 * 60_000),
		fold: async () => void (await book().foldOver(Date.now() + viewSilentMs)),
		close: async () => void (await book().close({ site: "shop", period: yesterday(), k: 5, books: 1, shard: 0 })),
	};
}

/** Schedules of some steps: names, and a number for each. */
export function schedulesOf<Name extends string>(
	steps: Record<Name, unknown>,
	length: { minLength: number; maxLength: number },
) {
	return fc.array(fc.tuple(fc.constantFrom(...(Object.keys(steps) as Name[])), fc.nat(50)), length);
}
