/** The letters that lead somewhere on the dashboard's pages: the same in every language, and none that needs Shift or AltGr anywhere. */
import type { Span } from "../range.ts";
import type { SectionName } from "../section.tsx";

export const sectionKeys: Readonly<Record<SectionName, string>> = {
	overview: "o",
	pages: "p",
	speed: "s",
	paths: "t",
	usage: "i",
	privacy: "v",
};
export const nowKey = "n";
export const spanKeys: Readonly<Partial<Record<Span, string>>> = {
	idag: "d",
	"7d": "w",
	"28d": "m",
	"91d": "q",
	"12m": "y",
};
/** Back and forth in time. */
export const stepKeys = { earlier: "b", later: "f" } as const;
