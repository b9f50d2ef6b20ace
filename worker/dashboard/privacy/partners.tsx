/** The owner's look at who else sees figures: each release with what it has told so far, and the ways to sharing, people and log. */
import type { OwnedRelease } from "../../release/answers.ts";
import type { Frame } from "../frame.ts";
import { Panel } from "../panels/panel.tsx";
import { certaintyText } from "../sharing/budget.tsx";
import { sharingWords } from "../sharing/words.ts";
import { nameOf } from "../site-links.ts";
import type { PrivacyWords } from "./words.ts";

interface PartnersInput {
	shared: readonly OwnedRelease[];
	site: string;
	home: string;
	words: PrivacyWords;
	frame: Frame;
}

export function PartnersPanel({ shared, site, home, words, frame }: PartnersInput) {
	const { partners } = words;
	const asked = `?lang=${frame.language}`;
	return (
		<Panel id="partnere" class="told" title={partners.title} subtitle={partners.subtitle}>
			{shared.length === 0 ? <p class="none">{partners.none}</p> : <Releases {...{ shared, words, frame }} />}
			<p class="ways">
				<a class="more" href={`${home}/sharing${asked}`}>
					{partners.sharing}
				</a>
				<a class="more" href={`${home}/people${asked}`}>
					{nameOf("people", frame.language)}
				</a>
				<a class="more" href={`/v1/sites/${site}/log.csv`} download>
					{partners.log}
				</a>
			</p>
		</Panel>
	);
}

function Releases({ shared, words, frame }: Pick<PartnersInput, "shared" | "words" | "frame">) {
	const { partners } = words;
	const { format, language } = frame;
	const sharing = sharingWords[language];
	return (
		<>
			<p>{sharing.budgetNote}</p>
			<ul class="shares">
				{shared.map(({ release, name, audience, released, spent }) => (
					<li>
						<h3>
							<a href={`/releases/${release}?lang=${language}`}>
								<bdi>{audience}</bdi>
							</a>
						</h3>
						<p class="meta">
							<bdi>{name}</bdi> ·{" "}
							{released ? sharing.released(format.dates(released.from, released.to)) : sharing.nothingYet}
						</p>
						<dl class="facts" data-of="">
							{(["month", "year"] as const).map((stretch) => (
								<div>
									<dt>{partners[stretch]}</dt>
									<dd>{certaintyText(spent[stretch].epsilon, sharing, format)}</dd>
								</div>
							))}
						</dl>
					</li>
				))}
			</ul>
		</>
	);
}
