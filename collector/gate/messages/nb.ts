/** The banner's own words in Norwegian bokmål. */
import type { BannerWords } from "../../../schema/banner-words.ts";

export const nb: BannerWords = {
	label: "Personvernvalg",
	accept: "Godta",
	decline: "Avslå",
	withdraw: "Trekk tilbake",
	choose: "Velg formål",
	save: "Lagre valgene",
	close: "Lukk",
	mine: "Mine data",
	erase: "Slett også mine data",
	granted: "Du har godtatt",
	refused: "Du har sagt nei. Ingenting måles.",
	silenced: "Nettleseren din ber om at du ikke blir målt. Det respekteres: Ingenting måles.",
	thanks: "Takk. Valget ditt er lagret, og kan endres når som helst.",
	changed: "Nytt siden du svarte sist",
	contact: "Spørsmål",
	more: "Les hele personvernerklæringen",
	purposes: {
		performance: ["Ytelse", "Hvor raskt sidene vises og svarer hos deg."],
		visits: ["Besøk", "Hvilke sider du ser, hvor lenge, og hvordan du går videre."],
		interactions: ["Bruk av sidene", "Klikk, rulling og skjemaer. Aldri det du skriver."],
	},
};
