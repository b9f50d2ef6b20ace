/** The words of the file that lies beside the figures in a download. */
import type { Language } from "../format.ts";

const nb = {
	all: "Last ned alt",
	about: "les-meg.txt",
	view: "Visning",
	dates: "Tidsrom",
	compared: "Sammenlignet med",
	device: "Enhet",
	goal: "Mål",
	page: "Side",
	notes: "Om tallene",
	notesFile: "eierens notater i tidsrommet",
	files: "Filer: det samme som disse kallene svarer, uten grense for antall rader",
	format: "CSV med semikolon, desimalkomma og UTF-8. Celler som et regneark ville regnet ut, begynner med apostrof.",
};
const en: typeof nb = {
	all: "Download all",
	about: "read-me.txt",
	view: "View",
	dates: "Dates",
	compared: "Compared with",
	device: "Device",
	goal: "Goal",
	page: "Page",
	notes: "About the figures",
	notesFile: "the owner's notes in the range",
	files: "Files: what these calls answer, without a limit on rows",
	format: "CSV with commas, UTF-8. Cells that a spreadsheet would run as formulas begin with an apostrophe.",
};
export const exportWords: Record<Language, typeof nb> = { nb, en };
