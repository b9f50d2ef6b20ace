/**
 * From untrusted bytes to reports: JSON, schema, consistency, consent. Returns a result value and never throws. Leaves
 * out cleaning (scrub.ts) and everything that needs storage.
 */
import * as v from "valibot";
import { maxReportsPerPost } from "../../schema/limits.ts";
import { addDays, dateOf } from "../../schema/period.ts";
import { purposeOfPart } from "../../schema/purposes.ts";
import { type Report, reportSchema } from "../../schema/report.ts";
import { groupsOf } from "../../schema/tree-rules.ts";
import type { ProblemKind } from "../problem.ts";

export type Parsed<T> = { ok: true; value: T } | { ok: false; kind: ProblemKind; detail?: string };

const refuse = (kind: ProblemKind, detail?: string) => ({ ok: false as const, kind, ...(detail ? { detail } : {}) });

/** One report, or a non-empty array of at most 20 that all belong to one site. */
export function parseBody(body: string): Parsed<Report[]> {
	let json: unknown;
	try {
		json = JSON.parse(body);
	} catch {
		return refuse("malformed");
	}
	const list = Array.isArray(json) ? json : [json];
	if (list.length === 0) return refuse("malformed");
	if (list.length > maxReportsPerPost) return refuse("outside-limits", `At most ${maxReportsPerPost} reports at once.`);
	const reports: Report[] = [];
	for (const item of list) {
		const parsed = parseReport(item);
		if (!parsed.ok) return parsed;
		reports.push(parsed.value);
	}
	if (reports.some((report) => report.site !== reports[0]?.site))
		return refuse("outside-limits", "Reports sent together belong to one site.");
	return { ok: true, value: reports };
}

/** One report: its shape, then what must agree inside it. */
export function parseReport(input: unknown): Parsed<Report> {
	if (typeof input !== "object" || input === null) return refuse("malformed");
	if (!("consent" in input)) return refuse("no-consent");
	const result = v.safeParse(reportSchema, input);
	if (!result.success) {
		// A value of the right type that is too long, too large or of the wrong form is outside limits; all else is malformed.
		const onlyValues = result.issues.every((issue) => issue.kind === "validation");
		const where = result.issues[0]?.path?.map((part) => (typeof part.key === "number" ? "[]" : part.key));
		return refuse(
			onlyValues ? "outside-limits" : "malformed",
			where && isOurWord(where) ? `See ${where.join(".")}.` : undefined,
		);
	}
	return checkInside(result.output);
}

/** Field names are ours only if the schema knows them; an unknown key is the sender's text and is not repeated. */
const ourWords = new Set(
	[
		"v site view seq book consent policy by day purposes period hour first bounded [] own events properties",
		"place page kind country device browser os language time visible engaged leaving how certain host",
		"visit index channel referrer campaign before continued gap search goals entrySpeed",
		"speed lcp inp cls fcp ttfb phases waiting cache dns connect request response routes parties",
		"lcpOf inpOf element delay load render input processing presentation",
		"interaction scroll clicks forms errors outbound downloads",
	].flatMap((words) => words.split(" ")),
);
const isOurWord = (path: unknown[]) => path.every((part) => typeof part === "string" && ourWords.has(part));

function checkInside(report: Report): Parsed<Report> {
	const granted = new Set(report.consent.purposes);
	for (const [part, purpose] of Object.entries(purposeOfPart)) {
		if (part in report && !granted.has(purpose))
			return refuse("no-consent", `The part ${part} needs the purpose ${purpose}.`);
	}
	const { visit, time, leaving, speed } = report;
	const bounded = groupsOf(report);
	if (visit?.entrySpeed !== undefined && !granted.has("performance"))
		return refuse("no-consent", "The speed of the entry needs the purpose performance.");
	if (report.v < 2 && hasNewParts(report))
		return refuse("outside-limits", "What version 2 brought is sent as version 2.");
	if (!visit !== !time || !visit !== !leaving)
		return refuse("outside-limits", "The parts visit, time and leaving go together.");
	if (visit) {
		const entry = visit.index === 1;
		if (entry === (visit.before !== undefined) || entry !== (visit.channel !== undefined))
			return refuse(
				"outside-limits",
				"An entry has a channel and no previous page; every other view has a previous page and no channel.",
			);
		if (!entry && (visit.referrer !== undefined || visit.campaign !== undefined))
			return refuse("outside-limits", "Only an entry has a referrer and a campaign.");
	}
	if (new Set(bounded).size < bounded.length)
		return refuse("outside-limits", "A view counts once at most in a group of a release.");
	if ([...(speed?.routes ?? []), ...(speed?.parties ?? [])].some(([, , n, failed]) => failed > n))
		return refuse("outside-limits", "No more requests failed than were made.");
	return { ok: true, value: report };
}

/** Parts of a report of version 1 and what was in each of them; `clicks` were pairs. */
const since1: Partial<Record<keyof Report, string>> = {
	visit: "index channel referrer before continued gap",
	speed: "lcp inp cls fcp ttfb",
	interaction: "scroll clicks",
};

/** An older version is counted by its own rules, which know nothing of these. */
function hasNewParts(report: Report): boolean {
	const isNew = (part: keyof Report, name: string) => !since1[part]?.split(" ").includes(name);
	return (
		"own" in report ||
		"bounded" in report ||
		(["visit", "speed", "interaction"] as const).some((part) =>
			Object.keys(report[part] ?? {}).some((name) => isNew(part, name)),
		) ||
		(report.interaction?.clicks ?? []).some((line) => line.length > 2)
	);
}

/** Whether the consent still holds: the day of the grant lies in the past, by at most as long as the site lets a grant last. */
export function consentHolds(report: Report, grantDays: number, now: number): boolean {
	const { day } = report.consent;
	// A day of slack both ways: the visitor's calendar day need not be ours.
	const tomorrow = addDays(dateOf(now, "UTC"), 1);
	return day <= tomorrow && day >= addDays(tomorrow, -(grantDays + 2));
}
