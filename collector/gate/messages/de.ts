/** The banner's own words in German. */
import type { BannerWords } from "../../../schema/banner-words.ts";

export const de: BannerWords = {
	label: "Datenschutzwahl",
	accept: "Zustimmen",
	decline: "Ablehnen",
	withdraw: "Widerrufen",
	choose: "Zwecke wählen",
	save: "Auswahl speichern",
	close: "Schließen",
	mine: "Meine Daten",
	erase: "Auch meine Daten löschen",
	granted: "Sie haben zugestimmt",
	refused: "Sie haben abgelehnt. Nichts wird gemessen.",
	silenced: "Ihr Browser bittet darum, dass Sie nicht gemessen werden. Das wird respektiert: Nichts wird gemessen.",
	thanks: "Danke. Ihre Wahl ist gespeichert und kann jederzeit geändert werden.",
	changed: "Neu seit Ihrer letzten Antwort",
	contact: "Fragen",
	more: "Ganze Datenschutzerklärung lesen",
	purposes: {
		performance: ["Leistung", "Wie schnell Seiten bei Ihnen erscheinen und reagieren."],
		visits: ["Besuche", "Welche Seiten Sie sehen, wie lange, und wie Sie weitergehen."],
		interactions: ["Nutzung der Seiten", "Klicks, Scrollen und Formulare. Nie, was Sie schreiben."],
	},
};
