/** The banner's own words in Norwegian bokmål; what the site says about itself is in its notice. */
export const nb = {
	label: "Personvernvalg",
	accept: "Godta",
	decline: "Avslå",
	withdraw: "Trekk tilbake",
	keep: "Behold",
	close: "Lukk",
	granted: "Du har godtatt måling.",
	refused: "Du har sagt nei. Ingenting måles.",
	silenced: "Nettleseren din ber om ikke å bli målt. Det respekteres: ingenting måles.",
	thanks: "Takk. Valget ditt er lagret, og kan endres når som helst.",
	contact: "Spørsmål",
	more: "Les hele personvernerklæringen",
};
