/** What a partner's page asks for: the release's public definition, and released sums. Leaves out where they are kept. */
import type { Grain } from "../../../schema/period.ts";
import type { Noisy } from "../../release/interval.ts";
import type { Dates } from "./range.ts";
import type { ReleasedList } from "./view.ts";

export type ReleasedVital = "lcp" | "inp" | "cls";
export const releasedVitals: readonly ReleasedVital[] = ["lcp", "inp", "cls"];

export interface PageSum extends Noisy {
	page: string;
	/** In so many periods of the range it was released. */
	periods: number;
	/** Engaged time in the parts of worker/book/bounded.ts, where the release has it. */
	dwell?: readonly Noisy[];
}
export interface NamedSum extends Noisy {
	key: string;
}

/** Sums over the periods of a range; a group that the release does not have is absent. */
export interface ReleasedSums {
	periods: number;
	/** True where sample visits are in it. */
	sample: boolean;
	visitors?: Noisy;
	pages?: readonly PageSum[];
	lists: { readonly [list in ReleasedList]?: readonly NamedSum[] };
	/** In the parts of worker/book/bounded.ts. */
	vitals: { readonly [vital in ReleasedVital]?: readonly Noisy[] };
}

export interface PartnerSource {
	release: {
		id: string;
		site: string;
		audience: string;
		timeZone: string;
		grain: Grain;
		/** True where pages that were not declared may be shown too. */
		unlisted: boolean;
	};
	/** First and last date that is released; undefined before the first. */
	released?: Dates | undefined;
	sums(dates: Dates): Promise<ReleasedSums>;
	/** Only visitors and vitals, for a comparison. */
	headline(dates: Dates): Promise<ReleasedSums>;
	/** Visitors of each of some ranges that follow each other; undefined where a period of one is missing. */
	visitors(ranges: readonly Dates[]): Promise<(Noisy | undefined)[]>;
}
