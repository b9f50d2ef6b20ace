/** The words of the settings' page. What is wrong with a field is said in English by the check itself, and here in Norwegian by the field's rule. */
import {
	defaultRetentionMonths,
	maxBooks,
	maxFunnels,
	maxGoals,
	maxK,
	maxStepsPerFunnel,
	minK,
} from "../../../schema/limits.ts";
import type { Grain } from "../../../schema/period.ts";
import type { AimKind } from "../../../schema/site.ts";
import type { Language } from "../format.ts";
import type { ColourName, Part } from "./forms.ts";
import type { OwnSource } from "./sources.ts";

const nb = {
	title: "Innstillinger",
	contents: "På denne siden",
	save: "Lagre",
	change: "Endre",
	remove: "Fjern",
	saved: {
		site: "Lagret. Nye adresser kan sende tall fra nå av.",
		periods: "Lagret.",
		measuring: "Lagret. Sider som åpnes fra nå av, følger det; de som er åpne, innen en time.",
		goals: "Lagret. Målene telles i besøk som begynner fra nå av; i nettlesere som er på nettstedet nå, innen en time.",
		funnels:
			"Lagret. Traktene telles i besøk som begynner fra nå av; i nettlesere som er på nettstedet nå, innen en time.",
		banner: "Lagret. Portfilen mellomlagres i en time, så alle ser de nye fargene innen da.",
	} satisfies Record<Part, string>,

	site: {
		title: "Navn og adresser",
		name: "Navn",
		origins: "Adresser sidene åpnes på",
		originsNote:
			"Én på hver linje, med https:// og uten sti. Ta med både den med www og den uten hvis begge virker. Bare disse kan sende tall.",
	},

	source: {
		title: "Samtykkekilde og kode",
		subtitle: "Hva som spør de besøkende, avgjør hvilken fil sidene henter.",
		pick: "Hva spør om samtykke?",
		own: {
			banner: "Sporløs’ eget banner",
			manual: "Siden selv, med sporlos.grant()",
			auto: "Det verktøyet som er på siden",
		} satisfies Record<OwnSource, string>,
		tools: "Samtykkeverktøy",
		show: "Vis koden",
		paste: "Lim inn i <head> på alle sider:",
		note: "Kilden velges i koden, ikke her: sidene kan bytte fil når som helst. Bare ett sted skal spørre.",
	},

	periods: {
		title: "Perioder, terskel og lagring",
		grain: "Periode",
		grains: { day: "Dag", week: "Uke", month: "Måned" } satisfies Record<Grain, string>,
		timeZone: "Tidssone",
		otherZones: "Andre",
		grainNote: "Korteste tidsrom tallene deles i. Lengre perioder gir mer skjul for små nettsteder.",
		zoneNote: "Avgjør når en dag begynner.",
		open: "Kan endres til det første er talt.",
		fixed: "Kan ikke endres lenger: noe er telt, og en visning skal aldri kunne havne i to perioder.",
		k: "Terskel k",
		kNote: `Det færre enn k nettlesere gjorde, vises bare samlet. ${minK} til ${maxK}. Gjelder for perioder som lukkes heretter; lukkede perioder er allerede slått sammen.`,
		retention: "Måneder statistikken beholdes",
		retentionNote: `1 til 60; ${defaultRetentionMonths} er vanlig, for å kunne sammenligne år. Har du lovet noe kortere i personvernteksten, gjelder det som står der.`,
		sure: "Ja, slett det som er eldre.",
		shorter: (date: string) => `Alt fra før ${date} slettes for godt innen en time. Kryss av om det er meningen.`,
		books: "Bøker",
		booksNote: `En bok tar imot omtrent 1000 rapporter i sekundet. Kan økes til ${maxBooks}, aldri minskes.`,
	},

	measuring: {
		title: "Sider, søk og dekning",
		hashRoutes: "Det som står etter # i adressen, er egne sider",
		hashNote: "Bare for nettsteder der #/bestill er en annen side enn #/priser.",
		search: "Parametere som inneholder et søk",
		searchNote:
			"Navnene som står i adressen til en søkeside, med mellomrom mellom. Det telles at noen søkte, aldri hva de søkte etter.",
		coverage: "Tell hvor stor del av sidelastingene som har samtykke",
		coverageNote:
			"Da telles hver innlasting av portfilen, og ingenting annet ved forespørselen. Filen hentes på nytt for hver side i stedet for å mellomlagres i en time. Roboter og blokkerte rapporter teller som uten samtykke, så les andelen som en nedre grense. I perioden det slås på, er den for høy. Ingen nettleser melder fra om et nei.",
	},

	goals: {
		title: "Mål",
		subtitle: "Det du ønsker at et besøk fører til. Telles høyst én gang per besøk.",
		none: "Ingen mål ennå.",
		add: "Legg til et mål",
		full: `Det er plass til ${maxGoals} mål. Fjern ett for å legge til et nytt.`,
		name: "Navn",
		kind: "Nås ved",
		match: "Som er",
		kinds: {
			page: "en side",
			event: "en hendelse",
			click: "et klikk",
			form: "et sendt skjema",
			download: "en nedlasting",
			outbound: "en lenke ut",
		} satisfies Record<AimKind, string>,
		renamed: "Med nytt navn begynner tellingen på nytt; det som er telt, står under det gamle.",
		gone: "Fjernes det, slutter tellingen. Det som er telt, beholdes.",
		help: "Hva skal stå i «Som er»?",
		helpText:
			"Navnet slik det telles. * står for hva som helst, høyst tre ganger; store og små bokstaver er forskjellige.",
		examples: [
			["en side", "/takk · /turer/* · /ordre/:id/kvittering", "stien, uten spørrestreng; tall og id-er blir :id"],
			["en hendelse", "bestilling", 'navnet siden gir den: sporlos.event("bestilling")'],
			[
				"et klikk",
				"kjop · main a.button in · *a.button*",
				"ordet i data-sporlos, ellers elementet slik det heter under Samhandling",
			],
			[
				"et sendt skjema",
				"kontakt · main form",
				"ordet i data-sporlos, ellers skjemaet slik det heter under Samhandling",
			],
			["en nedlasting", "/filer/*.pdf", "filens sti"],
			["en lenke ut", "booking.example.com · *.example.com", "verten, med små bokstaver"],
		] as readonly (readonly [string, string, string])[],
	},

	funnels: {
		title: "Trakter",
		subtitle: `To til ${maxStepsPerFunnel} steg i rekkefølge. Et steg telles når det forrige er nådd i samme besøk.`,
		none: "Ingen trakter ennå.",
		add: "Legg til en trakt",
		full: `Det er plass til ${maxFunnels} trakter. Fjern en for å legge til en ny.`,
		step: (n: number) => `Steg ${n}`,
		blank: "Tomme steg regnes ikke med. Trenger du flere enn det er plass til her, så lagre og åpne trakten igjen.",
	},

	banner: {
		title: "Bannerets farger",
		subtitle: "Godta og avslå har alltid samme farger, størrelse og plass.",
		own: "Egne farger",
		ownDark: "Andre farger på mørke skjermer",
		ownNote: "Uten kryss brukes Sporløs’ egne, lyse eller mørke etter skjermen.",
		darkNote: "Uten kryss gjelder de egne fargene der også.",
		names: {
			text: "Tekst",
			background: "Bakgrunn",
			action: "Begge knappene",
			onAction: "Tekst på knappene",
		} satisfies Record<ColourName, string>,
		contrast: "Kontrast",
		pair: "Par",
		ratio: "Kontrast",
		least: "Minst",
		enough: "nok",
		faint: "for svak",
		light: "Lys skjerm",
		dark: "Mørk skjerm",
		preview: "Slik ser det ut",
		sample: "Kan vi måle hvordan nettsiden brukes?",
		accept: "Godta",
		decline: "Avslå",
	},

	notice: {
		title: "Personverntekst",
		subtitle: "Det de besøkende svarer ja eller nei på.",
		inForce: (version: string, date: string) => `Versjon ${version} gjelder siden ${date}.`,
		open: "Se versjonene, eller publiser en ny",
	},

	samples: {
		title: "Eksempelbesøk",
		none: "Det er ingen eksempelbesøk her.",
		some: (n: number) => (n === 1 ? "1 periode består av eksempelbesøk." : `${n} perioder består av eksempelbesøk.`),
		note: "Egne besøk i de samme periodene slettes med dem. Det partnere har fått, er gitt ut og blir stående. «npm start» fyller inn nye; start med SAMPLE=0 for å slippe.",
		sure: "Ja, slett dem for godt.",
		button: "Slett eksempelbesøkene",
		deleted: "Eksempelbesøkene er slettet.",
	},

	/** The rule of each field, said where it is broken. */
	wrong: {
		"site.name": "Skriv et navn på 1 til 100 tegn.",
		name: "Skriv et navn på 1 til 60 tegn som ikke er i bruk av et annet mål eller en trakt.",
		origins: "Skriv 1 til 20 adresser, én på hver linje, som https://www.example.no uten noe etter.",
		timeZone: "Velg en tidssone i listen.",
		grain: "Periode og tidssone kan ikke endres når noe er telt.",
		k: `Skriv et helt tall fra ${minK} til ${maxK}.`,
		retentionMonths: "Skriv et helt antall måneder fra 1 til 60.",
		books: `Skriv et helt tall fra 1 til ${maxBooks}, ikke lavere enn før.`,
		search: "Skriv høyst 10 navn, hvert av 1–40 bokstaver, tall eller . _ - [ ].",
		kind: "Velg hva som fører til målet.",
		match:
			"Sider og filer skrives som de telles: /ordre/:id uten spørrestreng og uten skråstrek til slutt. Verter med små bokstaver. Høyst 120 tegn og tre *.",
		steps: `Fyll inn 2 til ${maxStepsPerFunnel} steg.`,
		own: "Fargene er for like til at alle kan se dem. Tabellen under viser hvilke.",
		ownDark: "Fargene er for like til at alle kan se dem. Tabellen under viser hvilke.",
	} as Record<string, string>,
};
export type SettingsWords = typeof nb;

const en: SettingsWords = {
	title: "Settings",
	contents: "On this page",
	save: "Save",
	change: "Change",
	remove: "Remove",
	saved: {
		site: "Saved. New addresses can send figures from now on.",
		periods: "Saved.",
		measuring: "Saved. Pages opened from now on follow it; those that are open, within an hour.",
		goals: "Saved. Goals count in visits that begin from now on; in browsers on the site right now, within an hour.",
		funnels:
			"Saved. Funnels count in visits that begin from now on; in browsers on the site right now, within an hour.",
		banner: "Saved. The gate file is cached for an hour, so everybody sees the new colours by then.",
	},

	site: {
		title: "Name and addresses",
		name: "Name",
		origins: "Addresses the pages are opened at",
		originsNote:
			"One a line, with https:// and without a path. Take both the one with www and the one without if both work. Only these can send figures.",
	},

	source: {
		title: "Consent source and code",
		subtitle: "What asks the visitors decides which file the pages load.",
		pick: "What asks for consent?",
		own: {
			banner: "Sporløs’ own banner",
			manual: "The page itself, with sporlos.grant()",
			auto: "Whichever tool is on the page",
		},
		tools: "Consent tools",
		show: "Show the code",
		paste: "Paste into <head> on every page:",
		note: "The source is chosen by the code, not here: pages can change the file at any time. Only one thing should ask.",
	},

	periods: {
		title: "Periods, threshold and retention",
		grain: "Period",
		grains: { day: "Day", week: "Week", month: "Month" },
		timeZone: "Time zone",
		otherZones: "Others",
		grainNote: "The shortest span figures are divided into. Longer periods hide more on small sites.",
		zoneNote: "Decides when a day begins.",
		open: "Can be changed until the first thing is counted.",
		fixed: "Cannot be changed any more: something is counted, and no view may ever fall into two periods.",
		k: "Threshold k",
		kNote: `What fewer than k browsers did is only shown summed up. ${minK} to ${maxK}. Holds for periods closed from now on; closed ones are summed up already.`,
		retention: "Months the statistics are kept",
		retentionNote: `1 to 60; ${defaultRetentionMonths} is usual, to compare years. If your notice promises less, what it says holds.`,
		sure: "Yes, delete what is older.",
		shorter: (date) =>
			`Everything from before ${date} is deleted for good within the hour. Tick the box if you mean it.`,
		books: "Books",
		booksNote: `A book takes about 1,000 reports a second. Can be raised to ${maxBooks}, never lowered.`,
	},

	measuring: {
		title: "Pages, searches and coverage",
		hashRoutes: "What stands behind # in the address names pages",
		hashNote: "Only for sites where #/order is another page than #/prices.",
		search: "Parameters that hold a search",
		searchNote:
			"The names in the address of a page of results, with spaces between. That somebody searched is counted, never for what.",
		coverage: "Count the share of page loads with consent",
		coverageNote:
			"Then each load of the gate file is counted, and nothing else of the request. The file is fetched anew for each page instead of being cached for an hour. Robots and blocked reports count as without consent, so read the share as a lower bound. In the period in which it is switched on it is too high. No browser ever reports a no.",
	},

	goals: {
		title: "Goals",
		subtitle: "What you want a visit to lead to. Counts at most once a visit.",
		none: "No goals yet.",
		add: "Add a goal",
		full: `There is room for ${maxGoals} goals. Remove one to add another.`,
		name: "Name",
		kind: "Reached by",
		match: "Which is",
		kinds: {
			page: "a page",
			event: "an event",
			click: "a click",
			form: "a form that is sent",
			download: "a download",
			outbound: "a link out",
		},
		renamed: "Under a new name counting begins anew; what is counted stays under the old one.",
		gone: "Once removed it is no longer counted. What is counted is kept.",
		help: "What goes into “Which is”?",
		helpText: "The name as it is counted. * stands for anything, at most three times; capitals make a difference.",
		examples: [
			["a page", "/thanks · /tours/* · /orders/:id/receipt", "the path, without a query; numbers and ids become :id"],
			["an event", "order", 'the name the page gives it: sporlos.event("order")'],
			[
				"a click",
				"buy · main a.button in · *a.button*",
				"the word in data-sporlos, else the element as Interactions names it",
			],
			[
				"a form that is sent",
				"contact · main form",
				"the word in data-sporlos, else the form as Interactions names it",
			],
			["a download", "/files/*.pdf", "the file’s path"],
			["a link out", "booking.example.com · *.example.com", "the host, in small letters"],
		],
	},

	funnels: {
		title: "Funnels",
		subtitle: `Two to ${maxStepsPerFunnel} steps in order. A step counts once the one before it was reached in the same visit.`,
		none: "No funnels yet.",
		add: "Add a funnel",
		full: `There is room for ${maxFunnels} funnels. Remove one to add another.`,
		step: (n) => `Step ${n}`,
		blank: "Empty steps are left out. If you need more than there is room for here, save and open the funnel again.",
	},

	banner: {
		title: "The banner’s colours",
		subtitle: "Accept and decline always share colours, size and place.",
		own: "Colours of our own",
		ownDark: "Other colours on dark screens",
		ownNote: "Without a tick Sporløs’ own are used, light or dark as the screen is.",
		darkNote: "Without a tick your own colours hold there too.",
		names: {
			text: "Text",
			background: "Background",
			action: "Both buttons",
			onAction: "Text on the buttons",
		},
		contrast: "Contrast",
		pair: "Pair",
		ratio: "Contrast",
		least: "At least",
		enough: "enough",
		faint: "too faint",
		light: "Light screen",
		dark: "Dark screen",
		preview: "What it looks like",
		sample: "May we measure how this site is used?",
		accept: "Accept",
		decline: "Decline",
	},

	notice: {
		title: "Notice",
		subtitle: "What visitors say yes or no to.",
		inForce: (version, date) => `Version ${version} is in force since ${date}.`,
		open: "See the versions, or publish a new one",
	},

	samples: {
		title: "Sample visits",
		none: "There are no sample visits here.",
		some: (n) => (n === 1 ? "1 period is made of sample visits." : `${n} periods are made of sample visits.`),
		note: "Visits of your own in the same periods go with them. What partners were given is released and stays. “npm start” fills in new ones; start with SAMPLE=0 to go without.",
		sure: "Yes, delete them for good.",
		button: "Delete the sample visits",
		deleted: "The sample visits are deleted.",
	},

	wrong: {},
};

export const settingsWords: Record<Language, SettingsWords> = { nb, en };
