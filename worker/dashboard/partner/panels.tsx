/** The parts of a partner's page that are not lists: key figures, the series with its band, how to read it all. */
import type { Interval } from "../../release/interval.ts";
import { IntervalBar } from "../charts/interval.tsx";
import { LineChart } from "../charts/line.tsx";
import { Panel } from "../panels/panel.tsx";
import { limitsOf } from "../verdict.ts";
import { countEnds, type Drawn, shareEnds } from "./drawn.ts";
import type { ReleasedVital } from "./source.ts";
import type { Figure } from "./view.ts";

interface Kpi {
	label: string;
	figure: Figure;
	write: (value: number) => string;
	ends: (interval: Interval) => string;
}

function vitalLimit(vital: ReleasedVital, { format }: Drawn): string {
	const [good] = limitsOf(vital);
	return vital === "lcp" ? format.tick(good) : format.vital(vital, good);
}

export function Estimates({ drawn }: { drawn: Drawn }) {
	const { view, words, format } = drawn;
	const kpis: Kpi[] = [
		...(view.visitors
			? [
					{
						label: words.visitors,
						figure: view.visitors,
						write: format.count,
						ends: (interval: Interval) => countEnds(interval, drawn),
					},
				]
			: []),
		...view.vitals.map(({ vital, good }) => ({
			label: words.goodVital(vital.toUpperCase(), vitalLimit(vital, drawn)),
			figure: good,
			write: format.percent,
			ends: (interval: Interval) => shareEnds(interval, drawn),
		})),
	];
	return (
		<ul class="kpis estimates" aria-label={words.kpis}>
			{kpis.map(({ label, figure: { estimate, verdict }, write, ends }) => (
				<li>
					<div>
						<span class="label">{label}</span>
						{estimate ? (
							<>
								<strong>
									<small>{words.about}</small> {write(estimate.value)}
								</strong>
								<span class="ends">
									<span class="vh">{words.interval}: </span>
									{ends(estimate)}
								</span>
								<span class="foot">{verdict ? words.verdicts[verdict] : words.noVerdict}</span>
							</>
						) : (
							<>
								<strong>–</strong>
								<span class="ends">{words.tooUnsure}</span>
								<span class="foot">{words.tooUnsureNote}</span>
							</>
						)}
					</div>
				</li>
			))}
		</ul>
	);
}

export function Series({ drawn }: { drawn: Drawn }) {
	const { view, words, format } = drawn;
	const { series, unit } = view;
	const name = unit === "month" ? format.month : format.date;
	const last = series.length - 1;
	const step = Math.max(Math.ceil(last / 4), 1);
	const marks = series.flatMap(({ from }, index) =>
		index === last || (index % step === 0 && last - index >= step * 0.7) ? [{ index, text: name(from) }] : [],
	);
	const label = `${words.series[unit]}, ${format.dates(view.shown.from, view.shown.to)}`;
	return (
		<figure class="timeline" aria-labelledby="timeline-label">
			<figcaption>
				<span id="timeline-label" class="vh">
					{label}
				</span>
				<span aria-hidden="true">{words.series[unit]}</span>
				<span class="key now">{words.estimate}</span>
				<span class="key banded">{words.interval}</span>
			</figcaption>
			<div class="chart" id="timeline-chart" data-reading="timeline-table" data-keys={words.keys}>
				<LineChart
					points={series.map(({ estimate }) => ({ value: estimate.value, provisional: false }))}
					compared={[]}
					band={series.map(({ estimate }) => [estimate.low, estimate.high] as const)}
					marks={marks}
					atLeast={4}
					write={format.count}
				/>
			</div>
			<details>
				<summary>{words.table}</summary>
				<section class="scroller" tabindex={0} aria-label={label}>
					<table id="timeline-table">
						<thead>
							<tr>
								<th scope="col">{words.unit[unit]}</th>
								<th scope="col" class="number">
									{words.estimate}
								</th>
								<th scope="col" class="number">
									{words.interval}
								</th>
							</tr>
						</thead>
						<tbody>
							{series.map(({ from, to, estimate }) => (
								<tr>
									<th scope="row">{unit === "month" ? format.month(from) : format.dates(from, to)}</th>
									<td class="number">{format.count(estimate.value)}</td>
									<td class="number">{countEnds(estimate, drawn)}</td>
								</tr>
							))}
						</tbody>
					</table>
				</section>
			</details>
		</figure>
	);
}

export function HowToRead({ drawn }: { drawn: Drawn }) {
	const { source, view, words, format } = drawn;
	const example = view.pages?.[0]?.estimate ?? view.visitors?.estimate;
	const span = example && Math.max((example.high - example.low) * 2, 1);
	const at = (value: number) => (example && span ? 0.5 + (value - example.value) / span : 0.5);
	return (
		<Panel id="reading" title={words.reading}>
			{example && (
				<svg class="example" width="100%" height="58" aria-hidden="true">
					<text class="figure" x="50%" y="12" text-anchor="middle">
						{words.about} {format.count(example.value)}
					</text>
					<svg y="22" width="100%" height="12" aria-hidden="true">
						<IntervalBar value={0.5} low={at(example.low)} high={at(example.high)} />
					</svg>
					<text x={`${at(example.low) * 100}%`} y="52" text-anchor="middle">
						{format.count(example.low)}
					</text>
					<text x={`${at(example.high) * 100}%`} y="52" text-anchor="middle">
						{format.count(example.high)}
					</text>
				</svg>
			)}
			<ul class="readings">
				{[...words.readings, ...(source.release.unlisted && view.pages ? [words.unlisted] : [])].map((reading) => (
					<li>{reading}</li>
				))}
			</ul>
		</Panel>
	);
}
