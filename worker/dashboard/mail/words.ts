/** The words of letters, in Norwegian bokmål and English. Names of figures and channels are the dashboard's own (messages/). */
import type { Language } from "../format.ts";

/** What of it somebody gets. */
export interface Gets {
	summary: "none" | "weekly" | "monthly";
	alerts: boolean;
}

const nb = {
	rhythm: { weekly: "sammendrag hver uke", monthly: "sammendrag hver måned" },
	alerts: "varsler",
	and: " og ",
	week: (number: string) => `uke ${number}`,
	summarySubject: (site: string, visits: string, period: string) => `${site}: ${visits}, ${period}`,
	visits: (count: string, _n: number) => `${count} besøk`,
	more: (share: string) => `, ${share} flere enn perioden før.`,
	fewer: (share: string) => `, ${share} færre enn perioden før.`,
	alike: ": ingen klar endring fra perioden før.",
	slower: (name: string, now: string, before: string) => ` ${name} ble dårligere: ${now} mot ${before}.`,
	faster: (name: string, now: string, before: string) => ` ${name} ble bedre: ${now} mot ${before}.`,
	provisional: "Foreløpige tall: den siste dagen eller to er ikke lukket ennå, og sene rapporter kan komme til.",
	sample: "Eksempelbesøk er med i tallene.",
	figures: "Tallene",
	now: "Nå",
	before: "Før",
	change: "Endring",
	unclear: "ingen klar",
	none: "–",
	few: (n: string) => `for få (${n})`,
	compared: (now: string, before: string) =>
		`Nå: ${now}. Før: ${before}. Der 95 %-intervallene overlapper, sier vi ikke at noe har endret seg.`,
	pages: "Mest viste sider",
	channels: "Hvor besøkene kom fra",
	views: "Visninger",
	slowestText: (p75: string, interval: string, n: string): [string, string] => [
		"Tregeste side: ",
		` har LCP p75 på ${p75} (${interval}, ${n} målinger).`,
	],
	hidden: (what: string) => `${what} hører til navn som for få har delt, og er ikke i listene.`,
	ofViews: (share: string) => `${share} av sidevisningene`,
	ofVisits: (share: string) => `${share} av besøkene`,
	look: "Se det samme i dashbordet",
	foot: (site: string) => `Du får dette fordi denne adressen er satt opp for meldinger om ${site}.`,
	leave: "Meld av",
	testSubject: (site: string) => `${site}: en prøve`,
	testTitle: "Det virker",
	testText: (gets: string): [string, string] => [`Dette er en prøve. Hit kommer ${gets} om `, "."],
	confirmSubject: (site: string) => `Bekreft: meldinger om ${site}`,
	confirmTitle: "Vil du ha disse meldingene?",
	confirmText: (gets: string): [string, string] => ["Eieren av ", ` har bedt om at du skal få ${gets} på e-post.`],
	confirmLink: "Se og bekreft",
	confirmFoot: "Gjør du ingenting, sender vi ikke mer, og adressen slettes etter sju dager.",
	ended: "over",
	raisedOn: (when: string) => `Varselet ble reist ${when}.`,
	toAlert: "Se på det i dashbordet",
	title: {
		"traffic low": "Uvanlig få besøk",
		"traffic high": "Uvanlig mange besøk",
		"speed lcp": "LCP er for treg",
		"speed inp": "INP er for treg",
		"errors script": "Mange JavaScript-feil",
		"errors api": "Mange forespørsler feiler",
		silence: "Ingen rapporter kommer",
	},
	endTitle: {
		"traffic low": "Besøket er vanlig igjen",
		"traffic high": "Besøket er vanlig igjen",
		"speed lcp": "LCP er innenfor igjen",
		"speed inp": "INP er innenfor igjen",
		"errors script": "Færre JavaScript-feil igjen",
		"errors api": "Færre forespørsler feiler",
		silence: "Rapportene kommer igjen",
	},
	traffic: (visits: string, dates: string) => `${dates}: ${visits} besøk. `,
	sameDays: (n: string, usual: string) => `Samme ukedag de ${n} siste ukene hadde vanligvis ${usual} besøk`,
	samePeriods: (n: string, usual: string) => `De ${n} periodene før hadde vanligvis ${usual} besøk`,
	band: (low: string, high: string) => `; mellom ${low} og ${high} regnes som vanlig.`,
	p75: (name: string, p75: string, interval: string, n: string, dates: string) =>
		`${name} p75 var ${p75} (95 %-intervall ${interval}, ${n} målinger) ${dates}.`,
	limit: (limit: string) => ` Grensen er ${limit}.`,
	beforeThat: (p75: string, interval: string, dates: string, change: string) =>
		` Før det, ${dates}, var den ${p75} (${interval}): ${change}.`,
	within: " Den bryter ingen av grensene nå.",
	script: (times: string, views: string, dates: string, rate: string, limit: string) =>
		`${times} JavaScript-feil på ${views} sidevisninger ${dates}: ${rate} per 100. Grensen er ${limit} per 100.`,
	api: (failed: string, of: string, dates: string, rate: string, limit: string) =>
		`${failed} av ${of} forespørsler til nettstedets egne API-ruter feilet ${dates}, så langt nettleserne forteller det: ${rate} av 100. Grensen er ${limit} av 100.`,
	silent: (hours: string, last: string, usual: string) =>
		`Ingen rapport på ${hours} timer; den siste kom ${last}. I de samme timene begynner det vanligvis ${usual} besøk.`,
	silenceHint: "Ofte er koden på siden, samtykkebanneret eller en Content-Security-Policy endret.",
	heard: (last: string) => `Den siste rapporten kom ${last}.`,
};

export type LetterWords = typeof nb;

const en: LetterWords = {
	rhythm: { weekly: "a summary every week", monthly: "a summary every month" },
	alerts: "alerts",
	and: " and ",
	week: (number) => `week ${number}`,
	summarySubject: (site, visits, period) => `${site}: ${visits}, ${period}`,
	visits: (count, n) => `${count} ${n === 1 ? "visit" : "visits"}`,
	more: (share) => `, ${share} more than in the period before.`,
	fewer: (share) => `, ${share} fewer than in the period before.`,
	alike: ": no clear change from the period before.",
	slower: (name, now, before) => ` ${name} got worse: ${now} against ${before}.`,
	faster: (name, now, before) => ` ${name} got better: ${now} against ${before}.`,
	provisional: "Provisional figures: the last day or two are not closed yet, and late reports may add to them.",
	sample: "Sample visits are in these figures.",
	figures: "The figures",
	now: "Now",
	before: "Before",
	change: "Change",
	unclear: "none clear",
	none: "–",
	few: (n) => `too few (${n})`,
	compared: (now, before) =>
		`Now: ${now}. Before: ${before}. Where the 95 % intervals overlap, we do not say that anything has changed.`,
	pages: "Most viewed pages",
	channels: "Where visits came from",
	views: "Views",
	slowestText: (p75, interval, n) => ["Slowest page: ", ` has an LCP p75 of ${p75} (${interval}, ${n} measurements).`],
	hidden: (what) => `${what} belong to names that too few shared, and are not in the lists.`,
	ofViews: (share) => `${share} of page views`,
	ofVisits: (share) => `${share} of visits`,
	look: "See the same in the dashboard",
	foot: (site) => `You get this because this address is set up for messages about ${site}.`,
	leave: "Unsubscribe",
	testSubject: (site) => `${site}: a test`,
	testTitle: "It works",
	testText: (gets) => [`This is a test. Here you will get ${gets} about `, "."],
	confirmSubject: (site) => `Please confirm: messages about ${site}`,
	confirmTitle: "Do you want these messages?",
	confirmText: (gets) => ["The owner of ", ` has asked that you get ${gets} by e-mail.`],
	confirmLink: "Look and confirm",
	confirmFoot: "If you do nothing, we send nothing more, and the address is deleted after seven days.",
	ended: "over",
	raisedOn: (when) => `The alert was raised ${when}.`,
	toAlert: "Look at it in the dashboard",
	title: {
		"traffic low": "Unusually few visits",
		"traffic high": "Unusually many visits",
		"speed lcp": "LCP is too slow",
		"speed inp": "INP is too slow",
		"errors script": "Many JavaScript errors",
		"errors api": "Many requests fail",
		silence: "No reports arrive",
	},
	endTitle: {
		"traffic low": "Visits are as usual again",
		"traffic high": "Visits are as usual again",
		"speed lcp": "LCP is within its limits again",
		"speed inp": "INP is within its limits again",
		"errors script": "Fewer JavaScript errors again",
		"errors api": "Fewer requests fail",
		silence: "Reports arrive again",
	},
	traffic: (visits, dates) => `${dates}: ${visits} visits. `,
	sameDays: (n, usual) => `The same weekday of the last ${n} weeks usually had ${usual} visits`,
	samePeriods: (n, usual) => `The ${n} periods before usually had ${usual} visits`,
	band: (low, high) => `; between ${low} and ${high} counts as usual.`,
	p75: (name, p75, interval, n, dates) =>
		`${name} p75 was ${p75} (95 % interval ${interval}, ${n} measurements), ${dates}.`,
	limit: (limit) => ` The limit is ${limit}.`,
	beforeThat: (p75, interval, dates, change) => ` Before that, ${dates}, it was ${p75} (${interval}): ${change}.`,
	within: " It breaks none of the limits now.",
	script: (times, views, dates, rate, limit) =>
		`${times} JavaScript errors in ${views} page views, ${dates}: ${rate} in 100. The limit is ${limit} in 100.`,
	api: (failed, of, dates, rate, limit) =>
		`${failed} of ${of} requests to the site's own API routes failed, ${dates}, as far as browsers tell: ${rate} in 100. The limit is ${limit} in 100.`,
	silent: (hours, last, usual) =>
		`No report for ${hours} hours; the latest came ${last}. In the same hours, ${usual} visits usually begin.`,
	silenceHint: "Often the code on the page, the consent banner or a Content-Security-Policy was changed.",
	heard: (last) => `The latest report came ${last}.`,
};

export const letterWords: Record<Language, LetterWords> = { nb, en };

/** What somebody gets, in words. */
export function getsText({ summary, alerts }: Gets, words: LetterWords): string {
	return [summary === "none" ? "" : words.rhythm[summary], alerts ? words.alerts : ""].filter(Boolean).join(words.and);
}
