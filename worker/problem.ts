/**
 * The closed list of refusals and their one conversion to problem details (RFC 9457). Texts say what to do and never
 * repeat what the sender sent.
 */
import type { Context } from "hono";

export const problems = {
	malformed: [400, "The body is not a report or an array of reports. Send JSON as the collector does."],
	"unknown-key": [401, "The key is missing, unknown or ended. Send it as Authorization: Bearer …"],
	"foreign-origin": [403, "This origin is not among the site's origins. Add it in the site's settings."],
	"no-consent": [403, "The report carries no valid consent for what it holds. Nothing was stored."],
	"privacy-signal": [403, "The browser asks not to be measured (Sec-GPC). Nothing was stored."],
	forbidden: [403, "This key does not give access here."],
	"unknown-site": [404, "No site of this name. Check the site's id in the snippet."],
	"not-found": [404, "Nothing is served at this address."],
	"nothing-to-erase": [404, "No such page view is counted. It was never here, is erased already, or was forgotten."],
	"deleted-site": [410, "This site was deleted, and everything that was counted of it."],
	"wrong-method": [405, "This address does not take this method."],
	superseded: [409, "The notice has changed since this consent was given. Ask again."],
	"not-ended": [409, "The period has not ended yet."],
	closed: [409, "The period is closed already. Nothing was changed."],
	"published-meanwhile": [409, "Another version of the notice was published meanwhile. Read it, and publish again."],
	"not-counted": [409, "This is not the report that was counted. Send the one with the named seq."],
	"too-large": [413, "The body is larger than 64 KiB. Send fewer reports at once."],
	"outside-limits": [422, "A value is outside its limits."],
	"bad-query": [422, "A query parameter is unknown or outside its limits."],
	"too-many": [429, "Too many requests. Wait a minute and send again."],
	"not-now": [503, "The book could not be reached. Send again later; nothing was counted twice."],
	"look-ahead": [503, "Nothing is read ahead here. Ask again once somebody wants it."],
	internal: [500, "Something went wrong here. Send again later."],
} as const satisfies Record<string, [number, string]>;

export type ProblemKind = keyof typeof problems;

export class Problem extends Error {
	readonly kind: ProblemKind;
	readonly detail: string | undefined;
	readonly more: Record<string, number>;
	/** `detail` must be our own words, never the sender's; `more` are further members of the answer. */
	constructor(kind: ProblemKind, detail?: string, more: Record<string, number> = {}) {
		super(kind);
		this.kind = kind;
		this.detail = detail;
		this.more = more;
	}
}

/** Problem details of a refusal. */
export function problemResponse(kind: ProblemKind, detail?: string, more: Record<string, number> = {}): Response {
	const [status, title] = problems[kind];
	const body = {
		type: `urn:sporlos:problem:${kind}`,
		title,
		status,
		...(detail === undefined ? {} : { detail }),
		...more,
	};
	return Response.json(body, { status, headers: { "Content-Type": "application/problem+json" } });
}

/** The kind of refusal that an error becomes. */
export function kindOf(error: Error): ProblemKind {
	if (error instanceof Problem) return error.kind;
	// Durable Object errors cross the boundary as plain errors that keep their message.
	return "retryable" in error || "overloaded" in error ? "not-now" : "internal";
}

/** The one place where errors become answers. Unknown ones are logged by name only: never a body, a query or an address. */
export function onError(error: Error, _c: Context): Response {
	if (error instanceof Problem) return problemResponse(error.kind, error.detail, error.more);
	console.error(`unexpected ${error.name}: ${error.message}`);
	return problemResponse(kindOf(error));
}
