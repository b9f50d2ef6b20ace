/** The leaving methods of a page view. The order is stored in tallies: append only. */

export const leavingMethods = [
	"link",
	"outbound",
	"form",
	"back",
	"forward",
	"reload",
	"script",
	"typed",
	"closed",
	"away",
	"lost",
	"unknown",
] as const;
export type LeavingMethod = (typeof leavingMethods)[number];
