/** The banner's own words in Swedish. */
import type { BannerWords } from "../../../schema/banner-words.ts";

export const sv: BannerWords = {
	label: "Integritetsval",
	accept: "Godkänn",
	decline: "Avböj",
	withdraw: "Återkalla",
	choose: "Välj ändamål",
	save: "Spara val",
	close: "Stäng",
	mine: "Mina data",
	erase: "Radera även mina data",
	granted: "Du har godkänt",
	refused: "Du har sagt nej. Inget mäts.",
	silenced: "Din webbläsare ber om att du inte ska mätas. Det respekteras: inget mäts.",
	thanks: "Tack. Ditt val är sparat och kan ändras när som helst.",
	changed: "Nytt sedan du svarade senast",
	contact: "Frågor",
	more: "Läs hela integritetspolicyn",
	purposes: {
		performance: ["Prestanda", "Hur snabbt sidorna visas och svarar hos dig."],
		visits: ["Besök", "Vilka sidor du ser, hur länge, och hur du går vidare."],
		interactions: ["Användning av sidorna", "Klick, rullning och formulär. Aldrig det du skriver."],
	},
};
