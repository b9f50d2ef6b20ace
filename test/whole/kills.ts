/**
 * Kills the process that holds the storage at random moments, with requests in flight or a closing under way, and compares what
 * is counted with the senders' own log. They send as an outbox does: what was not answered goes again after the restart, some
 * of what was goes twice, more is learnt of a view later, and older news of it comes late. Leaves out judging.
 */
import { notice } from "../../demo/notice.ts";
import { type Random, randomFrom } from "../../demo/random.ts";
import { addDays } from "../../schema/period.ts";
import type { Report } from "../../schema/report.ts";
import { policyVersion } from "../../worker/sites/create.ts";
import type { Summary } from "../../worker/stats/answers.ts";
import { type App, startApp } from "../support/app.ts";
import { makeEntryReport, postReports, readFigures, todayInOslo } from "../support/reports.ts";

const senders = 8;
/** One in so many kills hits a closing. */
const closingEvery = 5;

/** What was counted of one day, and what the log says. */
export interface Day {
	views: number;
	visits: number;
	visitors: number;
	reloads: number;
}

export interface Kills {
	kills: number;
	killsDuringClosing: number;
	/** Posts that were answered, and those that a kill left without an answer. */
	answered: number;
	unanswered: number;
	/** Of those that were answered: sent again as they were, and known to be older than what was sent before. */
	copies: number;
	older: number;
	/** Each with what it should be; after every kill, and at the end. */
	wrong: { after: string; day: string; found: Day; atLeast: Day; atMost: Day }[];
	counted: Record<string, Day>;
}

/** What the senders know: the newest report of every view, and which of them were answered. */
class SendersLog {
	readonly #random: Random;
	readonly #policy: string;
	readonly newest = new Map<string, Report>();
	/** Views of which some report was answered; of which the newest was. */
	readonly #known = new Set<string>();
	readonly #settled = new Set<string>();
	#waiting: Report[] = [];
	#older: Report[] = [];
	answered = 0;
	unanswered = 0;
	copies = 0;
	older = 0;
	/** Statuses of posts that were not taken; there should be none. */
	readonly refused: number[] = [];

	constructor(random: Random, policy: string) {
		this.#random = random;
		this.#policy = policy;
	}

	/** What the last life left unanswered goes first, exactly as it was. */
	restart(): void {
		this.#waiting = [...this.newest.values()].filter(({ view }) => !this.#settled.has(view));
	}

	/** The next report to send, for a view of one of the days. */
	next(days: string[]): Report {
		const waiting = this.#waiting.pop();
		if (waiting) return waiting;
		const chance = this.#random.next();
		const one = this.#pick(days);
		if (one && chance < 0.15) return one;
		const older = chance < 0.3 ? this.#older.pop() : undefined;
		if (older && days.includes(older.period)) return older;
		if (one && chance < 0.45) {
			this.#older.push(one);
			return this.#send({ ...one, seq: one.seq + 1, leaving: { how: "reload", certain: true } });
		}
		const period = days[this.#random.whole(0, days.length - 1)] as string;
		return this.#send({ ...makeEntryReport(this.#policy), period });
	}

	#send(report: Report): Report {
		this.newest.set(report.view, report);
		this.#settled.delete(report.view);
		return report;
	}

	/** One whose newest report was answered. */
	#pick(days: string[]): Report | undefined {
		const all = [...this.#settled];
		const report = this.newest.get(all[this.#random.whole(0, Math.max(0, all.length - 1))] ?? "");
		return report && days.includes(report.period) ? report : undefined;
	}

	note(report: Report): void {
		this.answered++;
		this.#known.add(report.view);
		if (this.newest.get(report.view) !== report) this.older++;
		else if (this.#settled.has(report.view)) this.copies++;
		else this.#settled.add(report.view);
	}

	/** What a day must count at least, and at most. */
	bounds(day: string): [Day, Day] {
		const all = [...this.newest.values()].filter(({ period }) => period === day);
		const count = (reports: Report[], reloads: number): Day => {
			const { length } = reports;
			return { views: length, visits: length, visitors: length, reloads };
		};
		const known = all.filter(({ view }) => this.#known.has(view));
		const isReload = ({ seq }: Report) => seq > 1;
		const sure = all.filter((report) => this.#settled.has(report.view) && isReload(report));
		return [count(known, sure.length), count(all, all.filter(isReload).length)];
	}
}

/** Sends until stopped, refused, or until the process is gone. */
async function sendUntil(signal: AbortSignal, app: App, log: SendersLog, days: string[]): Promise<void> {
	while (!signal.aborted) {
		const report = log.next(days);
		const status = await postReports(app.app, app.site, report, signal).catch(() => undefined);
		if (status === undefined) log.unanswered++;
		else if (status === 204) log.note(report);
		else log.refused.push(status);
		if (status !== 204) return;
	}
}

const close = (app: App, period: string) =>
	fetch(`${app.app}/v1/sites/demo/closings`, {
		method: "POST",
		headers: { Authorization: `Bearer ${app.ownerKey}` },
		body: JSON.stringify({ period }),
	});

/** `kills` moments, chosen by the seed; what is counted is compared after every one of them. */
export async function runKills(
	{ kills, seed }: { kills: number; seed: string },
	tell = (_: string) => {},
): Promise<Kills> {
	const random = randomFrom(seed);
	const log = new SendersLog(random, await policyVersion(notice));
	const killsDuringClosing = Math.floor(kills / closingEvery);
	const today = todayInOslo();
	const yesterday = addDays(today, -1);
	const wrong: Kills["wrong"] = [];
	let app = await startApp({ sample: false });

	async function compare(after: string): Promise<Record<string, Day>> {
		const counted: Record<string, Day> = {};
		for (const day of [yesterday, today]) {
			const summary = await readFigures<Summary>(app.app, app.ownerKey, `summary?from=${day}&to=${day}`);
			const { views, visits, visitors, leaving } = summary;
			const found = { views, visits, visitors, reloads: leaving.find(({ how }) => how === "reload")?.count ?? 0 };
			const [atLeast, atMost] = log.bounds(day);
			const isBetween = (name: keyof Day) => atLeast[name] <= found[name] && found[name] <= atMost[name];
			if (views !== visits || views !== visitors || !(Object.keys(found) as (keyof Day)[]).every(isBetween))
				wrong.push({ after, day, found, atLeast, atMost });
			counted[day] = found;
		}
		tell(`${after}: ${JSON.stringify(counted)}`);
		return counted;
	}

	/** Sends reports of some days, kills at a moment that `moment` waits for, and starts again. */
	async function killAt(days: string[], moment: () => Promise<void>): Promise<void> {
		const stop = new AbortController();
		const running = Array.from({ length: senders }, () => sendUntil(stop.signal, app, log, days));
		await moment();
		await app.kill();
		stop.abort();
		await Promise.all(running);
		if (log.refused.length > 0) throw new Error(`reports were answered ${log.refused}`);
		app = await app.restart();
		log.restart();
	}

	/** Everything unanswered is sent again, until it is answered. */
	async function settle(): Promise<void> {
		log.restart();
		for (const [view, report] of log.newest)
			if ((await postReports(app.app, app.site, report)) === 204) log.note(report);
			else throw new Error(`view ${view} was refused`);
	}

	try {
		for (let round = 1; round <= kills - killsDuringClosing; round++) {
			const enough = log.answered + random.whole(1, 200);
			await killAt([yesterday, today], async () => {
				while (log.answered < enough && log.refused.length === 0) await new Promise(setImmediate);
			});
			await compare(`kill ${round} of ${kills}`);
		}
		await settle();
		for (let round = 1; round <= killsDuringClosing; round++) {
			const until = random.whole(0, 40);
			await killAt([today], async () => {
				const began = performance.now();
				close(app, yesterday).catch(() => undefined); // the process is gone before it answers, or not
				while (performance.now() - began < until) await new Promise(setImmediate);
			});
			await compare(`kill ${kills - killsDuringClosing + round} of ${kills}, in a closing`);
		}
		await settle();
		const { status } = await close(app, yesterday);
		if (status !== 200 && status !== 409) throw new Error(`closing: ${status}`);
		const { answered, unanswered, copies, older } = log;
		const counted = await compare("the end");
		return { kills, killsDuringClosing, answered, unanswered, copies, older, wrong, counted };
	} finally {
		await app.stop();
	}
}
