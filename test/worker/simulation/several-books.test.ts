/**
 * A site of several books under random schedules, beside the model of a site of one: whatever fails between the books, a reader
 * sees everything once, and D1 gets what one book would have given it.
 */
import { evictDurableObject, reset, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { addDays, boundsOf, dateOf } from "../../../schema/period.ts";
import type { Report } from "../../../schema/report.ts";
import { boundedTree, treeNames } from "../../../schema/tree-rules.ts";
import type { Book } from "../../../worker/book/book.ts";
import { bookOf, booksOf } from "../../../worker/book/books.ts";
import { ensure } from "../../../worker/book/ensure.ts";
import type { PeriodState } from "../../../worker/book/storage.ts";
import type { Env } from "../../../worker/env.ts";
import { makeEntries } from "../../../worker/ingest/entries.ts";
import { addUp, encode, read } from "../../../worker/query/tally.ts";
import { applyMigrations } from "../migrations.ts";
import { cellsRead, readTrees } from "../shown.ts";
import { settings, testEnv } from "../support.ts";
import { putFuseInD1, troubledBooks, troubledD1 } from "./faults.ts";
import { checkD1, readerOf } from "./laws.ts";
import { Model } from "./model.ts";
import type { Trouble } from "./schedule.ts";
import { Browser } from "./visitors.ts";

const { SIMULATIONS, REPLAY } = env as unknown as { SIMULATIONS: string; REPLAY: string };
/** Each is a dozen steps over several objects: fewer than of one book. */
const schedules = Math.ceil(Number(SIMULATIONS) / 5);
/** A site begins with one and gets more. */
const mostBooks = 3;
const start = Date.parse("2100-03-01T09:00:00Z");
const endOf = (period: string) => boundsOf(period, settings.grain, settings.timeZone)?.end ?? 0;

type Step =
	| { do: "arrive"; browsers: number; page: string }
	| { do: "move" | "grow" | "erase"; browser: number; page: string }
	| { do: "copy"; report: number }
	| { do: "wait"; minutes: number }
	| { do: "fold" | "crash"; book: number }
	| { do: "add a book" }
	| { do: "close"; period: number; call: number; how: "unreachable" | "answer lost" | "works"; d1: Trouble };

const page = fc.constantFrom("/", "/a", "/b");
const whole = <S extends Step["do"]>(name: S, rest: Record<string, fc.Arbitrary<unknown>>) =>
	fc.record({ do: fc.constant(name), ...rest }) as unknown as fc.Arbitrary<Step>;
const schedule = fc.array(
	fc.oneof(
		{ weight: 6, arbitrary: whole("arrive", { browsers: fc.integer({ min: 1, max: 7 }), page }) },
		{ weight: 3, arbitrary: whole("move", { browser: fc.nat(40), page }) },
		{ weight: 2, arbitrary: whole("grow", { browser: fc.nat(40), page }) },
		{ weight: 2, arbitrary: whole("erase", { browser: fc.nat(40), page }) },
		{ weight: 2, arbitrary: whole("copy", { report: fc.nat(99) }) },
		{ weight: 6, arbitrary: whole("wait", { minutes: fc.constantFrom(31, 1500, 1500, 1500) }) },
		{ weight: 1, arbitrary: whole("fold", { book: fc.nat(mostBooks - 1) }) },
		{ weight: 2, arbitrary: whole("crash", { book: fc.nat(mostBooks - 1) }) },
		{ weight: 3, arbitrary: whole("add a book", {}) },
		{
			weight: 7,
			arbitrary: whole("close", {
				period: fc.nat(3),
				call: fc.nat(2 * (mostBooks - 1) - 1),
				how: fc.constantFrom("unreachable", "answer lost", "works", "works"),
				d1: fc.constantFrom<Trouble>("none", "none", "none", "answer lost", "cut off", "unreachable"),
			}),
		},
	),
	{ minLength: 1, maxLength: 24, size: "max" },
);

beforeAll(async () => {
	await reset();
	await applyMigrations();
	await putFuseInD1(testEnv.DB);
});

class Run {
	readonly #site: string;
	readonly #model = new Model();
	readonly #browsers: Browser[] = [];
	readonly #posted: Report[] = [];
	/** The book that each visit has drawn, by its first view. */
	readonly #drawn = new Map<string, number>();
	#books = 1;
	#now = start;

	constructor(site: string) {
		this.#site = site;
	}

	async run(steps: Step[]): Promise<void> {
		for (const step of steps) {
			await this.#act(step);

			await this.#check();
		}
		this.#now += 3 * 86_400_000;
		for (const period of this.#ended()) await this.#close(period);
		await this.#check();
		expect(this.#model.inState("open", "frozen"), "everything that has ended can be closed").toEqual([]);
	}

	async #act(step: Step): Promise<void> {
		const browser = "browser" in step ? this.#browsers[step.browser % this.#browsers.length] : undefined;
		switch (step.do) {
			case "arrive":
				for (let i = 0; i < step.browsers; i++) {
					const id = `${this.#browsers.length}`;
					const fresh = new Browser(id, this.#site, { device: "desktop", channel: "direct" });
					fresh.visit(step.page, this.#now);
					this.#browsers.push(fresh);
					await this.#post(fresh);
				}
				return;
			case "move":
			case "grow":
				if (!browser) return;
				if (step.do === "move") browser.visit(step.page, this.#now);
				else browser.grow("away", 1);
				return this.#post(browser);
			case "erase":
				return browser && this.#erase(browser);
			case "copy": {
				const report = this.#posted[step.report % this.#posted.length];
				return report && this.#deliver(report);
			}
			case "wait":
				this.#now += step.minutes * 60_000;
				return;
			case "fold":
				await runInDurableObject(this.#book(step.book), (book: Book) => book.foldOver(this.#now));
				return;
			case "crash":
				await this.#book(step.book).openPeriods(); // only what runs can crash
				return evictDurableObject(this.#book(step.book));
			case "add a book":
				this.#books = Math.min(mostBooks, this.#books + 1);
				return;
			case "close": {
				const ended = this.#ended();
				const period = ended[step.period % ended.length];
				return period === undefined ? undefined : this.#close(period, step);
			}
		}
	}

	#book = (number: number) => bookOf(testEnv, this.#site, number);

	async #post(browser: Browser): Promise<void> {
		const visits = browser.visits();
		for (const report of browser.waiting()) {
			const [first] = visits.find((views) => views.includes(report)) ?? [];
			const book = ensure(this.#drawn, first?.view ?? "", () => this.#drawn.size % this.#books);
			const drawn = { ...report, book };
			this.#posted.push(drawn);
			await this.#deliver(drawn);
			browser.confirm([report]);
		}
	}

	async #deliver(report: Report): Promise<void> {
		const { late } = await this.#book(report.book ?? 0).accept(await makeEntries([report]), this.#now);
		if (late === 0) this.#model.take([report], this.#now);
	}

	/** The browser's last visit, unless a closing has begun: what waits then is for the tests of one book. */
	async #erase(browser: Browser): Promise<void> {
		const views = browser.visits().at(-1) ?? [];
		const visit = views.flatMap(({ view }) => this.#model.views.get(view) ?? []);
		const number = visit[0]?.report.book ?? 0;
		const open = await this.#book(number).openPeriods();
		const isOpen = open.some(({ period, state }) => period === visit[0]?.report.period && state === "open");
		if (!isOpen || visit.length < views.length || visit.some(({ erased }) => erased)) return;
		for (const { report } of visit) {
			const [entry] = await makeEntries([report]);
			if (!entry) continue;
			expect(await this.#book(number).erase(entry.key, [entry])).toEqual(this.#model.erase(report));
		}
		browser.forget(views.map(({ view }) => view));
	}

	#ended(): string[] {
		const known = this.#model.inState("open", "frozen", "joining").filter((period) => endOf(period) <= this.#now);
		return known.length > 0 ? known : [addDays(dateOf(this.#now, settings.timeZone), -1)];
	}

	async #close(period: string, trouble?: Extract<Step, { do: "close" }>): Promise<void> {
		const plan = { site: this.#site, period, k: settings.k, books: this.#books, shard: 0 };
		await runInDurableObject(this.#book(0), async (book: Book, { storage }) => {
			const states = () => {
				const rows = storage.sql.exec<{ period: string; state: PeriodState }>("SELECT period, state FROM period");
				return new Map(rows.toArray().map((row) => [row.period, row.state]));
			};
			const before = states();
			const open = book as unknown as { env: Env };
			const real = open.env;
			if (trouble) {
				const how = trouble.how === "works" ? undefined : { at: trouble.call, how: trouble.how };
				const DB = troubledD1(real.DB, trouble.d1, async () => undefined);
				open.env = { ...real, DB, BOOK: troubledBooks(real.BOOK, how) };
			}
			const closing = book.close(plan, this.#now).finally(() => {
				open.env = real;
			});
			if (trouble) await closing.catch(() => undefined);
			else await closing;
			// One that was left halfway comes first.
			const after = states();
			const halfway = [...before].flatMap(([label, state]) => (state === "frozen" ? [label] : []));
			const ended = [...new Set([...halfway, period])].filter((label) => {
				const is = after.get(label);
				return is !== before.get(label) && is !== "frozen" && is !== undefined;
			});
			for (const label of ended) this.#model.close(label, this.#now);
			for (const label of ended) expect(after.get(label), "how a closing ends").toBe(this.#model.stateOf(label));
		});
	}

	async #check(): Promise<void> {
		const reader = { ...readerOf(this.#site), books: this.#books };
		const to = dateOf(this.#now, settings.timeZone);
		const from = addDays(dateOf(start, settings.timeZone), -5);
		const cells = cellsRead(await readTrees(reader, treeNames, from, to));
		const site = cells.filter(({ tree }) => tree === "site").map(({ sum }) => sum);
		expect(read(addUp(site), "views"), "a reader sees every view once").toBe(this.#model.counted().length);

		const rows = await Promise.all(booksOf(testEnv, reader).map((book) => book.openPeriods()));
		if (rows[0]?.some(({ state }) => state === "frozen")) return; // until it has ended, D1 may have it or not
		await checkD1(testEnv.DB, this.#site, this.#model);
		for (const row of rows.flat())
			expect(row.state, "the books agree on what has ended").toBe(this.#model.stateOf(row.period));
		for (const label of this.#model.inState("open", "joining")) {
			const found = cells.filter(({ period }) => period === label);
			const shown = found.map(({ tree, key, sum }) => [tree, key, encode(sum)]);
			const wanted = this.#model.rowsOf(label).filter(([tree, , , tally]) => tree !== boundedTree && tally !== "");
			expect(
				shown.filter(([, , tally]) => tally !== "").sort((a, b) => (`${a[0]}${a[1]}` < `${b[0]}${b[1]}` ? -1 : 1)),
				"what the books show together is the fold of all reports",
			).toEqual(wanted.map(([tree, key, , tally]) => [tree, key, tally]));
		}
	}
}

describe("several books under any schedule of posts, time, crashes, erasures and closings that fail between two of them", () => {
	let sites = 0;
	test(`${schedules} schedules give what one book would have given`, { timeout: 1_200_000 }, async () => {
		await fc.assert(
			fc.asyncProperty(schedule, (steps) => new Run(`several-${++sites}`).run(steps)),
			{ numRuns: schedules, seed: 20261122, ...(JSON.parse(REPLAY) as object) },
		);
	});
});
