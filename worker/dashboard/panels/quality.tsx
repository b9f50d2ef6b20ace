/** The line at the bottom that says what the figures rest on, and what is wrong with them. */
import { sourceNames } from "../../../schema/imports.ts";
import type { Summary } from "../../stats/answers.ts";
import { Icon } from "../charts/marks.tsx";
import type { Frame } from "../frame.ts";
import { shareText } from "./figure-text.tsx";

function browsers(summary: Summary, frame: Frame): string {
	const { text, format } = frame;
	const { low, high } = summary.visitorsInterval;
	if (summary.visitorsBound) return text.quality.browsersAtMost(format.count(summary.visitors));
	const written = low === high ? format.count(summary.visitors) : `${format.count(low)}–${format.count(high)}`;
	return text.quality.browsers(high, written);
}

/** Everything that is to be known about the figures, in a few words each. */
export function notesOf(summary: Summary, frame: Frame): string[] {
	const { text, format, view } = frame;
	const notes = [
		`${text.quality.basis(summary.visits, format.count(summary.visits))} ${browsers(summary, frame)}`,
		view.device && text.onlyDevice(text.devices[view.device]),
		summary.coverage && text.quality.coverage(shareText(summary.coverage.views, summary.coverage.loads, frame)),
		text.quality.safari,
		summary.apart > 0 && text.quality.apart(summary.apart, format.count(summary.apart)),
		summary.provisional && text.quality.provisional,
		summary.hidden > 0 && text.quality.hidden(format.percent(summary.hidden)),
		summary.sample && text.quality.sample,
		summary.imported && text.quality.imported(summary.imported.map((source) => sourceNames[source]).join(", ")),
		text.quality.zone(summary.timeZone),
	];
	return notes.filter((note) => typeof note === "string");
}

export function Quality({ summary, frame }: { summary: Summary; frame: Frame }) {
	return (
		<p class="quality">
			<Icon name="shield" />
			<span class="vh">{frame.text.quality.label}: </span>
			<span>{notesOf(summary, frame).join(" · ")}</span>
		</p>
	);
}
