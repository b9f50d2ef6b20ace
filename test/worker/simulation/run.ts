/** Carries a schedule out on a real book with real D1, and on the model beside it. Leaves out what must hold (laws.ts). */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { expect } from "vitest";
import { lateMs } from "../../../schema/limits.ts";
import { addDays, boundsOf, dateOf } from "../../../schema/period.ts";
import type { Report } from "../../../schema/report.ts";
import type { Book, CloseResult } from "../../../worker/book/book.ts";
import { bookOf } from "../../../worker/book/books.ts";
import type { Entry, PeriodState } from "../../../worker/book/storage.ts";
import type { Env } from "../../../worker/env.ts";
import { makeEntries } from "../../../worker/ingest/entries.ts";
import { settings, testEnv } from "../support.ts";
import { limitBook, limitD1, putFuseInBook, troubledD1 } from "./faults.ts";
import { checkBook, checkD1, checkReader } from "./laws.ts";
import { Model } from "./model.ts";
import type { Fate, Step, Trouble } from "./schedule.ts";
import { Browser } from "./visitors.ts";

/** Far in the future, so that no alarm goes off by itself. */
const start = Date.parse("2100-03-01T09:00:00Z");
const endOf = (period: string) => boundsOf(period, settings.grain, settings.timeZone)?.end ?? 0;

interface Post {
	reports: Report[];
	entries: Entry[];
}
type Attempt = { period: string; result: CloseResult | "failed" };

/** The book inside its object, for the length of one step. */
interface Inside {
	book: Book;
	state: DurableObjectState;
	/** Whether something was made to fail. */
	mayFail: boolean;
}

export class Simulation {
	readonly #site: string;
	readonly #model = new Model();
	readonly #groups: Browser[][] = [];
	/** Everything that was ever posted, by group. */
	readonly #mail: Post[][] = [];
	/** Closings that were tried in this step. */
	#attempts = 0;
	#now = start;
	#latest = start;

	constructor(site: string) {
		this.#site = site;
	}

	async run(steps: readonly Step[]): Promise<void> {
		await runInDurableObject(bookOf(testEnv, this.#site), (_, state) => putFuseInBook(state.storage.sql));
		for (const [index, step] of steps.entries()) {
			try {
				await this.#step(step);
			} catch (error) {
				const law = error instanceof Error ? error.message : String(error);
				throw new Error(`${law}\nafter the last of ${JSON.stringify(steps.slice(0, index + 1))}`, { cause: error });
			}
		}
	}

	async #step(step: Step): Promise<void> {
		const stub = bookOf(testEnv, this.#site);
		if (step.do === "wait") {
			this.#now += step.minutes * 60_000;
			this.#latest = Math.max(this.#latest, this.#now);
			return;
		}
		if (step.do === "crash") await evictDurableObject(stub);
		await runInDurableObject(stub, async (book: Book, state) => {
			const limit = "fails" in step ? step.fails : null;
			limitBook(state.storage.sql, limit);
			try {
				await this.#act(step, { book, state, mayFail: limit !== null });
			} finally {
				limitBook(state.storage.sql, null);
			}
			await checkBook(book, state, this.#model, this.#latest);
		});
		if (this.#attempts === 0) return;
		this.#attempts = 0;
		await checkD1(testEnv.DB, this.#site, this.#model);
		await checkReader(
			this.#site,
			this.#model,
			dateOf(start, settings.timeZone),
			dateOf(this.#latest, settings.timeZone),
		);
	}

	async #act(step: Step, inside: Inside): Promise<void> {
		switch (step.do) {
			case "arrive": {
				const group = this.#groups.length;
				const browsers = Array.from(
					{ length: step.browsers },
					(_, i) => new Browser(`${group}-${i}`, this.#site, { device: step.device, channel: step.channel }),
				);
				this.#groups.push(browsers);
				for (const browser of browsers) browser.visit(step.page, this.#now);
				return this.#post(browsers, step.fate, inside);
			}
			case "move": {
				const browsers = this.#groups[step.group % this.#groups.length] ?? [];
				for (const browser of browsers) browser.visit(step.page, this.#now);
				return this.#post(browsers, step.fate, inside);
			}
			case "grow": {
				const browsers = this.#groups[step.group % this.#groups.length] ?? [];
				for (const browser of browsers) browser.grow(step.how, step.clicks);
				return this.#post(browsers, step.fate, inside);
			}
			case "deliver": {
				for (const { reports, entries } of this.#mail[step.post % this.#mail.length] ?? [])
					await this.#deliver(reports, step.reversed ? entries.toReversed() : entries, inside);
				return;
			}
			case "fold":
				if ((await attempt(() => inside.book.foldOver(this.#now), inside)).isDone) this.#model.settle(this.#now);
				return;
			case "alarm":
				return this.#ring(inside);
			case "close": {
				const ended = this.#endedPeriods();
				const chosen = new Set(step.periods.flatMap((number) => ended[number % ended.length] ?? []));
				const asked = [...chosen].flatMap((period) => (step.twice ? [period, period] : [period]));
				const { during } = step;
				const posts = during === null || asked.length !== 1 ? [] : (this.#mail[during % this.#mail.length] ?? []);
				return this.#withD1(step.trouble, posts, inside, (at) =>
					Promise.all(asked.map((period) => this.#close(period, at))),
				);
			}
			case "night":
				return this.#withD1(step.trouble, [], inside, async (at) => {
					const attempts: Attempt[] = [];
					for (const { period, state } of at.book.openPeriods()) {
						if (state === "joining" || endOf(period) + lateMs >= this.#now) continue;
						const last = await this.#close(period, at);
						attempts.push(last);
						if (last.result === "failed") break;
					}
					return attempts;
				});
		}
	}

	/** What the owner can ask to close: the book's ended periods, else yesterday, although nothing came. */
	#endedPeriods(): string[] {
		const known = this.#model.inState("open", "frozen", "joining").filter((period) => endOf(period) <= this.#now);
		const yesterday = addDays(dateOf(this.#now, settings.timeZone), -1);
		// The route refuses what D1 has closed already, so a book never hears of it again once its receipts are forgotten.
		const isRefused = this.#model.closings.has(yesterday) && !this.#model.periods.has(yesterday);
		return known.length > 0 || isRefused ? known : [yesterday];
	}

	/** Each browser posts all that waits. */
	async #post(browsers: Browser[], fate: Fate, inside: Inside): Promise<void> {
		const posts: Post[] = [];
		for (const browser of browsers) {
			const reports = browser.waiting();
			const post = { reports, entries: await makeEntries(reports) };
			posts.push(post);
			if (fate === "waiting") continue;
			const isTaken = await this.#deliver(reports, post.entries, inside);
			if (isTaken && fate === "answered") browser.confirm(reports);
		}
		this.#mail.push(posts);
	}

	/** Hands over what is in time, as the route does; false where the book could not take it. */
	async #deliver(reports: Report[], entries: Entry[], inside: Inside): Promise<boolean> {
		const inTime = entries.filter(({ report }) => endOf(report.period) + lateMs >= this.#now);
		if (inTime.length === 0 || reports.length === 0) return true;
		const { isDone } = await attempt(() => inside.book.accept(inTime, this.#now), inside);
		const taken = inTime.map(({ report }) => report);
		if (isDone) this.#model.take(taken, this.#now);
		return isDone;
	}

	/** The object's alarm, with the clock of the schedule. A failed one is tried again, so its alarm stays. */
	async #ring(inside: Inside): Promise<void> {
		const { book, state } = inside;
		const planned = await state.storage.getAlarm();
		await state.storage.deleteAlarm();
		const realNow = Date.now;
		Date.now = () => this.#now;
		const { isDone } = await attempt(() => book.alarm(), inside).finally(() => {
			Date.now = realNow;
		});
		if (isDone) this.#model.settle(this.#now);
		else if (planned !== null) await state.storage.setAlarm(planned);
		const kept = periodStates(state);
		for (const period of this.#model.forgettable(this.#now))
			if (isDone || !kept.has(period)) this.#model.forget(period);
	}

	/** Closings with a D1 in trouble, posts arriving while it works, and then what they did to the model. */
	async #withD1(
		trouble: Trouble,
		posts: Post[],
		inside: Inside,
		close: (at: Inside) => Promise<Attempt[]>,
	): Promise<void> {
		const { book, state } = inside;
		let waiting = posts;
		const during = async () => {
			const arriving = waiting;
			if (arriving.length === 0) return;
			for (const [period, kept] of periodStates(state)) if (kept === "frozen") this.#model.freeze(period, this.#now);
			waiting = [];
			for (const { reports, entries } of arriving) await this.#deliver(reports, entries, inside);
		};
		const open = book as unknown as { env: Env };
		const { env } = open;
		if (typeof trouble === "number") await limitD1(testEnv.DB, trouble);
		open.env = { ...env, DB: troubledD1(testEnv.DB, trouble, during) };
		try {
			const mayFail = inside.mayFail || (trouble !== "none" && trouble !== "answer lost");
			const attempts = await close({ ...inside, mayFail });
			await this.#follow(attempts, periodStates(state));
		} finally {
			open.env = env;
			if (typeof trouble === "number") await limitD1(testEnv.DB, null);
		}
	}

	async #close(period: string, inside: Inside): Promise<Attempt> {
		const plan = { site: this.#site, period, k: settings.k };
		this.#attempts++;
		const answer = await attempt(() => inside.book.close(plan, this.#now), inside);
		return { period, result: answer.isDone ? answer.value : "failed" };
	}

	async #closingsInD1(): Promise<Set<string>> {
		const rows = await testEnv.DB.prepare("SELECT period FROM closing WHERE site = ?").bind(this.#site).all();
		return new Set(rows.results.map(({ period }) => String(period)));
	}

	/** Closings happen in the order they were asked for, and one that was left halfway comes before any other. */
	async #follow(attempts: Attempt[], kept: Map<string, PeriodState>): Promise<void> {
		const model = this.#model;
		const inD1 = attempts.some(({ result }) => result === "failed") ? await this.#closingsInD1() : new Set<string>();
		for (const { period, result } of attempts) {
			const before = model.stateOf(period);
			if (before === "closed" || before === "joining") {
				expect(result, "what is closed is not closed again").toBe("closed");
				continue;
			}
			const halfway = model.inState("frozen").filter((label) => label !== period);
			for (const label of [...halfway, period]) {
				const state = kept.get(label);
				if (result === "failed" && state !== "closed" && state !== "joining") {
					if (state !== "frozen") break;
					model.freeze(label, this.#now);
					if (inD1.has(label)) model.seal(label);
					break;
				}
				const outcome = model.close(label, this.#now);
				if (label === period && result !== "failed") expect(result, "how a closing ends").toBe(outcome);
			}
		}
	}
}

function periodStates(state: DurableObjectState): Map<string, PeriodState> {
	const rows = state.storage.sql.exec<{ period: string; state: PeriodState }>("SELECT period, state FROM period");
	return new Map(rows.toArray().map((row) => [row.period, row.state]));
}

/** The outcome of an action; an error only where something was made to fail. */
async function attempt<T>(
	action: () => T | Promise<T>,
	{ mayFail }: Inside,
): Promise<{ isDone: true; value: T } | { isDone: false }> {
	try {
		return { isDone: true, value: await action() };
	} catch (error) {
		if (!mayFail) throw error;
		return { isDone: false };
	}
}
