/** What a book keeps in memory, and how it is made from storage: after a restart, and after a change that failed. */
import type { Report } from "../../schema/report.ts";
import { admitted } from "./admit.ts";
import { Cells } from "./cells.ts";
import { type Addition, fold } from "./fold.ts";
import { GoingOn } from "./going-on.ts";
import { LiveCells } from "./live.ts";
import { Names } from "./names.ts";
import type { BookStorage, InboxRow, PeriodRow } from "./storage.ts";

export interface Memory {
	names: Names;
	/** What is folded and stored. */
	folded: Cells;
	/** The same, and what is still pending. */
	live: LiveCells;
	/** As it was when somebody last looked. */
	goingOn: GoingOn;
	/** Reports not folded yet, by key, oldest first: a view that reports again moves to the end. */
	pending: Map<string, InboxRow>;
	/** Folded before they were over, by a closing of another period; not remembered across a restart. By key. */
	early: Map<string, InboxRow>;
	periods: Map<string, PeriodRow>;
	/** Everything received up to this order number is folded. */
	foldedUpTo: number;
	lastReceived: number;
	/** How many reports came too late. */
	late: number;
}

/** What a report counts for in this book. */
export function additionsOf(report: Report, names: Names): Addition[] {
	return fold(admitted(report, names.admit(report.period)));
}

export function recall(store: BookStorage): Memory {
	const foldedUpTo = store.mark("folded");
	const memory: Memory = {
		names: new Names(store),
		folded: new Cells(),
		live: new LiveCells(),
		goingOn: new GoingOn(),
		pending: new Map(),
		early: new Map(),
		periods: new Map(store.periods().map((row) => [row.period, row])),
		foldedUpTo,
		lastReceived: foldedUpTo,
		late: store.mark("late"),
	};
	for (const [period, rows, sign] of store.cells()) {
		memory.folded.load(period, rows, sign);
		memory.live.load(period, rows, sign);
	}
	for (const row of store.receivedAfter(foldedUpTo)) {
		memory.pending.set(row.key, row);
		memory.lastReceived = row.received;
		memory.live.add(row.period, additionsOf(row.report, memory.names));
	}
	return memory;
}
