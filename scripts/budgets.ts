/** How heavy what visitors and owners download may be, in bytes after brotli. A build over budget fails. */

export const budgets = {
	"gate without banner": 1_000,
	"gate of a consent tool, the heaviest": 1_000,
	"gate of any consent tool (auto)": 4_000,
	"gate with banner, one language": 4_000,
	"collector core": 6_200,
	"collector, all chunks": 10_420,
	"besides, after a consent tool's yes": 620,
	"my data panel, the longest language": 7_720,
	/** The style of all pages together: each has what it needs of it. */
	"dashboard script, style and font": 31_500,
} as const;

/** Pages of figures, cold, with their HTML, as an edge compresses it; 60,000 is wanted of the overview. */
export const pageBudgets = {
	overview: 48_000,
	/** With every row of a list of 500 pages. */
	any: 53_000,
} as const;

export type Weighed = keyof typeof budgets;

/** Where a budget lies above what was wanted, which is what benchmarks judge by; docs/decisions/2026-11-22-weight-of-the-collector.md has the reasons. */
export const wanted: { readonly [name in Weighed]?: number } = {
	"collector core": 5_000,
	"collector, all chunks": 9_500,
	"my data panel, the longest language": 4_000,
};
