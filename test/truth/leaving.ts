/**
 * The leaving table: every way of leaving a page, in every engine, by real mouse and keyboard, and what the report finally
 * said against what the hand did. Leaves out: the cases themselves, and what an engine could tell at best.
 */
import type { LeavingMethod } from "../../schema/leaving.ts";
import { type EngineName, engineNames, openDesk, versionOf } from "../support/engines/index.ts";
import { type Sink, startSink } from "../support/sink.ts";
import { until } from "../support/until.ts";
import { type Hand, type LeavingCase, leavingCases, Missed, subject } from "./leaving-cases.ts";
import { linkTo } from "./pages.ts";
import { startTestSite, type TestSite } from "./site.ts";

export interface LeavingResult {
	method: LeavingMethod;
	by: string;
	engine: EngineName;
	/** What the report of highest seq said; null where none arrived. */
	told: LeavingMethod | null;
	certain: boolean;
	/** Reports of the view that arrived, in order: by fetch while the page lived, or by what a page leaves behind. */
	arrived: ("fetch" | "beacon")[];
	verdict: "right" | "unknown" | "wrong" | "not possible";
	/** Why it is not possible, or what went wrong with the driving. */
	note?: string;
}

export interface LeavingRun {
	kind: "leaving";
	date: string;
	versions: Partial<Record<EngineName, string>>;
	results: LeavingResult[];
	/** The table with its versions and date, for docs/leaving-methods.md. */
	markdown: string;
}

/** The view in question: the nth of its page. */
function viewOf(site: TestSite, { page = subject, nth = 1 }: LeavingCase) {
	return site.counted().filter(({ place }) => place.page === page)[nth - 1];
}

/** Where the engine says nothing better than this, nothing better comes: waited for this long. */
const settleMs = 8_000;

/** `again`: how often it may begin anew where the hand misses. */
async function runCase(engine: EngineName, one: LeavingCase, sink: Sink, again = 2): Promise<LeavingResult> {
	const result: LeavingResult = {
		method: one.method,
		by: one.by,
		engine,
		told: null,
		certain: false,
		arrived: [],
		verdict: "not possible",
	};
	const note = one.notPossible?.[engine];
	if (note) return { ...result, note };
	const site = await startTestSite({ app: sink.app, origin: sink.site, siteId: "test" }, { screen: true });
	const desk = await openDesk(engine, [`${site.origin}/`]).catch(async (error) => {
		await site.stop();
		throw error;
	});
	const shown: Hand["shown"] = (path, times = 1) =>
		until(`${path} on the screen`, () => (site.layouts.get(path)?.shown ?? 0) >= times, 15_000);
	let page: string = "/";
	let hasMissed = false;
	const hand: Hand = {
		desk,
		site,
		shown,
		click: async (id) => {
			const at = site.layouts.get(page)?.at[id];
			if (!at) throw new Error(`${id} is not on the screen`);
			await desk.click(at);
		},
	};
	try {
		await shown("/");
		await until("the first page's place in the visit", () => site.posts.length > 0);
		await hand.click(linkTo(subject).slice(1));
		await shown(subject);
		page = subject;
		await one.prepare?.(hand);
		page = one.page ?? subject;
		// The first report tells that the page has settled; who leaves earlier is counted all the same, elsewhere.
		if (one.by !== "meta refresh") await until("the first report", () => viewOf(site, one));
		const before = site.layouts.get(one.leadsTo ?? "")?.shown ?? 0;
		await one.act(hand);
		if (one.leadsTo) await shown(one.leadsTo, before + 1);
		await until(`left by ${one.method}`, () => viewOf(site, one)?.leaving?.how === one.method, settleMs).catch(
			() => {},
		);
	} catch (error) {
		hasMissed = error instanceof Missed;
		result.note = error instanceof Error ? error.message : String(error);
	} finally {
		await desk.stop();
		await site.stop();
	}
	if (hasMissed && again > 0) return runCase(engine, one, sink, again - 1);
	const view = viewOf(site, one);
	const told = view?.leaving?.how ?? null;
	// Firefox and WebKit drop the beacon of a page they close now and then: then nothing followed, and nothing else is said.
	const isDropped = told === "lost" && one.method === "closed" && engine !== "chromium";
	const verdict = told === one.method ? "right" : told === "unknown" || isDropped ? "unknown" : "wrong";
	const arrived = site.posts
		.filter(({ reports }) => reports.some((report) => report.view === view?.view))
		.map(({ mode }) => mode);
	return { ...result, told, certain: view?.leaving?.certain ?? false, arrived, verdict };
}

async function runEngine(engine: EngineName, cases: readonly LeavingCase[]): Promise<LeavingResult[]> {
	const results: LeavingResult[] = [];
	const sink = await startSink();
	try {
		for (const one of cases) results.push(await runCase(engine, one, sink));
	} finally {
		await sink.close();
	}
	return results;
}

const transports = ({ arrived }: LeavingResult) =>
	arrived.length === 0
		? "nothing"
		: [...new Set(arrived)].map((mode) => `${mode} ×${arrived.filter((m) => m === mode).length}`).join(", ");

/** One row a way of leaving, one column an engine: what was told, and what brought it. */
function leavingTable(results: readonly LeavingResult[], engines: readonly EngineName[]): string {
	const cell = (found: LeavingResult | undefined) => {
		if (!found || found.verdict === "not possible") return "–";
		const told = found.verdict === "wrong" ? `**${found.told ?? "nothing"}**` : `${found.told}`;
		return `${told}${found.certain ? "" : " ~"} (${transports(found)})`;
	};
	const rows = new Map<string, LeavingResult[]>();
	for (const result of results) {
		const key = `\`${result.method}\` | ${result.by}`;
		rows.set(key, [...(rows.get(key) ?? []), result]);
	}
	return [
		`| left by | how | ${engines.join(" | ")} |`,
		`|---|---|${engines.map(() => "---|").join("")}`,
		...[...rows].map(
			([key, found]) =>
				`| ${key} | ${engines.map((name) => cell(found.find(({ engine }) => engine === name))).join(" | ")} |`,
		),
	].join("\n");
}

/** Drives all cases in all engines, the engines side by side. */
export async function runLeaving({
	engines = engineNames,
	cases = leavingCases,
}: {
	engines?: readonly EngineName[];
	cases?: readonly LeavingCase[];
} = {}): Promise<LeavingRun> {
	const results = (await Promise.all(engines.map((engine) => runEngine(engine, cases)))).flat();
	const date = new Date().toISOString().slice(0, 10);
	const versions = Object.fromEntries(engines.map((engine) => [engine, versionOf(engine)]));
	const head = `Run on ${date} with ${Object.values(versions).join(", ")}.`;
	return { kind: "leaving", date, versions, results, markdown: `${head}\n\n${leavingTable(results, engines)}` };
}
