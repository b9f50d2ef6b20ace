/**
 * What a visitor does: on a page, to go on to another one, and to end the visit. A further act is one entry. Leaves out:
 * what to choose, and what should be counted for it.
 */
import type { Random } from "../../demo/random.ts";
import type { Engine } from "../support/engines/index.ts";
import { until } from "../support/until.ts";
import { formOf, linkTo, paths, thanks } from "./pages.ts";
import { oldMark, type Walker, wait } from "./walker.ts";

export interface Doing {
	engine: Engine;
	random: Random;
	walker: Walker;
	/** Reads the page for a while. */
	stay(): Promise<void>;
}
type Do = (doing: Doing) => Promise<unknown>;

/** Longer than a visitor waits for an answer to a click. */
const deadMs = 2_500;
/** How long a page hides before it counts as left in the background, with time to spare. */
const hiddenMs = 1_300;

const anyPage = (random: Random) => paths[random.whole(0, paths.length - 1)] as string;

/** On a page that stays. */
export const acts = {
	button: ({ walker, random }) => walker.click(random.chance(0.5) ? "knapp" : "kart"),
	event: async ({ walker }) => {
		await walker.click("hendelse");
		walker.note("event");
	},
	error: async ({ walker }) => {
		await walker.click("feil");
		walker.note("error");
	},
	download: async ({ walker, engine }) => {
		if (!engine.can.download) return;
		await walker.click("fil");
		walker.note("download");
	},
	type: async ({ walker }) => {
		await walker.tab.type("#felt", "ord");
		walker.note(`begun ${formOf("sok")}`);
	},
	rage: async ({ walker }) => {
		await walker.click("dod", undefined, 3);
		walker.note("rage");
		await walker.click("knapp"); // at once, so that the last one is not a dead click as well
	},
	dead: async ({ walker }) => {
		await walker.click("dod");
		await wait(deadMs);
		walker.note("dead");
		await walker.click("knapp"); // going on tells that nothing had come
	},
} satisfies Record<string, Do>;

const link: Do = async (doing) => {
	const { walker, random } = doing;
	const page = anyPage(random);
	if (page === walker.view.page) return reload(doing);
	await walker.click(linkTo(page).slice(1), "link");
	await walker.arriveAt(page);
};
const reload: Do = async ({ walker }) => {
	await walker.tab.evaluate(oldMark);
	walker.leaveAs("reload");
	await walker.tab.reload();
	await walker.begin(walker.view.page);
};
const back: Do = async (doing) => {
	if (!doing.walker.pageAt(-1)) return link(doing);
	doing.walker.leaveAs("back");
	await doing.walker.traverse(-1);
};

/** Waits for the first report of the view that is shown. */
const reported = ({ site, log }: Walker) =>
	until("the first report", () => site.counted().some(({ visit }) => visit?.index === log.views.length));

/**
 * Firefox tells an address typed by whether the page is kept for Back alone, and keeps none that holds a lock: the collector does for
 * 50 ms before the first report.
 */
const settled = async ({ engine, walker }: Doing) => void (engine.name === "firefox" && (await reported(walker)));

/** From one view to the next. */
export const steps = {
	link,
	reload,
	back,
	forward: async (doing) => {
		if (!doing.walker.pageAt(1)) return back(doing);
		doing.walker.leaveAs("forward");
		await doing.walker.traverse(1);
	},
	form: async (doing) => {
		const { walker, random } = doing;
		if (walker.view.page === thanks) return link(doing);
		const button = random.chance(0.5) ? "bestill" : "sok";
		walker.note(`begun ${formOf(button)}`);
		walker.note(`submitted ${formOf(button)}`);
		await walker.click(button, "form");
		await walker.arriveAt(thanks);
	},
	script: async (doing) => {
		if (doing.walker.view.page === thanks) return link(doing);
		await doing.walker.click("skript", "script");
		await doing.walker.arriveAt(thanks);
	},
	typed: async (doing) => {
		const page = anyPage(doing.random);
		if (page === doing.walker.view.page) return reload(doing);
		await settled(doing);
		doing.walker.leaveAs("typed");
		await doing.walker.go(page);
	},
	/** Another tab in front, in which the visit goes on. */
	tab: async (doing) => {
		if (!doing.engine.can.tabs) return link(doing);
		doing.walker.leaveAs("away");
		await doing.walker.goInNewTab(anyPage(doing.random));
		await wait(hiddenMs);
	},
	/** Closes the tab and opens another one. */
	reopen: async (doing) => {
		const { walker, random } = doing;
		if (doing.engine.name !== "chromium") return link(doing);
		walker.leaveAs("closed");
		await walker.tab.close();
		await walker.goInNewTab(anyPage(random));
	},
	crash: async ({ walker, random }) => {
		walker.leaveAs("lost", "crash of the page");
		await walker.tab.crash();
		await walker.goInNewTab(anyPage(random));
	},
	/** What is left, and the whole of the next view, while the Worker cannot be reached. */
	offline: async (doing) => {
		const { site, view } = doing.walker;
		site.isOffline = true;
		view.by = "offline";
		await link(doing);
		doing.walker.view.by = "begun offline";
		await doing.stay();
		site.isOffline = false;
	},
} satisfies Record<string, Do>;

/** What ends a visit. */
export const endings = {
	closed: async ({ walker }) => {
		walker.leaveAs("closed");
		await walker.tab.close();
		walker.seeGone();
	},
	outbound: async ({ walker }) => {
		walker.note("outbound");
		await walker.click("ut", "outbound");
		await walker.awaitElsewhere();
	},
	typed: async (doing) => {
		const { walker } = doing;
		await settled(doing);
		walker.leaveAs("typed");
		await walker.tab.go(walker.site.elsewhere);
		await walker.awaitElsewhere();
	},
	away: async ({ walker }) => {
		walker.leaveAs("away");
		await walker.profile.open();
		walker.seeGone();
		await wait(hiddenMs);
	},
	/** Waits, so that there is a report. */
	lost: async ({ walker, engine }) => {
		await reported(walker);
		walker.leaveAs("lost");
		await (engine.can.crash ? walker.tab.crash() : walker.profile.kill());
	},
	quit: async ({ walker }) => {
		walker.leaveAs("closed", "quitting the browser");
		await walker.tab.close();
		await walker.profile.close(); // and nobody waits for what is under way
	},
	kill: async ({ walker }) => {
		walker.leaveAs("lost", "SIGKILL of the browser");
		await walker.profile.kill();
	},
} satisfies Record<string, Do>;

export type Act = keyof typeof acts;
export type Step = keyof typeof steps;
export type Ending = keyof typeof endings;
