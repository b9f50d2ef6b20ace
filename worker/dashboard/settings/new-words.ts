/** The words of the page that adds a site. Fields that the settings have too are named there (words.ts, notice-words.ts). */
import type { Language } from "../format.ts";

const nb = {
	title: "Legg til et nettsted",
	lead: "Nettstedet får sine egne tall, sin egen personverntekst og sin egen kode. Du blir eier av det.",
	back: "Konto",
	site: "Nettstedet",
	id: "Id i koden",
	idNote: "1–40 små bokstaver, tall og bindestreker. Lages av navnet hvis feltet er tomt. Kan ikke endres.",
	counting: "Hvordan det telles",
	later: "Periode og tidssone kan endres til det første er talt, terskelen når som helst.",
	asking: "Hva de besøkende spørres om",
	source: "Hva spør om samtykke?",
	languages: "Språk i personverntekst og banner",
	first: "Nettstedets eget språk",
	purposes: "Formål",
	readyNote:
		"Teksten er ferdig skrevet på språkene du velger, og sier at bare dere får se tallene. Les den under Innstillinger før du legger koden på sidene; du kan publisere en egen der.",
	contact: "E-post for spørsmål og rettigheter",
	add: "Legg til",
	wrong: {
		id: "Id-en er i bruk, eller den har annet enn 1–40 små bokstaver, tall og bindestreker.",
		languages: "Velg minst ett språk.",
		purposes: "Velg minst ett formål.",
		contact: "Skriv en e-postadresse.",
		other: "Du eier så mange nettsteder som en konto kan ha.",
	} as Record<string, string>,
	taken: "Another site has this id.",
	most: "You own as many sites as an account can.",
};
export type NewSiteWords = typeof nb;

const en: NewSiteWords = {
	title: "Add a site",
	lead: "The site gets figures, a notice and a line of code of its own. You will own it.",
	back: "Account",
	site: "The site",
	id: "Id in the code",
	idNote: "1–40 small letters, digits and hyphens. Made from the name if the field is empty. Cannot be changed.",
	counting: "How it is counted",
	later: "Period and time zone can be changed until the first thing is counted, the threshold at any time.",
	asking: "What visitors are asked",
	source: "What asks for consent?",
	languages: "Languages of notice and banner",
	first: "The site’s own language",
	purposes: "Purposes",
	readyNote:
		"The text is ready in the languages you choose, and says that only you see the figures. Read it under Settings before you put the code into the pages; you can publish your own there.",
	contact: "E-mail for questions and rights",
	add: "Add",
	wrong: {},
	taken: nb.taken,
	most: nb.most,
};

export const newSiteWords: Record<Language, NewSiteWords> = { nb, en };
