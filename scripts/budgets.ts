/** How heavy what visitors and owners download may be, in bytes after brotli. A build over budget fails. */

export const budgets = {
	"gate without banner": 1_000,
	"gate with banner, one language": 4_000,
	"collector without web vitals": 5_000,
	"collector, all chunks": 9_500,
	/** The whole overview page, cold, may weigh this much; its HTML comes on top of what is measured here. */
	"dashboard script, style and font": 60_000,
} as const;

export type Weighed = keyof typeof budgets;
