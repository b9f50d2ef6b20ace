/** A summary in words and tables. */
import type { Figure, FigureName, Summary } from "../../subscriptions/summary.ts";
import { type Format, formatOf, type Language } from "../format.ts";
import { messagesOf } from "../frame.ts";
import type { Metric } from "../range.ts";
import type { Block } from "./blocks.ts";
import { type LetterWords, letterWords } from "./words.ts";

const metricOf = {
	visits: "besok",
	views: "visninger",
	engaged: "tid",
	bounces: "enkelt",
	lcp: "lcp",
	inp: "inp",
} as const satisfies Record<FigureName, Metric>;

const find = ({ figures }: Summary, name: FigureName) => figures.find((figure) => figure.name === name);

function valueText(name: FigureName, value: number, format: Format): string {
	switch (name) {
		case "visits":
		case "views":
			return format.count(value);
		case "engaged":
			return format.duration(value);
		case "bounces":
			return format.percent(value);
		default:
			return format.vital(name, value);
	}
}

function changeText({ name, change, clear }: Figure, words: LetterWords, format: Format): string {
	if (change === null) return words.none;
	if (!clear) return words.unclear;
	return name === "bounces" ? format.points(change) : format.change(change, 0);
}

export function summarySubject(summary: Summary, site: string, language: Language): string {
	const words = letterWords[language];
	const format = formatOf(language);
	const { rhythm, period, range } = summary;
	const when = rhythm === "weekly" ? words.week(String(Number(period.slice(-2)))) : format.month(range.from);
	return words.summarySubject(site, words.visits(format.count(visitsOf(summary)), visitsOf(summary)), when);
}

const visitsOf = (summary: Summary) => find(summary, "visits")?.now ?? 0;

/** Visits, and what has clearly changed. */
function leadText(summary: Summary, words: LetterWords, format: Format): string {
	const { change = null, clear = false } = find(summary, "visits") ?? {};
	const share = format.percent(Math.abs(change ?? 0));
	const visits = words.visits(format.count(visitsOf(summary)), visitsOf(summary));
	const than = change === null ? "." : !clear ? words.alike : (change > 0 ? words.more : words.fewer)(share);
	const speed = (["lcp", "inp"] as const).map((name) => {
		const of = find(summary, name);
		if (!of?.clear || of.now === null || of.before === null) return "";
		const say = of.now > of.before ? words.slower : words.faster;
		return say(`${name.toUpperCase()} p75`, valueText(name, of.now, format), valueText(name, of.before, format));
	});
	return visits + than + speed.join("");
}

export function summaryBlocks(summary: Summary, language: Language): Block[] {
	const words = letterWords[language];
	const format = formatOf(language);
	const text = messagesOf(language);
	const { range, compare, figures, pages, channels, hidden, slowest } = summary;
	const noted = [summary.provisional && words.provisional, summary.sample && words.sample].filter(
		(note) => note !== false,
	);
	const blocks: Block[] = [{ kind: "lead", parts: [leadText(summary, words, format)] }];
	for (const note of noted) blocks.push({ kind: "note", parts: [note] });
	blocks.push(
		{
			kind: "table",
			title: words.figures,
			heads: ["", words.now, words.before, words.change],
			rows: figures.map((figure) => [
				text.metrics[metricOf[figure.name]],
				figure.now === null ? words.few(format.count(figure.n)) : valueText(figure.name, figure.now, format),
				figure.before === null ? words.none : valueText(figure.name, figure.before, format),
				changeText(figure, words, format),
			]),
		},
		{
			kind: "small",
			parts: [words.compared(format.dates(range.from, range.to), format.dates(compare.from, compare.to))],
		},
	);
	if (pages.length > 0)
		blocks.push({
			kind: "table",
			title: words.pages,
			heads: ["", words.views],
			rows: pages.map(({ page, views }) => [{ named: page }, format.count(views)]),
		});
	if (slowest) {
		const [before, after] = words.slowestText(
			format.vital("lcp", slowest.p75),
			format.interval("lcp", ...slowest.interval),
			format.count(slowest.n),
		);
		blocks.push({ kind: "text", parts: [before, { named: slowest.page }, after] });
	}
	if (channels.length > 0)
		blocks.push({
			kind: "table",
			title: words.channels,
			heads: ["", text.metrics.besok],
			rows: channels.map(({ channel, visits }) => [text.channels[channel], format.count(visits)]),
		});
	const shares = [
		hidden.pages > 0 && words.ofViews(format.percent(hidden.pages)),
		hidden.channels > 0 && words.ofVisits(format.percent(hidden.channels)),
	].filter((share) => share !== false);
	if (shares.length > 0) blocks.push({ kind: "small", parts: [words.hidden(shares.join(words.and))] });
	return blocks;
}
