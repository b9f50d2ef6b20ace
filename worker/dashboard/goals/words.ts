/** The words of goals and funnels, on the overview and on a page's own sheet. */
import type { AimKind } from "../../../schema/site.ts";
import type { Language } from "../format.ts";

const nb = {
	goals: "Mål",
	scope: "Hele nettstedet, alle enheter",
	ofVisits: (visits: string) => `Andelene er av alle ${visits} besøk; et besøk når et mål høyst én gang.`,
	goal: "Mål",
	reached: "Besøk",
	share: "Andel",
	kinds: {
		page: "Side",
		event: "Hendelse",
		click: "Klikk",
		form: "Skjema",
		download: "Nedlasting",
		outbound: "Lenke ut",
	} satisfies Record<AimKind, string>,
	gone: "ikke lenger et mål",
	leads: "Det som fører dit",
	none: "Ingen mål ennå. Velg hva besøk skal føre til, så står det her hvor mange som når det.",
	set: "Sett mål",
	few: "for få til å vises",
	/** In place of a count of a period. */
	noneOrFew: "ingen eller for få",
	/** The line of one goal. */
	visitsTo: (goal: string) => `Besøk som nådde ${goal}`,
	reachedIt: "Nådde målet",
	inLine: "vises i kurven øverst",
	ofAll: (visits: string) => `av ${visits} besøk`,
	gaps: "Der kurven har opphold, nådde ingen målet, eller for få til at det kan vises.",
	unknown: "Det finnes ikke noe mål med dette navnet, verken i innstillingene eller i tallene her. Kurven viser besøk.",
	bySpeed: (goal: string) => `${goal} etter fart på første side`,
	bySpeedNote:
		"Mål telles sammen med fart på første side alene, ikke med kilde, enhet eller land. Sammenheng, ikke bevis på årsak.",
	provisional: "Foreløpige tall: den siste perioden er ikke lukket.",
	hidden: (share: string) =>
		`${share} av det som ble nådd, vises ikke, fordi for få nådde det i perioden: det som står her, er da det minste det kan være.`,
	imported: "Importerte perioder har besøk, men ingen mål, så andelene er for lave der.",
	more: (n: string) => `${n} til`,
	funnels: "Trakter",
	funnelNote: "Steg i rekkefølge, i samme besøk",
	/** Of one funnel. */
	began: (first: string) => `Andelene er av de ${first} besøkene som nådde steg 1.`,
	through: "kom gjennom",
	step: "Steg",
	lost: "Gikk ikke videre",
	here: "Mål og trakter med denne siden",
	hereNote: (visits: string) => `Andelene er av alle ${visits} besøk på nettstedet, alle enheter.`,
	stepOf: (step: number, steps: number) => `steg ${step} av ${steps}`,
};

export type GoalWords = typeof nb;

const en: GoalWords = {
	goals: "Goals",
	scope: "Whole site, all devices",
	ofVisits: (visits) => `Shares are of all ${visits} visits; a visit reaches a goal at most once.`,
	goal: "Goal",
	reached: "Visits",
	share: "Share",
	kinds: {
		page: "Page",
		event: "Event",
		click: "Click",
		form: "Form",
		download: "Download",
		outbound: "Link out",
	},
	gone: "no longer a goal",
	leads: "What leads there",
	none: "No goals yet. Choose what visits should lead to, and this is where you see how many do.",
	set: "Set goals",
	few: "too few to show",
	noneOrFew: "none or too few",
	visitsTo: (goal) => `Visits that reached ${goal}`,
	reachedIt: "Reached it",
	inLine: "in the line at the top",
	ofAll: (visits) => `of ${visits} visits`,
	gaps: "Where the line has gaps, no visits reached it, or too few to show.",
	unknown: "There is no goal of this name, neither in the settings nor in the figures here. The line shows visits.",
	bySpeed: (goal) => `${goal} by speed of the first page`,
	bySpeedNote:
		"Goals are counted along with the speed of the first page alone, not with source, device or country. A connection, no proof of a cause.",
	provisional: "Provisional: the last period is not closed.",
	hidden: (share) =>
		`${share} of what was reached is not shown, because too few reached it in the period: what stands here is then the least it can be.`,
	imported: "Imported periods have visits but no goals, so shares are too low there.",
	more: (n) => `${n} more`,
	funnels: "Funnels",
	funnelNote: "Steps in order, within one visit",
	began: (first) => `Shares are of the ${first} visits that reached step 1.`,
	through: "came through",
	step: "Step",
	lost: "Did not go on",
	here: "Goals and funnels with this page",
	hereNote: (visits) => `Shares are of all ${visits} visits to the site, all devices.`,
	stepOf: (step, steps) => `step ${step} of ${steps}`,
};

export const goalWords: Record<Language, GoalWords> = { nb, en };
