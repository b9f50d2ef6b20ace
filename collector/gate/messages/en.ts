/** The banner's own words in English. */
import type { BannerWords } from "../../../schema/banner-words.ts";

export const en: BannerWords = {
	label: "Privacy choices",
	accept: "Accept",
	decline: "Decline",
	withdraw: "Withdraw",
	choose: "Choose purposes",
	save: "Save choices",
	close: "Close",
	mine: "My data",
	erase: "Erase my data too",
	granted: "You have accepted",
	refused: "You have said no. Nothing is measured.",
	silenced: "Your browser asks not to be measured. This is respected: nothing is measured.",
	thanks: "Thank you. Your choice is saved, and you can change it at any time.",
	changed: "New since your last answer",
	contact: "Questions",
	more: "Read the whole privacy notice",
	purposes: {
		performance: ["Performance", "How fast pages appear and respond for you."],
		visits: ["Visits", "Which pages you see, for how long, and where you go next."],
		interactions: ["Use of the pages", "Clicks, scrolling and forms. Never what you type."],
	},
};
