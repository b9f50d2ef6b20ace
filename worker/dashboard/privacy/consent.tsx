/** How many agree, as far as that can be known: the share of page loads with consent, and what asked for the grants there are. */
import { otherName } from "../../../schema/tree-rules.ts";
import type { Coverage, Grants } from "../../stats/answers.ts";
import { Bar } from "../charts/bar.tsx";
import { callOf, type Frame } from "../frame.ts";
import { notComparedText } from "../panels/compared.ts";
import { shareText } from "../panels/figure-text.tsx";
import { type Item, RankedList } from "../panels/lists.tsx";
import { Panel } from "../panels/panel.tsx";
import { mechanismRows } from "./rows.ts";
import type { PrivacyWords } from "./words.ts";

interface Parts {
	words: PrivacyWords;
	frame: Frame;
}

/** `settings`: where the owner switches counting on; for owners only. */
export function SharePanel({
	coverage,
	settings,
	words,
	frame,
}: Parts & { coverage: Coverage | undefined; settings: string | undefined }) {
	const { share } = words;
	return (
		<Panel
			id="andel"
			class="told"
			answer={callOf("summary")}
			title={share.title}
			subtitle={words.scope}
			compared={notComparedText(frame)}
		>
			{coverage ? (
				<ShareOfLoads coverage={coverage} words={words} frame={frame} />
			) : (
				<>
					<p>{share.off}</p>
					<p>{share.price}</p>
					{settings ? (
						<p>
							<a class="more" href={settings}>
								{share.settings}
							</a>
						</p>
					) : (
						<p>{share.how}</p>
					)}
				</>
			)}
		</Panel>
	);
}

function ShareOfLoads({ coverage, words, frame }: Parts & { coverage: Coverage }) {
	const { count } = frame.format;
	const { loads, views } = coverage;
	const { share } = words;
	if (loads === 0) return <p class="none">{share.nothing}</p>;
	// The gate may be counted late, and the page view be there.
	const agreed = Math.min(views, loads);
	return (
		<>
			<p class="large">
				<strong data-of="coverage.views/coverage.loads">{shareText(agreed, loads, frame)}</strong>{" "}
				<span class="meta">{share.of(count(agreed), count(loads))}</span>
			</p>
			<Bar share={agreed / loads} />
			<p class="before-list">{share.lower}</p>
			<ul class="plain-list">
				{share.caveats.map((caveat) => (
					<li>{caveat}</li>
				))}
			</ul>
		</>
	);
}

export function AskedPanel({ rows, words, frame }: Parts & { rows: Grants["rows"] }) {
	const { asked } = words;
	const { format } = frame;
	const mechanisms = mechanismRows(rows);
	const all = mechanisms.reduce((sum, { grants }) => sum + grants, 0);
	const most = Math.max(...mechanisms.map(({ grants }) => grants), 1);
	const items = mechanisms.map(
		({ by, grants }): Item => ({
			row: `by=${by}`,
			name: by === otherName ? asked.hidden : (asked.names[by] ?? <bdi>{by}</bdi>),
			note: <span data-of="">{shareText(grants, all, frame)}</span>,
			length: grants / most,
			figure: <span data-of="grants">{format.count(grants)}</span>,
			hidden: by === otherName,
		}),
	);
	return (
		<Panel
			id="spurt"
			answer={callOf("grants")}
			title={asked.title}
			subtitle={`${asked.subtitle}, ${words.scope}`}
			compared={notComparedText(frame)}
		>
			{items.length === 0 ? <p class="none">{asked.none}</p> : <RankedList items={items} label="spurt-title" />}
			<p class="meta">{asked.note}</p>
		</Panel>
	);
}
