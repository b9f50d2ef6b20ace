/** What Cloudflare bills for a book: rows written by SQLite, and alarms, of which each counts as a row. */
export interface Written {
	rows: number;
	alarms: number;
}
