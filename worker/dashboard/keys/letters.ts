/** The letters that lead somewhere on the dashboard's pages: the same in every language, and none that needs Shift or AltGr anywhere. */
import type { Device } from "../../../schema/report.ts";
import type { Comparison, Span } from "../range.ts";
import type { SectionName } from "../section-paths.ts";

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
export const everyDeviceKey = "a";
export const deviceKeys: Readonly<Record<Device, string>> = { mobile: "l", desktop: "k", tablet: "e", other: "r" };
export const comparisonKeys: Readonly<Record<Comparison, string>> = { forrige: "c", aar: "j", ingen: "x" };
/** Back and forth in time. */
export const stepKeys = { earlier: "b", later: "f" } as const;
