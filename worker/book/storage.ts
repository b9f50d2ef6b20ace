/**
 * The book's tables in its own SQLite, and the statements over them. Every method is synchronous, so that the object can
 * put several of them into one transaction. Leaves out what a report means.
 */
import type { Report } from "../../schema/report.ts";
import type { TreeName } from "../../schema/trees.ts";
import { type CellRow, packOf } from "./cells.ts";

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
}

const schema = `
	CREATE TABLE IF NOT EXISTS inbox (
		key TEXT PRIMARY KEY NOT NULL, period TEXT NOT NULL, seq INTEGER NOT NULL,
		content TEXT NOT NULL, body TEXT, received INTEGER NOT NULL
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

	mark(name: "folded" | "late"): number {
		const [row] = this.#sql.exec<{ value: number }>("SELECT value FROM mark WHERE name = ?", name).toArray();
		return row?.value ?? 0;
	}

	setMark(name: "folded" | "late", value: number): void {
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

	/** The stored report of a key with its seq, a receipt (no report), or undefined. */
	find(key: string): { seq: number; received: number; report: Report | undefined } | undefined {
		const [row] = this.#sql
			.exec<{ seq: number; received: number; body: string | null }>(
				"SELECT seq, received, body FROM inbox WHERE key = ?",
				key,
			)
			.toArray();
		return (
			row && { seq: row.seq, received: row.received, report: row.body === null ? undefined : JSON.parse(row.body) }
		);
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
			.map(({ body, ...row }) => ({ ...row, report: JSON.parse(body) }));
	}

	/** Turns a period's reports into receipts, in place. */
	makeReceipts(period: string): void {
		this.#sql.exec("UPDATE inbox SET body = NULL WHERE period = ? AND body IS NOT NULL", period);
	}

	dropReceipts(period: string): void {
		this.#sql.exec("DELETE FROM inbox WHERE period = ?", period);
	}

	dropPeriodRow(period: string): void {
		this.#sql.exec("DELETE FROM period WHERE period = ?", period);
	}

	names(): { period: string; scope: string; name: string }[] {
		return this.#sql.exec<{ period: string; scope: string; name: string }>("SELECT * FROM name").toArray();
	}

	addName(period: string, scope: string, name: string): void {
		this.#sql.exec("INSERT INTO name VALUES (?, ?, ?) ON CONFLICT DO NOTHING", period, scope, name);
	}

	cells(): [period: string, rows: CellRow[]][] {
		return this.#sql
			.exec<{ period: string; cells: string }>("SELECT period, cells FROM pack")
			.toArray()
			.map(({ period, cells }) => [period, JSON.parse(cells)]);
	}

	/** Writes the packs of a period that hold one of the given keys; `rows` are all the cells of those trees. */
	writePacks(period: string, touched: Map<TreeName, Set<number>>, rows: CellRow[]): void {
		for (const [tree, packs] of touched) {
			for (const pack of packs) {
				const cells = rows.filter((row) => row[0] === tree && packOf(row[1]) === pack);
				this.#sql.exec(
					"INSERT INTO pack VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET cells = excluded.cells",
					period,
					tree,
					pack,
					JSON.stringify(cells),
				);
			}
		}
	}

	dropCells(period: string): void {
		this.#sql.exec("DELETE FROM pack WHERE period = ?", period);
		this.#sql.exec("DELETE FROM name WHERE period = ?", period);
	}

	counts(): { reports: number; receipts: number; bytes: number } {
		const row = this.#sql
			.exec<{ reports: number; receipts: number }>(
				"SELECT count(body) AS reports, count(*) - count(body) AS receipts FROM inbox",
			)
			.one();
		return { ...row, bytes: this.#sql.databaseSize };
	}
}
