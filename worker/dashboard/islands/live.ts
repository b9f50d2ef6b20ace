/**
 * Keeps today's figures fresh while the page is looked at: the strip every three seconds, and all panels when the range
 * includes today and something has changed. Stops when hidden, and for good when the login is over.
 */
import type { LiveFigures } from "../live-figures.ts";
import { refreshMain } from "./refresh.ts";

const everyMs = 3000;

export function followLive(enliven: () => void): void {
	const found = document.querySelector<HTMLElement>("[data-live]");
	if (!found) return;
	const strip = found;
	let mark = strip.dataset.mark;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let running = false;

	async function look(): Promise<"again" | "over"> {
		const answer = await fetch(strip.dataset.live ?? "", { headers: { accept: "application/json" } });
		if (answer.status === 401 || answer.status === 403 || answer.status === 404 || answer.redirected) return "over";
		if (!answer.ok) return "again";
		const live: LiveFigures = await answer.json();
		for (const element of strip.querySelectorAll<HTMLElement>("[data-figure]")) {
			const text = live.figures[element.dataset.figure ?? ""] ?? "";
			if (element.textContent !== text) element.textContent = text;
		}
		if (live.mark === mark) return "again";
		const followed = document.querySelector("main")?.dataset.followed !== undefined;
		// The mark moves on only once the panels show it, so that a failed refresh is tried again.
		if (followed && !(await refreshMain(enliven))) return "again";
		mark = live.mark;
		return "again";
	}

	async function run(): Promise<void> {
		if (running || document.hidden) return;
		running = true;
		// A network that is away comes back: the next look finds out.
		const outcome = await look().catch(() => "again" as const);
		running = false;
		clearTimeout(timer);
		if (outcome === "again" && !document.hidden) timer = setTimeout(run, everyMs);
	}

	document.addEventListener("visibilitychange", () => {
		clearTimeout(timer);
		if (!document.hidden) void run();
	});
	timer = setTimeout(run, everyMs);
}
