/** Limits that concern the collector alone, each with its reason; what the server must know too is in schema/limits.ts. */

export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

/** A collector that fails this often is of no use to anybody. */
export const fuse = 5;
/** How often time is credited while the page is open; what a lost clock can cost at most. */
export const tickMs = 1_000;
/** The first report goes at the first tick after this: what ends without a word later than that is at least known to have been there. */
export const settleMs = 900;

/** What a router leaves sooner was a redirect, not a view; nobody reads that fast. */
export const redirectMs = 200;
/** Views of one page that are kept up to date: the values of a route come when the next one is on screen. */
export const maxViews = 5;
/** A good guest leaves storage to the page: this many views are about 500 kB. */
export const maxLedgerViews = 200;
/** The counted report of a view is one of its newest. */
export const maxReportsPerView = 8;
/** At three bytes a character still below the 64 KiB that everything in flight on the page shares. */
export const maxBatchChars = 20_000;
/** After a failure the next attempt waits this long, after each further one twice as long. */
export const patienceMs = 30_000;
/** All names of a visitor's acts, or of the page's own events, in a report: keeps it far below its limit in bytes. */
export const maxKeyChars = 2_000;

/** What one tab stores has reached the others' processes after this long: locks do not wait for that. */
export const arrivalMs = 50;
/** A longer silence of a visible page's clock was sleep, whatever the clocks say. */
export const longestSpanMs = 60_000;
/** Pointers move hundreds of times a second; four looks are enough. */
export const inputEveryMs = 250;
/** Layout is only asked about this often while scrolling, and so long after its end at the latest. */
export const lookEveryMs = 200;
/** A page that is closed is hidden within this time of being asked. */
export const closingMs = 1_000;
/** A page that has been in the background this long was left when it went there. */
export const backgroundMs = 1_000;
