/** What each fault of a set-up is called, and what to do about it. What it is about (an origin, a file) stands beside, never inside. */
import type { LookFault } from "../../../schema/setup.ts";
import type { SeenFault } from "../../setup/judge.ts";
import type { Language } from "../format.ts";

export type FaultKind = LookFault["kind"] | SeenFault["kind"];
type FaultWords = Record<FaultKind, [title: string, toDo: string]>;

const nb: FaultWords = {
	unreachable: [
		"Siden svarte ikke",
		"Vi fikk ikke hentet den utenfra. Er den bak innlogging eller en robotsperre, se heller på det som er sett nedenfor.",
	],
	"private-address": [
		"Adressen finnes bare på et lokalt nett",
		"Herfra kan vi ikke se den. Sett inn linjen på et nettsted som er åpent, eller se på det som er sett nedenfor.",
	],
	elsewhere: [
		"Siden sender videre til en adresse som ikke er nettstedets",
		"Legg den til blant nettstedets adresser. Med og uten www. er to adresser.",
	],
	"not-html": ["Svaret er ingen nettside", "Skriv stien til en side som viser innhold."],
	missing: [
		"Linjen er ikke på siden",
		"Lim den inn i malen som alle sidene deler, og publiser. Ligger en kopi i et mellomlager, må det tømmes.",
	],
	"tag-manager": [
		"Linjen er ikke i HTML-en, men siden har en taggbehandler",
		"Settes linjen inn derfra, ser vi det først når noen åpner siden. Har du publisert versjonen med linjen?",
	],
	"wrong-site": ["Linjen er et annet nettsteds", "Bytt den ut med linjen på denne siden. Denne id-en står der nå:"],
	"wrong-host": [
		"Linjen henter filen fra en annen adresse",
		"Bytt den ut med linjen på denne siden, om ikke også denne adressen fører hit:",
	],
	"wrong-file": [
		"Filen finnes ikke",
		"Velg samtykkeløsning nedenfor, og lim inn linjen på nytt. Denne filen står der nå:",
	],
	"other-tool": [
		"Siden har en annen samtykkeløsning enn filen hører på",
		"Da spør enten ingen, eller to spør hver for seg. Filen for løsningen på siden er:",
	],
	"held-back": [
		"Linjen holdes tilbake",
		"Samtykkeløsningen eller en utvidelse har gjort den uvirksom. Unnta den: den måler ingenting før et ja. Slik står den der nå:",
	],
	"as-module": [
		"Linjen er satt inn som modul",
		'Ta bort type="module": en modul vet ikke hvilket element den kom fra, og porten åpner seg ikke.',
	],
	integrity: [
		"Linjen har en kontrollsum",
		"Ta bort integrity: filen inneholder erklæringen og endrer seg med den, og da stanser nettleseren den.",
	],
	twice: ["Linjen er der to ganger", "Ta bort den ene. Bare den første virker, men den andre lastes også."],
	"policy-script": [
		"Sidens innholdsregler (CSP) stanser skriptet",
		"Legg vertsnavnet nedenfor til i dette direktivet, eller gi linjen sidens nonce:",
	],
	"policy-connect": [
		"Sidens innholdsregler (CSP) stanser rapportene",
		"Skriptet lastes, men får ikke sendt noe. Legg vertsnavnet nedenfor til i dette direktivet:",
	],
	"old-copy": [
		"Nettstedet gir ut en gammel kopi av filen",
		"Kopier blir gamle. La stien føre hit, eller tøm mellomlageret og la filen være utenfor det.",
	],
	"broken-copy": [
		"Stien på eget nettsted gir ikke filen",
		"La den føre hit, med innhold av type text/javascript. Dette svarte den:",
	],
	"foreign-origin": [
		"Rapporter er avvist fra en adresse som ikke er nettstedets",
		"Er den din, legg den til blant nettstedets adresser. Hvem som helst kan skrive en adresse her, så legg bare til dine egne.",
	],
	"old-code": [
		"En gammel fil er i bruk",
		"En nettleser eller et mellomlager har portfilen fra før siste oppdatering. Nettlesere slipper den innen en time; mellomlagre må tømmes.",
	],
	superseded: [
		"Rapporter er avvist fordi samtykket gjaldt en eldre erklæring",
		"Portfilen fra før endringen er ennå i bruk. Nettlesere slipper den innen en time; mellomlagre må tømmes.",
	],
	"no-consent": [
		"Rapporter er avvist fordi de manglet et gyldig samtykke",
		"Samtykket er for gammelt, eller gjelder en erklæring eller et formål som ikke finnes. Spør samtykkeløsningen på nytt?",
	],
	"outside-limits": [
		"Rapporter er avvist fordi noe i dem ikke stemte",
		"En nettleser kan ha feil klokke eller en gammel fil. Kommer det igjen, meld gjerne fra.",
	],
	"never-granted": [
		"Filen er hentet, men ingen har sagt ja ennå",
		"Åpne nettstedet og si ja selv. Sier nettleseren din at du ikke vil måles (Global Privacy Control eller Do Not Track), teller ikke et ja fra den.",
	],
	"no-report": [
		"Noen har sagt ja, men ingen rapport er kommet",
		"Den første kommer etter noen sekunder, eller når siden forlates. Uteblir den, se etter en utvidelse som stanser den, og åpne siden med ?sporlos-debug.",
	],
};

const en: FaultWords = {
	unreachable: [
		"The page did not answer",
		"It could not be fetched from outside. If it is behind a login or a bot wall, go by what was seen, below.",
	],
	"private-address": [
		"The address exists on a local network only",
		"It cannot be seen from here. Put the line into a site that is public, or go by what was seen, below.",
	],
	elsewhere: [
		"The page redirects to an address that is not among the site's",
		"Add it to the site's addresses. With and without www. are two addresses.",
	],
	"not-html": ["The answer is no web page", "Type the path of a page that shows content."],
	missing: [
		"The line is not in the page",
		"Paste it into the layout that all pages share, and publish. A cache that keeps a copy has to be emptied.",
	],
	"tag-manager": [
		"The line is not in the HTML, but the page has a tag manager",
		"If it is put in from there, that shows only once somebody opens the page. Have you published the version with the line?",
	],
	"wrong-site": ["The line is another site's", "Replace it with the line on this page. It now holds this id:"],
	"wrong-host": [
		"The line fetches the file from another address",
		"Replace it with the line on this page, unless this address leads here too:",
	],
	"wrong-file": [
		"There is no such file",
		"Choose who asks for consent below, and paste the line again. It now names this file:",
	],
	"other-tool": [
		"The page has another consent tool than the file listens to",
		"Then nobody asks, or two ask apart. The file for the tool on the page is:",
	],
	"held-back": [
		"The line is held back",
		"The consent tool or a plug-in has made it inert. Exempt it: it measures nothing before a yes. This is how it stands there:",
	],
	"as-module": [
		"The line was put in as a module",
		'Remove type="module": a module does not know which element it came from, and the gate stays closed.',
	],
	integrity: [
		"The line has a checksum",
		"Remove integrity: the file holds the notice and changes with it, and then the browser stops it.",
	],
	twice: ["The line is there twice", "Remove one. Only the first works, but the second is loaded as well."],
	"policy-script": [
		"The page's Content Security Policy stops the script",
		"Add the host below to this directive, or give the line the page's nonce:",
	],
	"policy-connect": [
		"The page's Content Security Policy stops the reports",
		"The script is loaded, but cannot send anything. Add the host below to this directive:",
	],
	"old-copy": [
		"The site serves an old copy of the file",
		"Copies grow old. Let the path lead here, or empty the cache and leave the file out of it.",
	],
	"broken-copy": [
		"The path on your own site does not give the file",
		"Let it lead here, with content of type text/javascript. This is what it answered:",
	],
	"foreign-origin": [
		"Reports were refused from an address that is not among the site's",
		"If it is yours, add it to the site's addresses. Anybody can write an address here, so add only your own.",
	],
	"old-code": [
		"An old file is in use",
		"A browser or a cache has the gate file of before the last update. Browsers let go of it within an hour; caches have to be emptied.",
	],
	superseded: [
		"Reports were refused because consent was to an older notice",
		"The gate file of before the change is still in use. Browsers let go of it within an hour; caches have to be emptied.",
	],
	"no-consent": [
		"Reports were refused because they had no valid consent",
		"The consent is too old, or for a notice or purpose that does not exist. Does the consent tool ask anew?",
	],
	"outside-limits": [
		"Reports were refused because something in them did not fit",
		"A browser may have a wrong clock or an old file. If it happens again, please report it.",
	],
	"never-granted": [
		"The file was fetched, but nobody has said yes so far",
		"Open the site and say yes yourself. If your browser asks not to be measured (Global Privacy Control or Do Not Track), a yes from it does not count.",
	],
	"no-report": [
		"Somebody has said yes, but no report has come",
		"The first one comes after some seconds, or when the page is left. If it does not, look for an extension that stops it, and open the page with ?sporlos-debug.",
	],
};

export const faultWords: Record<Language, FaultWords> = { nb, en };
