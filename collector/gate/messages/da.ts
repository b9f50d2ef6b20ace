/** The banner's own words in Danish. */
import type { BannerWords } from "../../../schema/banner-words.ts";

export const da: BannerWords = {
	label: "Privatlivsvalg",
	accept: "Accepter",
	decline: "Afvis",
	withdraw: "Træk tilbage",
	choose: "Vælg formål",
	save: "Gem valg",
	close: "Luk",
	mine: "Mine data",
	erase: "Slet også mine data",
	granted: "Du har accepteret",
	refused: "Du har sagt nej. Intet bliver målt.",
	silenced: "Din browser beder om, at du ikke bliver målt. Det respekteres: Intet bliver målt.",
	thanks: "Tak. Dit valg er gemt og kan altid ændres.",
	changed: "Nyt, siden du svarede sidst",
	contact: "Spørgsmål",
	more: "Læs hele privatlivspolitikken",
	purposes: {
		performance: ["Ydeevne", "Hvor hurtigt siderne vises og svarer hos dig."],
		visits: ["Besøg", "Hvilke sider du ser, hvor længe, og hvordan du går videre."],
		interactions: ["Brug af siderne", "Klik, rulning og formularer. Aldrig det, du skriver."],
	},
};
