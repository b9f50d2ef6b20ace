/** Where visits come from and what with: channels, countries and languages, devices, browsers and systems, hours of the week. */
import type { Channel, Device } from "../../schema/report.ts";
import { otherName } from "../../schema/tree-rules.ts";
import type { TreeName } from "../../schema/trees.ts";
import type { Reading } from "../query/read.ts";
import { sumBelow, sumByKey } from "../query/sums.ts";
import { type Counts, read } from "../query/tally.ts";
import type { MainFigures, Stats } from "./answers.ts";
import { mainFiguresOf, timesOf, vitalOf } from "./figures.ts";
import { found, listed, rowsOf, type Scope } from "./scope.ts";

const byVisits = ({ visits }: { visits: number }) => visits;
const byViews = ({ views }: { views: number }) => views;

/** Rows with the main figures, each name under `label`. */
function mainRows<Label extends string>(sums: Iterable<[string, Counts]> | undefined, label: Label) {
	return rowsOf(
		sums,
		(name, tally) => ({ [label]: name, ...mainFiguresOf(tally) }) as Record<Label, string> & MainFigures,
		byViews,
	);
}

export function audience(scope: Scope): Pick<Stats, "channels" | "countries" | "devices" | "hours"> {
	/** The main figures of a tree, and the share of page views that is hidden in it. */
	const sumsOf = (reading: Reading, tree: TreeName) => {
		const sums = sumByKey(reading, tree);
		return { sums, hidden: sums.hiddenShare("views") };
	};

	return {
		async channels(range) {
			const reading = await scope.read(["channel", "channel-referrer", "channel-campaign"], range);
			const figures = found(reading, "channels", range, () => {
				const referrers = sumBelow(sumByKey(reading, "channel-referrer"));
				const campaigns = sumBelow(sumByKey(reading, "channel-campaign"));
				const rows = rowsOf(
					sumByKey(reading, "channel"),
					(channel, tally) => ({
						channel: channel as Channel,
						visits: read(tally, "entries"),
						bounces: read(tally, "bounces"),
						referrers: rowsOf(
							referrers.get(channel),
							(host, referrer) => ({ host, visits: read(referrer, "entries") }),
							byVisits,
						),
						campaigns: mainRows(campaigns.get(channel), "campaign"),
					}),
					byVisits,
				);
				return listed(rows, range);
			});
			return { ...scope.answer(range, reading, sumByKey(reading, "channel").hiddenShare("entries")), ...figures };
		},

		async countries(range) {
			const reading = await scope.read(["country", "language"], range);
			const { sums, hidden } = sumsOf(reading, "country");
			const figures = found(reading, "countries", range, () => ({
				...listed(mainRows(sums, "country"), range),
				languages: mainRows(sumByKey(reading, "language"), "language").slice(0, range.limit),
			}));
			return { ...scope.answer(range, reading, hidden), ...figures };
		},

		async devices(range) {
			const reading = await scope.read(["device", "device-browser", "os"], range);
			const { sums, hidden } = sumsOf(reading, "device");
			const figures = found(reading, "devices", range, () => {
				const browsers = sumBelow(sumByKey(reading, "device-browser"));
				const rows = rowsOf(
					sums,
					(device, tally) => ({
						device: device as Device,
						views: read(tally, "views"),
						visits: read(tally, "entries"),
						engagedMs: timesOf(tally, "engaged"),
						lcp: vitalOf(tally, "lcp"),
						inp: vitalOf(tally, "inp"),
						cls: vitalOf(tally, "cls"),
						browsers: mainRows(browsers.get(device), "browser"),
					}),
					byViews,
				);
				return {
					...listed(rows, range),
					systems: mainRows(sumByKey(reading, "os"), "os").slice(0, range.limit),
				};
			});
			return { ...scope.answer(range, reading, hidden), ...figures };
		},

		async hours(range) {
			const reading = await scope.read(["hour"], range);
			const { sums, hidden } = sumsOf(reading, "hour");
			const figures = found(reading, "hours", range, () => {
				const rows = rowsOf(
					sums,
					(hour, tally) => ({ hour: hour === otherName ? null : Number(hour), ...mainFiguresOf(tally) }),
					({ hour }) => -(hour ?? 0),
				);
				return listed(rows, range);
			});
			return { ...scope.answer(range, reading, hidden), ...figures };
		},
	};
}
