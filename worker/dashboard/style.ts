/** The look of a page: what all pages share, then the sheets of what it shows. Leaves out bundling them (scripts/build-dashboard.ts). */

/** The files in look/ that only some pages need, in the order in which they apply. */
export const sheetNames = [
	"headline",
	"notes",
	"speed",
	"breakdown",
	"parts",
	"goals",
	"goal-trend",
	"flow",
	"flow-card",
	"pages",
	"page-list",
	"hours",
	"paths",
	"click-map",
	"privacy",
	"setup",
] as const;
export type SheetName = (typeof sheetNames)[number];
/** Minified, by name. */
export type Sheets = Readonly<Record<SheetName, string>>;

/** The style of a page that shows what these sheets are for. */
export type StyleOf = (...names: SheetName[]) => string;

export function styleFrom(shared: string, sheets: Sheets): StyleOf {
	return (...names) => shared + sheetNames.map((name) => (names.includes(name) ? sheets[name] : "")).join("");
}
