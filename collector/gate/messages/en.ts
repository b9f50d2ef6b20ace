/** The banner's own words in English. */
import type { nb } from "./nb.ts";

export const en: typeof nb = {
	label: "Privacy choices",
	accept: "Accept",
	decline: "Decline",
	withdraw: "Withdraw",
	keep: "Keep",
	close: "Close",
	granted: "You have accepted measurement.",
	refused: "You have said no. Nothing is measured.",
	silenced: "Your browser asks not to be measured. This is respected: nothing is measured.",
	thanks: "Thank you. Your choice is saved, and you can change it at any time.",
	contact: "Questions",
	more: "Read the whole privacy notice",
};
