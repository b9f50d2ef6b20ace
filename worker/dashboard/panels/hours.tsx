/** When visits begin: the hours of the week as a picture of seven days by 24 hours, and the same figures as a table. */
import { addDays } from "../../../schema/period.ts";
import type { Hours } from "../../stats/answers.ts";
import { callOf, type Frame } from "../frame.ts";
import { keyWords } from "../keys/words.ts";
import { notComparedText } from "./compared.ts";
import { Panel } from "./panel.tsx";

const days = [0, 1, 2, 3, 4, 5, 6] as const;
const hoursOfDay = Array.from({ length: 24 }, (_, hour) => hour);
/** Shades from least to most; none for an hour without visits. */
const shades = 6;
const rowHeight = 24;
/** Any Monday. */
const monday = "2026-11-23";

type Row = Hours["rows"][number];

/** How often each day of the week lies in the range, Monday first. */
function timesInRange(from: string, to: string): number[] {
	const times = days.map(() => 0);
	const whole = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
	for (let day = 0; day < whole % 7; day++) {
		const weekday = (new Date(addDays(from, day)).getUTCDay() + 6) % 7;
		times[weekday] = (times[weekday] ?? 0) + 1;
	}
	return times.map((extra) => extra + Math.floor(whole / 7));
}

const twoDigits = (hour: number) => String(hour).padStart(2, "0");

/** One path for each shade, a dashed line for each run of hours: 168 single squares would weigh more than the rest of the panel. */
function Squares({ mean }: { mean: (hour: number) => number | undefined }) {
	const most = Math.max(...days.flatMap((day) => hoursOfDay.map((hour) => mean(24 * day + hour) ?? 0)));
	const paths = Array.from({ length: shades + 1 }, () => "");
	for (const day of days) {
		const row = hoursOfDay.map((hour) => {
			const value = mean(24 * day + hour);
			return value === undefined ? undefined : most && Math.ceil((value / most) * shades);
		});
		row.forEach((shade, from) => {
			if (shade === undefined || row[from - 1] === shade) return;
			const length = row.slice(from).findIndex((other) => other !== shade);
			paths[shade] += `M${from} ${day}.5h${length < 0 ? 24 - from : length}`;
		});
	}
	return (
		<svg width="100%" height={7 * rowHeight} viewBox="0 0 24 7" preserveAspectRatio="none" aria-hidden="true">
			{paths.map((path, shade) => path && <path class={`shade-${shade}`} d={path} />)}
		</svg>
	);
}

export function HoursPanel({ hours, frame }: { hours: Hours; frame: Frame }) {
	const { text, format, view } = frame;
	const words = text.hoursPanel;
	const times = timesInRange(view.from, view.to);
	const places = new Map(hours.rows.map((row, place): [number | null, [Row, number]] => [row.hour, [row, place]]));
	const mean = (hour: number) => {
		const often = times[Math.floor(hour / 24)];
		return often ? (places.get(hour)?.[0].visits ?? 0) / often : undefined;
	};
	const dayNames = days.map((day) => format.weekday(addDays(monday, day)));
	const busiest = hours.rows
		.filter((row) => row.hour !== null)
		.reduce<Row | undefined>(
			(most, row) => ((mean(row.hour ?? 0) ?? 0) > (mean(most?.hour ?? -1) ?? 0) ? row : most),
			undefined,
		);
	const rare = places.get(null);
	const cell = (hour: number) => {
		const place = places.get(hour);
		if (!place && rare && mean(hour) !== undefined)
			return (
				<td class="number hatched">
					<span aria-hidden="true">–</span>
					<span class="vh">{words.noneOrHidden}</span>
				</td>
			);
		if (!place) return <td class="number">{mean(hour) === undefined ? "" : <span data-of="">0</span>}</td>;
		return (
			<td class="number" data-row={`${place[1]}`}>
				<span data-of="visits">{format.count(place[0].visits)}</span>
			</td>
		);
	};
	return (
		<Panel
			id="timer"
			title={words.title}
			subtitle={words.subtitle}
			compared={notComparedText(frame)}
			answer={callOf("hours")}
		>
			<figure class="week" aria-labelledby="timer-title">
				{busiest?.hour != null && (
					<p>
						{words.busiest(
							dayNames[Math.floor(busiest.hour / 24)] ?? "",
							`${twoDigits(busiest.hour % 24)}–${twoDigits((busiest.hour % 24) + 1)}`,
						)}
					</p>
				)}
				<div class="week-grid" aria-hidden="true">
					<ul class="week-days">
						{dayNames.map((name) => (
							<li>{name}</li>
						))}
					</ul>
					<Squares mean={mean} />
					<ul class="week-clock">
						{[0, 6, 12, 18].map((hour) => (
							<li>{twoDigits(hour)}</li>
						))}
					</ul>
				</div>
				{rare && (
					<p class="hatched" data-row={`${rare[1]}`}>
						{words.hidden} · <span data-of="visits">{format.count(rare[0].visits)}</span>
					</p>
				)}
				<button type="button" class="scripted" data-picture="">
					{keyWords[frame.language].picture}
				</button>
				<details id="timer-tabell">
					<summary>{text.timeline.table}</summary>
					<figure class="scroller" tabindex={0} aria-label={words.title}>
						<table>
							<thead>
								<tr>
									<th scope="col">{words.hour}</th>
									{dayNames.map((name) => (
										<th scope="col" class="number">
											{name}
										</th>
									))}
								</tr>
							</thead>
							<tbody>
								{hoursOfDay.map((hour) => (
									<tr>
										<th scope="row">{`${twoDigits(hour)}–${twoDigits(hour + 1)}`}</th>
										{days.map((day) => cell(24 * day + hour))}
									</tr>
								))}
							</tbody>
						</table>
					</figure>
				</details>
			</figure>
		</Panel>
	);
}
