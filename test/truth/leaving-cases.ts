/** Every way of leaving a page that a person with mouse and keyboard has, as what the hand does. Leaves out: judging. */
import type { LeavingMethod } from "../../schema/leaving.ts";
import type { Desk, EngineName } from "../support/engines/index.ts";
import { until } from "../support/until.ts";
import { elsewherePath, linkTo, type PagePath, refreshing, thanks } from "./pages.ts";
import type { TestSite } from "./site.ts";

/** The page that is left, unless a case says otherwise; the visit begins on the front page. */
export const subject: PagePath = "/turer";

/** What a case has at hand. */
export interface Hand {
	desk: Desk;
	site: TestSite;
	/** Clicks what has this id on the page that is shown. */
	click(id: string, page?: string): Promise<void>;
	/** Waits until a page is shown for the nth time. */
	shown(path: string, times?: number): Promise<unknown>;
}

export interface LeavingCase {
	method: LeavingMethod;
	/** How, in the words of the table. */
	by: string;
	/** The page that is left, and which of its views. */
	page?: string;
	nth?: number;
	/** From the subject as it is shown to where the case begins. */
	prepare?(hand: Hand): Promise<unknown>;
	act(hand: Hand): Promise<unknown>;
	/** The page it leads to: waited for, because a hand may miss. */
	leadsTo?: string;
	/** Engines in which the hand cannot do it, and why. */
	notPossible?: Partial<Record<EngineName, string>>;
}

/** The hand did something else than it was to do, and nothing can be said of what came of it. */
export class Missed extends Error {}

const typedMs = 10_000;

/** Types an address. Throws `Missed` where its page does not come: what is typed before the address bar has the focus is the page's. */
async function goTo({ desk, site }: Hand, url: string): Promise<void> {
	const { pathname } = new URL(url);
	const shown = () => site.layouts.get(pathname)?.shown ?? 0;
	const before = shown();
	await desk.typeAddress(url);
	await until(pathname, () => shown() > before, typedMs).catch(() => {
		throw new Missed(`${url} was typed beside the address bar`);
	});
}

const noWindowKey = { webkit: "MiniBrowser has no key that closes its window" };

export const leavingCases: LeavingCase[] = [
	{ method: "link", by: "click on a link", leadsTo: "/om", act: ({ click }) => click(linkTo("/om").slice(1)) },
	{
		method: "link",
		by: "Enter on a link",
		leadsTo: "/om",
		act: async ({ click, desk }) => {
			await click("tittel");
			await desk.press("shift+Tab"); // the last link of the navigation
			await desk.press("Return");
		},
	},
	{
		method: "outbound",
		by: "click on a link to another site",
		leadsTo: elsewherePath,
		act: ({ click }) => click("ut"),
	},
	{ method: "form", by: "submit button, POST", leadsTo: thanks, act: ({ click }) => click("bestill") },
	{ method: "form", by: "submit button, GET", leadsTo: thanks, act: ({ click }) => click("sok") },
	{ method: "back", by: "the browser's Back", leadsTo: "/", act: ({ desk }) => desk.back() },
	{ method: "back", by: "history.back()", leadsTo: "/", act: ({ click }) => click("tilbake") },
	{
		method: "forward",
		by: "the browser's Forward",
		leadsTo: subject,
		page: "/",
		nth: 2,
		prepare: async ({ desk, shown }) => {
			await desk.back();
			await shown("/", 2);
		},
		act: ({ desk }) => desk.forward(),
	},
	{ method: "reload", by: "F5", leadsTo: subject, act: ({ desk }) => desk.press("F5") },
	{ method: "reload", by: "location.reload()", leadsTo: subject, act: ({ click }) => click("last") },
	{ method: "script", by: "location.assign()", leadsTo: thanks, act: ({ click }) => click("skript") },
	{
		method: "script",
		by: "meta refresh",
		leadsTo: thanks,
		page: refreshing,
		prepare: ({ desk, site }) => desk.typeAddress(site.origin + refreshing),
		act: async () => {}, // it goes by itself
	},
	{
		method: "typed",
		by: "address bar, same site",
		leadsTo: "/om",
		act: (hand) => goTo(hand, `${hand.site.origin}/om`),
	},
	{
		method: "typed",
		by: "address bar, another site",
		leadsTo: elsewherePath,
		act: (hand) => goTo(hand, hand.site.elsewhere),
	},
	{
		method: "typed",
		by: "Back to another site",
		leadsTo: elsewherePath,
		page: "/om",
		prepare: async (hand) => {
			await hand.click("ut"); // the visit goes on when the address is typed
			await hand.shown(elsewherePath);
			await goTo(hand, `${hand.site.origin}/om`);
			await hand.shown("/om");
		},
		act: ({ desk }) => desk.back(),
	},
	{
		method: "closed",
		by: "closing the last tab",
		act: ({ desk }) => desk.press("ctrl+w"),
	},
	{
		method: "closed",
		by: "closing one tab of two",
		prepare: async (hand) => {
			await hand.desk.newTab();
			await goTo(hand, `${hand.site.origin}/om`);
			await hand.shown("/om");
		},
		page: "/om",
		act: ({ desk }) => desk.press("ctrl+w"),
	},
	{
		method: "closed",
		by: "closing the window",
		act: ({ desk }) => desk.press("ctrl+shift+w"),
		notPossible: noWindowKey,
	},
	{ method: "away", by: "another tab, and never back", act: ({ desk }) => desk.newTab() },
	{
		method: "away",
		by: "another tab, then closing the window",
		prepare: async ({ desk, site }) => {
			await desk.newTab();
			await until("the hidden page's report", () =>
				site.counted().some(({ place, leaving }) => place.page === subject && leaving?.how === "away"),
			);
			await new Promise((resolve) => setTimeout(resolve, 1_500)); // longer than a page is hidden that is being closed
		},
		act: ({ desk }) => desk.press("ctrl+shift+w"),
		notPossible: noWindowKey,
	},
	{ method: "lost", by: "SIGKILL of the browser", act: ({ desk }) => desk.kill() },
	{
		method: "lost",
		by: "crash of the page",
		act: async ({ desk }) => {
			if (!desk.killPages()) throw new Error("no process of the page was found");
		},
	},
];
