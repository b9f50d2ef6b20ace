/**
 * How often the gate file was loaded in each period, on sites that count it: a number, and nothing of any request. Waits here
 * until its period has ended. Leaves out when that is (worker/closing/loads.ts).
 */
export interface PeriodLoads {
	period: string;
	loads: number;
}

export class Loads {
	readonly #sql: SqlStorage;

	constructor(sql: SqlStorage) {
		this.#sql = sql;
		sql.exec(
			"CREATE TABLE IF NOT EXISTS load (period TEXT PRIMARY KEY NOT NULL, loads INTEGER NOT NULL) WITHOUT ROWID",
		);
	}

	add(period: string): void {
		this.#sql.exec("INSERT INTO load VALUES (?, 1) ON CONFLICT DO UPDATE SET loads = loads + 1", period);
	}

	all(): PeriodLoads[] {
		return this.#sql
			.exec<{ period: string; loads: number }>("SELECT period, loads FROM load ORDER BY period")
			.toArray();
	}

	drop(period: string): void {
		this.#sql.exec("DELETE FROM load WHERE period = ?", period);
	}
}
