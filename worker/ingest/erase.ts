/**
 * A visitor's request to take one page view out of the statistics: the view and the very report that was counted, as the visitor's
 * browser kept it. No consent is asked for: it may be withdrawn, and the notice superseded. Leaves out the subtraction (worker/book).
 */
import * as v from "valibot";
import { type Report, reportSchema } from "../../schema/report.ts";
import { aimKeys } from "../../schema/settings.ts";
import { bookOf } from "../book/books.ts";
import type { Env } from "../env.ts";
import { Problem } from "../problem.ts";
import type { Site } from "../sites/sites.ts";
import { keyOf, makeEntries } from "./entries.ts";
import { type Parsed, parseReport } from "./parse.ts";

export interface Erasure {
	view: string;
	report: Report;
}

const bodySchema = v.strictObject({ view: v.string(), report: v.unknown() });

/** The request in a body. */
export function parseErasure(body: string): Parsed<Erasure> {
	let json: unknown;
	try {
		json = JSON.parse(body);
	} catch {
		return { ok: false, kind: "malformed" };
	}
	const outer = v.safeParse(bodySchema, json);
	if (!outer.success) return { ok: false, kind: "malformed", detail: 'Send {"view": …, "report": …}.' };
	const { view } = outer.output;
	if (!v.is(reportSchema.entries.view, view)) return { ok: false, kind: "outside-limits", detail: "See view." };
	const report = parseReport(outer.output.report);
	return report.ok ? { ok: true, value: { view, report: report.value } } : report;
}

/** Throws `nothing-to-erase`, or `not-counted` with the `seq` that was. */
export async function erase(env: Env, site: Site, { view, report }: Erasure): Promise<void> {
	// The settings may have changed since it was counted: then all the goals that the browser knew were the site's.
	const counted = [...(await makeEntries([report], aimKeys(site.settings))), ...(await makeEntries([report]))];
	const key = await keyOf(site.id, view);
	if ((report.book ?? 0) >= site.books) throw new Problem("nothing-to-erase");
	const erasing = await bookOf(env, site.id, report.book).erase(
		key,
		counted.filter((entry) => entry.key === key),
	);
	if (erasing.state === "unknown") throw new Problem("nothing-to-erase");
	if (erasing.state === "other") throw new Problem("not-counted", undefined, { seq: erasing.seq });
}
