/**
 * Runs in the page before anything else and keeps count of what is listening: event listeners, intervals and observers that
 * were started and not let go. Leaves out: timeouts and `once` listeners, which end by themselves.
 */
import type { Page } from "playwright-core";

type Watched = Window & { listening: Set<string> };

function watchman(): void {
	const listening = new Set<string>();
	(window as unknown as Watched).listening = listening;
	let count = 0;
	const note = (what: string) => {
		const entry = `${what} #${++count}`;
		listening.add(entry);
		return entry;
	};

	const { addEventListener, removeEventListener } = EventTarget.prototype;
	const known: [EventTarget, string, unknown, string][] = [];
	EventTarget.prototype.addEventListener = function (type: string, listener: never, options?: never) {
		const target = this ?? window;
		addEventListener.call(target, type, listener, options);
		const { signal, once } = Object(options) as AddEventListenerOptions;
		if (target instanceof AbortSignal || once || signal?.aborted) return;
		const entry = note(type);
		known.push([target, type, listener, entry]);
		if (signal) addEventListener.call(signal, "abort", () => listening.delete(entry));
	};
	EventTarget.prototype.removeEventListener = function (type: string, listener: never, options?: never) {
		const target = this ?? window;
		removeEventListener.call(target, type, listener, options);
		for (const [at, name, what, entry] of known) {
			if (at === target && name === type && what === listener) listening.delete(entry);
		}
	};

	const intervals = new Map<unknown, string>();
	const { setInterval, clearInterval } = window;
	Object.assign(window, {
		setInterval: (...args: Parameters<typeof setInterval>) => {
			const id = setInterval(...args);
			intervals.set(id, note("interval"));
			return id;
		},
		clearInterval: (id: number) => {
			clearInterval(id);
			listening.delete(intervals.get(id) ?? "");
		},
	});

	for (const name of ["PerformanceObserver", "MutationObserver", "IntersectionObserver", "ResizeObserver"] as const) {
		const Original = window[name] as unknown as new (...args: unknown[]) => PerformanceObserver;
		const Noted = class extends Original {
			entry: string | undefined;
			override observe(...args: never[]) {
				this.entry ??= note(name);
				super.observe(...args);
			}
			override disconnect() {
				listening.delete(this.entry ?? "");
				super.disconnect();
			}
		};
		Object.assign(window, { [name]: Noted });
	}
}

/** For a page of one's own: to stand in it before any other script. */
export const watchmanScript = `<script>(${watchman})()</script>`;

export async function postWatchman(page: Page): Promise<void> {
	await page.addInitScript(watchman);
}

/** What is listening in the page right now, as an expression for the page. */
export const listeningNow = "[...window.listening]";

export function listening(page: Page): Promise<string[]> {
	return page.evaluate(listeningNow);
}
