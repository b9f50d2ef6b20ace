/** The words about deleting a site: on the settings' page, and on the page that asks whether it is meant. */
import type { Language } from "../format.ts";

const nb = {
	title: "Slett nettstedet",
	subtitle: "For godt, med alt som er talt.",
	what: "Tall, innstillinger, delinger og alles tilgang slettes, og kan ikke hentes tilbake. På neste side står det hva som slettes og hva som ikke kan slettes herfra, før noe skjer.",
	open: "Slett nettstedet …",

	page: (name: string) => `Slette ${name}?`,
	lead: "Alt som hører til nettstedet, slettes for godt. Det kan ikke angres.",
	back: "Tilbake til innstillingene",
	goes: "Dette slettes",
	goesList: [
		"Alle tall, i åpne og lukkede perioder, også det som er hentet inn fra andre verktøy.",
		"Enkeltbesøk som ikke er telt opp ennå, og kvitteringene som lar besøkende slette sine.",
		"Innstillinger, mål, trakter, notater, bilder til klikkart og alle versjoner av personverntekst.",
		"Alt som er delt: partneres rapporter, lenker, innebygde sider og tallene som er frigitt til dem.",
		"Tilgangen til alle: eiere, lesere, partnere, invitasjoner og API-nøkler. Den som ikke ser noe annet her, og ikke er eier, mister kontoen.",
		"Adresser som får oppsummeringer og varsler, og meldinger som er på vei.",
		"Loggen over hvem som har sett og lastet ned hva.",
	],
	stays: "Dette kan ikke slettes herfra",
	staysList: [
		"Det partnere alt har lastet ned eller fått tilsendt. Det er anslag med støy, og røper ikke enkeltbesøk.",
		"Sikkerhetskopier som noen har tatt: slett dem selv. Cloudflares egne går tilbake 30 dager, og forsvinner av seg selv.",
		"Det nettleserne til de besøkende husker om egne besøk. De besøkende kan slette det, og det glemmes etter 30 dager så lenge koden står på sidene.",
		"At nettstedet ble slettet, når og av hvem (navnet i tolv måneder). Id-en gis aldri til noe annet nettsted.",
	],
	first: "Ta vare på noe først?",
	backup:
		"En sikkerhetskopi av hele nettstedet, også tekstene de besøkende samtykket til, lages av den som har installasjonen:",
	backupNote:
		"Legg til --remote når den kjører hos Cloudflare. Kopien kan leses inn i en annen installasjon, ikke her: id-en er brukt opp.",
	figures: "Last ned tallene i oversikten (CSV)",
	log: "Last ned tilgangsloggen (CSV)",
	pages: "Sidene som måles",
	snippet:
		"Ingenting går i stykker om koden blir stående. Sidene får en tom fil, så ingen blir spurt, ingenting måles, og ingen feil vises. Det som er på vei fra åpne sider, telles ikke. La den gjerne stå i 30 dager, så glemmer nettleserne til de besøkende også.",
	local:
		"Dette er demoen som «npm start» lager. Uten den starter den ikke i samme mappe igjen: sett DATA_DIR til en annen, eller slett mappen.",
	sure: "Er du sikker?",
	name: (name: string) => `Skriv «${name}» for å bekrefte`,
	button: "Slett for godt",
	wrong: "Det er ikke navnet på nettstedet. Ingenting er slettet.",
};
export type DeleteWords = typeof nb;

const en: DeleteWords = {
	title: "Delete this site",
	subtitle: "For good, with everything that was counted.",
	what: "Figures, settings, what is shared and everybody’s access are deleted and cannot be brought back. The next page says what is deleted and what cannot be deleted from here, before anything happens.",
	open: "Delete this site …",

	page: (name) => `Delete ${name}?`,
	lead: "Everything that belongs to the site is deleted for good. That cannot be undone.",
	back: "Back to the settings",
	goes: "This is deleted",
	goesList: [
		"All figures, in open and closed periods, also those brought in from other tools.",
		"Single visits that are not counted up yet, and the receipts that let visitors erase theirs.",
		"Settings, goals, funnels, notes, pictures for the click map, and every version of the notice.",
		"All that is shared: partners’ reports, links, embedded pages, and the figures released to them.",
		"Everybody’s access: owners, viewers, partners, invitations and API keys. Whoever sees nothing else here, and is no owner, loses the account.",
		"Addresses that get summaries and alerts, and messages on their way.",
		"The log of who has seen and downloaded what.",
	],
	stays: "This cannot be deleted from here",
	staysList: [
		"What partners have downloaded or been sent already. It is estimates with noise, and tells nothing about any single visit.",
		"Backups that somebody has made: delete them yourself. Cloudflare’s own reach back 30 days, and expire by themselves.",
		"What visitors’ browsers remember of their own visits. Visitors can delete it, and it is forgotten after 30 days as long as the code stays on the pages.",
		"That the site was deleted, when and by whom (the name for twelve months). Its id is never given to another site.",
	],
	first: "Keep something first?",
	backup: "A backup of the whole site, with the texts visitors consented to, is made by whoever runs the installation:",
	backupNote:
		"Add --remote where it runs at Cloudflare. The backup can be read into another installation, not into this one: the id is used up.",
	figures: "Download the overview’s figures (CSV)",
	log: "Download the access log (CSV)",
	pages: "The pages that are measured",
	snippet:
		"Nothing breaks if the code stays. The pages get an empty file: nobody is asked, nothing is measured, and no error is shown. What is on its way from open pages is not counted. Best leave it for 30 days, so that visitors’ browsers forget too.",
	local:
		"This is the demo that “npm start” makes. Without it, it does not start in the same folder again: set DATA_DIR to another one, or delete the folder.",
	sure: "Are you sure?",
	name: (name) => `Type “${name}” to confirm`,
	button: "Delete for good",
	wrong: "That is not the name of the site. Nothing is deleted.",
};

export const deleteWords: Record<Language, DeleteWords> = { nb, en };
