/** The words of saved views: in the menu of the filter row, and on the page where they are named anew and deleted. */
import type { NameFault } from "../../saved/store.ts";
import type { Language } from "../format.ts";

const nb = {
	title: "Lagrede utvalg",
	all: "Alle utvalg",
	button: "Lagret",
	none: "Lagre siden slik den er nå, med tidsrom og filtre, og kom tilbake med ett klikk.",
	name: "Lagre dette utvalget som",
	save: "Lagre",
	edit: "Endre eller slett",
	note: "Alle som leser nettstedets tall, ser de samme. Relative tidsrom følger med: «siste 28 dager» er alltid de siste. Partnere ser dem aldri.",
	empty: "Ingen er lagret ennå. Lagre et utvalg fra raden over tallene, under «Lagret».",
	naming: "Nytt navn",
	saving: "Lagre utvalget",
	newName: "Navn, høyst 60 tegn",
	rename: "Gi nytt navn",
	remove: "Slett",
	cancel: "Avbryt",
	by: (name: string) => `lagret av ${name}`,
	byGone: "lagret av en som ikke lenger har tilgang",
	wrong: {
		name: "Skriv et navn på 1 til 60 tegn.",
		taken: "Et annet utvalg har dette navnet. Velg et annet navn.",
		full: "Nettstedet har 50 lagrede utvalg, og flere er det ikke plass til. Slett ett først.",
		gone: "Utvalget er slettet av noen andre.",
	} satisfies Record<NameFault, string>,
};

export type SavedWords = typeof nb;

const en: SavedWords = {
	title: "Saved views",
	all: "All views",
	button: "Saved",
	none: "Save the page as it is now, with its range and filters, and come back with one click.",
	name: "Save this view as",
	save: "Save",
	edit: "Change or delete",
	note: "All who read the site's figures see the same ones. Relative ranges move along: “last 28 days” are always the last ones. Partners never see them.",
	empty: "None is saved yet. Save a view from the row above the figures, under “Saved”.",
	naming: "New name",
	saving: "Save the view",
	newName: "Name, at most 60 characters",
	rename: "Rename",
	remove: "Delete",
	cancel: "Cancel",
	by: (name) => `saved by ${name}`,
	byGone: "saved by somebody who has no access any more",
	wrong: {
		name: "Write a name of 1 to 60 characters.",
		taken: "Another view has this name. Choose another one.",
		full: "The site has 50 saved views, and there is no room for more. Delete one first.",
		gone: "Somebody else has deleted the view.",
	},
};

export const savedWords: Record<Language, SavedWords> = { nb, en };
