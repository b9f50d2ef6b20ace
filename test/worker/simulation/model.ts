/**
 * The model of a book: what it should hold, told as simply as can be. Per view the highest seq accepted while its period
 * was open; per period its state; per closing the cells D1 should have. Leaves out packs, marks, memory and transactions.
 */
import { receiptMs, viewSilentMs } from "../../../schema/limits.ts";
import type { Report } from "../../../schema/report.ts";
import { boundedTree, marksOf } from "../../../schema/tree-rules.ts";
import type { Erasing } from "../../../worker/book/book.ts";
import type { Cell, PeriodCells } from "../../../worker/book/cells.ts";
import { type Addition, fold } from "../../../worker/book/fold.ts";
import type { PeriodState } from "../../../worker/book/storage.ts";
import { seal } from "../../../worker/closing/seal.ts";
import { encode, merge } from "../../../worker/query/tally.ts";
import { settings } from "../support.ts";

interface View {
	report: Report;
	/** Order number: the instant it was received, raised by one where two would be equal. */
	received: number;
	/** Accepted, and not known to be folded. */
	unsettled: boolean;
	/** Taken out by its browser: it counts no more, or waits until its closing has ended. */
	erased?: "gone" | "waiting";
}

interface Waiting {
	view: View;
	/** The period under which D1 has it, or will. */
	target: string;
}

interface Period {
	state: PeriodState;
	changed: number;
}

export type Row = [tree: string, key: string, devices: number, tally: string];

export interface Sealed {
	coversFrom: string;
	reports: Report[];
	rows: Row[];
	/** Of the reports those that were taken out afterwards. */
	erased: Set<Report>;
}

const folds = new WeakMap<Report, Addition[]>();
function foldOnce(report: Report): Addition[] {
	const known = folds.get(report) ?? fold(report);
	folds.set(report, known);
	return known;
}

export const sorted = (rows: Row[]): Row[] => rows.sort((a, b) => (a[0] + a[1] < b[0] + b[1] ? -1 : 1));

/** Cells of some periods as one; devices are the most that any of them has. */
function cellsOf(periods: Report[][]): PeriodCells {
	const sum: PeriodCells = new Map();
	for (const reports of periods) {
		const devices = new Map<Cell, number>();
		for (const addition of reports.flatMap(foldOnce)) {
			const tree = sum.get(addition.tree) ?? new Map<string, Cell>();
			sum.set(addition.tree, tree);
			const cell: Cell = tree.get(addition.key) ?? { devices: 0, tally: new Map() };
			tree.set(addition.key, cell);
			merge(cell.tally, addition.tally);
			devices.set(cell, (devices.get(cell) ?? 0) + addition.devices);
		}
		for (const [cell, n] of devices) cell.devices = Math.max(cell.devices, n);
	}
	// An element that is named and counts nothing has a cell only while a device is counted there.
	for (const cells of sum.values())
		for (const [key, { devices, tally }] of cells) if (devices === 0 && tally.size === 0) cells.delete(key);
	return sum;
}

export class Model {
	readonly views = new Map<string, View>();
	readonly periods = new Map<string, Period>();
	readonly closings = new Map<string, Sealed>();
	/** Erasures that wait, in the order in which they came. */
	readonly waiting: Waiting[] = [];
	/** Periods that were sealed with a later one. */
	readonly #joined = new Map<string, string>();
	/** True while a visit is erased in part: then flows need not balance. */
	hasHoles = false;
	late = 0;
	#lastReceived = 0;

	stateOf(period: string): PeriodState | undefined {
		return this.periods.get(period)?.state;
	}

	/** Reports of one post that was taken. */
	take(reports: Report[], now: number): void {
		for (const report of reports) {
			const state = this.stateOf(report.period) ?? "open";
			if (state !== "open" || this.views.get(report.view)?.erased) {
				this.late++;
				continue;
			}
			if (!this.periods.has(report.period)) this.#change(report.period, "open", now);
			if ((this.views.get(report.view)?.report.seq ?? 0) >= report.seq) continue;
			this.#lastReceived = Math.max(now, this.#lastReceived + 1);
			this.views.set(report.view, { report, received: this.#lastReceived, unsettled: true });
		}
	}

	/** What is over at an instant was folded. */
	settle(now: number): void {
		for (const view of this.views.values()) if (view.received <= now - viewSilentMs) view.unsettled = false;
	}

	#change(period: string, state: PeriodState, now: number): void {
		this.periods.set(period, { state, changed: now });
	}

	/** What counts in a period. */
	reportsOf(period: string): Report[] {
		return [...this.views.values()]
			.filter(({ report, erased }) => report.period === period && erased !== "gone")
			.map(({ report }) => report);
	}

	/** A browser presents a report of one of its views. */
	erase(report: Report): Erasing {
		const view = this.views.get(report.view);
		if (!view || view.erased) return { state: "unknown" };
		if (JSON.stringify(view.report) !== JSON.stringify(report)) return { state: "other", seq: view.report.seq };
		const { period } = report;
		view.unsettled = false;
		const isHere = this.stateOf(period) === "open" || this.#isIdle(period);
		view.erased = isHere ? "gone" : "waiting";
		if (!isHere) this.waiting.push({ view, target: this.#joined.get(period) ?? period });
		return { state: isHere ? "erased" : "waiting" };
	}

	/** Whether a too small period waits, and no closing is taking it in. */
	#isIdle(period: string): boolean {
		return this.stateOf(period) === "joining" && !this.inState("frozen").some((label) => label > period);
	}

	/** What waits for a period was taken out: `isForgotten` where the book knows that too. */
	applied({ view, target }: Waiting, isForgotten: boolean): void {
		const sealed = this.closings.get(target);
		if (sealed?.reports.includes(view.report)) sealed.erased.add(view.report);
		if (isForgotten) view.erased = "gone";
	}

	/** Whether an erasure is waiting for a closing that is under way. */
	mustWait({ target }: Waiting): boolean {
		return this.stateOf(target) === "frozen" || (this.stateOf(target) === "joining" && !this.#isIdle(target));
	}

	/** Reports that D1 has of a closing: none once it has fallen below k. */
	leftOf({ reports, rows, erased }: Sealed): Report[] {
		const devices = rows.find(([tree]) => tree === "site")?.[2] ?? 0;
		const gone = [...erased].filter((report) => marksOf(report).includes("site")).length;
		if (erased.size > 0 && devices - gone < settings.k) return [];
		return reports.filter((report) => !erased.has(report));
	}

	inState(...states: PeriodState[]): string[] {
		return [...this.periods]
			.filter(([, { state }]) => states.includes(state))
			.map(([period]) => period)
			.sort();
	}

	freeze(period: string, now: number): void {
		this.#change(period, "frozen", now);
		for (const view of this.views.values()) if (view.report.period === period) view.unsettled = false;
	}

	/** Too small periods that the closing of a later one takes in. */
	joinedBy(period: string): string[] {
		return this.inState("joining").filter((label) => label < period);
	}

	/** D1 takes a period with those that join it; false when together they are too small. */
	seal(period: string): boolean {
		if (this.closings.has(period)) return true;
		const covered = [...this.joinedBy(period), period];
		const lists = covered.map((label) => this.reportsOf(label));
		const cells = lists.flat().length > 0 ? seal(cellsOf(lists), settings.k) : [];
		if (!cells) return false;
		const rows = cells.map(({ tree, key, devices, tally }): Row => [tree, key, devices, encode(tally)]);
		this.closings.set(period, {
			coversFrom: covered[0] as string,
			reports: lists.flat(),
			rows: sorted(rows),
			erased: new Set(),
		});
		return true;
	}

	/** A whole closing of a period that is open or frozen. */
	close(period: string, now: number): "sealed" | "joining" {
		this.freeze(period, now);
		const joined = this.joinedBy(period);
		const isSealed = this.seal(period);
		this.#change(period, isSealed ? "closed" : "joining", now);
		// Those that waited too long in vain go.
		const done = isSealed
			? joined
			: joined.filter((label) => (this.periods.get(label)?.changed ?? 0) < now - receiptMs);
		for (const label of done) {
			this.#change(label, "closed", now);
			if (!isSealed) this.#dropWaiting(label);
			else this.#joined.set(label, period);
			for (const one of this.waiting) if (one.target === label) one.target = period;
		}
		return isSealed ? "sealed" : "joining";
	}

	/** Periods whose receipts have been kept long enough, and too small ones that waited as long and that no closing is taking in. */
	forgettable(now: number): string[] {
		const isClosing = this.inState("frozen").length > 0;
		return this.inState("closed", ...(isClosing ? [] : ["joining" as const])).filter(
			(label) => (this.periods.get(label)?.changed ?? now) <= now - receiptMs,
		);
	}

	forget(period: string): void {
		if (this.stateOf(period) === "joining") this.#dropWaiting(period);
		this.periods.delete(period);
		this.#joined.delete(period);
		for (const [view, { report }] of this.views) if (report.period === period) this.views.delete(view);
	}

	#dropWaiting(period: string): void {
		for (const one of this.waiting.filter(({ target }) => target === period))
			this.waiting.splice(this.waiting.indexOf(one), 1);
	}

	/** Every report that counts somewhere: in D1, or in the book and not in D1. */
	counted(): Report[] {
		const [frozen] = this.inState("frozen");
		const taken = frozen && this.closings.has(frozen) ? [frozen, ...this.joinedBy(frozen)] : [];
		return [
			...[...this.closings.values()].flatMap((sealed) => this.leftOf(sealed)),
			...this.inState("open", "frozen", "joining")
				.filter((label) => !taken.includes(label))
				.flatMap((label) => this.reportsOf(label)),
		];
	}

	rowsOf(...periods: string[]): Row[] {
		const cells = cellsOf(periods.map((period) => this.reportsOf(period)));
		const rows = [...cells].flatMap(([tree, keys]) =>
			[...keys].map(([key, { devices, tally }]): Row => [tree, key, devices, encode(tally)]),
		);
		return sorted(rows);
	}

	/**
	 * What the book shows, by label: what a closing under way has joined is part of the period that joins it. What is counted
	 * for a release is not shown.
	 */
	shown(): Map<string, Row[]> {
		const labels = this.inState("open", "frozen", "joining");
		const [frozen] = this.inState("frozen");
		const joined = frozen ? this.joinedBy(frozen) : [];
		return new Map(
			labels
				.filter((label) => !joined.includes(label))
				.map((label) => [
					label,
					this.rowsOf(...(label === frozen ? joined : []), label).filter(([tree]) => tree !== boundedTree),
				]),
		);
	}
}
