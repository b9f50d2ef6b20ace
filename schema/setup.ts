/**
 * What can be known of a site's set-up: what the Worker has noted while the owner looks, and what was found on the owner's own page.
 * Leaves out finding it (worker/setup), and the words for it (worker/dashboard/setup).
 */

/**
 * What the site's pages asked for: a gate file (`about` is its name), the config (which comes after a yes), a report taken; code of
 * an earlier version; and what was refused (`about` is the origin of a foreign one).
 */
export const sightingKinds = [
	"gate",
	"config",
	"report",
	"old-code",
	"foreign-origin",
	"superseded",
	"no-consent",
	"outside-limits",
] as const;
export type SightingKind = (typeof sightingKinds)[number];

/** What can be wrong, or may be, on a page of the owner's. `about` names the part; `where` is the page. */
export const lookFaults = [
	"unreachable",
	"private-address",
	"elsewhere",
	"not-html",
	"missing",
	"tag-manager",
	"wrong-site",
	"wrong-host",
	"wrong-file",
	"other-tool",
	"held-back",
	"as-module",
	"integrity",
	"twice",
	"policy-script",
	"policy-connect",
	"old-copy",
	"broken-copy",
] as const;
export interface LookFault {
	kind: (typeof lookFaults)[number];
	where: string;
	about: string;
}

/** The last look at the owner's own page. */
export interface Look {
	/** ms since 1970. */
	at: number;
	/** Below each origin. */
	path: string;
	faults: LookFault[];
	/** Gate files that a page asks for as it should. */
	files: string[];
}
