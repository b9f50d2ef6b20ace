/**
 * Keeps today's figures fresh while the page is looked at: the strip every three seconds while somebody is there, and all panels when
 * the range includes today and something has changed, or a period was closed; the live page as a whole, four times a minute.
 */
import type { LiveFigures } from "../live-figures.ts";
import { refreshMain } from "./refresh.ts";
import { type Outcome, repeat } from "./repeat.ts";

const soonMs = 3000;
const everyMs = 15_000;
/** A page that nobody has touched for so long is likely left open: 1,200 questions an hour are for who waits for an answer. */
const untouchedMs = 300_000;

export function followLive(enliven: () => void): void {
	const strip = document.querySelector<HTMLElement>("[data-live]");
	if (strip) followStrip(strip, enliven);
	if (document.querySelector("main[data-again]"))
		repeat(
			() => everyMs,
			async () => ((await refreshMain(enliven)) === "over" ? "over" : "again"),
		);
}

function followStrip(strip: HTMLElement, enliven: () => void): void {
	let { mark, closed } = strip.dataset;

	async function look(): Promise<Outcome> {
		const answer = await fetch(strip.dataset.live ?? "", { headers: { accept: "application/json" } });
		if (answer.status === 401 || answer.status === 403 || answer.status === 404 || answer.redirected) return "over";
		if (!answer.ok) return "again";
		const live: LiveFigures = await answer.json();
		for (const element of strip.querySelectorAll<HTMLElement>("[data-figure]")) {
			const text = live.figures[element.dataset.figure ?? ""] ?? "";
			if (element.textContent !== text) element.textContent = text;
		}
		const isClosedAnew = live.closed !== undefined && live.closed !== closed;
		if (live.mark === mark && !isClosedAnew) return "again";
		const followed = isClosedAnew || document.querySelector("main")?.dataset.followed !== undefined;
		// The mark moves on only once the panels show it, so that a failed refresh is tried again.
		if (followed && (await refreshMain(enliven)) !== "shown") return "again";
		({ mark, closed } = live);
		return "again";
	}

	let touched = Date.now();
	for (const type of ["pointermove", "pointerdown", "keydown", "scroll"])
		addEventListener(type, () => {
			touched = Date.now();
		});
	repeat(() => (Date.now() - touched < untouchedMs ? soonMs : everyMs), look);
}
