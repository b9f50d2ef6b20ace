/**
 * The book's tables for erasure: subtractions that wait until their period is sealed, the closing that took in a joined period, and
 * which names of a report had no place, for when the lists of names are gone. Synchronous, like storage.ts. Leaves out the tombstones,
 * which are rows of the inbox.
 */
import { makeSecret } from "../access/secrets.ts";
import { type CellRow, Cells, type PeriodCells } from "./cells.ts";

/** What one view counted for, waiting to be taken out; `batch` is the one in which it goes to D1, null until there is one. */
interface Waiting {
	cells: CellRow[];
	batch: string | null;
}

/** What goes to D1 together. */
interface Batch {
	name: string;
	cells: PeriodCells;
}

const schema = `
	CREATE TABLE IF NOT EXISTS erasure (
		number INTEGER PRIMARY KEY NOT NULL, period TEXT NOT NULL, cells TEXT NOT NULL, batch TEXT
	);
	CREATE TABLE IF NOT EXISTS joined (period TEXT PRIMARY KEY NOT NULL, target TEXT NOT NULL) WITHOUT ROWID;
	CREATE TABLE IF NOT EXISTS refusal (key TEXT PRIMARY KEY NOT NULL, period TEXT NOT NULL, names TEXT NOT NULL) WITHOUT ROWID;
`;

export class Erasures {
	readonly #sql: SqlStorage;

	constructor(sql: SqlStorage) {
		this.#sql = sql;
		sql.exec(schema);
	}

	/** The period under which D1 has what was counted in `period`. */
	targetOf(period: string): string {
		const [row] = this.#sql.exec<{ target: string }>("SELECT target FROM joined WHERE period = ?", period).toArray();
		return row?.target ?? period;
	}

	/** A waiting period was sealed together with a later one: what waits for it waits for that one now. */
	setTarget(period: string, target: string): void {
		this.#sql.exec(
			"INSERT INTO joined VALUES (?, ?) ON CONFLICT DO UPDATE SET target = excluded.target",
			period,
			target,
		);
		this.#sql.exec("UPDATE erasure SET period = ? WHERE period = ?", target, period);
	}

	add(period: string, cells: CellRow[]): void {
		this.#sql.exec("INSERT INTO erasure (period, cells) VALUES (?, ?)", period, JSON.stringify(cells));
	}

	periods(): string[] {
		return this.#sql
			.exec<{ period: string }>("SELECT DISTINCT period FROM erasure ORDER BY period")
			.toArray()
			.map(({ period }) => period);
	}

	of(period: string): Waiting[] {
		return this.#sql
			.exec<{ cells: string; batch: string | null }>(
				"SELECT cells, batch FROM erasure WHERE period = ? ORDER BY number",
				period,
			)
			.toArray()
			.map(({ cells, batch }) => ({ cells: JSON.parse(cells), batch }));
	}

	count(): number {
		return this.#sql.exec<{ n: number }>("SELECT count(*) AS n FROM erasure").one().n;
	}

	/** What goes to D1 next for a period: a batch that may have got there already, as it was, else all that waits. */
	nextBatch(period: string): Batch | undefined {
		const waiting = this.of(period);
		if (waiting.length === 0) return undefined;
		const begun = waiting.find(({ batch }) => batch)?.batch;
		const name = begun ?? makeSecret();
		if (!begun) this.#sql.exec("UPDATE erasure SET batch = ? WHERE period = ?", name, period);
		const sum = new Cells();
		for (const { cells, batch } of waiting) if (!begun || batch === begun) sum.load(period, cells);
		return { name, cells: sum.periods.get(period) ?? new Map() };
	}

	dropBatch(batch: string): void {
		this.#sql.exec("DELETE FROM erasure WHERE batch = ?", batch);
	}

	drop(period: string): void {
		this.#sql.exec("DELETE FROM erasure WHERE period = ?", period);
	}

	/** Which questions for a place in the book were answered with no while a view's report was counted; see admit.ts. */
	refused(key: string): number[] {
		const [row] = this.#sql.exec<{ names: string }>("SELECT names FROM refusal WHERE key = ?", key).toArray();
		return row ? JSON.parse(row.names) : [];
	}

	setRefused(key: string, period: string, names: number[]): void {
		this.#sql.exec(
			"INSERT INTO refusal VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET names = excluded.names",
			key,
			period,
			JSON.stringify(names),
		);
	}

	dropRefused(key: string): void {
		this.#sql.exec("DELETE FROM refusal WHERE key = ?", key);
	}

	/** Forgets what only receipts needed. */
	forget(period: string): void {
		this.#sql.exec("DELETE FROM joined WHERE period = ?", period);
		this.#sql.exec("DELETE FROM refusal WHERE period = ?", period);
	}
}
