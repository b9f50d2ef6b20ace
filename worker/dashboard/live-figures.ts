/** The live strip's figures, already written out in the reader's language: what `GET /sites/:site/live` answers. */

export interface LiveFigures {
	/** Changes whenever the figures of today do. */
	mark: string;
	/** Text of each element with that name in `data-figure`. */
	figures: Record<string, string>;
}
