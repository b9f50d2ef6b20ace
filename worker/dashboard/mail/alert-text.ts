/** An alert in words: what is wrong, what was compared, and where to look. For letters, and for the page about them. */
import type { Finding } from "../../../schema/subscription.ts";
import { type Format, formatOf, type Language } from "../format.ts";
import { type LetterWords, letterWords } from "./words.ts";

type State = "raised" | "ended";

/** Date and time in a time zone. */
export function instantText(instant: number, timeZone: string, language: Language): string {
	const locale = language === "nb" ? "nb-NO" : "en-GB";
	return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone }).format(instant);
}

const nameOf = ({ kind, subject }: Finding) => [kind, subject].filter(Boolean).join(" ") as keyof LetterWords["title"];

export function alertTitle(finding: Finding, state: State, language: Language): string {
	const words = letterWords[language];
	return (state === "raised" ? words.title : words.endTitle)[nameOf(finding)];
}

function trafficText(finding: Extract<Finding, { kind: "traffic" }>, words: LetterWords, format: Format): string {
	const { from, to, visits, usual, periods, band } = finding;
	const same = from === to ? words.sameDays : words.samePeriods;
	const dates = from === to ? format.longDate(from) : format.dates(from, to);
	return (
		words.traffic(format.count(visits), dates) +
		same(format.count(periods), format.count(usual)) +
		words.band(format.count(band[0]), format.count(band[1]))
	);
}

function speedText(finding: Extract<Finding, { kind: "speed" }>, state: State, words: LetterWords, format: Format) {
	const { subject, from, to, p75, interval, n, limit, before, cause } = finding;
	const value = (ms: number) => format.vital(subject, ms);
	const span = ([low, high]: readonly [number, number]) => format.interval(subject, low, high);
	return [
		words.p75(subject.toUpperCase(), value(p75), span(interval), format.count(n), format.dates(from, to)),
		limit !== null && (cause === "limit" || state === "ended") ? words.limit(value(limit)) : "",
		before && (cause === "worse" || state === "ended")
			? words.beforeThat(
					value(before.p75),
					span(before.interval),
					format.dates(before.from, before.to),
					format.change(p75 / before.p75 - 1, 0),
				)
			: "",
		state === "ended" ? words.within : "",
	].join("");
}

function errorsText(finding: Extract<Finding, { kind: "errors" }>, words: LetterWords, format: Format): string {
	const { subject, from, to, times, of, limit } = finding;
	const dates = from === to ? format.longDate(from) : format.dates(from, to);
	const rate = format.decimals(of === 0 ? 0 : (100 * times) / of);
	return words[subject](format.count(times), format.count(of), dates, rate, format.count(limit));
}

export function alertText(finding: Finding, state: State, timeZone: string, language: Language): string {
	const words = letterWords[language];
	const format = formatOf(language);
	switch (finding.kind) {
		case "traffic":
			return trafficText(finding, words, format);
		case "speed":
			return speedText(finding, state, words, format);
		case "errors":
			return errorsText(finding, words, format);
		case "silence": {
			const last = instantText(finding.last, timeZone, language);
			if (state === "ended") return words.heard(last);
			return words.silent(format.count(finding.hours), last, format.count(finding.usual));
		}
	}
}

const pages = { traffic: "", speed: "/speed", errors: "/interactions", silence: "" } as const;

/** The way to the page that shows it, below a site's own address. */
export function alertPath(finding: Finding, language: Language): string {
	const dates = "from" in finding ? `p=egen&fra=${finding.from}&til=${finding.to}` : "p=idag";
	return `${pages[finding.kind]}?${dates}&lang=${language}`;
}
