/** Made-up closed periods of the test's site, and everything that can be asked of them. Leaves out sums. */
import type { Report } from "../../schema/report.ts";
import { Cells } from "../../worker/book/cells.ts";
import { fold } from "../../worker/book/fold.ts";
import { monthChanged } from "../../worker/closing/months.ts";
import { seal } from "../../worker/closing/seal.ts";
import { encode } from "../../worker/query/tally.ts";
import { makeVisit, testEnv } from "./support.ts";

/** Sealed cells of a made-up period: three kinds of period, so that keys come and go. */
function sealed(policy: string, kind: number): (string | number)[][] {
	const paths = [["/"], ["/", "/priser"], ["/", "/priser", `/side-${kind}`], ["/blogg", "/"]];
	const visits: Report[] = Array.from({ length: 24 + 8 * kind }, (_, i) =>
		makeVisit(policy, paths[i % 4] as string[], {
			parts: 97 * kind + i,
			gap: 1 + ((7 * i + kind) % 31),
			device: i % 3 === 0 ? "mobile" : "desktop",
			channel: i % 5 === 0 ? "search" : "direct",
			lcpMs: 400 + 190 * i,
		}),
	).flat();
	const cells = new Cells();
	for (const report of visits) cells.add("p", fold(report));
	const rows = seal(cells.periods.get("p") ?? new Map(), 5) ?? [];
	return rows.map(({ tree, key: name, devices, tally }) => [tree, name, devices, encode(tally)]);
}

/** Closes made-up periods as a closing does; every ninth comes in together with the one before it. */
export async function closePeriods(policy: string, periods: string[], cells = 100, db = testEnv.DB): Promise<void> {
	const kinds = [0, 1, 2].map((kind) => JSON.stringify(sealed(policy, kind)));
	for (const [i, period] of periods.entries()) {
		if (i % 9 === 7) continue;
		await db.batch([
			db.prepare("INSERT INTO closing VALUES ('shop', ?1, ?2, 5, 0, 0)").bind(period, periods[i % 9 === 8 ? i - 1 : i]),
			db
				.prepare(
					"INSERT INTO cell SELECT 'shop', value ->> 0, ?1, value ->> 1, CAST(value ->> 2 AS INTEGER), value ->> 3 FROM json_each(?2)",
				)
				.bind(period, kinds[(i * i) % 3] ?? "[]"),
			monthChanged(db, "shop", period, cells),
		]);
	}
}

/** Every route of the Stats API, with what it can be asked. */
export const routes = [
	"summary",
	"summary?device=mobile",
	"timeline",
	"pages",
	"pages?device=mobile",
	"flows?page=/priser",
	"flows?page=/",
	"leaving",
	"leaving?page=/priser",
	"channels",
	"countries",
	"devices",
	"hours",
	"elements",
	"elements?page=/priser",
	"events",
	"vitals",
	"vitals?page=/priser",
	"vitals?page=/priser&device=mobile",
	"responses",
	"resources",
	"goals",
	"funnels",
];
