/**
 * Who is let through by which route: one row a route of the app, written by hand and apart from the code that decides. A route
 * without a row fails the test (access-matrix.test.ts), and so does a row without a route. Leaves out who the callers are (access-callers.ts).
 */
import { releaseId } from "./access-callers.ts";

/** Kinds of callers. All of them ask about the site `shop` and its release. */
export const callerNames = [
	"nobody",
	"partner of another release",
	"partner",
	"viewer of another site",
	"viewer",
	"operator",
	"owner",
	"revoked",
	"expired",
] as const;
export type CallerName = (typeof callerNames)[number];

export interface Row {
	/** Who is let through, with a key and with a login's cookie. */
	keys: readonly CallerName[];
	logins: readonly CallerName[];
	/** What those are answered; the others get 401, 403 or 404. */
	status: number;
	/** Values for the names in the path, where they are not these. */
	names?: Record<string, string>;
	query?: string;
	body?: unknown;
	form?: Record<string, string>;
	/** True where every key is let through to what is its own, whatever that is of: what it then reads is tested with the route. */
	own?: true;
}
type More = Omit<Row, "keys" | "logins">;

export const defaultNames: Record<string, string> = {
	site: "shop",
	release: releaseId,
	name: "summary",
	token: "no-such-token",
};

const readers: readonly CallerName[] = ["viewer", "owner"];
const owners: readonly CallerName[] = ["owner"];
const operators: readonly CallerName[] = ["operator", "owner"];
const partners: readonly CallerName[] = ["partner", "owner"];
/** Whoever has a login that holds. Nobody is signed in as an operator. */
const signedIn = callerNames.filter((name) => !["nobody", "operator", "revoked", "expired"].includes(name));

/** Who has a key that is one, or none; one that has ended is told so. */
const live = callerNames.filter((name) => name !== "revoked");

const open = (status = 200, more: Partial<More> = {}): Row => ({
	keys: callerNames,
	logins: callerNames,
	status,
	...more,
});
const api = (who: readonly CallerName[], status = 200, more: Partial<More> = {}): Row => ({
	keys: who,
	logins: who,
	status,
	...more,
});
const page = (who: readonly CallerName[], status = 200, more: Partial<More> = {}): Row => ({
	keys: [],
	logins: who,
	status,
	...more,
});

const releaseFigures = ["summary", "timeline", "pages", "dwell", "devices", "channels", "countries", "vitals"];
const emptyForm = { form: { x: "" } };

export const rows: Record<string, Row> = {
	// What visitors' browsers and watchers from outside call.
	"GET /healthz": open(),
	"GET /v1/openapi.json": open(),
	"GET /reference": open(),
	"GET /gate/:site/:file": open(200, { names: { file: "banner.js" } }),
	"GET /code/:hash/:name": open(404, { names: { hash: "0" } }),
	"GET /v1/sites/:site/config": open(),
	"POST /v1/reports": open(400, { body: "not a report" }),
	"POST /v1/erasures": open(400, { body: "not an erasure" }),
	"POST /v1/sites/:site/pictures": open(422, { body: "not a picture" }),
	"GET /v1/sites/:site/policies": open(),
	"GET /v1/sites/:site/policies/:policy": open(404, { names: { policy: "none" } }),

	// The site, by key or from our own pages.
	"GET /v1/sites/:site/stats/:name": api(readers),
	"POST /v1/sites/:site/closings": api(operators, 422, { body: { period: "never" } }),
	"GET /v1/sites/:site/settings": api(operators),
	"PUT /v1/sites/:site/settings": api(operators, 200, { body: {} }),
	"POST /v1/sites/:site/policies": api(owners, 422, { body: {} }),
	"GET /v1/sites/:site/samples": api(owners),
	"POST /v1/sites/:site/samples": api(owners, 400, { body: {} }),
	"GET /v1/sites/:site/notes": api(readers),
	"POST /v1/sites/:site/notes": api(owners, 422, { body: {} }),
	"DELETE /v1/sites/:site/notes/:note": api(owners, 404, { names: { note: "none" } }),
	"GET /v1/sites/:site/log": api(owners),
	"GET /v1/sites/:site/log.csv": api(owners),
	"GET /v1/sites/:site/releases": api(owners),
	"POST /v1/sites/:site/releases": api(owners, 422, { body: {} }),
	"POST /v1/sites/:site/releases/plan": api(owners, 422, { body: {} }),
	"GET /v1/sites/:site/releases/:release": api(owners),
	"PUT /v1/sites/:site/releases/:release": api(owners, 200, { body: {} }),
	"DELETE /v1/sites/:site/releases/:release": api(owners, 404, { names: { release: "none" } }),

	// An assistant, by key alone.
	"POST /mcp": {
		keys: ["partner of another release", "partner", "viewer of another site", "viewer", "owner"],
		logins: [],
		status: 200,
		body: { jsonrpc: "2.0", id: 1, method: "tools/list" },
		own: true,
	},

	// A release.
	"GET /v1/releases/:release": api(partners),
	...Object.fromEntries(
		releaseFigures.flatMap((name) => [
			[`GET /v1/releases/:release/stats/${name}`, api(partners)],
			[`GET /v1/releases/:release/stats/${name}.csv`, api(partners)],
		]),
	),

	"GET /releases/:release": page(partners),
	"GET /releases/:release/figures.csv": page(partners),
	"GET /releases/:release/embed": open(404),

	// Ways in and out.
	"GET /": page(signedIn, 302),
	"GET /sign-in": open(),
	"GET /sign-in/:token": open(410),
	"POST /sign-in/passkey": open(400, { body: {} }),
	"POST /sign-in/passkey/options": open(200, { body: {} }),
	"POST /sign-in/code": open(401, { form: { code: "none" } }),
	"POST /sign-out": { ...open(303, emptyForm), keys: live },
	"GET /invitation/:token": open(410),
	"POST /invitation/:token": { ...open(410, emptyForm), keys: live },

	// Links in messages: whoever has one.
	"GET /subscribe/:token": open(410),
	"POST /subscribe/:token": open(410, emptyForm),
	"GET /unsubscribe/:token": open(410),
	"POST /unsubscribe/:token": open(410, emptyForm),

	// Everybody's own account.
	"GET /account": page(signedIn),
	"POST /account/passkeys": page(signedIn, 400, { body: {} }),
	"POST /account/passkeys/options": page(signedIn, 200, { body: {} }),
	"POST /account/passkeys/remove": page(signedIn, 303, { form: { id: "none" } }),
	"POST /account/codes": page(signedIn, 200, emptyForm),
	"POST /account/logins/end": page(signedIn, 303, { form: { id: "none" } }),

	// The dashboard.
	"GET /sites/:site": page(readers),
	"GET /sites/:site/live": page(readers),
	"GET /sites/:site/now": page(readers),
	"GET /sites/:site/pages": page(readers),
	"GET /sites/:site/speed": page(readers),
	"GET /sites/:site/paths": page(readers),
	"GET /sites/:site/interactions": page(readers),
	"GET /sites/:site/pictures": page(owners),
	"POST /sites/:site/pictures": page(owners, 200, { form: { address: "https://shop.example/", device: "mobile" } }),
	"POST /sites/:site/pictures/delete": page(owners, 303, { form: { page: "/", device: "mobile" } }),
	"GET /sites/:site/export.zip": page(readers, 200, { query: "?of=overview" }),
	"GET /sites/:site/privacy": page(readers),
	"GET /sites/:site/notes": page(readers),
	"POST /sites/:site/notes": page(owners, 200, emptyForm),
	"POST /sites/:site/notes/remove": page(owners, 303, { form: { id: "none" } }),
	"GET /sites/:site/saved": page(readers),
	"POST /sites/:site/saved": page(readers, 400, emptyForm),
	"POST /sites/:site/saved/remove": page(readers, 303, { form: { id: "none" } }),
	"GET /sites/:site/operation": page(owners),
	"GET /sites/:site/setup": page(owners),
	"POST /sites/:site/setup/look": page(owners, 422, { form: { path: "no path" } }),
	"GET /sites/:site/sharing": page(owners),
	"GET /sites/:site/sharing/new": page(owners),
	"POST /sites/:site/sharing/new": page(owners, 200, emptyForm),
	"POST /sites/:site/sharing/:release/invite": page(owners, 200, { form: { name: "Buss" } }),
	"POST /sites/:site/sharing/:release/keys": page(owners, 200, { form: { name: "cron" } }),
	"POST /sites/:site/sharing/:release/people/end": page(owners, 303, { form: { account: "none" } }),
	"POST /sites/:site/sharing/:release/invitations/end": page(owners, 303, { form: { id: "none" } }),
	"POST /sites/:site/sharing/:release/keys/end": page(owners, 303, { form: { name: "none" } }),
	"POST /sites/:site/sharing/:release/settings": page(owners, 303, { form: { frames: "", webhook: "" } }),
	"POST /sites/:site/sharing/:release/embed": page(owners, 200, { form: { days: "30" } }),
	"POST /sites/:site/sharing/:release/renew": page(owners, 303, emptyForm),
	"POST /sites/:site/sharing/:release/end": page(owners, 303, emptyForm),
	"GET /sites/:site/subscriptions": page(owners),
	"POST /sites/:site/subscriptions/add": page(owners, 200, emptyForm),
	"POST /sites/:site/subscriptions/test": page(owners, 303, { form: { id: "none" } }),
	"POST /sites/:site/subscriptions/remove": page(owners, 303, { form: { id: "none" } }),
	"POST /sites/:site/subscriptions/requests/remove": page(owners, 303, { form: { hash: "none" } }),
	"POST /sites/:site/subscriptions/limits": page(owners, 200, emptyForm),
	"GET /sites/new": page(owners),
	"POST /sites/new": page(owners, 200, emptyForm),
	"GET /sites/:site/settings": page(owners),
	"POST /sites/:site/settings/:part": page(owners, 200, { names: { part: "site" }, ...emptyForm }),
	"POST /sites/:site/settings/samples": page(owners, 200, emptyForm),
	"GET /sites/:site/settings/notice": page(owners),
	"POST /sites/:site/settings/notice": page(owners, 200, emptyForm),
	"GET /sites/:site/settings/delete": page(owners),
	"POST /sites/:site/settings/delete": page(owners, 200, { form: { name: "another name" } }),
	"GET /sites/:site/people": page(owners),
	"POST /sites/:site/people/invite": page(owners, 200, { form: { name: "Kari", role: "viewer" } }),
	"POST /sites/:site/people/invitations/end": page(owners, 303, { form: { id: "none" } }),
	"POST /sites/:site/people/end": page(owners, 303, { form: { account: "none", role: "viewer", release: "" } }),
	"POST /sites/:site/people/keys": page(owners, 200, { form: { name: "cron", role: "viewer" } }),
	"POST /sites/:site/people/keys/end": page(owners, 303, { form: { name: "none" } }),
};
