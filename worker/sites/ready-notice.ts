/** The notice a new site begins with, in as many of the banner's languages as are wanted, until its owner publishes an own one. Leaves out publishing. */
import { noticeLanguages } from "../../schema/policy.ts";
import { type Purpose, purposes } from "../../schema/purposes.ts";
import type { Notice, NoticeText } from "../../schema/site.ts";

export type NoticeLanguage = (typeof noticeLanguages)[number];

const texts: Record<NoticeLanguage, (name: string) => NoticeText> = {
	nb: (name) => ({
		title: "Kan vi måle hvordan nettsiden brukes?",
		text: `${name} teller hvor raskt sidene svarer, hvor lenge de ses på, hva som klikkes på, og hvordan de forlates, for å lage bedre sider. Vi lagrer ikke hvem du er, og siden virker likt om du sier nei.`,
		recipients: `Bare vi i ${name} får se tallene.`,
		retention:
			"Valget gjelder i 180 dager. Du kan trekke det tilbake når som helst med knappen «Personvernvalg» på alle sider.",
	}),
	nn: (name) => ({
		title: "Kan vi måle korleis nettsida blir brukt?",
		text: `${name} tel kor raskt sidene svarer, kor lenge dei blir sett på, kva det blir klikka på, og korleis dei blir forlatne, for å lage betre sider. Vi lagrar ikkje kven du er, og sida verkar likt om du seier nei.`,
		recipients: `Berre vi i ${name} får sjå tala.`,
		retention:
			"Valet gjeld i 180 dagar. Du kan trekkje det tilbake når som helst med knappen «Personvernval» på alle sider.",
	}),
	en: (name) => ({
		title: "May we measure how this site is used?",
		text: `${name} counts how fast pages answer, how long they are looked at, what is clicked, and how they are left, to make better pages. We do not store who you are, and the site works the same if you say no.`,
		recipients: `Only we at ${name} see the figures.`,
		retention:
			"Your choice lasts 180 days. You can withdraw it at any time with the “Privacy choices” button on every page.",
	}),
	sv: (name) => ({
		title: "Får vi mäta hur webbplatsen används?",
		text: `${name} räknar hur snabbt sidorna svarar, hur länge de visas, vad som klickas på och hur de lämnas, för att göra bättre sidor. Vi sparar inte vem du är, och sidan fungerar likadant om du säger nej.`,
		recipients: `Bara vi på ${name} ser siffrorna.`,
		retention:
			"Ditt val gäller i 180 dagar. Du kan ta tillbaka det när som helst med knappen ”Integritetsval” på alla sidor.",
	}),
	da: (name) => ({
		title: "Må vi måle, hvordan siden bruges?",
		text: `${name} tæller, hvor hurtigt siderne svarer, hvor længe de vises, hvad der klikkes på, og hvordan de forlades, for at lave bedre sider. Vi gemmer ikke, hvem du er, og siden virker på samme måde, hvis du siger nej.`,
		recipients: `Kun vi hos ${name} ser tallene.`,
		retention:
			"Dit valg gælder i 180 dage. Du kan trække det tilbage når som helst med knappen »Privatlivsvalg« på alle sider.",
	}),
	de: (name) => ({
		title: "Dürfen wir messen, wie diese Website genutzt wird?",
		text: `${name} zählt, wie schnell Seiten antworten, wie lange sie angesehen werden, was angeklickt wird und wie sie verlassen werden, um bessere Seiten zu machen. Wir speichern nicht, wer Sie sind, und die Seite funktioniert genauso, wenn Sie ablehnen.`,
		recipients: `Nur wir bei ${name} sehen die Zahlen.`,
		retention:
			"Ihre Wahl gilt 180 Tage. Sie können sie jederzeit mit der Schaltfläche „Datenschutzwahl“ auf jeder Seite widerrufen.",
	}),
	fr: (name) => ({
		title: "Pouvons-nous mesurer l’utilisation de ce site ?",
		text: `${name} compte la rapidité des pages, le temps pendant lequel elles sont regardées, ce qui est cliqué et la façon dont elles sont quittées, pour améliorer ses pages. Nous n’enregistrons pas qui vous êtes, et le site fonctionne de la même façon si vous refusez.`,
		recipients: `Nous seuls, chez ${name}, voyons les chiffres.`,
		retention:
			"Votre choix vaut 180 jours. Vous pouvez le retirer à tout moment avec le bouton « Choix de confidentialité » sur chaque page.",
	}),
	es: (name) => ({
		title: "¿Podemos medir cómo se usa este sitio?",
		text: `${name} cuenta la rapidez con que responden las páginas, cuánto tiempo se ven, en qué se hace clic y cómo se abandonan, para hacer mejores páginas. No guardamos quién es usted, y el sitio funciona igual si dice que no.`,
		recipients: `Solo nosotros, en ${name}, vemos las cifras.`,
		retention:
			"Su elección vale 180 días. Puede retirarla en cualquier momento con el botón «Opciones de privacidad» en todas las páginas.",
	}),
};

export const readyText = (language: NoticeLanguage, name: string): NoticeText => texts[language](name);

/** A notice in these languages, the first of which is the site's own. */
export function readyNotice(
	name: string,
	contact: string,
	languages: readonly NoticeLanguage[] = ["nb", "en"],
	asked: readonly Purpose[] = purposes,
): Notice {
	return {
		languages: Object.fromEntries(languages.map((language) => [language, readyText(language, name)])),
		purposes: [...asked],
		contact,
	};
}

export const isNoticeLanguage = (text: string): text is NoticeLanguage =>
	noticeLanguages.some((language) => language === text);
