/**
 * Takes page views out of the statistics again: one request per view, in random order and with random pauses, so that what
 * belongs together cannot be told by its arrival. What waits is kept on the device until it is done, so it goes on without
 * the network later, and on the site's next page. Leaves out: which views.
 */
import { openShelf } from "../storage.ts";
import { type Contributed, newestOf } from "./contribution.ts";

/** Between two requests: nothing to twice this. */
const pauseMs = 700;
/** After a failure; after each further one twice as long, up to a quarter of an hour. */
const patienceMs = 15_000;
const mostPatience = 6;
/** A report that nobody has acknowledged may still be on its way for this long after it was made. */
const flightMs = 60_000;

export interface Erasures {
	/** Erases these, whenever that can be. */
	add(pages: Contributed[]): void;
	/** Goes on with what waits. */
	goOn(): void;
	/** How many wait. */
	waiting(): number;
	/** How many the server would not erase, since this page was loaded. */
	failed: number;
	/** Runs after every change. */
	onchange: () => void;
}

export function openErasures(site: string, url: string): Erasures {
	const shelf = openShelf(site, new AbortController().signal);
	const names = () => shelf.names("erase:");
	let wake = () => {};
	let running = false;

	const pause = (ms: number) =>
		new Promise<void>((resolve) => {
			wake = resolve;
			setTimeout(resolve, ms);
		});

	/** True where that view is done with; throws where it is worth another attempt later. */
	async function ask(name: string): Promise<boolean> {
		const page = shelf.read<Contributed>(name);
		const report = page && newestOf(page);
		if (!report) return true;
		const body = JSON.stringify({ view: report.view, report });
		const answer = await fetch(url, { method: "POST", body, keepalive: true, credentials: "omit" });
		const { status } = answer;
		if (status === 429 || status > 499) throw status;
		if (answer.ok) return true;
		if (status === 404) return !page.isOut || Date.now() - page.at > flightMs;
		if (status === 409) {
			const { seq } = await answer.json();
			const counted = page.reports.filter((other) => other.seq === seq && other !== report);
			if (counted[0]) {
				shelf.write(name, { ...page, reports: counted });
				return false;
			}
		}
		erasures.failed++;
		return true;
	}

	async function work(): Promise<void> {
		let failures = 0;
		for (;;) {
			const list = names();
			const name = list[Math.floor(Math.random() * list.length)];
			if (!name) break;
			shelf.write("erase", 1); // the gate looks for it on the next page
			try {
				const isDone = await ask(`erase:${name}`);
				failures = 0;
				if (isDone) shelf.write(`erase:${name}`);
				erasures.onchange();
				if (!isDone || list[1]) await pause(Math.random() * 2 * pauseMs);
			} catch {
				erasures.onchange();
				await pause(patienceMs * 2 ** Math.min(failures++, mostPatience));
			}
		}
		shelf.write("erase");
	}

	const erasures: Erasures = {
		failed: 0,
		onchange: () => {},
		waiting: () => names().length,
		add: (pages) => {
			for (const page of pages) {
				const { view } = newestOf(page);
				shelf.write(`erase:${view}`, page);
				shelf.write(`view:${view}`);
				shelf.write(`out:${view}`);
			}
			erasures.goOn();
		},
		goOn: () => {
			if (running) return wake();
			running = true;
			const ending = new AbortController();
			addEventListener("online", () => wake(), ending);
			const done = () => {
				running = false;
				ending.abort();
				if (names()[0]) erasures.goOn();
			};
			// One tab at a time.
			const lock = navigator.locks?.request(`sporlos:${site}:erase`, work) ?? work();
			lock.then(done, () => {});
		},
	};
	return erasures;
}
