/** What the demo shop's visitors are asked, in Norwegian and English. */
import type { Notice } from "../schema/site.ts";

export const notice: Notice = {
	languages: {
		nb: {
			title: "Kan vi måle hvordan nettsiden brukes?",
			text: "Nordfjord Turer teller hvor raskt sidene svarer, hvor lenge de ses på, hva som klikkes på, og hvordan de forlates. Vi gjør det for å lage bedre sider. Vi lagrer ikke hvem du er, og siden virker likt om du sier nei.",
			recipients: "Bare vi i Nordfjord Turer får se tallene.",
			retention:
				"Valget gjelder i 180 dager. Du kan trekke det tilbake når som helst med knappen «Personvernvalg» på alle sider.",
		},
		en: {
			title: "May we measure how this site is used?",
			text: "Nordfjord Turer counts how fast pages answer, how long they are looked at, what is clicked, and how they are left. We do it to make better pages. We do not store who you are, and the site works the same if you say no.",
			recipients: "Only we at Nordfjord Turer see the figures.",
			retention:
				"Your choice lasts 180 days. You can withdraw it at any time with the “Privacy choices” button on every page.",
		},
	},
	purposes: ["performance", "visits", "interactions"],
	contact: "personvern@nordfjordturer.example",
	phone: "+4700000002",
	answerDays: 2,
	link: "/personvern",
};
