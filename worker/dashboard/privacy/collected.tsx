/** What is collected after a yes, by purpose, and what never is; purposes the notice does not ask for are marked. */
import { type Purpose, purposes } from "../../../schema/purposes.ts";
import { Panel } from "../panels/panel.tsx";
import type { PrivacyWords } from "./words.ts";

export function CollectedPanel({ asked, words }: { asked: readonly Purpose[]; words: PrivacyWords }) {
	const { collected } = words;
	return (
		<Panel id="samles" title={collected.title} subtitle={collected.subtitle}>
			<ul class="purposes">
				{purposes.map((purpose) => {
					const { name, what } = collected.purposes[purpose];
					const isAsked = asked.includes(purpose);
					return (
						<li class={isAsked ? undefined : "hatched"}>
							<h3>{name}</h3>
							{isAsked ? (
								<ul class="plain-list">
									{what.map((one) => (
										<li>{one}</li>
									))}
								</ul>
							) : (
								<p>{collected.notAsked}</p>
							)}
						</li>
					);
				})}
			</ul>
			<dl class="sentences">
				<dt>{collected.each}</dt>
				<dd>{collected.eachText}</dd>
				<dt>{collected.never}</dt>
				<dd>{collected.neverText}</dd>
			</dl>
		</Panel>
	);
}
