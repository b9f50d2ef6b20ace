/** The retention clock: four steps from a page view of today to nothing, each with its date. */
import type { Frame } from "../frame.ts";
import { Panel } from "../panels/panel.tsx";
import type { Clock, Promises } from "./facts.ts";
import type { PrivacyWords } from "./words.ts";

interface ClockInput {
	clock: Clock;
	site: Promises;
	words: PrivacyWords;
	frame: Frame;
}

export function ClockPanel({ clock, site, words, frame }: ClockInput) {
	const { dates, count } = frame.format;
	const day = (date: string) => dates(date, date);
	const said = words.clock;
	const steps = [
		{ name: said.open, when: dates(clock.first, clock.last), text: said.openText },
		{ name: said.sealed, when: said.earliest(day(clock.sealed)), text: said.sealedText(count(site.k)) },
		{ name: said.forgotten, when: said.earliest(day(clock.forgotten)), text: said.forgottenText },
		{ name: said.deleted, when: day(clock.deleted), text: said.deletedText(site.retentionMonths, day(clock.oldest)) },
	];
	return (
		<Panel id="klokke" title={said.title} subtitle={said.subtitle(dates(clock.first, clock.last))}>
			<ol class="clock">
				{steps.map(({ name, when, text }) => (
					<li>
						<h3>{name}</h3>
						<p class="when">{when}</p>
						<p>{text}</p>
					</li>
				))}
			</ol>
			<dl class="sentences" data-of="">
				<dt>{said.device}</dt>
				<dd>{said.deviceText}</dd>
			</dl>
			<p class="meta">{said.storage}</p>
		</Panel>
	);
}
