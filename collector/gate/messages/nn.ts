/** The banner's own words in Norwegian nynorsk. */
import type { BannerWords } from "../../../schema/banner-words.ts";

export const nn: BannerWords = {
	label: "Personvernval",
	accept: "Godta",
	decline: "Avslå",
	withdraw: "Trekk tilbake",
	choose: "Vel formål",
	save: "Lagre vala",
	close: "Lukk",
	mine: "Mine data",
	erase: "Slett òg mine data",
	granted: "Du har godteke",
	refused: "Du har sagt nei. Ingenting blir målt.",
	silenced: "Nettlesaren din ber om at du ikkje blir målt. Det blir respektert: Ingenting blir målt.",
	thanks: "Takk. Valet ditt er lagra, og kan endrast når som helst.",
	changed: "Nytt sidan du svarte sist",
	contact: "Spørsmål",
	more: "Les heile personvernerklæringa",
	purposes: {
		performance: ["Yting", "Kor raskt sidene blir viste og svarer hos deg."],
		visits: ["Besøk", "Kva sider du ser, kor lenge, og korleis du går vidare."],
		interactions: ["Bruk av sidene", "Klikk, rulling og skjema. Aldri det du skriv."],
	},
};
