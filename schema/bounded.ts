/** What a browser counts in for a release: each group at most once a period, pages up to `maxBoundedPages`. Reports name groups by number: append only. */

export const boundedGroups = ["site", "page", "device", "channel", "country", "lcp", "inp", "cls"] as const;
export type BoundedGroup = (typeof boundedGroups)[number];
