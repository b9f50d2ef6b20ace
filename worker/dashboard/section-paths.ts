/** Where the pages of figures are, below a site's own path, which is the overview's. Apart from what draws them: the build reads it too. */
import type { Messages } from "./messages/nb.ts";

export type SectionName = keyof Messages["sections"];

export const sectionPaths = {
	overview: "/",
	pages: "/pages",
	speed: "/speed",
	paths: "/paths",
	usage: "/interactions",
	privacy: "/privacy",
} as const satisfies Record<SectionName, string>;
