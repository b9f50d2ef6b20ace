/**
 * The open book: one Durable Object per site, or several of a very busy one. It takes reports into its inbox, folds the ones that
 * are over into cells, shows live numbers, and closes periods: the first book of a site does so for all of them. A report is
 * answered only once it is stored: the object's output gate holds the answer until SQLite has it. Leaves out HTTP, cleaning and
 * consent (ingest).
 */
import { DurableObject } from "cloudflare:workers";
import { receiptMs, viewSilentMs } from "../../schema/limits.ts";
import type { Report } from "../../schema/report.ts";
import { bookTrees, boundedTree, treeNames } from "../../schema/tree-rules.ts";
import { type ClosingPlan, type PeriodToSeal, sealPeriod } from "../closing/close.ts";
import { eraseSealed } from "../closing/erase-sealed.ts";
import type { Env } from "../env.ts";
import { releaseClosing } from "../release/drawing.ts";
import { shardOf } from "../sites/shards.ts";
import { admitted, recorded, repeated } from "./admit.ts";
import { type CellRow, Cells } from "./cells.ts";
import { jsonChunks } from "./chunks.ts";
import { Erasures } from "./erasures.ts";
import { type Addition, fold } from "./fold.ts";
import { Loads, type PeriodLoads } from "./loads.ts";
import { recentOf } from "./look-back.ts";
import { additionsOf, type Memory, recall } from "./memory.ts";
import { type Ending, gather, type HandedOver, settleOthers } from "./others.ts";
import { minuteMs, type Recent } from "./recent.ts";
import {
	isIdle,
	joinedBy,
	type OpenBook,
	openRows,
	partsOf,
	type Seen,
	showPeriods,
	type TreeWish,
	viewsGoingOn,
} from "./show.ts";
import { BookStorage, type Entry, erasedContent, type InboxRow, type PeriodRow } from "./storage.ts";

/** Views that are over are folded in batches of this many, or after this long. */
const foldBatch = 500;
const foldEveryMs = 3_600_000;

/** A batch adds one row to a period's cells. After so many they are written anew, so that a restart reads few. */
const maxLoosePacks = 32;

/** "joining": too few devices, so the period waits to be sealed together with the next one. */
export type CloseResult = "sealed" | "joining" | "closed";

/** "waiting": it is taken out once its closing has ended, or from D1 by the scheduled work. "other": another report was counted. */
export type Erasing = { state: "erased" | "waiting" | "unknown" } | { state: "other"; seq: number };

export interface BookStatus {
	/** Views not folded yet. */
	pending: number;
	/** Reports that came too late. */
	late: number;
	/** Erasures that wait. */
	erasing: number;
	/** Labels of the periods that are not closed. */
	open: string[];
	reports: number;
	receipts: number;
	bytes: number;
}

export class Book extends DurableObject<Env> {
	#store: BookStorage;
	#erasures: Erasures;
	#loads: Loads;
	#memory: Memory;
	/** The site is deleted: until then what is still on its way here is refused. 0: it is not. */
	#goneUntil: number;
	/** Ends when the closing before the next one has ended. */
	#turn: Promise<unknown> = Promise.resolve();
	#recent: { minute: number; recent: Recent } | undefined;
	/** When the alarm is planned; undefined until storage was asked. */
	#alarmAt: number | undefined;

	constructor(ctx: DurableObjectState, env: Env) {
		super(ctx, env);
		this.#store = new BookStorage(ctx.storage.sql);
		this.#erasures = new Erasures(ctx.storage.sql);
		this.#loads = new Loads(ctx.storage.sql);
		this.#memory = recall(this.#store);
		this.#goneUntil = this.#store.mark("gone");
	}

	/**
	 * Takes reports, all or none. The highest `seq` of a view wins; copies and older ones change nothing; what comes for a
	 * period that is frozen or closed is late and changes nothing. Returns how many were late.
	 */
	async accept(entries: Entry[], now = Date.now()): Promise<{ late: number }> {
		if (now < this.#goneUntil) return { late: entries.length };
		const late = this.#atomically(() => {
			const refused = entries.filter((entry) => !this.#take(entry, now)).length;
			this.#memory.late += refused;
			if (refused > 0) this.#store.setMark("late", this.#memory.late);
			return refused;
		});
		await this.#planAlarm(now);
		return { late };
	}

	/** One transaction over storage and memory: should it fail, memory is read anew from what storage kept. */
	#atomically<T>(change: () => T): T {
		try {
			return this.ctx.storage.transactionSync(() => {
				const result = change();
				this.#memory.names.store();
				return result;
			});
		} catch (error) {
			this.#memory = recall(this.#store);
			throw error;
		}
	}

	/** Stores one report; false when it is too late. */
	#take(entry: Entry, now: number): boolean {
		const { key, report } = entry;
		const state = this.#memory.periods.get(report.period)?.state ?? "open";
		const known = this.#store.find(key);
		if (state !== "open" || (known && !known.report)) return false;
		if (!this.#memory.periods.has(report.period)) this.#setPeriod(report.period, "open", now);
		if (known?.report) {
			// A view stays in the period it was first booked in.
			if (known.seq >= report.seq || known.report.period !== report.period) return true;
			this.#takeBack(key, known.report);
		}
		// Order numbers are instants that never repeat, so that one mark tells what is folded.
		this.#memory.lastReceived = Math.max(now, this.#memory.lastReceived + 1);
		const received = this.#memory.lastReceived;
		const before = this.#memory.pending.get(key) ?? this.#memory.early.get(key);
		const begun = known ? (before?.begun ?? 0) : received;
		this.#store.put(entry, received);
		this.#forgetRow(key);
		this.#memory.pending.set(key, { key, period: report.period, seq: report.seq, report, received, begun });
		const { admit, refused } = recorded(this.#memory.names.admit(report.period));
		this.#memory.live.add(report.period, fold(admitted(report, admit)));
		if (refused.length > 0) this.#erasures.setRefused(key, report.period, refused);
		else if (known) this.#erasures.dropRefused(key);
		return true;
	}

	/**
	 * Takes a view out of the statistics, if one of `counted` is the very report that is counted. A tombstone stays, so that a late
	 * copy adds nothing. What is closed, or about to be, waits for `applyErasures`.
	 */
	erase(key: string, counted: Entry[]): Erasing {
		const known = this.#store.find(key) ?? this.#store.findReceipt(key);
		if (!known || known.content === erasedContent) return { state: "unknown" };
		const report = counted.find(({ content }) => content === known.content)?.report;
		if (!report) return { state: "other", seq: known.seq };
		const { period } = known;
		const state = this.#memory.periods.get(period)?.state ?? "closed";
		const isHere = state === "open" || isIdle(this.#memory, period);
		this.#atomically(() => {
			if (isHere) {
				this.#takeBack(key, report);
				this.#forgetRow(key);
			} else {
				const additions =
					state === "closed" ? fold(admitted(report, repeated(this.#erasures.refused(key)))) : this.#additions(report);
				this.#erasures.add(this.#erasures.targetOf(period), rowsOf(period, additions));
			}
			this.#erasures.dropRefused(key);
			this.#store.bury(key);
		});
		return { state: isHere ? "erased" : "waiting" };
	}

	/** Carries out the erasures that waited for a closing, in turn with closings. One that fails is tried again next time. */
	applyErasures(site: { id: string; shard: number }, now = Date.now()): Promise<void> {
		const result = this.#turn.then(async () => {
			for (const period of this.#erasures.periods()) await this.#eraseFrom(site, period, now);
		});
		this.#turn = result.catch(() => undefined);
		return result;
	}

	async #eraseFrom({ id, shard }: { id: string; shard: number }, period: string, now: number): Promise<void> {
		const state = this.#memory.periods.get(period)?.state ?? "closed";
		if (isIdle(this.#memory, period)) {
			this.#atomically(() => {
				for (const { cells } of this.#erasures.of(period)) this.#takeOut(period, cells);
				this.#erasures.drop(period);
			});
		} else if (state === "closed") {
			const next = () => this.#atomically(() => this.#erasures.nextBatch(period));
			for (let batch = next(); batch; batch = next()) {
				const { name, cells } = batch;
				await eraseSealed(shardOf(this.env, { shard }), { site: id, period, batch: name }, cells, now);
				this.#atomically(() => this.#erasures.dropBatch(name));
			}
		}
	}

	#forgetRow(key: string): void {
		this.#memory.pending.delete(key);
		this.#memory.early.delete(key);
	}

	/** Out of what is stored. Counters for releases are gone once a period has closed, and what was released stays. */
	#takeOut(period: string, all: CellRow[]): void {
		const isOpen = this.#memory.periods.get(period)?.state === "open";
		const rows = isOpen ? all : all.filter(([tree]) => tree !== boundedTree);
		this.#memory.live.load(period, rows, -1);
		this.#memory.folded.load(period, rows, -1);
		this.#store.addCells(period, rows, -1);
	}

	/** Takes an earlier state of a view out of the numbers, out of the stored cells too if it was folded. */
	#takeBack(key: string, report: Report): void {
		const additions = this.#additions(report);
		if (this.#memory.pending.has(key)) this.#memory.live.add(report.period, additions, -1);
		else this.#takeOut(report.period, rowsOf(report.period, additions));
	}

	#additions(report: Report): Addition[] {
		return additionsOf(report, this.#memory.names);
	}

	#setPeriod(period: string, state: PeriodRow["state"], now: number, sample?: boolean): PeriodRow {
		const row = { period, state, sample: sample ?? this.#memory.periods.get(period)?.sample ?? false, changed: now };
		this.#memory.periods.set(period, row);
		this.#store.setPeriod(row);
		return row;
	}

	async #planAlarm(now: number): Promise<void> {
		const due = this.#nextDue(now);
		if (due === undefined) return;
		if (this.#alarmAt === undefined) this.#alarmAt = (await this.ctx.storage.getAlarm()) ?? Number.POSITIVE_INFINITY;
		if (this.#alarmAt <= due) return;
		this.#alarmAt = due;
		await this.ctx.storage.setAlarm(due);
	}

	/** When there is something to do: views to fold, else periods to forget, on a site that is quiet too. */
	#nextDue(now: number): number | undefined {
		const { size } = this.#memory.pending;
		if (size > 0) return now + (size >= foldBatch ? viewSilentMs : foldEveryMs);
		const done = [...this.#memory.periods.values()].filter(({ state }) => state === "closed" || state === "joining");
		if (done.length === 0) return undefined;
		return Math.max(now + foldEveryMs, Math.min(...done.map(({ changed }) => changed)) + receiptMs);
	}

	override async alarm(): Promise<void> {
		const now = Date.now();
		this.#alarmAt = Number.POSITIVE_INFINITY;
		this.foldOver(now);
		this.#forgetPeriods(now);
		await this.#planAlarm(now);
	}

	/** Folds every view that has been silent for 30 minutes, one transaction a batch. Returns how many were folded. */
	foldOver(now: number): number {
		for (const [key, { received }] of this.#memory.early)
			if (received <= now - viewSilentMs) this.#memory.early.delete(key);
		let folded = 0;
		for (;;) {
			const batch: InboxRow[] = [];
			for (const row of this.#memory.pending.values()) {
				if (row.received > now - viewSilentMs || batch.length === foldBatch) break;
				batch.push(row);
			}
			if (batch.length === 0) return folded;
			this.#fold(batch, now);
			folded += batch.length;
		}
	}

	/** Moves the oldest pending reports into the stored cells, together with the mark that says so. */
	#fold(batch: InboxRow[], now: number): void {
		this.#atomically(() => {
			const more = new Cells();
			for (const row of batch) {
				const { key, period, report, received } = row;
				const additions = this.#additions(report);
				this.#memory.folded.add(period, additions);
				more.add(period, additions);
				this.#memory.pending.delete(key);
				if (received > now - viewSilentMs) this.#memory.early.set(key, row);
				this.#memory.foldedUpTo = received;
			}
			for (const period of more.periods.keys()) {
				this.#store.addCells(period, more.rows(period, bookTrees));
				if (this.#store.loosePacks(period) > maxLoosePacks)
					this.#store.replaceCells(period, this.#memory.folded.rows(period, bookTrees));
			}
			this.#store.setMark("folded", this.#memory.foldedUpTo);
		});
	}

	/** Forgets the receipts of periods closed long ago, and too small periods that waited for a month in vain. */
	#forgetPeriods(now: number): void {
		const rows = [...this.#memory.periods.values()];
		const isClosing = rows.some(({ state }) => state === "frozen"); // it may be about to take in what waits
		for (const { period, state, changed } of rows) {
			const isDone = state === "closed" || (state === "joining" && !isClosing);
			if (!isDone || changed > now - receiptMs) continue;
			this.#forgetPeriod(period, state);
		}
	}

	#forgetPeriod(period: string, state: PeriodRow["state"]): void {
		this.#atomically(() => {
			this.#store.dropCells(period);
			this.#store.dropViews(period);
			this.#store.dropPeriodRow(period);
			this.#erasures.forget(period);
			if (state !== "closed") this.#erasures.drop(period); // with its cells
		});
		this.#memory.periods.delete(period);
		this.#forgetCells(period);
	}

	/** The live cells of some trees for every open period between two labels, as far as the reader has not seen them. */
	read(wishes: TreeWish[], from: string, to: string, seen?: Seen, now = Date.now()): OpenBook {
		return showPeriods(this.#memory, wishes, from, to, now, seen);
	}

	/** How many page views are going on. */
	present(now: number): number {
		return viewsGoingOn(this.#memory, now).length;
	}

	/** The last half hour. One answer a minute, so that whoever asks more often learns no more. */
	recent(now: number): Recent {
		const minute = Math.floor(now / minuteMs);
		if (this.#recent?.minute !== minute) this.#recent = { minute, recent: recentOf(this.#memory, now) };
		return this.#recent.recent;
	}

	/** When the latest report was taken; 0 where none is known any more. */
	lastReport(): number {
		return this.#memory.lastReceived;
	}

	openPeriods(): PeriodRow[] {
		return openRows(this.#memory);
	}

	/** Too small periods that no closing has taken in, or is about to. */
	waitingPeriods(): string[] {
		return [...this.#memory.periods.keys()].filter((period) => isIdle(this.#memory, period));
	}

	/** Marks a period as made of sample visits. */
	markSample(period: string, now = Date.now()): void {
		this.#setPeriod(period, this.#memory.periods.get(period)?.state ?? "open", now, true);
	}

	/** Forgets the periods of sample visits that are not closed, with all that is in them; one that is being closed stays. */
	dropSamples(): void {
		const { pending, early, periods } = this.#memory;
		for (const { period, state, sample } of [...periods.values()]) {
			if (!sample || !(state === "open" || isIdle(this.#memory, period))) continue;
			for (const [key, row] of [...pending, ...early]) if (row.period === period) this.#forgetRow(key);
			this.#forgetPeriod(period, state);
		}
	}

	/**
	 * Closes a period of the site, in its first book: folds the rest and freezes it in one transaction, here and then in the other
	 * books, seals the sum into D1, then drops it in the others and last here. Safe to call again after a crash at any point: D1
	 * takes a closing once, what is frozen stays as it was, and this book does not forget a closing before all have ended it.
	 * Closings take turns.
	 */
	close(plan: ClosingPlan, now = Date.now()): Promise<CloseResult> {
		const result = this.#turn.then(() => this.#closeInTurn(plan, now));
		this.#turn = result.catch(() => undefined);
		return result;
	}

	async #closeInTurn(plan: ClosingPlan, now: number): Promise<CloseResult> {
		if (now < this.#goneUntil) return "closed";
		const state = this.#memory.periods.get(plan.period)?.state;
		if (state === "closed" || state === "joining") {
			// A book that the site got afterwards may have opened it again.
			const outcome = state === "closed" ? "sealed" : "joining";
			await settleOthers(this.env, plan, { period: plan.period, outcome, others: [] }, now);
			return "closed";
		}
		// D1 may have taken one that was left halfway, with what it joins: it comes first, so that nothing joins twice or never.
		for (const row of this.openPeriods()) {
			if (row.state === "frozen" && row.period !== plan.period)
				await this.#finish({ ...plan, period: row.period }, now);
		}
		return this.#finish(plan, now);
	}

	async #finish(plan: ClosingPlan, now: number): Promise<"sealed" | "joining"> {
		const { period } = plan;
		const row = this.#freeze(period, now);
		const joined = joinedBy(this.#memory, period);
		const own = partsOf([row, ...joined], this.#memory.folded);
		let parts: Promise<PeriodToSeal[]> | undefined;
		const gatherOnce = () => {
			parts ??= gather(this.env, plan, own, now);
			return parts;
		};
		await releaseClosing(this.env, plan, gatherOnce, now);
		const outcome = await sealPeriod(shardOf(this.env, plan), plan, gatherOnce, now);
		// Joined ones go with the period that took them in; those that waited too long in vain go without a trace.
		const others = outcome === "sealed" ? joined : joined.filter(({ changed }) => changed < now - receiptMs);
		const ending = { period, outcome, others: others.map((other) => other.period) };
		await settleOthers(this.env, plan, ending, now);
		await this.settle(ending, now);
		return outcome;
	}

	/**
	 * Hands a period over to the first book, which closes it for the whole site, with those that wait to be joined: frozen from now
	 * on, so that it is handed over the same once more.
	 */
	handOver(period: string, joined: string[], now: number): HandedOver[] {
		if (this.#memory.periods.get(period)?.state === "closed") return [];
		const waiting = joined.flatMap((label) => this.#memory.periods.get(label) ?? []);
		return [this.#freeze(period, now), ...waiting.filter(({ state }) => state === "joining")].map((row) => ({
			period: row.period,
			sample: row.sample,
			cells: [...jsonChunks(this.#memory.folded.rows(row.period, bookTrees))],
		}));
	}

	/** Does here what the end of a closing means. What has come to its end stays as it is. */
	async settle({ period, outcome, others }: Ending, now: number): Promise<void> {
		const stateOf = (label: string) => this.#memory.periods.get(label)?.state;
		const isOpen = stateOf(period) === "open"; // it was not handed over: this book is newer than the closing
		if (outcome === "joining" && isOpen) this.#freeze(period, now);
		const ended = (outcome === "sealed" ? [period, ...others] : others).filter((label) => stateOf(label) !== "closed");
		this.#atomically(() => {
			if (outcome === "joining" && !["joining", "closed"].includes(stateOf(period) ?? ""))
				this.#keepForNext(period, now);
			if (outcome === "sealed" && isOpen) this.#refuse(period);
			for (const label of ended) {
				if (outcome === "joining") this.#erasures.drop(label);
				else if (label !== period) this.#erasures.setTarget(label, period);
				this.#drop(label, now);
			}
		});
		for (const label of ended) this.#forgetCells(label);
		await this.#planAlarm(now);
	}

	/** Counts what came for a period as late, although it was taken: the period had been closed already. */
	#refuse(period: string): void {
		for (const [key, row] of this.#memory.pending) if (row.period === period) this.#memory.pending.delete(key);
		this.#memory.late += this.#store.dropViews(period);
		this.#store.setMark("late", this.#memory.late);
	}

	#freeze(period: string, now: number): PeriodRow {
		return this.#atomically(() => {
			// The mark is an order, so everything older is folded too: later reports of other periods stay pending.
			const rest = [...this.#memory.pending.values()];
			const last = rest.findLastIndex((row) => row.period === period);
			if (last >= 0) this.#fold(rest.slice(0, last + 1), now);
			return this.#setPeriod(period, "frozen", now);
		});
	}

	/** A period of too few devices keeps its cells until the next one takes them in, and nothing else: it is released by itself. */
	#keepForNext(period: string, now: number): void {
		this.#memory.folded.periods.get(period)?.delete(boundedTree);
		this.#memory.live.periods.get(period)?.delete(boundedTree);
		this.#store.replaceCells(period, this.#memory.folded.rows(period, treeNames));
		this.#store.makeReceipts(period);
		this.#setPeriod(period, "joining", now);
	}

	#drop(period: string, now: number): void {
		this.#store.dropCells(period);
		this.#store.makeReceipts(period);
		this.#setPeriod(period, "closed", now);
	}

	#forgetCells(period: string): void {
		this.#memory.folded.periods.delete(period);
		this.#memory.live.forget(period);
		this.#memory.names.forget(period);
	}

	/** Counts a load of the gate file. */
	countLoad(period: string, now = Date.now()): void {
		if (now >= this.#goneUntil) this.#loads.add(period);
	}

	/** Loads of the gate file in every period that is not kept in D1 yet. */
	gateLoads(): PeriodLoads[] {
		return this.#loads.all();
	}

	/** Forgets the loads of a period, once D1 has them. */
	dropLoads(period: string): void {
		this.#loads.drop(period);
	}

	/**
	 * The site is deleted (worker/closing/delete-sites.ts): forgets everything, the alarm too, after the closing that may be under way.
	 * What comes here before `until` counts nowhere. 0: nothing can come any more, and nothing stays, not even that.
	 */
	forgetAll(until: number): Promise<void> {
		const result = this.#turn.then(() =>
			this.ctx.blockConcurrencyWhile(async () => {
				await this.ctx.storage.deleteAlarm();
				await this.ctx.storage.deleteAll();
				this.#goneUntil = until;
				this.#alarmAt = undefined;
				this.#recent = undefined;
				if (until === 0) return;
				const { sql } = this.ctx.storage;
				this.#store = new BookStorage(sql);
				this.#erasures = new Erasures(sql);
				this.#loads = new Loads(sql);
				this.#store.setMark("gone", until);
				this.#memory = recall(this.#store);
			}),
		);
		this.#turn = result.catch(() => undefined);
		return result;
	}

	/** Views that wait to be taken out of a closed period. */
	erasing(): number {
		return this.#erasures.count();
	}

	/** What an operator wants to know. */
	status(): BookStatus {
		return {
			pending: this.#memory.pending.size,
			late: this.#memory.late,
			erasing: this.erasing(),
			open: this.openPeriods().map(({ period }) => period),
			...this.#store.counts(),
		};
	}
}

function rowsOf(period: string, additions: Addition[]): CellRow[] {
	const cells = new Cells();
	cells.add(period, additions);
	return cells.rows(period, bookTrees);
}
