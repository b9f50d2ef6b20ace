/** The words of the page about privacy. What a visitor is asked stands in the site's notice and in the banner (collector/gate). */
import type { Purpose } from "../../../schema/purposes.ts";
import type { Language } from "../format.ts";

interface Collected {
	/** As the banner names it. */
	name: string;
	what: string[];
}

const collectedNb: Record<Purpose, Collected> = {
	performance: {
		name: "Ytelse",
		what: [
			"nettvitalene, og hva som var størst eller sent på siden",
			"fasene i innlastingen av siden",
			"forespørsler til egne ruter og til andre verter: hvor mange, hvor lenge, hvor mange som feilet",
		],
	},
	visits: {
		name: "Besøk",
		what: [
			"siden, siden før den, og hvordan besøket begynte: kilde, henvisende vert, kampanje",
			"synlig og aktiv tid, som trinn og ikke som nøyaktige tall",
			"hvordan siden ble forlatt, og til hvilken vert",
			"at det ble søkt på nettstedet, og mål som ble nådd",
		],
	},
	interactions: {
		name: "Bruk av sidene",
		what: [
			"hvor langt ned det ble rullet, og klikk på elementer: sted og slag, aldri teksten i dem",
			"skjemaer som ble påbegynt og sendt, og hvilket felt som kom sist, aldri det som skrives",
			"feil etter slag og sted i skriptet, nedlastinger, lenker ut, nettstedets egne hendelser",
		],
	},
};

const nb = {
	scope: "hele nettstedet, alle enheter",
	share: {
		title: "Sidelastinger med samtykke",
		of: (views: string, loads: string) => `${views} av ${loads} innlastinger`,
		lower: "Les andelen som en nedre grense:",
		caveats: [
			"Roboter, forhåndslasting og rapporter som ble blokkert eller gikk tapt, teller som uten samtykke.",
			"Den som ser mange sider, teller mange ganger. Andelen er av sidelastinger, ikke av folk.",
			"I perioden tellingen ble slått på, er andelen for høy.",
			"Den sier ingenting om hvordan de som sa nei, er annerledes. Ingen nettleser melder fra om et nei.",
		],
		nothing: "Ingen innlastinger er talt i dette tidsrommet.",
		off: "Andelen telles ikke på dette nettstedet.",
		how: "Eieren kan slå tellingen på i nettstedets innstillinger.",
		settings: "Slå på tellingen i innstillingene",
		price:
			"Da telles hver innlasting av portfilen, og ingenting annet ved forespørselen. Filen hentes på nytt for hver side, i stedet for å mellomlagres i en time.",
	},
	asked: {
		title: "Hva som spurte",
		subtitle: "Samtykker gitt i tidsrommet",
		names: { banner: "Sporløs’ eget banner", manual: "Siden selv" } as Record<string, string>,
		hidden: "andre · skjult: for få samtykker",
		none: "Ingen samtykker er kjent i dette tidsrommet.",
		note: "Å trekke et samtykke tilbake og gi det igjen teller som to.",
	},
	notice: {
		title: "Personvernteksten",
		subtitle: "Det de besøkende svarer ja eller nei på, versjon for versjon",
		all: "Alle versjoner med sjekksum, som JSON",
		inForce: (date: string) => `Gjelder siden ${date}`,
		read: "Les hele teksten",
		purposes: "Formål det spørres om",
		yes: "Et ja gjelder i",
		no: "Et nei gjelder i",
		days: (n: number) => (n === 1 ? "1 dag" : `${n} dager`),
		contact: "Spørsmål til",
		answer: (days: number) => `svar innen ${days === 1 ? "1 dag" : `${days} dager`}`,
		version: "Versjon",
		published: "Publisert",
		change: "Endring",
		kinds: { first: "Den første", material: "Vesentlig", editorial: "Redaksjonell" },
		consent: "Samtykker",
		holds: "gjelder fortsatt",
		replaced: "gjelder ikke lenger",
		given: "Gitt i tidsrommet",
		hidden: "andre versjoner · skjult: for få samtykker",
	},
	collected: {
		title: "Hva som samles inn, etter et ja",
		subtitle: "Etter formål. Før et ja, og etter et nei, samles ingenting inn.",
		purposes: collectedNb,
		notAsked: "Det spørres ikke om dette, så det samles ikke inn.",
		each: "Med hvert av dem",
		eachText: "Land, slags enhet, nettleser og system ved navn, språk, dag og time.",
		never: "Aldri",
		neverText:
			"IP-adresse, navn, tekst som skrives eller klikkes på, spørrestrenger, eller en id for den besøkende eller besøket. Ingen informasjonskapsler. Det som ligner en id, e-postadresse, telefonnummer eller nøkkel i en adresse, blir til :id i nettleseren.",
	},
	clock: {
		title: "Hvor lenge",
		subtitle: (dates: string) => `Det som blir av en sidevisning fra perioden ${dates}`,
		open: "Nå: åpen bok",
		openText:
			"Enkelte sidevisninger uten id, til sene rapporter ikke lenger kan komme: 26 timer etter at perioden er over.",
		sealed: "Forsegles",
		sealedText: (k: string) =>
			`Bare summer over minst ${k} nettlesere blir igjen. Perioder med for få venter på de neste, og faller bort etter en måned.`,
		forgotten: "Kvitteringene er borte",
		forgottenText: "I 30 dager kan den besøkende slette visningen igjen. Etter det kan ingen finne den.",
		deleted: "Summene er borte",
		deletedText: (months: number, oldest: string) =>
			`Statistikken er her i ${months === 1 ? "1 måned" : `${months} måneder`}. I dag er den eldste fra ${oldest}.`,
		earliest: (date: string) => `tidligst ${date}`,
		device: "På enheten",
		deviceText:
			"Den besøkendes egen liste over det som er sendt, er der i 30 dager, og forsvinner når samtykket trekkes tilbake.",
		storage:
			"Hos Cloudflare kan lagringen under den åpne boken gjenopprettes 30 dager tilbake. Loggen over hvem som har sett på tallene, er her i tolv måneder.",
	},
	hidden: {
		title: "Terskler",
		subtitle: "Andel av det som telles, som bare vises samlet",
		k: (k: string) =>
			`Det færre enn k = ${k} nettlesere gjorde i en periode, har ikke eget navn i statistikken. Det er lagt sammen før noe ble skrevet, så ingen kan hente det fram igjen.`,
		lists: {
			pages: "Sider, av visningene",
			channels: "Kilder, av besøkene",
			countries: "Land, av visningene",
			elements: "Elementer, av klikkene",
			grants: "Versjoner og verktøy, av samtykkene",
		},
		open: "Åpne perioder er ikke lagt sammen ennå.",
	},
	erasures: {
		title: "Slettinger",
		subtitle: "Det besøkende har tatt ut av lukkede perioder",
		waiting: "Sidevisninger som venter på å bli tatt ut",
		done: "Ganger en lukket periode er rettet",
		last: "Sist rettet",
		never: "aldri",
		note: "Det som slettes før perioden er lukket, er borte med en gang, og telles ikke. Hvem som slettet, vet ingen: bare nettleseren som sendte en visning, kan vise at den var dens egen.",
		how: "Den besøkende gjør det selv under «Mine data», bak knappen «Personvernvalg».",
	},
	partners: {
		title: "Partnere og støybudsjett",
		subtitle: "Partnere ser anslag med støy, aldri de telte tallene.",
		none: "Ingenting er delt.",
		month: "Siste 31 dager",
		year: "Siste 366 dager",
		sharing: "Deling",
		log: "Loggen over hvem som har sett på tallene (CSV)",
	},
};
export type PrivacyWords = typeof nb;

const collectedEn: Record<Purpose, Collected> = {
	performance: {
		name: "Performance",
		what: [
			"the web vitals, and what was largest or slow on the page",
			"the phases of the page’s load",
			"requests to the site’s own routes and to other hosts: how many, how long, how many failed",
		],
	},
	visits: {
		name: "Visits",
		what: [
			"the page, the page before it, and how the visit began: channel, referring host, campaign",
			"visible and engaged time, as steps and not as exact figures",
			"how the page was left, and to which host",
			"that the site was searched, and goals that were reached",
		],
	},
	interactions: {
		name: "Use of the pages",
		what: [
			"how far down the page was scrolled, and clicks on elements: their place and kind, never their text",
			"forms that were begun and submitted, and which field came last, never what is typed",
			"errors by kind and place in the script, downloads, links out, the site’s own events",
		],
	},
};

const en: PrivacyWords = {
	scope: "the whole site, all devices",
	share: {
		title: "Page loads with consent",
		of: (views, loads) => `${views} of ${loads} loads`,
		lower: "Read the share as a lower bound:",
		caveats: [
			"Robots, prefetching and reports that were blocked or lost count as without consent.",
			"Whoever views many pages counts many times. It is a share of page loads, not of people.",
			"In the period in which counting was switched on, the share is too high.",
			"It says nothing about how those who said no differ. No browser ever reports a no.",
		],
		nothing: "No loads were counted in this range.",
		off: "The share is not counted on this site.",
		how: "The owner can switch counting on in the site’s settings.",
		settings: "Switch counting on in the settings",
		price:
			"Then each load of the gate file is counted, and nothing else of the request. The file is fetched anew for each page, instead of being cached for an hour.",
	},
	asked: {
		title: "What asked",
		subtitle: "Grants given in the range",
		names: { banner: "Sporløs’ own banner", manual: "The page itself" },
		hidden: "others · hidden: too few grants",
		none: "No grants are known in this range.",
		note: "Taking a grant back and giving it again counts as two.",
	},
	notice: {
		title: "The notice",
		subtitle: "What visitors say yes or no to, version by version",
		all: "All versions with their hashes, as JSON",
		inForce: (date) => `In force since ${date}`,
		read: "Read the whole text",
		purposes: "Purposes asked for",
		yes: "A yes holds for",
		no: "A no holds for",
		days: (n) => (n === 1 ? "1 day" : `${n} days`),
		contact: "Questions to",
		answer: (days) => `answered within ${days === 1 ? "1 day" : `${days} days`}`,
		version: "Version",
		published: "Published",
		change: "Change",
		kinds: { first: "The first", material: "Material", editorial: "Editorial" },
		consent: "Grants",
		holds: "still hold",
		replaced: "no longer hold",
		given: "Given in the range",
		hidden: "other versions · hidden: too few grants",
	},
	collected: {
		title: "What is collected, after a yes",
		subtitle: "By purpose. Before a yes, and after a no, nothing is collected.",
		purposes: collectedEn,
		notAsked: "This is not asked for, so it is not collected.",
		each: "With each of them",
		eachText: "Country, kind of device, browser and system by name, language, day and hour.",
		never: "Never",
		neverText:
			"IP address, name, text that is typed or clicked on, query strings, or an id of the visitor or the visit. No cookies. What looks like an id, e-mail address, phone number or token in an address becomes :id in the browser.",
	},
	clock: {
		title: "How long",
		subtitle: (dates) => `What becomes of a page view of the period ${dates}`,
		open: "Now: open book",
		openText:
			"Single page views without an id, until late reports can no longer come: 26 hours after the end of the period.",
		sealed: "Sealed",
		sealedText: (k) =>
			`Only sums over at least ${k} browsers remain. Periods with too few wait for the next ones, and are dropped after a month.`,
		forgotten: "Receipts are gone",
		forgottenText: "For 30 days the visitor can erase the view again. After that nobody can find it.",
		deleted: "Sums are gone",
		deletedText: (months, oldest) =>
			`Statistics stay for ${months === 1 ? "1 month" : `${months} months`}. Today the oldest are from ${oldest}.`,
		earliest: (date) => `${date} at the earliest`,
		device: "On the device",
		deviceText: "The visitor’s own list of what was sent is there for 30 days, and goes when consent is withdrawn.",
		storage:
			"At Cloudflare, the storage below the open book can be recovered as of up to 30 days ago. The log of who has looked at the figures stays for twelve months.",
	},
	hidden: {
		title: "Thresholds",
		subtitle: "Share of what is counted that is only shown together",
		k: (k) =>
			`What fewer than k = ${k} browsers did in a period has no name of its own in the statistics. It was put together before anything was written, so nobody can bring it back.`,
		lists: {
			pages: "Pages, of page views",
			channels: "Channels, of visits",
			countries: "Countries, of page views",
			elements: "Elements, of clicks",
			grants: "Versions and tools, of grants",
		},
		open: "Open periods are not put together yet.",
	},
	erasures: {
		title: "Erasures",
		subtitle: "What visitors have taken out of closed periods",
		waiting: "Page views that wait to be taken out",
		done: "Times a closed period was corrected",
		last: "Last corrected",
		never: "never",
		note: "What is erased before its period is closed is gone at once, and not counted. Nobody knows who erased: only the browser that sent a view can show that it was its own.",
		how: "Visitors do this themselves under “My data”, behind the button “Privacy choices”.",
	},
	partners: {
		title: "Partners and noise budget",
		subtitle: "Partners see estimates with noise, never the counted figures.",
		none: "Nothing is shared.",
		month: "Last 31 days",
		year: "Last 366 days",
		sharing: "Sharing",
		log: "The log of who has looked at the figures (CSV)",
	},
};

export const privacyWords: Record<Language, PrivacyWords> = { nb, en };
