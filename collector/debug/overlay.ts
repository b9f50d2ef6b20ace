/**
 * The overlay of `?sporlos-debug`, for the person who embeds Sporløs: consent, what this page view has seen, the report
 * that would be sent, and what the server answered. It comes after a grant only, so that nothing is loaded before one, and
 * only shows what is on the page and in this browser anyway. Leaves out: changing anything.
 */
import type { Report } from "../../schema/report.ts";
import type { PageView } from "../page-view.ts";
import { make, openFrame } from "./frame.ts";

export interface OverlayFacts {
	endpoint: string;
	/** Consent as every report carries it. */
	consent: Report["consent"];
	signal: AbortSignal;
	view(): PageView;
	/** What waits to be acknowledged, one for each page view. */
	waiting(): unknown[];
}

const everyMs = 500;
const maxRequests = 30;

/** What the browser tells of a request: a beacon's answer is nobody's to read. */
function describe({ name, initiatorType, responseStatus, startTime, duration }: PerformanceResourceTiming): string {
	const path = new URL(name).pathname;
	const answer = initiatorType === "beacon" ? "beacon, answer not readable" : responseStatus || "no answer told";
	return `${(startTime / 1000).toFixed(1)} s  ${path}  ${answer}  ${Math.round(duration)} ms`;
}

/** What of a view is not in its report yet, in words. */
function describeView({ kind, page, visibleMs, engagedMs, leaving, report }: PageView): string[] {
	return [
		`page ${page} (${kind})`,
		`visible ${(visibleMs / 1000).toFixed(1)} s, engaged ${(engagedMs / 1000).toFixed(1)} s`,
		`if it ended now: ${leaving?.how ?? "not measured, purpose visits is not granted"}`,
		report ? `report ${report.seq} of this view` : "has no place in a visit yet: the configuration has not answered",
	];
}

/** Shows the overlay until it is closed by hand; after a withdrawal it says so and stands still. */
export function openOverlay({ endpoint, consent, signal, view, waiting }: OverlayFacts): void {
	const [host, box] = openFrame("sporlos-debug");
	const close = make("button", "Close") as HTMLButtonElement;
	const granted = `granted by ${consent.by} on ${consent.day} for ${consent.purposes.join(", ")}; policy ${consent.policy}`;
	const state = make("p", granted);
	const seen = make("ul");
	const next = make("h2");
	const body = make("pre");
	const answers = make("ol");
	box.append(
		make("h2", "Consent"),
		state,
		make("h2", "This page view"),
		seen,
		next,
		body,
		make("h2", "Requests to the Worker"),
		answers,
		close,
	);

	const draw = () => {
		const current = view().report;
		const text = current ? JSON.stringify(current, null, 1) : "";
		seen.replaceChildren(...describeView(view()).map((line) => make("li", line)));
		next.textContent = `The report, ${current ? JSON.stringify(current).length : 0} characters; ${waiting().length} waiting`;
		if (body.textContent !== text) body.textContent = text;
	};
	const observer = new PerformanceObserver((list) => {
		for (const entry of list.getEntries() as PerformanceResourceTiming[]) {
			if (!entry.name.startsWith(endpoint)) continue;
			answers.prepend(make("li", describe(entry)));
			while (answers.children.length > maxRequests) answers.lastChild?.remove();
		}
	});
	const timer = setInterval(draw, everyMs);
	const stop = () => {
		clearInterval(timer);
		observer.disconnect();
		signal.removeEventListener("abort", withdraw);
	};
	const withdraw = () => {
		stop();
		state.textContent = "withdrawn: everything has stopped, and what was stored is cleared";
	};
	signal.addEventListener("abort", withdraw);
	close.onclick = () => {
		stop();
		host.remove();
	};
	observer.observe({ type: "resource", buffered: true });
	draw();
}
