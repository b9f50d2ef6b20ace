/** Who may call what: a key for the API, a login's cookie for pages. */
import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import type { Env } from "../env.ts";
import { Problem } from "../problem.ts";
import { keyHolder, type Role } from "./keys.ts";
import { loginHolder } from "./sign-in.ts";

type AppContext = Context<{ Bindings: Env }>;

export const loginCookie = "sporlos_login";

/** Lets a key of one of the roles on this site pass. Throws `unknown-key` or `forbidden`. */
export async function guard(c: AppContext, site: string, roles: Role[]): Promise<void> {
	const key = /^Bearer ([\x21-\x7e]{8,200})$/.exec(c.req.header("Authorization") ?? "")?.[1];
	const holder = key === undefined ? undefined : await keyHolder(c.env.DB, key);
	if (!holder) throw new Problem("unknown-key");
	if (holder.site !== site || !roles.includes(holder.role)) throw new Problem("forbidden");
}

/** The site whose owner is signed in with this browser, or undefined. */
export async function signedInSite(c: AppContext): Promise<string | undefined> {
	const secret = getCookie(c, loginCookie);
	return secret ? loginHolder(c.env.DB, secret) : undefined;
}
