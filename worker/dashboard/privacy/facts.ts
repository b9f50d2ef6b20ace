/** What the page about privacy tells besides the figures: the site's own promises, what was erased, and for its owner what is shared. */
import type { Notice } from "../../../schema/site.ts";
import type { OwnedRelease } from "../../release/answers.ts";

export interface Promises {
	id: string;
	timeZone: string;
	k: number;
	retentionMonths: number;
	notice: Notice;
	/** How long a yes lasts. */
	grantDays: number;
	/** The version in force, and the ones whose grants still hold. */
	policy: string;
	valid: ReadonlySet<string>;
	/** Every version, oldest first; `published` is ms since 1970. */
	policies: readonly { version: string; published: number; material: boolean }[];
}

/** What becomes of a page view of today, and when. Local dates. */
export interface Clock {
	/** Of the period that today is in. */
	first: string;
	last: string;
	/** From here on the period is sealed; later where too few browsers were there. */
	sealed: string;
	/** Its receipts go on this day, if it is sealed on time. */
	forgotten: string;
	/** The first day on which its sums are no longer there. */
	deleted: string;
	/** The oldest sums there can be today are from the period with this date. */
	oldest: string;
}

/** Counts, dates and published texts only: nothing here is about a single visitor. */
export interface PrivacyFacts {
	site: Promises;
	clock: Clock;
	erasures: {
		/** Page views that wait to be taken out of a closed period. */
		waiting: number;
		/** Times a closed period was corrected, and the local date of the last one. */
		done: number;
		last: string | null;
	};
	/** Releases that have not ended; only the owner sees them. */
	shared?: readonly OwnedRelease[];
}
