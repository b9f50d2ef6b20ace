/** The notice a new site begins with, in Norwegian and English, until its owner publishes an own one. Leaves out publishing. */
import { purposes } from "../schema/purposes.ts";
import type { Notice } from "../schema/site.ts";

export function firstNotice(name: string, contact: string): Notice {
	return {
		languages: {
			nb: {
				title: "Kan vi måle hvordan nettsiden brukes?",
				text: `${name} teller hvor raskt sidene svarer, hvor lenge de ses på, hva som klikkes på, og hvordan de forlates, for å lage bedre sider. Vi lagrer ikke hvem du er, og siden virker likt om du sier nei.`,
				recipients: `Bare vi i ${name} får se tallene.`,
				retention:
					"Valget gjelder i 180 dager. Du kan trekke det tilbake når som helst med knappen «Personvernvalg» på alle sider.",
			},
			en: {
				title: "May we measure how this site is used?",
				text: `${name} counts how fast pages answer, how long they are looked at, what is clicked, and how they are left, to make better pages. We do not store who you are, and the site works the same if you say no.`,
				recipients: `Only we at ${name} see the figures.`,
				retention:
					"Your choice lasts 180 days. You can withdraw it at any time with the “Privacy choices” button on every page.",
			},
		},
		purposes: [...purposes],
		contact,
	};
}
