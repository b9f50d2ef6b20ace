/**
 * What reading long ranges costs: a site of a million page views a month, its owner's overview and the Stats API, in CPU
 * of the process that serves and stores. Leaves out making the days (sealed-days.ts) and judging the figures.
 */
import { readFileSync } from "node:fs";
import { notice } from "../../demo/notice.ts";
import { addDays } from "../../schema/period.ts";
import { issueKey } from "../../worker/access/keys.ts";
import { issueSignIn } from "../../worker/access/sign-in.ts";
import { jsonChunks } from "../../worker/book/chunks.ts";
import { createSite } from "../../worker/sites/create.ts";
import type { SealedRow } from "./sealed-days.ts";

export const yearSite = "year";

/** Creates the site with closed days from `from` to `to`, the sealed days used in turn. */
export async function fillYear(
	db: D1Database,
	days: SealedRow[][],
	from: string,
	to: string,
): Promise<{ key: string; login: string }> {
	const site = {
		id: yearSite,
		name: "Year",
		origins: ["https://year.example"],
		timeZone: "Europe/Oslo",
		grain: "day" as const,
		k: 5,
		notice,
	};
	await createSite(db, site);
	const insert = db.prepare(
		"INSERT INTO cell SELECT ?1, value ->> 0, ?2, value ->> 1, CAST(value ->> 2 AS INTEGER), value ->> 3 FROM json_each(?3)",
	);
	const copy = db.prepare(
		"INSERT INTO cell SELECT site, tree, ?3, key, devices, tally FROM cell WHERE site = ?1 AND period = ?2",
	);
	const mark = db.prepare("INSERT INTO closing VALUES (?1, ?2, ?2, 5, 0, 0)");
	let count = 0;
	for (let date = from; date <= to; date = addDays(date, 1), count++) {
		const rows = days[count] ?? [];
		const cells =
			count < days.length
				? [...jsonChunks(rows)].map((json) => insert.bind(yearSite, date, json))
				: [copy.bind(yearSite, addDays(from, count % days.length), date)];
		await db.batch([mark.bind(yearSite, date), ...cells]);
	}
	return {
		key: await issueKey(db, { site: yearSite, role: "owner", name: "bench" }),
		login: await issueSignIn(db, { site: yearSite }),
	};
}

const ticksPerSecond = 100;
/** CPU a process has used so far, ms. */
export function cpuMs(pid: number): number {
	const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
	return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
}

/** CPU of the process per call, ms, after one call that warms it. */
export async function cpuPerCall(pid: number, calls: number, call: () => Promise<unknown>): Promise<number> {
	await call();
	const before = cpuMs(pid);
	for (let i = 0; i < calls; i++) await call();
	return (cpuMs(pid) - before) / calls;
}
