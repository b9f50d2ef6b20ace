/** What the page's script and the routes agree on: the live figures, and how the script asks for the content alone. */

/** Sent by the script when it asks for the page again: the answer then has neither style nor script. */
export const contentOnlyHeader = "sporlos-content-only";

/** What `GET /sites/:site/live` answers: already written out in the reader's language. */
export interface LiveFigures {
	/** Changes whenever the figures of today do. */
	mark: string;
	/** Changes whenever the figures of closed periods do; left out where that is not known. */
	closed?: string | undefined;
	/** Text of each element with that name in `data-figure`. */
	figures: Record<string, string>;
}
