/** The words of the set-up: its steps, the check, the line to paste. Leaves out faults (fault-words.ts) and guides (guides.ts). */
import type { StepState } from "../../setup/judge.ts";
import type { Language } from "../format.ts";

const nb = {
	title: "Oppsett",
	lead: "Fra en linje i nettsiden til de første lukkede tallene. Siden oppdaterer seg selv.",
	waitingTitle: "Venter på det første besøket",
	waitingLead:
		"Tallene kommer her av seg selv så snart den første besøkende har sagt ja. Uten et ja sendes ingenting, så et nei synes ikke her.",
	silentTitle: "Ingen besøk de siste 28 dagene",
	silentLead: "Det har kommet rapporter før. Sjekk om linjen fremdeles er på siden.",
	steps: "Trinn",
	states: { done: "Ferdig", waiting: "Venter", wrong: "Noe er galt" } satisfies Record<StepState, string>,
	snippet: "Linjen i nettsiden",
	snippetText: {
		done: "Filen hentes.",
		found: "Linjen er funnet på siden.",
		before: "Den var der da rapporter kom. Sjekk om den er der ennå.",
		waiting: "Lim inn linjen nedenfor på alle sidene, helst i <head>.",
		wrong: "Noe er galt med linjen. Se nedenfor.",
	},
	report: "Første rapport",
	reportText: {
		done: "En rapport er tatt imot.",
		waiting: "Åpne nettstedet i en annen fane, si ja og klikk deg rundt.",
		wrong: "Rapporter kommer ikke fram. Se nedenfor.",
	},
	period: "Første lukkede periode",
	periodText: {
		done: "Tall er lukket og forseglet.",
		closes: (day: string) => `Lukkes tidligst ${day}. Fram til da er tallene foreløpige.`,
		joining: (k: string) => `Færre enn ${k} nettlesere så langt: perioden slås sammen med den neste.`,
		waiting: "Kommer etter den første rapporten.",
	},
	checkTitle: "Sjekk",
	nothing: "Ingenting galt er funnet.",
	notLooked: "Siden er ikke sett på ennå.",
	hint: "Kanskje",
	wrong: "Galt",
	found: (files: string) => `Funnet på siden, slik det skal være: ${files}.`,
	lookedAt: (time: string, path: string) => `Så på ${path} kl. ${time}.`,
	look: "Sjekk nå",
	path: "Side",
	lookText:
		"Vi henter siden utenfra, som en besøkende uten informasjonskapsler, og leser HTML-en. Bare nettstedets egne adresser blir spurt.",
	seen: "Sett siden oppsettet ble åpnet",
	seenNames: { gate: "Portfilen hentet", config: "Et ja, og samleren startet", report: "Rapport tatt imot" },
	seenAt: (time: string) => `sist i timen fra ${time}`,
	notSeen: "ikke ennå",
	seenNote:
		"Bare at det skjedde, og i hvilken time. Ingenting om hvem. Slettes et døgn etter at du sist åpnet oppsettet.",
	browser: "Din nettleser",
	browserTrying: "Uten skript kan ikke nettleseren prøves.",
	browserLoaded: "Filene lastes i denne nettleseren. En utvidelse kan likevel stanse dem på selve nettstedet.",
	browserBlocked:
		"Filene lastes ikke i denne nettleseren: trolig stanser en utvidelse dem. Ditt eget besøk telles da ikke, men andres gjør det.",
	browserSilent:
		"Denne nettleseren ber om ikke å bli målt (Global Privacy Control eller Do Not Track). Ditt eget ja teller ikke.",
	line: "Linjen for dette nettstedet",
	source: "Hvem spør om samtykke?",
	sources: { banner: "Banneret til Sporløs", manual: "Egen kode på siden", auto: "Det verktøyet som er på siden" },
	choose: "Vis linjen",
	host: "Vertsnavnet for innholdsregler (script-src og connect-src):",
	guides: "Slik gjør du det",
	guidesLead: "Hver veiledning sier hvor langt den er prøvd. Ingenting er prøvd i en konto hos leverandørene.",
	allGuides: "Veiledninger for Wix, WordPress, Shopify og andre",
	tried: "Prøvd",
	menus: "Menyene er lest av",
	back: "Til tallene",
	example: "Slik blir det",
	exampleMark: "eksempel",
	exampleLead:
		"En oppdiktet butikk med oppdiktede besøk, talt slik dine blir talt. Ingenting her er ditt, og ingenting kan trykkes på.",
};
export type SetupWords = typeof nb;

const en: SetupWords = {
	title: "Set-up",
	lead: "From a line in the page to the first closed figures. The page updates itself.",
	waitingTitle: "Waiting for the first visit",
	waitingLead:
		"The figures appear here by themselves as soon as the first visitor has said yes. Without a yes nothing is sent, so a no does not show here.",
	silentTitle: "No visits in the last 28 days",
	silentLead: "Reports came before. Check whether the line is still in the page.",
	steps: "Steps",
	states: { done: "Done", waiting: "Waiting", wrong: "Something is wrong" },
	snippet: "The line in the page",
	snippetText: {
		done: "The file is being fetched.",
		found: "The line was found in the page.",
		before: "It was there when reports came. Check whether it still is.",
		waiting: "Paste the line below into every page, preferably in <head>.",
		wrong: "Something is wrong with the line. See below.",
	},
	report: "First report",
	reportText: {
		done: "A report was taken.",
		waiting: "Open the site in another tab, say yes and click around.",
		wrong: "Reports do not get here. See below.",
	},
	period: "First closed period",
	periodText: {
		done: "Figures are closed and sealed.",
		closes: (day) => `Closes on ${day} at the earliest. Until then the figures are provisional.`,
		joining: (k) => `Fewer than ${k} browsers so far: the period is joined to the next one.`,
		waiting: "Comes after the first report.",
	},
	checkTitle: "Check",
	nothing: "Nothing wrong was found.",
	notLooked: "The page has not been looked at yet.",
	hint: "Maybe",
	wrong: "Wrong",
	found: (files) => `Found in the page, as it should be: ${files}.`,
	lookedAt: (time, path) => `Looked at ${path} at ${time}.`,
	look: "Check now",
	path: "Page",
	lookText:
		"The page is fetched from outside, as by a visitor without cookies, and its HTML is read. Only the site's own addresses are asked.",
	seen: "Seen since the set-up was opened",
	seenNames: { gate: "Gate file fetched", config: "A yes, and the collector started", report: "Report taken" },
	seenAt: (time) => `last in the hour from ${time}`,
	notSeen: "not yet",
	seenNote:
		"Only that it happened, and in which hour. Nothing about who. Deleted a day after you last opened the set-up.",
	browser: "Your browser",
	browserTrying: "Without scripts the browser cannot be tried.",
	browserLoaded: "The files load in this browser. An extension may still stop them on the site itself.",
	browserBlocked:
		"The files do not load in this browser: an extension probably stops them. Then your own visit is not counted, but others' are.",
	browserSilent:
		"This browser asks not to be measured (Global Privacy Control or Do Not Track). Your own yes does not count.",
	line: "The line for this site",
	source: "Who asks for consent?",
	sources: {
		banner: "The banner of Sporløs",
		manual: "Your own code in the page",
		auto: "Whichever tool is on the page",
	},
	choose: "Show the line",
	host: "The host for content policies (script-src and connect-src):",
	guides: "How to put it in",
	guidesLead: "Each guide says how far it was tried. Nothing was tried in an account of the vendors'.",
	allGuides: "Guides for Wix, WordPress, Shopify and others",
	tried: "Tried",
	menus: "The menus are as told by",
	back: "To the figures",
	example: "What it will be like",
	exampleMark: "example",
	exampleLead:
		"An invented shop with invented visits, counted as yours will be. Nothing here is yours, and nothing can be pressed.",
};

export const setupWords: Record<Language, SetupWords> = { nb, en };
