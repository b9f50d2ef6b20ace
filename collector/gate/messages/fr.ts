/** The banner's own words in French. */
import type { BannerWords } from "../../../schema/banner-words.ts";

export const fr: BannerWords = {
	label: "Choix de confidentialité",
	accept: "Accepter",
	decline: "Refuser",
	withdraw: "Retirer",
	choose: "Choisir les finalités",
	save: "Enregistrer",
	close: "Fermer",
	mine: "Mes données",
	erase: "Effacer aussi mes données",
	granted: "Vous avez accepté",
	refused: "Vous avez dit non. Rien n’est mesuré.",
	silenced: "Votre navigateur demande que vous ne soyez pas mesuré. C’est respecté : rien n’est mesuré.",
	thanks: "Merci. Votre choix est enregistré et peut être modifié à tout moment.",
	changed: "Nouveau depuis votre dernière réponse",
	contact: "Questions",
	more: "Lire toute la politique de confidentialité",
	purposes: {
		performance: ["Performances", "La rapidité d’affichage et de réponse des pages chez vous."],
		visits: ["Visites", "Les pages que vous voyez, leur durée, et la suite de votre visite."],
		interactions: ["Utilisation des pages", "Clics, défilement et formulaires. Jamais ce que vous écrivez."],
	},
};
