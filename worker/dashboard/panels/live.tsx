/** The live strip above every view: today's visits and page views, and how many pages are open now. */
import type { Summary } from "../../stats/answers.ts";
import type { Format } from "../format.ts";
import type { Frame } from "../frame.ts";
import { nowKey } from "../keys/letters.ts";
import type { LiveFigures } from "../live-figures.ts";
import type { Messages } from "../messages/nb.ts";
import { fewest } from "../now/figures.ts";

/** `closed`: see LiveFigures. */
export function liveFigures(
	today: Summary,
	{ present, closed }: { present?: number | undefined; closed?: string | undefined },
	text: Messages,
	format: Format,
): LiveFigures {
	const figures: Record<string, string> = {
		visits: format.count(today.visits),
		"visits-word": text.live.visits(today.visits),
		views: format.count(today.views),
		"views-word": text.live.views(today.views),
	};
	if (present !== undefined) figures.now = present < fewest ? text.live.few : format.count(present);
	const vitals = Object.values(today.vitals).map(({ n }) => n);
	// Reports grow after the first one: times, vitals and leavings change while visits and views stand still.
	const mark = [today.visits, today.views, today.apart, today.bounces, today.engagedMs.p50, ...vitals]
		.concat(today.leaving.flatMap(({ count, exits }) => [count, exits]))
		.join(".");
	return { mark, closed, figures };
}

function Figure({ name, live }: { name: string; live: LiveFigures }) {
	const text = live.figures[name] ?? "";
	return name.endsWith("-word") ? <span data-figure={name}>{text}</span> : <strong data-figure={name}>{text}</strong>;
}

export function LiveStrip({
	live,
	path,
	nowPath,
	frame,
	sample,
}: {
	live: LiveFigures;
	/** Where the figures are fetched again. */
	path: string;
	/** The live page. */
	nowPath: string;
	frame: Frame;
	sample: boolean;
}) {
	const { text, link } = frame;
	return (
		<section class="live" aria-label={text.live.label} data-live={path} data-mark={live.mark} data-closed={live.closed}>
			<div>
				<a href={link({ span: "idag", comparison: "ingen", page: undefined, device: undefined })}>
					<span class="pulse" aria-hidden="true" />
					<span>{text.live.today}</span>
					<span>
						<Figure name="visits" live={live} /> <Figure name="visits-word" live={live} />
					</span>
					<span>
						<Figure name="views" live={live} /> <Figure name="views-word" live={live} />
					</span>
				</a>
				{live.figures.now !== undefined && (
					<a href={nowPath} data-key={nowKey} title={text.live.label}>
						<span>
							<Figure name="now" live={live} /> {text.live.now}
						</span>
					</a>
				)}
			</div>
			{sample && <span class="badge">{text.live.sample}</span>}
		</section>
	);
}
