/**
 * What browsers that can (Chromium) may read ahead: pages of figures, when a link to one is hovered or pressed. Nothing that is
 * downloaded, changed, or another's. Told by a header and a file, because our policy allows no inline script.
 */

import { sectionPaths } from "./section-paths.ts";

/** Name of the file, beside the page's script. */
export const lookAheadFile = "look-ahead.json";
export const lookAheadType = "application/speculationrules+json";

export const lookAheadRules = {
	prefetch: [
		{
			where: {
				or: Object.values(sectionPaths).map((path) => ({
					href_matches: { pathname: `/sites/:site${path === "/" ? "" : path}` },
				})),
			},
			eagerness: "moderate",
		},
	],
};

/** The header's value, from the address of the page's script. */
export function lookAheadHeader(script: string): string {
	return `"${script.slice(0, script.lastIndexOf("/") + 1)}${lookAheadFile}"`;
}
