/** The operator's page's own words. Texts of refusals stand with the refusals (worker/problem.ts). */
import type { Language } from "../format.ts";

const nb = {
	title: "Drift",
	back: "Til oversikten",
	alerts: "Varsler",
	noAlerts: "Ingenting feiler: alt planlagt arbeid går som det skal.",
	closing: (period: string) => `Perioden ${period} lar seg ikke lukke`,
	release: (id: string) => `Frigivelsen ${id} er ikke fullstendig`,
	upkeep: "Planlagt arbeid mislykkes",
	failures: (n: string, since: string) => `${n} ganger siden ${since} (UTC). Det prøves igjen hvert tiende minutt.`,
	book: "Bøkene",
	bookNote: "Det som ikke er lukket ennå, og det som er.",
	figures: {
		pending: "Sidevisninger som venter",
		late: "Rapporter som kom for sent",
		erasing: "Slettinger som venter",
		open: "Åpne perioder",
		overdue: "Skulle ha vært lukket",
		lastClosing: "Sist lukket",
		reports: "Rapporter i bøkene",
		receipts: "Kvitteringer i bøkene",
		bytes: "Størrelsen på bøkene",
		cells: "Celler i lukkede bøker",
	},
	closedAt: (period: string, instant: string) => `${period}, ${instant} (UTC)`,
	none: "ingen",
	refused: "Avviste forespørsler",
	refusedNote: (since: string) =>
		`Fra samlere på alle nettsteder her, siden ${since}. En nedre grense; av forespørslene er ingenting beholdt.`,
	noRefusals: "Ingen er avvist.",
	kind: "Hvorfor",
	count: "Antall",
	place: "Installasjonen",
	version: "Versjon",
	migrations: "Migreringer",
	database: "Database",
};

export type OperationWords = typeof nb;

const en: OperationWords = {
	title: "Operation",
	back: "To the overview",
	alerts: "Alerts",
	noAlerts: "Nothing fails: all scheduled work goes as it should.",
	closing: (period) => `The period ${period} cannot be closed`,
	release: (id) => `The release ${id} is not complete`,
	upkeep: "Scheduled work fails",
	failures: (n, since) => `${n} times since ${since} (UTC). It is tried again every ten minutes.`,
	book: "The books",
	bookNote: "What is not closed yet, and what is.",
	figures: {
		pending: "Page views that wait",
		late: "Reports that came too late",
		erasing: "Erasures that wait",
		open: "Open periods",
		overdue: "Should have been closed",
		lastClosing: "Last closed",
		reports: "Reports in the books",
		receipts: "Receipts in the books",
		bytes: "Size of the books",
		cells: "Cells in closed books",
	},
	closedAt: (period, instant) => `${period}, ${instant} (UTC)`,
	none: "none",
	refused: "Refused requests",
	refusedNote: (since) =>
		`From collectors on all sites here, since ${since}. A lower bound; nothing of the requests is kept.`,
	noRefusals: "None was refused.",
	kind: "Why",
	count: "Count",
	place: "This place",
	version: "Version",
	migrations: "Migrations",
	database: "Database",
};

export const operationWords: Record<Language, OperationWords> = { nb, en };
