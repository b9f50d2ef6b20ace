/** The words of the page about the notice's versions, and the names of languages. */
import { defaultGrantDays, maxAnswerDays, maxGrantDays, maxNoticeChars } from "../../../schema/limits.ts";
import type { Purpose } from "../../../schema/purposes.ts";
import type { NoticeLanguage } from "../../sites/ready-notice.ts";
import type { Language } from "../format.ts";
import type { Fact, TextPart } from "./notice-form.ts";

/** Each in itself, as people look for their own. */
export const languageNames: Record<NoticeLanguage, string> = {
	nb: "Norsk bokmål",
	nn: "Norsk nynorsk",
	en: "English",
	sv: "Svenska",
	da: "Dansk",
	de: "Deutsch",
	fr: "Français",
	es: "Español",
};

const nb = {
	title: "Personverntekst",
	back: "Innstillinger",
	versions: "Versjoner",
	versionsNote: "Det som er publisert, kan ikke endres eller slettes. Et samtykke er bundet til versjonen som sto der.",
	version: "Versjon",
	published: "Publisert",
	change: "Endring",
	kinds: { first: "Den første", material: "Vesentlig", editorial: "Redaksjonell" },
	consent: "Samtykker",
	holds: "gjelder fortsatt",
	replaced: "gjelder ikke lenger",
	current: "Teksten som gjelder",
	done: (version: string) =>
		`Versjon ${version} er publisert. Portfiler som er mellomlagret, blir byttet innen en time.`,

	make: "Publiser en ny versjon",
	makeNote: "Feltene inneholder teksten som gjelder nå. Ingenting publiseres før du har sett hva som endres.",
	own: "Nettstedets eget språk",
	parts: {
		title: "Overskrift",
		text: "Hvem som måler, hvorfor og hva",
		recipients: "Hvem som får tallene",
		retention: "Hvor lenge, og hvordan man trekker det tilbake",
		changes: "Hva som er nytt, til dem som har svart før",
	} satisfies Record<TextPart, string>,
	changesNote: "Må fylles ut når endringen er vesentlig.",
	removeLanguage: (name: string) => `Fjern ${name}`,
	addLanguage: "Legg til et språk",
	add: "Legg til",
	addNote: "Et nytt språk kommer med ferdig tekst, som du kan endre.",
	purposesTitle: "Formål det spørres om",
	purposes: { performance: "Ytelse", visits: "Besøk", interactions: "Bruk av sidene" } satisfies Record<
		Purpose,
		string
	>,
	factsTitle: "For alle språk",
	facts: {
		contact: "E-post for spørsmål og rettigheter",
		phone: "Telefon for tekstmeldinger",
		answerDays: "Svar innen (dager)",
		grantDays: "Et ja gjelder i (dager)",
		link: "Side med hele personvernerklæringen",
	} satisfies Record<Fact, string>,
	factNotes: {
		contact: "",
		phone: "Valgfritt. Som +4712345678.",
		answerDays: `Valgfritt. Høyst ${maxAnswerDays}; loven tillater en måned.`,
		grantDays: `${defaultGrantDays} når feltet er tomt; høyst ${maxGrantDays}.`,
		link: "Valgfritt. Som /personvern eller en hel adresse.",
	} satisfies Record<Fact, string>,
	kind: "Hva slags endring er det?",
	material: "Vesentlig: alle spørres på nytt",
	materialNote:
		"Det folk ville vite før de går med på det fortsatt: et formål til, en ny mottaker, lengre tid. Samtykker til tidligere versjoner gjelder ikke lenger.",
	editorial: "Redaksjonell: samtykker gjelder fortsatt",
	editorialNote: "Et komma, et klarere ord. Nye formål og lengre samtykker kan ikke publiseres slik.",
	preview: "Se hva som endres",

	previewTitle: "Dette endres",
	nothing: "Ingenting er endret, så det er ingenting å publisere.",
	changed: "Noe er endret siden du så det, her eller av en annen. Se en gang til.",
	languageAdded: "nytt språk",
	languageGone: "språket er borte",
	effectMaterial:
		"Portene lukkes for alle som har sagt ja. Banneret spør på nytt, og forteller hva som er nytt. Bruker nettstedet et samtykkeverktøy, må det spørre på nytt også.",
	effectEditorial: "Samtykker som er gitt, gjelder fortsatt. Ingen spørres på nytt.",
	publish: "Publiser for godt",
	will: (version: string) => `Den blir versjon ${version}.`,

	wrong: {
		title: "Skriv en overskrift på høyst 120 tegn.",
		text: `Skriv teksten, på høyst ${maxNoticeChars} tegn.`,
		recipients: `Skriv hvem som får tallene, på høyst ${maxNoticeChars} tegn.`,
		retention: `Skriv hvor lenge det varer, på høyst ${maxNoticeChars} tegn.`,
		changes: "De som har svart før, skal få vite hva som er nytt.",
		purposes: "Velg minst ett formål. Et formål til er en vesentlig endring.",
		contact: "Skriv en e-postadresse.",
		phone: "Skriv nummeret som +4712345678.",
		answerDays: `Skriv et helt tall fra 1 til ${maxAnswerDays}, eller la feltet stå tomt.`,
		grantDays: `Skriv et helt tall fra 1 til ${maxGrantDays}. En lengre tid enn før er en vesentlig endring.`,
		link: "Skriv en sti som /personvern, eller en hel adresse.",
		other: "Teksten må ha minst ett språk.",
	} as Record<string, string>,
};
export type NoticeWords = typeof nb;

const en: NoticeWords = {
	title: "Notice",
	back: "Settings",
	versions: "Versions",
	versionsNote:
		"What is published cannot be changed or deleted. A grant is bound to the version that was on the screen.",
	version: "Version",
	published: "Published",
	change: "Change",
	kinds: { first: "The first", material: "Material", editorial: "Editorial" },
	consent: "Grants",
	holds: "still hold",
	replaced: "no longer hold",
	current: "The text in force",
	done: (version) => `Version ${version} is published. Gate files that are cached are replaced within an hour.`,

	make: "Publish a new version",
	makeNote: "The fields hold the text in force. Nothing is published before you have seen what changes.",
	own: "The site’s own language",
	parts: {
		title: "Heading",
		text: "Who measures, why and what",
		recipients: "Who sees the figures",
		retention: "How long, and how to withdraw",
		changes: "What is new, for those who answered before",
	},
	changesNote: "Needed where the change is material.",
	removeLanguage: (name) => `Remove ${name}`,
	addLanguage: "Add a language",
	add: "Add",
	addNote: "A new language comes with a ready text that you can change.",
	purposesTitle: "Purposes asked for",
	purposes: { performance: "Performance", visits: "Visits", interactions: "Use of the pages" },
	factsTitle: "For all languages",
	facts: {
		contact: "E-mail for questions and rights",
		phone: "Telephone for text messages",
		answerDays: "Answered within (days)",
		grantDays: "A yes holds for (days)",
		link: "Page with the whole privacy notice",
	},
	factNotes: {
		contact: "",
		phone: "Optional. Like +4712345678.",
		answerDays: `Optional. At most ${maxAnswerDays}; the law allows a month.`,
		grantDays: `${defaultGrantDays} where the field is empty; at most ${maxGrantDays}.`,
		link: "Optional. Like /privacy, or a whole address.",
	},
	kind: "What kind of change is it?",
	material: "Material: everybody is asked again",
	materialNote:
		"What people would want to know before they go on agreeing: a further purpose, another recipient, a longer time. Grants to earlier versions no longer hold.",
	editorial: "Editorial: grants still hold",
	editorialNote: "A comma, a clearer word. New purposes and longer grants cannot be published like this.",
	preview: "See what changes",

	previewTitle: "This changes",
	nothing: "Nothing has changed, so there is nothing to publish.",
	changed: "Something has changed since you saw it, here or by somebody else. Look once more.",
	languageAdded: "new language",
	languageGone: "the language is gone",
	effectMaterial:
		"Gates close for everybody who has said yes. The banner asks again and tells what is new. If the site uses a consent tool, that has to ask again too.",
	effectEditorial: "Grants that were given still hold. Nobody is asked again.",
	publish: "Publish for good",
	will: (version) => `It becomes version ${version}.`,

	wrong: {},
};

export const noticeWords: Record<Language, NoticeWords> = { nb, en };
