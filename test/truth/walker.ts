/**
 * A visitor's hands and diary: opens, clicks and leaves pages of the test site in one browser profile, and notes all of it in
 * the log by the script's own clock. Leaves out: what to do next.
 */
import type { LeavingMethod } from "../../schema/leaving.ts";
import type { Profile, Tab } from "../support/engines/index.ts";
import { until } from "../support/until.ts";
import { elementOf } from "./pages.ts";
import type { TestSite } from "./site.ts";
import type { ViewLog, VisitLog } from "./visit-log.ts";

const arrivalMs = 20_000;

export const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));

export class Walker {
	readonly profile: Profile;
	readonly site: TestSite;
	readonly log: VisitLog;
	/** The tab in front. */
	tab: Tab;
	/** Pages of this tab, and which of them it shows. */
	#history: string[] = [];
	#at = -1;
	/** The latest view that has its place in the visit. */
	#placed: string | undefined;
	/** When the page that comes next was asked for. */
	#asked = Date.now();

	constructor(profile: Profile, tab: Tab, site: TestSite, log: VisitLog) {
		this.profile = profile;
		this.tab = tab;
		this.site = site;
		this.log = log;
	}

	/** The page view that is going on. */
	get view(): ViewLog {
		const view = this.log.views.at(-1);
		if (!view) throw new Error("no page was opened yet");
		return view;
	}

	/** Opens a page in the tab, as an address typed. */
	async go(page: string): Promise<void> {
		await this.tab.go(this.site.origin + page);
		await this.arriveAt(page);
	}

	/** Opens a page in another tab, in front. */
	async goInNewTab(page: string): Promise<void> {
		this.tab = await this.profile.open();
		this.#history = [];
		this.#at = -1;
		await this.go(page);
	}

	/** The page in the tab's history that lies so far ahead, if it is another one. */
	pageAt(by: -1 | 1): string | undefined {
		const page = this.#history[this.#at + by];
		return page === this.view.page ? undefined : page;
	}

	async traverse(by: -1 | 1): Promise<void> {
		this.#at += by;
		await (by < 0 ? this.tab.back() : this.tab.forward());
		await this.begin(this.#history[this.#at] ?? "");
	}

	/** The tab goes on to a page; what lay ahead in its history is gone. */
	async arriveAt(page: string): Promise<void> {
		this.#history = [...this.#history.slice(0, ++this.#at), page];
		await this.begin(page);
	}

	/** Waits for the page, with which a view of its own begins, and for its place in the visit: what is left sooner is no view. */
	async begin(page: string): Promise<void> {
		await until(`${page} in the tab`, () => isThere(this.tab, page), arrivalMs);
		const began = Date.now();
		const previous = this.log.views.at(-1);
		if (previous) previous.gone ??= began;
		const before = previous && { before: previous.page };
		const empty = { how: "unknown", clicks: {}, happened: {}, tenth: 0 } as const;
		this.log.views.push({ page, ...before, asked: this.#asked, began, ...empty });
		await this.noteTenth();
		this.#placed = await until(`a place for ${page}`, async () => {
			const view = await this.tab.evaluate<string | undefined>(latestView);
			return view === this.#placed ? undefined : view;
		});
	}

	/** Notes that the view is left now; `by` where there is something special about it. */
	leaveAs(how: LeavingMethod, by?: string): void {
		this.#asked = Date.now();
		Object.assign(this.view, { how, ...(by && { by }), ...(how === "lost" ? {} : { left: this.#asked }) });
	}

	/** Notes that the view is no longer on the screen. */
	seeGone(): void {
		this.view.gone = Date.now();
	}

	async awaitElsewhere(): Promise<void> {
		const is = `location.href === ${JSON.stringify(this.site.elsewhere)}`;
		await until("another site in the tab", () => this.tab.evaluate<boolean>(is).catch(() => false), arrivalMs);
		this.seeGone();
	}

	/** Clicks what has this id, which leaves the view where `how` is named. */
	click(id: string, how?: LeavingMethod, times?: number): Promise<void> {
		const pressing = () => {
			const element = elementOf(id);
			this.view.clicks[element] = (this.view.clicks[element] ?? 0) + 1;
			if (how) this.leaveAs(how);
		};
		return this.tab.click(`#${id}`, pressing, times);
	}

	note(name: string): void {
		this.view.happened[name] = (this.view.happened[name] ?? 0) + 1;
	}

	async scroll(byPx: number): Promise<void> {
		const position = () => this.tab.evaluate<number>("scrollY");
		const before = await position();
		await this.tab.scroll(byPx);
		await until("scrolling", async () => (await position()) !== before);
		await until("the end of scrolling", async () => {
			const at = await position();
			await wait(80);
			return (await position()) === at;
		});
		await this.noteTenth();
	}

	private async noteTenth(): Promise<void> {
		const [bottom, height] = await this.tab.evaluate<[number, number]>(
			"[scrollY + innerHeight, document.documentElement.scrollHeight]",
		);
		this.view.tenth = Math.max(this.view.tenth, Math.min(10, Math.floor((10 * (bottom + 1)) / height)));
	}
}

const latestView = `Object.entries(localStorage).map(([key, value]) => /:visit$/.test(key) && JSON.parse(value).view).find(Boolean)`;

/** Set on a page that is about to be reloaded, so that it is not taken for the one that comes. */
export const oldMark = "window.gammel = true";

/**
 * Whether the tab shows this page, loaded and with the collector's two files there: what is done before that nobody can count.
 * Errors are those of a page that is just going.
 */
async function isThere(tab: Tab, page: string): Promise<boolean> {
	const loaded = `performance.getEntriesByType("resource").filter((one) => one.responseEnd && one.name.includes("/code/"))`;
	const state = [
		`location.pathname === ${JSON.stringify(page)}`,
		`document.readyState === "complete"`,
		"!window.gammel",
		`${loaded}.length > 1`,
	];
	return tab.evaluate<boolean>(state.join(" && ")).catch(() => false);
}
