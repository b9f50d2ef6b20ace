/** The words of the page about paths; leaving methods and channels have theirs in messages/. */
import type { Language } from "../format.ts";

const nb = {
	title: "Stier",
	pick: "Side i midten",
	show: "Vis",
	sheet: "Siden for seg",
	entries: {
		title: "Inngangssider",
		subtitle: "Der besøkene begynte, antall besøk",
		note: (visits: string, views: string) => `${visits} av besøkene · ${views} av sidens visninger`,
		none: "Ingen besøk begynte i dette tidsrommet.",
	},
	methods: {
		title: "Slik endte besøkene",
		subtitle: (scope: string) => `Siste side i besøket, ${scope}. Velg en måte for å se sidene den brukes på.`,
		note: (count: string) => `${count} besøk`,
		none: "Ingen besøk endte i dette tidsrommet.",
	},
	outbound: {
		title: "Utgående lenker førte hit",
		subtitle: "Visninger som endte med en lenke ut, alle sider og enheter",
		rest: (n: string) => `${n} til`,
		hidden: "andre nettsteder · skjult: for få besøk",
		none: "Ingen forlot nettstedet med en lenke i dette tidsrommet.",
	},
	exits: {
		title: "Utgangssider",
		subtitle: "Siste side i besøket",
		titleBy: (method: string) => `Utgangssider: ${method}`,
		count: "Utganger",
		countBy: "Forlot slik",
		rate: "Av visningene",
		shareBy: "Av utgangene",
		method: "Vanligste måte",
		every: "Vis alle måter",
		none: "Ingen besøk endte slik i dette tidsrommet.",
		sort: (column: string) => `Sorter etter ${column.toLowerCase()}`,
	},
	steps: {
		title: "Vanligste steg",
		subtitle: (n: number, written: string) =>
			`Til den neste siden fra ${n === 1 ? "den mest viste" : `de ${written} mest viste`}`,
		scope: "alle enheter",
		from: "Fra",
		to: "Til",
		count: "Ganger",
		share: "Av visningene",
		none: "Ingen gikk fra en side til en annen i dette tidsrommet.",
	},
	all: (n: string) => `Vis alle ${n}`,
	few: "Vis bare de øverste",
};

export type PathWords = typeof nb;

const en: PathWords = {
	title: "Paths",
	pick: "Page in the middle",
	show: "Show",
	sheet: "The page by itself",
	entries: {
		title: "Entry pages",
		subtitle: "Where visits began, number of visits",
		note: (visits, views) => `${visits} of visits · ${views} of the page's views`,
		none: "No visit began in this range.",
	},
	methods: {
		title: "How visits ended",
		subtitle: (scope) => `Last page of the visit, ${scope}. Choose a way to see the pages it is used on.`,
		note: (count) => `${count} visits`,
		none: "No visit ended in this range.",
	},
	outbound: {
		title: "Where outbound links led",
		subtitle: "Views that ended with a link out, all pages and devices",
		rest: (n) => `${n} more`,
		hidden: "other sites · hidden: too few visits",
		none: "Nobody left the site by a link in this range.",
	},
	exits: {
		title: "Exit pages",
		subtitle: "Last page of the visit",
		titleBy: (method) => `Exit pages: ${method}`,
		count: "Exits",
		countBy: "Left this way",
		rate: "Of its views",
		shareBy: "Of its exits",
		method: "Most common way",
		every: "Show every way",
		none: "No visit ended this way in this range.",
		sort: (column) => `Sort by ${column.toLowerCase()}`,
	},
	steps: {
		title: "Most common steps",
		subtitle: (n, written) => `To the next page from the ${n === 1 ? "" : `${written} `}most viewed`,
		scope: "all devices",
		from: "From",
		to: "To",
		count: "Times",
		share: "Of its views",
		none: "Nobody went from one page to another in this range.",
	},
	all: (n) => `Show all ${n}`,
	few: "Show only the first",
};

export const pathWords: Record<Language, PathWords> = { nb, en };
