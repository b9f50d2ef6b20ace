/** The owner closes an ended period now instead of waiting for late reports. */
import { and, eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { type Context, Hono } from "hono";
import * as v from "valibot";
import { boundsOf } from "../../schema/period.ts";
import { cell, closing } from "../../schema/tables.ts";
import { said } from "../../schema/words.ts";
import { guard } from "../access/guard.ts";
import { bookOf } from "../book/books.ts";
import type { Env } from "../env.ts";
import { Problem } from "../problem.ts";
import { shardOf } from "../sites/shards.ts";
import { forgetSite, siteOf } from "../sites/sites.ts";
import { planFor } from "./close.ts";

export const closingBody = v.object({
	period: said(
		v.pipe(v.string(), v.maxLength(20)),
		"Label of an ended period: 2026-11-21, 2026-W47 or 2026-10, by the site's grain.",
		"Navnet på en avsluttet periode: 2026-11-21, 2026-W47 eller 2026-10, etter nettstedets periodelengde.",
	),
});
export const closingAnswer = v.object({
	period: v.string(),
	state: said(
		v.picklist(["sealed", "joining"]),
		"`joining`: too few devices, so the period waits to be sealed together with the next one.",
		"`joining`: for få enheter, så perioden venter og forsegles sammen med den neste.",
	),
	cells: said(
		v.pipe(v.number(), v.integer(), v.minValue(0)),
		"Number of sealed cells that can be read.",
		"Antall forseglede celler som kan leses.",
	),
});

/** The period named in the body. Throws `malformed`. */
async function readBody(c: Context): Promise<{ period: string }> {
	const result = v.safeParse(closingBody, await c.req.json().catch(() => undefined));
	if (!result.success) throw new Problem("malformed", 'Send {"period": "2026-11-21"}.');
	return result.output;
}

export const closings = new Hono<{ Bindings: Env }>();

closings.post("/v1/sites/:site/closings", async (c) => {
	const id = c.req.param("site");
	await guard(c, id, ["owner", "operator"]);
	forgetSite(id); // a book too few would be a book left out
	const site = await siteOf(c.env, id);
	const { period } = await readBody(c);
	const now = Date.now();
	const bounds = boundsOf(period, site.grain, site.timeZone);
	if (!bounds) throw new Problem("outside-limits", `Periods of this site are written as a ${site.grain}.`);
	if (bounds.end > now) throw new Problem("not-ended");
	const db = drizzle(shardOf(c.env, site));
	const row = and(eq(closing.site, id), eq(closing.period, period));
	if ((await db.select().from(closing).where(row)).length > 0) throw new Problem("closed");
	const state = await bookOf(c.env, id).close(planFor(site, period));
	if (state === "closed") throw new Problem("closed");
	const cells = await db.$count(cell, and(eq(cell.site, id), eq(cell.period, period)));
	return c.json({ period, state, cells } satisfies v.InferOutput<typeof closingAnswer>);
});
