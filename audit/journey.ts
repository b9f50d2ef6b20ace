/**
 * One fresh browser profile on its way through a page: what is watched, what is pressed, what lies there afterwards.
 * Leaves out judging.
 */
import type { Page } from "playwright-core";
import { bundlePageCode, type PageCode } from "./bundle.ts";
import { type Answer, decideOn, findTools } from "./decide.ts";
import type { Asked, Evidence, Hidden, State } from "./evidence.ts";
import { readNetLog } from "./net-log.ts";
import { hostOf } from "./parties.ts";
import { openProfile } from "./profile.ts";
import { readStored } from "./storage.ts";
import { type Watch, watch } from "./watch.ts";
import { Unanswerable, type Way } from "./wish.ts";

/** What can be asked for: a state, or the pair that needs the same profile. */
export const journeys: State[][] = [["undecided"], ["refused"], ["granted", "withdrawn"], ["bot"], ["gpc"]];

const loadMs = 30_000;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Lets the page do what it does by itself; what takes long gets as much time again. */
async function settle(watched: Watch, waitMs: number): Promise<void> {
	await pause(waitMs);
	const end = Date.now() + waitMs;
	while (Date.now() < end && (watched.open.size > 0 || Date.now() - watched.lastAt < waitMs / 2)) await pause(50);
}

/** Moves, scrolls, clicks on text and presses a key, as somebody who reads. */
async function read(page: Page, code: PageCode): Promise<void> {
	const place = await page.evaluate<{ x: number; y: number } | null>(code.findHarmlessPlace).catch(() => null);
	await page.mouse.move(200, 200);
	await page.mouse.move(420, 320, { steps: 4 });
	if (place) await page.mouse.click(place.x, place.y);
	await page.mouse.wheel(0, 600);
	await page.keyboard.press("Tab");
}

async function open(page: Page, url: string): Promise<void> {
	try {
		await page.goto(url, { timeout: loadMs, waitUntil: "load" });
	} catch (error) {
		const reason = String(error instanceof Error ? error.message : error).split("\n")[0] ?? "";
		// A page that never finishes loading can still be looked at.
		if (!/timeout/i.test(reason) || page.url() === "about:blank")
			throw new Unanswerable(`${url} cannot be opened (${/net::\w+/.exec(reason)?.[0] ?? "no answer in time"}).`);
	}
}

export interface Travelled {
	evidence: Evidence[];
	/** Where the page was, after redirects. */
	address: string;
	tools: string[];
	/** Name and version. */
	browser: string;
}

const answers: Partial<Record<State, Answer>> = { refused: "decline", granted: "accept", withdrawn: "withdraw" };
const untouched: Partial<Record<State, string>> = {
	undecided: "nothing was pressed",
	bot: "nothing was pressed, as a search engine's robot",
	gpc: "nothing was pressed, in a browser that asks not to be measured (GPC)",
};

const blank = (state: State, profile: number, from: number): Evidence => {
	const empty = { signals: [], requests: [], acts: [], stored: [], hidden: [] };
	return { state, profile, how: untouched[state] ?? "", from, to: Number.POSITIVE_INFINITY, ...empty };
};

/** The two logs may tell the time of one request so differently, ms. */
const slackMs = 2_000;

/** What the NetLog shows of a state that the list of requests does not. */
function hiddenIn({ from, to }: Evidence, requests: Asked[], seen: Hidden[]): Hidden[] {
	const near = requests.filter(({ at }) => at >= from - slackMs && at < to + slackMs);
	const hosts = new Set(near.map(({ url }) => hostOf(url)));
	const asked = new Set(near.map(({ url }) => url.replace(/#.*/, "")));
	return seen.filter(({ at, kind, target }) => {
		if (at < from || at >= to) return false;
		return kind === "request" ? !asked.has(target) : !hosts.has(hostOf(target));
	});
}

function lackOf(answer: Answer = "accept", { selectors }: Way): string {
	const named = selectors[answer]?.join(", then ");
	if (named) return `nothing to ${answer} could be found at ${named}`;
	return `no way to ${answer} could be found (name one with --${answer} CSS)`;
}

/** Brings `page` from state to state. Leaves the evidence without what must wait for the end. */
async function passThrough(page: Page, watched: Watch, evidence: Evidence[], way: Way): Promise<Set<string>> {
	const code = await bundlePageCode();
	const decider = decideOn(page, code, way.selectors);
	const tools = new Set<string>();
	const use = async () => {
		const icons = await page.evaluate<string[]>(code.listIcons).catch(() => []);
		for (const url of icons) watched.add({ at: Date.now(), url, method: "GET", kind: "image" });
		await settle(watched, way.waitMs);
		await read(page, code);
		await settle(watched, way.waitMs);
	};
	/** False where there is no way to the state. */
	const reach = async (one: Evidence): Promise<boolean> => {
		const answer = answers[one.state];
		if (!answer) return true;
		if (answer !== "withdraw") await settle(watched, way.waitMs);
		const isFindable = answer === "withdraw" || !!way.selectors[answer]?.length;
		const isAsked = isFindable || (await decider.isAsked(way.patienceMs));
		if (answer === "decline") one.unequal = (await decider.sees("accept")) && !(await decider.sees("decline"));
		const given = await decider.give(answer, isAsked ? way.patienceMs : 0);
		if (!given) return false;
		one.how = given.how;
		one.from = given.at;
		await use();
		await open(page, way.url); // the answer must hold on the next page too
		return true;
	};

	for (const [index, one] of evidence.entries()) {
		if (!(await reach(one))) {
			one.missing = lackOf(answers[one.state], way);
			for (const later of evidence.slice(index + 1)) later.missing = "the visitor never came so far";
			break;
		}
		await use();
		for (const { name } of await findTools(page)) tools.add(name);
		if (!answers[one.state]) one.asks = await decider.sees("accept");
		one.stored = await readStored(page, code);
		one.signals = await page.evaluate<string[]>(code.readSignals).catch(() => []);
		if (way.screenshots) one.screenshot = (await page.screenshot({ type: "jpeg", quality: 60 })).toString("base64");
	}
	return tools;
}

/** Goes through `states` in a profile of its own. */
export async function travel(states: State[], profile: number, way: Way): Promise<Travelled> {
	const [first = "undecided"] = states;
	const { context, close } = await openProfile(first, way.language);
	const travelled: Travelled = { evidence: [], address: way.url, tools: [], browser: "" };
	let log = "";
	let requests: Asked[] = [];
	try {
		const { page, watched } = await watch(context, first === "gpc");
		const begun = Date.now();
		await open(page, way.url);
		const evidence = states.map((state) => blank(state, profile, begun));
		const tools = await passThrough(page, watched, evidence, way);
		const address = page.url();
		// What is sent on leaving counts too.
		await page.goto("about:blank").catch(() => {});
		await pause(Math.min(way.waitMs, 500));
		requests = watched.requests();
		for (const [index, one] of evidence.entries()) {
			const next = evidence[index + 1];
			one.to = next && !next.missing ? next.from : Date.now();
			if (one.missing) continue;
			const isIn = ({ at }: { at: number }) => one.from <= at && at < one.to;
			one.requests = requests.filter(isIn);
			one.acts = watched.acts.filter(isIn);
		}
		Object.assign(travelled, { evidence, address, tools: [...tools] });
		travelled.browser = `Chromium ${context.browser()?.version() ?? ""}`.trim();
	} finally {
		log = await close();
	}
	const seen = readNetLog(log, hostOf(travelled.address));
	for (const one of travelled.evidence) if (!one.missing) one.hidden = hiddenIn(one, requests, seen);
	return travelled;
}
