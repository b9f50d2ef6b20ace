/**
 * How far a site's set-up is: three steps (the gate file is asked for, a first report was taken, a first period is closed), and what
 * keeps it from going on. Pure; leaves out where it is known from (state.ts), and words (worker/dashboard/setup).
 */
import { lateMs } from "../../schema/limits.ts";
import { boundsOf, periodAt } from "../../schema/period.ts";
import type { Look, LookFault } from "../../schema/setup.ts";
import type { Site } from "../sites/stored.ts";
import type { Sighting } from "./sightings.ts";

export type StepState = "done" | "waiting" | "wrong";

/** What a running site shows to be wrong, besides what is found on its page. */
export interface SeenFault {
	kind: "foreign-origin" | "superseded" | "no-consent" | "outside-limits" | "old-code" | "never-granted" | "no-report";
	about: string;
}

export interface Setup {
	/** Snippet, first report, first closed period. */
	steps: [StepState, StepState, StepState];
	/** By the step they keep from being done: on the page, and from there on. */
	onPage: LookFault[];
	onTheWay: SeenFault[];
	look: Look | null;
	/** First instant of the hour in which each was last seen, ms since 1970. */
	seen: Partial<Record<"gate" | "config" | "report", number>>;
	/** Gate files that were asked for. */
	files: string[];
	/** When the first period closes, as far as that can be told. */
	closes: number | undefined;
	/** Too few browsers so far: the period joins the next. */
	isJoining: boolean;
	k: number;
	/** Changes whenever any of this does. */
	mark: string;
}

/** Not wrong yet, only likely. */
export const hints: readonly string[] = ["tag-manager", "never-granted", "no-report", "unreachable", "private-address"];
/** What a gate file that is asked for proves not to be so. */
const disproved: readonly string[] = [
	"missing",
	"tag-manager",
	"wrong-host",
	"unreachable",
	"private-address",
	"not-html",
];

export interface Known {
	sightings: Sighting[];
	look: Look | null;
	periods: { period: string; state: string }[];
	closed: boolean;
}

type Judged = Pick<Site, "origins" | "grain" | "timeZone" | "k">;

export function judgeSetup(site: Judged, { sightings, look, periods, closed }: Known, now: number): Setup {
	const lastOf = (kind: Sighting["kind"]) => sightings.filter((one) => one.kind === kind).map(({ hour }) => hour);
	const seen: Setup["seen"] = {};
	for (const kind of ["gate", "config", "report"] as const) {
		const hours = lastOf(kind);
		if (hours.length > 0) seen[kind] = Math.max(...hours);
	}
	const isLoaded = seen.gate !== undefined || seen.config !== undefined || seen.report !== undefined;
	const isReported = closed || periods.length > 0 || seen.report !== undefined;
	const onPage = (look?.faults ?? []).filter(({ kind }) => !(isLoaded && disproved.includes(kind)));
	const onTheWay = faultsSeen(site, sightings, isLoaded, seen);
	const isWrong = (faults: readonly { kind: string }[]) => faults.some(({ kind }) => !hints.includes(kind));
	const isFound = isLoaded || (look?.files.length ?? 0) > 0 || (look === null && isReported);
	const steps: Setup["steps"] = [
		isWrong(onPage) ? "wrong" : isFound ? "done" : "waiting",
		isReported ? "done" : isWrong(onTheWay) ? "wrong" : "waiting",
		closed ? "done" : "waiting",
	];
	const files = sightings.filter(({ kind }) => kind === "gate").map(({ about }) => about);
	const isJoining = periods.length > 0 && periods.every(({ state }) => state === "joining");
	const first = periods.map(({ period }) => period).sort()[0] ?? periodAt(now, site.grain, site.timeZone);
	const end = boundsOf(first, site.grain, site.timeZone)?.end;
	const closes = closed || isJoining || end === undefined ? undefined : end + lateMs;
	const mark = JSON.stringify([steps, onPage, onTheWay, look?.at, look?.files, seen, files, isJoining]);
	return { steps, onPage, onTheWay, look, seen, files, closes, isJoining, k: site.k, mark };
}

function faultsSeen({ origins }: Judged, sightings: Sighting[], isLoaded: boolean, seen: Setup["seen"]): SeenFault[] {
	const of = (kind: Sighting["kind"]) => sightings.filter((one) => one.kind === kind);
	// Anybody can write an origin: those that look like the site's come first, and few are shown.
	const kinship = (origin: string) => (origins.some((own) => isKin(origin, own)) ? 0 : 1);
	const foreign = of("foreign-origin")
		.filter(({ about }) => !origins.includes(about)) // added since
		.sort((a, b) => kinship(a.about) - kinship(b.about) || a.about.localeCompare(b.about))
		.slice(0, maxForeignShown);
	const faults = foreign.map(({ about }): SeenFault => ({ kind: "foreign-origin", about }));
	for (const kind of ["old-code", "superseded", "no-consent", "outside-limits"] as const)
		if (of(kind).length > 0) faults.push({ kind, about: "" });
	if (seen.report === undefined && faults.length === 0 && isLoaded)
		faults.push({ kind: seen.config === undefined ? "never-granted" : "no-report", about: "" });
	return faults;
}

const maxForeignShown = 3;

/** Whether two origins share the last two parts of their host, as www.example.no and example.no do. */
function isKin(one: string, other: string): boolean {
	const tail = (origin: string) => new URL(origin).hostname.split(".").slice(-2).join(".");
	return tail(one) === tail(other);
}
