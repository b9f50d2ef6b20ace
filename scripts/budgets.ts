/** How heavy what visitors and owners download may be, in bytes after brotli. A build over budget fails. */

export const budgets = {
	"gate without banner": 1_000,
	"gate with banner, one language": 4_000,
	/** Wanted: 5,000 and 9,500; see docs/decisions/2026-11-22-weight-of-the-collector.md for what stands in the way. */
	"collector core": 5_950,
	"collector, all chunks": 10_150,
	/** The whole overview page, cold, may weigh this much; its HTML comes on top of what is measured here. */
	"dashboard script, style and font": 60_000,
} as const;

export type Weighed = keyof typeof budgets;
