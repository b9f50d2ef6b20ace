/**
 * Who asks, and what they may do. A route asks in one of these ways:
 *
 *   await guard(c, site, ["owner", "viewer"])      an API route of a site: lets one of the roles pass, else throws
 *   await guardRelease(c, release)                 an API route of a release: lets its partners and the site's owners pass, else throws
 *   const caller = await callerOf(c)               a page: undefined means "ask them to sign in"; then
 *   mayRead(caller, site)  mayOwn(caller, site)    owner or viewer · owner
 *   await mayReadRelease(c, release)               partner of the release, or owner of its site; a partner's look goes into the log
 *
 * A caller is a key (`Authorization: Bearer …`), a login's cookie, or somebody Cloudflare Access vouches for; all of them work on every
 * route but POST /mcp, which takes keys alone. A cookie on anything but GET is only taken from our own pages, so forms and scripts need nothing more against forged requests.
 * Rights are read anew on every request: what is ended is ended at once.
 */
import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import type { Role } from "../../schema/access.ts";
import type { Env } from "../env.ts";
import { Problem } from "../problem.ts";
import { vouchedFor } from "./cloudflare-access.ts";
import { keyHolder } from "./keys.ts";
import { note } from "./log.ts";
import { type Along, loginHolder } from "./logins.ts";
import type { Right } from "./rights.ts";

type AppContext = Context<{ Bindings: Env }>;

export interface Caller {
	kind: "key" | "login";
	/** Hash of the key or of the cookie's secret. */
	id: string;
	/** Empty for keys. */
	account: string;
	/** Of the person or the key, as the log names them. */
	name: string;
	rights: Right[];
}

/** A release as far as access is concerned. */
export interface ReleaseRef {
	id: string;
	site: string;
}

export const loginCookie = "sporlos_login";

const asked = new WeakMap<Request, Promise<Caller | undefined>>();
const alongs = new WeakMap<Request, Along>();

/**
 * What a page shows besides its figures, read together with who asks where that is not known yet: a call to D1 less. Returns a
 * function that gives the rows of each statement, for whoever turns out to be somebody who may see them.
 */
export function readAlong(c: AppContext, statements: D1PreparedStatement[]): () => Promise<unknown[][]> {
	const along: Along = { statements };
	alongs.set(c.req.raw, along);
	return async () => {
		along.rows ??= (await c.env.DB.batch(statements)).map(({ results }) => results);
		return along.rows;
	};
}

/** Who asks, looked up once a request; undefined for nobody we know. Throws `unknown-key` for a key we do not, `forbidden` for a forged request. */
export function callerOf(c: AppContext): Promise<Caller | undefined> {
	const known = asked.get(c.req.raw) ?? findCaller(c);
	asked.set(c.req.raw, known);
	return known;
}

async function findCaller(c: AppContext): Promise<Caller | undefined> {
	const { DB } = c.env;
	const authorization = c.req.header("Authorization") ?? "";
	// Others (Basic, of a proxy in front) are not for us.
	if (/^Bearer\b/i.test(authorization)) {
		const key = /^Bearer ([\x21-\x7e]{8,200})$/.exec(authorization)?.[1];
		const holder = key === undefined ? undefined : await keyHolder(DB, key);
		if (!holder) throw new Problem("unknown-key");
		const { id, name, ...right } = holder;
		return { kind: "key", id, account: "", name, rights: [right] };
	}
	const secret = getCookie(c, loginCookie);
	const login =
		(secret ? await loginHolder(DB, secret, Date.now(), alongs.get(c.req.raw)) : undefined) ??
		(await vouchedFor(c.env, c.req.raw));
	if (!login) return undefined;
	refuseForged(c);
	return { kind: "login", ...login };
}

/** Lets only our own pages change something. They send no referrer, so the Origin of their forms is "null": Sec-Fetch-Site tells. */
export function refuseForged(c: AppContext): void {
	if (c.req.method === "GET" || c.req.method === "HEAD") return;
	const isOwn =
		c.req.header("Sec-Fetch-Site") === "same-origin" || c.req.header("Origin") === new URL(c.req.url).origin;
	if (!isOwn) throw new Problem("forbidden");
}

const hasRole = (caller: Caller | undefined, site: string, roles: readonly Role[]) =>
	caller?.rights.some((right) => right.site === site && roles.includes(right.role)) ?? false;

export const mayRead = (caller: Caller | undefined, site: string) => hasRole(caller, site, ["owner", "viewer"]);
export const mayOwn = (caller: Caller | undefined, site: string) => hasRole(caller, site, ["owner"]);

/**
 * Whether somebody may add a site: an owner of one; and whoever may see nothing, because only an owner whose last site was deleted
 * keeps an account without any right (worker/sites/delete.ts, endRight).
 */
export const mayAdd = ({ kind, rights }: Caller) =>
	kind === "login" && (rights.length === 0 || rights.some(({ role }) => role === "owner"));

/** Lets a caller with one of the roles on this site pass. Throws `unknown-key` or `forbidden`. */
export async function guard(c: AppContext, site: string, roles: readonly Role[]): Promise<Caller> {
	const caller = await callerOf(c);
	if (!caller) throw new Problem("unknown-key");
	if (!hasRole(caller, site, roles)) throw new Problem("forbidden");
	if (isFile(c)) await noteExport(c, caller, site, fileOf(c));
	return caller;
}

/** Whether the caller may read this release. A partner's look is noted once a day and login, and so is every file that anybody takes. */
export async function mayReadRelease(c: AppContext, { id, site }: ReleaseRef): Promise<boolean> {
	const caller = await callerOf(c);
	const isPartner = caller?.rights.some(
		(right) => right.role === "partner" && right.site === site && right.release === id,
	);
	if (!caller || !(isPartner || mayOwn(caller, site))) return false;
	if (isFile(c)) await noteExport(c, caller, site, `${id} ${fileOf(c)}`);
	else if (isPartner) {
		refuseLookAhead(c);
		await note(c.env.DB, [site], { at: Date.now(), who: caller.name, what: "viewed", about: id }, caller.id);
	}
	return true;
}

/** Lets whoever may read the release pass; one that there is not is refused like one that is somebody else's. Throws `unknown-key` or `forbidden`. */
export async function guardRelease(c: AppContext, release: ReleaseRef | undefined): Promise<void> {
	if (!(await callerOf(c))) throw new Problem("unknown-key");
	if (!release || !(await mayReadRelease(c, release))) throw new Problem("forbidden");
}

const isFile = (c: AppContext) => c.req.path.endsWith(".csv");
const fileOf = (c: AppContext) => c.req.path.split("/").at(-1) ?? "";

/** What is written into a log is not given to a browser that only reads ahead: nobody has asked for it yet, and once somebody does it asks again. */
function refuseLookAhead(c: AppContext): void {
	if (c.req.header("Sec-Purpose")?.includes("prefetch")) throw new Problem("look-ahead");
}

/** Writes into the log who takes which file. The same one taken again within a minute is the same export: nobody can fill the log up. */
export async function noteExport(c: AppContext, caller: Caller, site: string, about: string): Promise<void> {
	refuseLookAhead(c);
	const at = Date.now();
	const minute = Math.floor(at / 60_000);
	await note(c.env.DB, [site], { at, who: caller.name, what: "exported", about }, `${caller.id} ${minute}`);
}
