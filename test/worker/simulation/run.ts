/** Carries a schedule out on a real book with real D1, and on the model beside it. Leaves out what must hold (laws.ts). */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { expect } from "vitest";
import { lateMs } from "../../../schema/limits.ts";
import { addDays, boundsOf, dateOf, datesOf, type Grain, periodAt, periodOfDate } from "../../../schema/period.ts";
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
/** About how many days a period has; waiting for the next one takes as much longer. */
const daysIn: Record<Grain, number> = { day: 1, week: 7, month: 31 };
/** From here on a wait is for another period; the longest one is for receipts to be forgotten. */
const periodMinutes = 1_500;
const monthMinutes = 44_640;

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
	readonly #grain: Grain;
	readonly #model = new Model();
	readonly #groups: Browser[][] = [];
	/** Everything that was ever posted, by group. */
	readonly #mail: Post[][] = [];
	/** What is left of a visit whose erasure failed halfway. */
	#unfinished: Report[] = [];
	/** Closings that were tried in this step. */
	#attempts = 0;
	#now = start;
	#latest = start;

	constructor(site: string, grain: Grain = settings.grain) {
		this.#site = site;
		this.#grain = grain;
	}

	#endOf(period: string): number {
		return boundsOf(period, this.#grain, settings.timeZone)?.end ?? 0;
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
			const isForPeriod = step.minutes >= periodMinutes && step.minutes < monthMinutes;
			this.#now += step.minutes * (isForPeriod ? daysIn[this.#grain] : 1) * 60_000;
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
			this.#grain,
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
					(_, i) =>
						new Browser(`${group}-${i}`, this.#site, {
							device: step.device,
							channel: step.channel,
							grain: this.#grain,
						}),
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
				return this.#withD1(step.trouble, posts, inside, async (at) => {
					const attempts = await Promise.all(asked.map((period) => this.#close(period, at)));
					await this.#follow(attempts, periodStates(inside.state));
				});
			}
			case "erase": {
				const browsers = this.#groups[step.group % this.#groups.length] ?? [];
				const browser = browsers[step.browser % browsers.length];
				const visits = browser?.visits() ?? [];
				const visit = visits[step.visit % visits.length];
				await this.#eraseAll([], inside);
				if (browser && visit && !this.#model.hasHoles) await this.#eraseVisit(browser, visit, inside);
				return;
			}
			case "sweep":
				return this.#withD1(step.trouble, [], inside, async (at) => {
					this.#attempts++;
					const { isDone } = await attempt(() => at.book.applyErasures({ id: this.#site, shard: 0 }, this.#now), {
						...at,
						mayFail: at.mayFail || step.trouble === "answer lost",
					});
					await this.#followErasures(isDone, inside);
				});
			case "night":
				return this.#withD1(step.trouble, [], inside, async (at) => {
					const attempts: Attempt[] = [];
					for (const { period, state } of at.book.openPeriods()) {
						if (state === "joining" || this.#endOf(period) + lateMs >= this.#now) continue;
						const last = await this.#close(period, at);
						attempts.push(last);
						if (last.result === "failed") break;
					}
					await this.#follow(attempts, periodStates(inside.state));
				});
		}
	}

	/** What the owner can ask to close: the book's ended periods, else the last one that ended, although nothing came. */
	#endedPeriods(): string[] {
		const known = this.#model.inState("open", "frozen", "joining").filter((period) => this.#endOf(period) <= this.#now);
		const { first = "" } = datesOf(periodAt(this.#now, this.#grain, settings.timeZone), this.#grain) ?? {};
		const last = periodOfDate(addDays(first, -1), this.#grain);
		// The route refuses what D1 has closed already, so a book never hears of it again once its receipts are forgotten.
		const isRefused = this.#model.closings.has(last) && !this.#model.periods.has(last);
		return known.length > 0 || isRefused ? known : [last];
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
		const inTime = entries.filter(({ report }) => this.#endOf(report.period) + lateMs >= this.#now);
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
	async #withD1(trouble: Trouble, posts: Post[], inside: Inside, act: (at: Inside) => Promise<void>): Promise<void> {
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
			await act({ ...inside, mayFail });
		} finally {
			open.env = env;
			if (typeof trouble === "number") await limitD1(testEnv.DB, null);
		}
	}

	/**
	 * A whole visit, if the book has all of it: a view that is on its way is unknown, and would count alone afterwards. What the
	 * browser presents first is not what was counted.
	 */
	async #eraseVisit(browser: Browser, visit: Report[], inside: Inside): Promise<void> {
		const counted = visit.flatMap(({ view }) => this.#model.views.get(view)?.report ?? []);
		if (counted.length < visit.length) {
			for (const report of visit) if (!this.#model.views.has(report.view)) await this.#erase(report, inside);
			return;
		}
		const [first] = counted;
		if (first) await this.#erase({ ...first, hour: (first.hour + 1) % 168 }, inside);
		browser.forget(visit.map(({ view }) => view));
		await this.#eraseAll(counted, inside);
	}

	/** After a failure the rest follows with the next erasure. */
	async #eraseAll(reports: Report[], inside: Inside): Promise<void> {
		this.#unfinished.push(...reports);
		for (const report of [...this.#unfinished]) {
			if (!(await this.#erase(report, inside))) break;
			this.#unfinished.shift();
		}
		this.#model.hasHoles = this.#unfinished.length > 0;
	}

	async #erase(report: Report, inside: Inside): Promise<boolean> {
		const entries = await makeEntries([report]);
		const answer = await attempt(() => inside.book.erase(entries[0]?.key ?? "", entries), inside);
		if (answer.isDone) expect(answer.value, "what becomes of an erasure").toEqual(this.#model.erase(report));
		return answer.isDone;
	}

	/** What waited in the book and does no more was taken out, and so was what D1 has a batch of. */
	async #followErasures(isDone: boolean, { state }: Inside): Promise<void> {
		const model = this.#model;
		const found = await testEnv.DB.prepare("SELECT batch FROM erasure WHERE site = ?").bind(this.#site).all();
		const inD1 = new Set(found.results.map(({ batch }) => batch));
		for (const target of new Set(model.waiting.map((one) => one.target))) {
			const waiting = model.waiting.filter((one) => one.target === target);
			const rows = state.storage.sql
				.exec("SELECT batch FROM erasure WHERE period = ? ORDER BY number", target)
				.toArray();
			const forgotten = waiting.slice(0, waiting.length - rows.length);
			for (const one of forgotten) {
				expect(model.mustWait(one), "what waits for a closing waits for its end").toBe(false);
				model.applied(one, true);
				model.waiting.splice(model.waiting.indexOf(one), 1);
			}
			for (const [i, one] of waiting.slice(forgotten.length).entries()) {
				if (isDone) expect(model.mustWait(one), "nothing else waits").toBe(true);
				if (inD1.has(rows[i]?.batch)) model.applied(one, false);
			}
		}
	}

	async #close(period: string, inside: Inside): Promise<Attempt> {
		const plan = { site: this.#site, period, k: settings.k, books: 1, shard: 0 };
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
