/** The reference page's own words. What is said of calls and figures stands with them (worker/stats), in both languages too. */
import type { Language } from "../format.ts";

const nb = {
	title: "Referanse for HTTP-kallene",
	intro:
		"Alt her er laget for skript: svarene er JSON, og tallene kan også hentes som CSV. Sett `.csv` etter navnet på tallene.",
	machine: "Den samme beskrivelsen som OpenAPI 3.1",
	contents: "Innhold",
	groups: {
		figures: "Tall",
		site: "Nettstedet",
		collection: "Innsamling",
		service: "Tjenesten",
	},
	shapes: "Former",
	parameters: "Parametere",
	body: "Sendes",
	answer: "Svarer",
	nothing: "uten innhold",
	file: "en fil",
	refused: "Avslag",
	required: "må være med",
	example: "Eksempel",
	listOf: "liste av",
	date: "dato",
	orNull: "eller null",
	byName: "etter navn:",
	or: "eller",
	kinds: {
		string: "tekst",
		number: "tall",
		integer: "heltall",
		boolean: "sann eller usann",
		object: "objekt",
	} as Record<string, string>,
};

export type ReferenceWords = typeof nb;

const en: ReferenceWords = {
	title: "Reference of the HTTP calls",
	intro:
		"All of this is for scripts: answers are JSON, and figures can be had as CSV too. Put `.csv` after the figures' name.",
	machine: "The same description as OpenAPI 3.1",
	contents: "Contents",
	groups: {
		figures: "Figures",
		site: "The site",
		collection: "Collection",
		service: "The service",
	},
	shapes: "Shapes",
	parameters: "Parameters",
	body: "Send",
	answer: "Answers",
	nothing: "nothing",
	file: "a file",
	refused: "Refusals",
	required: "required",
	example: "Example",
	listOf: "list of",
	date: "date",
	orNull: "or null",
	byName: "by name:",
	or: "or",
	kinds: { string: "text", number: "number", integer: "whole number", boolean: "true or false", object: "object" },
};

export const referenceWords: Record<Language, ReferenceWords> = { nb, en };
export const groups = ["figures", "site", "collection", "service"] as const;
