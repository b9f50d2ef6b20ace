/** The words of notes: on trend lines, and on the page where they are written. */
import type { NoteField } from "../../../schema/note.ts";
import type { Language } from "../format.ts";

const nb = {
	title: "Notater",
	column: "Notat",
	list: "Notater i tidsrommet",
	add: "Skriv et notat",
	all: "Alle notater",
	change: "Endre",
	note: "Notater vises på kurvene i oversikten og under ytelse, for eiere og lesere. Partnere ser dem aldri.",
	none: "Ingen notater ennå. Skriv ned det som kan forklare en endring: en ny side, en kampanje, et driftsavbrudd.",
	noneToRead: "Ingen notater ennå. Eieren kan skrive dem.",
	from: "Dato",
	to: "Til og med, om det gjelder flere dager",
	text: "Notat, høyst 120 tegn",
	onPage: "Side det gjelder, om det er én",
	new: "Nytt notat",
	changing: "Endre notatet",
	save: "Lagre",
	cancel: "Avbryt",
	remove: "Slett",
	removed: "Et notat som slettes, er borte for godt.",
	script: "Et skript som legger ut en ny versjon, kan skrive notatet selv, med en eiernøkkel:",
	wrong: {
		from: "Skriv en dato, som 2026-11-20.",
		to: "Skriv en dato som ikke er før den første, og høyst 800 dager etter.",
		text: "Skriv fra 1 til 120 tegn.",
		page: "Skriv stien til siden, fra den første skråstreken: /priser",
		other: "Notatet ble ikke lagret.",
	} satisfies Record<NoteField | "other", string>,
};

export type NoteWords = typeof nb;

const en: NoteWords = {
	title: "Notes",
	column: "Note",
	list: "Notes in this range",
	add: "Write a note",
	all: "All notes",
	change: "Change",
	note: "Notes stand on the trend lines of the overview and of speed, for owners and viewers. Partners never see them.",
	none: "No notes yet. Write down what may explain a change: a new page, a campaign, an outage.",
	noneToRead: "No notes yet. The owner can write them.",
	from: "Date",
	to: "Until, if it is about several days",
	text: "Note, at most 120 characters",
	onPage: "Page it is about, if it is one",
	new: "New note",
	changing: "Change the note",
	save: "Save",
	cancel: "Cancel",
	remove: "Delete",
	removed: "A note that is deleted is gone for good.",
	script: "A script that deploys a new version can write the note itself, with an owner's key:",
	wrong: {
		from: "Write a date, such as 2026-11-20.",
		to: "Write a date that is not before the first, and at most 800 days after it.",
		text: "Write 1 to 120 characters.",
		page: "Write the path of the page, from its first slash on: /prices",
		other: "The note was not saved.",
	},
};

export const noteWords: Record<Language, NoteWords> = { nb, en };
