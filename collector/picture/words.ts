/** What the box that takes a picture says to the site's owner. */
import type { PictureDevice } from "../../schema/picture-limits.ts";

const nb = {
	title: "Bilde til klikkartet",
	devices: { desktop: "PC", mobile: "mobil", tablet: "nettbrett" } satisfies Record<PictureDevice, string>,
	asked: (device: string, from: number, below: number) =>
		`Siden slik den er på ${device}: vinduet skal være ${from ? `minst ${from}` : `smalere enn ${below}`} px bredt.`,
	width: (px: number) => `Nå er det ${px} px.`,
	what: "Bare plass, størrelse, farger og oppbygning blir med. Ingen tekst, ingen bilder, ingenting som er skrevet i felt.",
	before: "Lukk det som ligger over siden. Rull gjennom den først, hvis deler av den kommer først da.",
	take: "Ta bildet",
	close: "Lukk",
	sending: "Sender …",
	done: "Bildet er lagret. Gå tilbake til Sporløs og last klikkartet på nytt.",
	refused: "Lenken er brukt, for gammel eller gjelder en annen side. Lag en ny i Sporløs.",
	failed: "Bildet kom ikke fram. Prøv igjen.",
};

export type PictureWords = typeof nb;

const en: PictureWords = {
	title: "Picture for the click map",
	devices: { desktop: "a computer", mobile: "a phone", tablet: "a tablet" },
	asked: (device, from, below) =>
		`The page as it is on ${device}: the window must be ${from ? `at least ${from}` : `narrower than ${below}`} px wide.`,
	width: (px) => `Now it is ${px} px.`,
	what: "Only places, sizes, colours and structure are taken. No text, no images, nothing that is typed into fields.",
	before: "Close what lies over the page. Scroll through it first if parts of it only come then.",
	take: "Take the picture",
	close: "Close",
	sending: "Sending …",
	done: "The picture is kept. Go back to Sporløs and reload the click map.",
	refused: "The link is used, too old, or of another page. Make a new one in Sporløs.",
	failed: "The picture did not arrive. Try again.",
};

/** Of the owner's browser: the page may be in any language. */
export const words = /^(nb|nn|no)\b/.test(navigator.language) ? nb : en;
