/** Browser, page server and the other origin, with a page for every contestant. Leaves out: what is done with them. */
import { launchBrowser } from "../support/browser.ts";
import { type Answer, startSink } from "../support/sink.ts";
import { type Contestant, contestants } from "./contestants.ts";
import { type Counter, startCounter } from "./counter.ts";
import { benchPage } from "./page.ts";
import { type Measured, runSession } from "./session.ts";

export interface Rig {
	counter: Counter;
	/** Name and version of the browser. */
	version: string;
	run(contestant: Contestant): Promise<Measured>;
	close(): Promise<void>;
}

/** `bundle` makes further scripts, by path, that send to the origin it gets. */
export async function startRig(bundle: (origin: string) => Promise<Map<string, string>>): Promise<Rig> {
	const pages: Record<string, Answer> = { "/away": { body: "<!doctype html><title>Away</title><h1>Away</h1>" } };
	const sink = await startSink(() => pages);
	const scripts = new Map<string, string>();
	const counter = await startCounter(scripts, () => sink.app);
	for (const [path, source] of await bundle(counter.origin)) scripts.set(path, source);
	for (const { path, script } of contestants) {
		const element = script ? `<script src="${counter.origin}${script}" defer></script>` : "";
		for (const page of ["first", "second"]) pages[`${path}/${page}`] = { body: benchPage(element) };
	}
	const browser = await launchBrowser();
	return {
		counter,
		version: `Chromium ${browser.version()}`,
		run: (contestant) => runSession(browser, contestant, counter, sink),
		close: async () => {
			await browser.close();
			await counter.close();
			await sink.close();
		},
	};
}
