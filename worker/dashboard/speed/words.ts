/** The words of the page about speed, nb and en. Leaves out what it shares with the overview: those are in messages/. */
import type { SpeedBand } from "../../stats/answers.ts";
import type { Phase } from "../../stats/rows.ts";
import type { Language } from "../format.ts";
import type { Part } from "./parts.tsx";

const nb = {
	tabs: "Mål for ytelse",
	percentiles: {
		title: (vital: string) => `${vital} i prosent av visningene`,
		p50: "Median",
		p75: "p75",
		p95: "p95",
		explained: {
			p50: "halvparten fikk dette eller bedre",
			p75: "3 av 4 fikk dette eller bedre, og det er p75 Google vurderer",
			p95: "19 av 20 fikk dette eller bedre",
		},
		measurements: "Målinger",
	},
	parts: {
		lcp: "Slik går tiden fram til LCP",
		inp: "Slik går tiden i en treg svartid (INP)",
		note: "Median og p75 for hver del, alle sider og enheter. Delene måles hver for seg, så summen er ikke helt lik totalen.",
		part: "Del",
		names: {
			delay: "Før nedlastingen av elementet begynner",
			load: "Nedlasting av elementet",
			render: "Fra lastet til vist",
			input: "Venter på tur",
			processing: "Koden som svarer",
			presentation: "Fram til neste bilde",
		} satisfies Record<Part, string>,
	},
	phases: {
		title: "Svarfaser",
		note: (page: string) => `Fra klikk til siste byte, ${page}, alle enheter`,
		phase: "Fase",
		names: {
			waiting: "Omdirigering og venting",
			cache: "Mellomlager",
			dns: "Navneoppslag (DNS)",
			connect: "Tilkobling",
			request: "Venter på tjeneren",
			response: "Nedlasting av svaret",
		} satisfies Record<Phase, string>,
	},
	median: "Median",
	measurements: "Målinger",
	elements: {
		lcp: "Tregeste elementer, LCP",
		inp: "Tregeste elementer, INP",
		note: { lcp: "Der dette var det største på skjermen", inp: "Der dette var tregest til å svare" },
		element: "Element",
		none: "Ingen elementer med målinger i dette tidsrommet.",
		hidden: "andre elementer · skjult: for få besøk",
	},
	byPage: { title: "Sider", note: "Flest visninger utenfor God først", all: "Alle sider" },
	byDevice: "Enheter",
	byCountry: { title: "Land", hidden: "andre land · skjult: for få besøk", unknown: "Ukjent" },
	bySystem: { title: "Operativsystemer", hidden: "andre systemer · skjult: for få besøk" },
	outside: "Utenfor God",
	page: "Side",
	device: "Enhet",
	country: "Land",
	system: "System",
	distribution: "Fordeling",
	resources: {
		title: "API-er og tredjeparter",
		note: "Det som til sammen tar mest tid først, alle sider og enheter",
		name: "Forespørsel",
		kinds: { route: "eget API", party: "tredjepart" },
		requests: "Antall",
		failed: "Feilet",
		cost: "Tid til sammen, ca.",
		none: "Ingen forespørsler målt i dette tidsrommet.",
		hidden: "andre · skjult: for få besøk",
	},
	outcomes: {
		title: "Besøk etter fart på første side",
		note: (scope: string) =>
			`Etter LCP på siden de begynte på, ${scope}. Sammenheng, ikke bevis på årsak: trege besøk skiller seg også ut på andre måter.`,
		entry: "LCP på inngangssiden",
		bands: { good: "God", needs: "Bør bedres", poor: "Svak", unknown: "Ikke målt, eller for få" } satisfies Record<
			SpeedBand,
			string
		>,
		visits: "Besøk",
		bounced: "Forlot etter én side",
		goal: (name: string) => `Nådde ${name}`,
		least: "Andelene med mål er det minste de kan være: det som er for sjeldent, telles som «ikke målt».",
	},
	wholeSite: (page: string) =>
		`Utvikling, enheter, land, elementenes deler, API-er og måloppnåelse finnes bare for hele nettstedet, ikke for ${page} alene.`,
	wholeSiteLink: "Vis hele nettstedet",
};
export type SpeedWords = typeof nb;

const en: SpeedWords = {
	tabs: "Speed metrics",
	percentiles: {
		title: (vital) => `${vital} by share of views`,
		p50: "Median",
		p75: "p75",
		p95: "p95",
		explained: {
			p50: "half got this or better",
			p75: "3 of 4 got this or better, and p75 is what Google judges",
			p95: "19 of 20 got this or better",
		},
		measurements: "Measurements",
	},
	parts: {
		lcp: "Where the time until LCP goes",
		inp: "Where the time of a slow answer (INP) goes",
		note: "Median and p75 of each part, all pages and devices. The parts are measured one by one, so they do not quite add up to the whole.",
		part: "Part",
		names: {
			delay: "Before the element's download begins",
			load: "Download of the element",
			render: "From loaded to shown",
			input: "Waiting for its turn",
			processing: "The code that answers",
			presentation: "Until the next frame",
		},
	},
	phases: {
		title: "Response phases",
		note: (page) => `From click to last byte, ${page}, all devices`,
		phase: "Phase",
		names: {
			waiting: "Redirects and waiting",
			cache: "Cache",
			dns: "Name lookup (DNS)",
			connect: "Connection",
			request: "Waiting for the server",
			response: "Download of the answer",
		},
	},
	median: "Median",
	measurements: "Measurements",
	elements: {
		lcp: "Slowest elements, LCP",
		inp: "Slowest elements, INP",
		note: { lcp: "Where this was the largest on screen", inp: "Where this was slowest to answer" },
		element: "Element",
		none: "No elements with measurements in this range.",
		hidden: "other elements · hidden: too few visits",
	},
	byPage: { title: "Pages", note: "Most views outside Good first", all: "All pages" },
	byDevice: "Devices",
	byCountry: { title: "Countries", hidden: "other countries · hidden: too few visits", unknown: "Unknown" },
	bySystem: { title: "Operating systems", hidden: "other systems · hidden: too few visits" },
	outside: "Outside Good",
	page: "Page",
	device: "Device",
	country: "Country",
	system: "System",
	distribution: "Distribution",
	resources: {
		title: "APIs and third parties",
		note: "What takes most time in all first, all pages and devices",
		name: "Request",
		kinds: { route: "own API", party: "third party" },
		requests: "Count",
		failed: "Failed",
		cost: "Time in all, about",
		none: "No requests measured in this range.",
		hidden: "others · hidden: too few visits",
	},
	outcomes: {
		title: "Visits by speed of the first page",
		note: (scope) =>
			`By the LCP of the page they began on, ${scope}. A connection, no proof of a cause: slow visits differ in other ways too.`,
		entry: "LCP of the entry page",
		bands: { good: "Good", needs: "Needs improvement", poor: "Poor", unknown: "Not measured, or too few" },
		visits: "Visits",
		bounced: "Left after one page",
		goal: (name) => `Reached ${name}`,
		least: "Shares that reached a goal are the least they can be: what is too rare counts as “not measured”.",
	},
	wholeSite: (page) =>
		`Trend, devices, countries, parts, APIs and goals exist for the whole site only, not for ${page} alone.`,
	wholeSiteLink: "Show the whole site",
};

export const speedWords: Record<Language, SpeedWords> = { nb, en };
