/**
 * The book's tables in its own SQLite, and the statements over them. Every method is synchronous, so that the object can
 * put several of them into one transaction. Leaves out what a report means.
 */
import type { Report } from "../../schema/report.ts";
import type { CellRow } from "./cells.ts";
import { jsonChunks } from "./chunks.ts";

/** A report as ingest hands it over: checked, cleaned, and with its hashes, which only async code can make. */
export interface Entry {
	/** H(site, view): finds the row without keeping the view's id in a receipt. */
	key: string;
	/** H(view ‖ cleaned report): recognises the very report that was counted. */
	content: string;
	report: Report;
}

export type PeriodState = "open" | "frozen" | "joining" | "closed";

export interface PeriodRow {
	period: string;
	state: PeriodState;
	sample: boolean;
	/** Instant of the last change of state, ms. */
	changed: number;
}

export interface InboxRow {
	key: string;
	period: string;
	seq: number;
	report: Report;
	received: number;
	/** When the view was first heard of, as far as memory reaches: what is stored is when it was last. 0: longer ago than that. */
	begun: number;
}

/** What the inbox has of a view: without a report it is a receipt, and with `erasedContent` a tombstone. */
export interface InboxEntry {
	period: string;
	seq: number;
	content: string;
	report: Report | undefined;
}

/** A view of a period that is over. */
type Receipt = [key: string, seq: number, content: string];
/** Some 25 kB: an erasure has to write them all anew. */
const receiptsPerRow = 500;

/** Content of a tombstone: no hash is empty, so nothing is ever equal to it. */
export const erasedContent = "";

export type NameRow = [scope: string, name: string];

/** Order number up to which all is folded, reports that came too late, instant until which a deleted site's book refuses what comes. */
type Mark = "folded" | "late" | "gone";

/** What stands in the column `scope` where a row holds several names, each with its scope. Earlier versions wrote one a row. */
const severalNames = "";

/**
 * What stands in the column `tree` of a pack: the cells as they were when last written whole, and what came since. Packs of an
 * earlier version are whole too, and bear a tree's name.
 */
const packKinds = { whole: "=", more: "+", less: "-" };

const schema = `
	CREATE TABLE IF NOT EXISTS inbox (
		key TEXT PRIMARY KEY NOT NULL, period TEXT NOT NULL, seq INTEGER NOT NULL,
		content TEXT NOT NULL, body TEXT, received INTEGER NOT NULL
	) WITHOUT ROWID;
	CREATE TABLE IF NOT EXISTS receipt (
		period TEXT NOT NULL, first TEXT NOT NULL, receipts TEXT NOT NULL, PRIMARY KEY (period, first)
	) WITHOUT ROWID;
	CREATE TABLE IF NOT EXISTS pack (
		period TEXT NOT NULL, tree TEXT NOT NULL, pack INTEGER NOT NULL, cells TEXT NOT NULL,
		PRIMARY KEY (period, tree, pack)
	) WITHOUT ROWID;
	CREATE TABLE IF NOT EXISTS name (
		period TEXT NOT NULL, scope TEXT NOT NULL, name TEXT NOT NULL,
		PRIMARY KEY (period, scope, name)
	) WITHOUT ROWID;
	CREATE TABLE IF NOT EXISTS period (
		period TEXT PRIMARY KEY NOT NULL, state TEXT NOT NULL, sample INTEGER NOT NULL, changed INTEGER NOT NULL
	) WITHOUT ROWID;
	CREATE TABLE IF NOT EXISTS mark (name TEXT PRIMARY KEY NOT NULL, value INTEGER NOT NULL) WITHOUT ROWID;
`;

export class BookStorage {
	readonly #sql: SqlStorage;

	constructor(sql: SqlStorage) {
		this.#sql = sql;
		sql.exec(schema);
	}

	mark(name: Mark): number {
		const [row] = this.#sql.exec<{ value: number }>("SELECT value FROM mark WHERE name = ?", name).toArray();
		return row?.value ?? 0;
	}

	setMark(name: Mark, value: number): void {
		this.#sql.exec("INSERT INTO mark VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", name, value);
	}

	periods(): PeriodRow[] {
		return this.#sql
			.exec<{ period: string; state: PeriodState; sample: number; changed: number }>("SELECT * FROM period")
			.toArray()
			.map((row) => ({ ...row, sample: row.sample === 1 }));
	}

	setPeriod({ period, state, sample, changed }: PeriodRow): void {
		this.#sql.exec(
			"INSERT INTO period VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET state = excluded.state, sample = excluded.sample, changed = excluded.changed",
			period,
			state,
			sample ? 1 : 0,
			changed,
		);
	}

	/** The stored report of a key, a tombstone or an earlier version's receipt (no report), or undefined. */
	find(key: string): InboxEntry | undefined {
		const [row] = this.#sql
			.exec<{ period: string; seq: number; content: string; body: string | null }>(
				"SELECT period, seq, content, body FROM inbox WHERE key = ?",
				key,
			)
			.toArray();
		if (!row) return undefined;
		const { body, ...rest } = row;
		return { ...rest, report: body === null ? undefined : JSON.parse(body) };
	}

	put({ key, content, report }: Entry, received: number): void {
		this.#sql.exec(
			`INSERT INTO inbox VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
				seq = excluded.seq, content = excluded.content, body = excluded.body, received = excluded.received`,
			key,
			report.period,
			report.seq,
			content,
			JSON.stringify(report),
			received,
		);
	}

	/** Reports that were received after an instant, oldest first. */
	receivedAfter(instant: number): InboxRow[] {
		return this.#sql
			.exec<{ key: string; period: string; seq: number; body: string; received: number }>(
				"SELECT key, period, seq, body, received FROM inbox WHERE received > ? AND body IS NOT NULL ORDER BY received",
				instant,
			)
			.toArray()
			.map(({ body, ...row }) => ({ ...row, report: JSON.parse(body), begun: row.received }));
	}

	/** A receipt or tombstone of a period that is over, or undefined. */
	findReceipt(key: string): InboxEntry | undefined {
		const [found] = this.#receiptsOf(key);
		if (!found) return undefined;
		const [, seq, content] = found.receipt;
		return { period: found.period, seq, content, report: undefined };
	}

	/** The receipts of a view, one a period at most, each with the row that it stands in. */
	#receiptsOf(key: string): { period: string; first: string; receipts: Receipt[]; receipt: Receipt }[] {
		return this.#sql
			.exec<{ period: string; first: string; receipts: string }>(
				`SELECT period, first, receipts FROM receipt AS one WHERE first =
					(SELECT MAX(first) FROM receipt WHERE period = one.period AND first <= ?)`,
				key,
			)
			.toArray()
			.flatMap((row) => {
				const receipts: Receipt[] = JSON.parse(row.receipts);
				const receipt = receipts.find(([one]) => one === key);
				return receipt ? { ...row, receipts, receipt } : [];
			});
	}

	/** Leaves a tombstone: what comes for this view is late, and can be erased no second time. It goes with the period's receipts. */
	bury(key: string): void {
		this.#sql.exec("UPDATE inbox SET content = ?, body = NULL WHERE key = ?", erasedContent, key);
		for (const { period, first, receipts, receipt } of this.#receiptsOf(key)) {
			receipt[2] = erasedContent;
			this.#putReceipts(period, first, receipts);
		}
	}

	/** Turns a period's reports into receipts: many a row, because each row written is billed, and so is each row deleted. */
	makeReceipts(period: string): void {
		let last = "";
		for (;;) {
			const receipts = this.#sql
				.exec<{ key: string; seq: number; content: string }>(
					"SELECT key, seq, content FROM inbox WHERE period = ? AND key > ? ORDER BY key LIMIT ?",
					period,
					last,
					receiptsPerRow,
				)
				.toArray()
				.map(({ key, seq, content }): Receipt => [key, seq, content]);
			const [first] = receipts;
			if (!first) break;
			this.#putReceipts(period, first[0], receipts);
			last = receipts.at(-1)?.[0] ?? last;
		}
		this.#sql.exec("DELETE FROM inbox WHERE period = ?", period);
	}

	#putReceipts(period: string, first: string, receipts: Receipt[]): void {
		this.#sql.exec(
			"INSERT INTO receipt VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET receipts = excluded.receipts",
			period,
			first,
			JSON.stringify(receipts),
		);
	}

	/** Forgets every view of a period; how many there were. */
	dropViews(period: string): number {
		const views = "SELECT (SELECT count(*) FROM inbox WHERE period = ?1)";
		const receipts = "(SELECT coalesce(sum(json_array_length(receipts)), 0) FROM receipt WHERE period = ?1)";
		const { n } = this.#sql.exec<{ n: number }>(`${views} + ${receipts} AS n`, period).one();
		this.#sql.exec("DELETE FROM inbox WHERE period = ?", period);
		this.#sql.exec("DELETE FROM receipt WHERE period = ?", period);
		return n;
	}

	dropPeriodRow(period: string): void {
		this.#sql.exec("DELETE FROM period WHERE period = ?", period);
	}

	names(): [period: string, row: NameRow][] {
		return this.#sql
			.exec<{ period: string; scope: string; name: string }>("SELECT * FROM name")
			.toArray()
			.flatMap(({ period, scope, name }) =>
				(scope === severalNames ? (JSON.parse(name) as NameRow[]) : [[scope, name] as NameRow]).map(
					(row): [string, NameRow] => [period, row],
				),
			);
	}

	/** Adds names to those of a period: one row for all that a post brought. */
	addNames(period: string, rows: NameRow[]): void {
		this.#sql.exec("INSERT INTO name VALUES (?, ?, ?)", period, severalNames, JSON.stringify(rows));
	}

	/** What is stored of each period's cells: rows to add up, or with −1 to take away. */
	cells(): [period: string, rows: CellRow[], sign: 1 | -1][] {
		return this.#sql
			.exec<{ period: string; tree: string; cells: string }>("SELECT period, tree, cells FROM pack")
			.toArray()
			.map(({ period, tree, cells }) => [period, JSON.parse(cells), tree === packKinds.less ? -1 : 1]);
	}

	/** Adds cells to what is stored of a period, or with −1 takes them away: one row, whatever number of trees they are of. */
	addCells(period: string, rows: CellRow[], sign: 1 | -1 = 1): void {
		this.#putPacks(period, sign === 1 ? packKinds.more : packKinds.less, rows);
	}

	/** How many rows came since a period's cells were last written whole. */
	loosePacks(period: string): number {
		return this.#sql
			.exec<{ n: number }>(
				"SELECT count(*) AS n FROM pack WHERE period = ? AND tree IN (?, ?)",
				period,
				packKinds.more,
				packKinds.less,
			)
			.one().n;
	}

	/** Stores a period's cells anew, all of them, in few rows. */
	replaceCells(period: string, rows: CellRow[]): void {
		this.#sql.exec("DELETE FROM pack WHERE period = ?", period);
		this.#putPacks(period, packKinds.whole, rows);
	}

	#putPacks(period: string, kind: string, rows: CellRow[]): void {
		const [last] = this.#sql
			.exec<{ pack: number }>(
				"SELECT pack FROM pack WHERE period = ? AND tree = ? ORDER BY pack DESC LIMIT 1",
				period,
				kind,
			)
			.toArray();
		let pack = last ? last.pack + 1 : 0;
		for (const json of jsonChunks(rows))
			this.#sql.exec("INSERT INTO pack VALUES (?, ?, ?, ?)", period, kind, pack++, json);
	}

	dropCells(period: string): void {
		this.#sql.exec("DELETE FROM pack WHERE period = ?", period);
		this.#sql.exec("DELETE FROM name WHERE period = ?", period);
	}

	counts(): { reports: number; receipts: number; bytes: number } {
		const row = this.#sql
			.exec<{ reports: number; receipts: number }>(
				`SELECT count(body) AS reports, count(*) - count(body) +
					(SELECT coalesce(sum(json_array_length(receipts)), 0) FROM receipt) AS receipts FROM inbox`,
			)
			.one();
		return { ...row, bytes: this.#sql.databaseSize };
	}
}
