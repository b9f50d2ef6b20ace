/** The live page's own words; names of channels and leaving methods are the dashboard's. */
import type { Language } from "../format.ts";

const nb = {
	title: "Akkurat nå",
	lead: (from: string, to: string) => `De siste 30 minuttene, fra ${from} til ${to}.`,
	follows: "Tallene kommer av seg selv mens siden vises, ett helt minutt om gangen.",
	reload: "Last siden på nytt for nyere tall.",
	zone: (name: string) => `Tidssone ${name}`,
	figures: "Nøkkeltall",
	views: "Sidevisninger",
	visits: "Besøk som begynte",
	open: "Åpne sider nå",
	few: "færre enn 5",
	atLeast: (n: string) => `minst ${n}`,
	half: "siste 30 minutter",
	now: "synlig i en nettleser, eller nylig",
	chart: (from: string, to: string) => `Sidevisninger og besøk per minutt, ${from}–${to}`,
	fewKey: "Færre enn 5 sidevisninger",
	minute: "Minutt",
	pages: "Sider nå",
	pagesNote: "Åpne i en nettleser nå",
	channels: "Kilder",
	channelsNote: "Hvor besøkene begynte, siste 30 minutter",
	endings: "Slik endte besøkene",
	endingsNote: "Siste side i besøket, siste 30 minutter",
	none: "Ingenting med 5 eller flere.",
	rest: "andre · færre enn 5 av hver",
	protects: "Hva som ikke vises",
	protectsText:
		"Ingen tall under 5 sendes hit, og siden skiller ikke mellom ingen og noen få. Minuttet som går, er ikke med, og summene er rundet ned til hele femmere, så to tall etter hverandre ikke viser hvem som kom eller gikk.",
	back: "Til oversikten",
};
export type NowWords = typeof nb;

const en: NowWords = {
	title: "Right now",
	lead: (from, to) => `The last 30 minutes, from ${from} to ${to}.`,
	follows: "New figures come by themselves while the page is looked at, one whole minute at a time.",
	reload: "Reload the page for newer figures.",
	zone: (name) => `Time zone ${name}`,
	figures: "Key figures",
	views: "Page views",
	visits: "Visits that began",
	open: "Pages open now",
	few: "fewer than 5",
	atLeast: (n) => `at least ${n}`,
	half: "last 30 minutes",
	now: "shown in a browser, or recently",
	chart: (from, to) => `Page views and visits a minute, ${from}–${to}`,
	fewKey: "Fewer than 5 page views",
	minute: "Minute",
	pages: "Pages now",
	pagesNote: "Open in a browser now",
	channels: "Sources",
	channelsNote: "Where visits began, last 30 minutes",
	endings: "How visits ended",
	endingsNote: "The visit's last page, last 30 minutes",
	none: "Nothing with 5 or more.",
	rest: "others · fewer than 5 of each",
	protects: "What is not shown",
	protectsText:
		"No number under 5 is sent here, and the page makes no difference between none and a few. The running minute is left out, and sums are rounded down to fives, so that two figures in a row do not show who came or went.",
	back: "To the overview",
};

export const nowWords: Record<Language, NowWords> = { nb, en };
