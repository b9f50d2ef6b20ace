/** What stands in place of figures on a site that has none: to its owner the set-up, to viewers that there is nothing to see yet. */
import type { Child } from "hono/jsx";
import type { Language } from "../format.ts";
import { Check, type SetupInput, Steps } from "./cards.tsx";
import { Line, likelySource } from "./line.tsx";
import { setupWords } from "./words.ts";

export function FirstRun(input: SetupInput & { example: Child }) {
	const { setup, site, language } = input;
	const words = setupWords[language];
	const isSilent = setup.steps[1] === "done";
	return (
		<div class="setup">
			<h2 class="title">{isSilent ? words.silentTitle : words.waitingTitle}</h2>
			<p class="lead">{isSilent ? words.silentLead : words.waitingLead}</p>
			<Steps {...input} />
			<Line {...input} source={likelySource(input)} hasChoice={false} />
			<Check {...input} back="overview" />
			<p>
				<a class="more" href={`/sites/${site.id}/setup?lang=${language}#veiledninger`}>
					{words.allGuides}
				</a>
			</p>
			{!isSilent && input.example}
		</div>
	);
}

/** A viewer can do nothing about it. */
export function NoVisitsYet({ language }: { language: Language }) {
	const words = setupWords[language];
	return (
		<section class="panel first-run" aria-labelledby="no-visits-title">
			<h2 id="no-visits-title">{words.waitingTitle}</h2>
			<p>{words.waitingLead}</p>
		</section>
	);
}
