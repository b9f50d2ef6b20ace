/**
 * Cloudflare Access in front of the dashboard, for those who have it: whoever it vouches for by e-mail address is signed in as the
 * account with that address. Its header is believed by its signature only, and not at all where ACCESS_TEAM and ACCESS_AUD are not
 * set. Leaves out letting anybody in: addresses come from invitations.
 * https://developers.cloudflare.com/cloudflare-one/access-controls/applications/http-apps/authorization-cookie/validating-json/
 */
import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import * as v from "valibot";
import { account, accountRight } from "../../schema/tables.ts";
import type { Env } from "../env.ts";
import { note } from "./log.ts";
import type { Login } from "./logins.ts";
import { bytesFrom, hashSecret } from "./secrets.ts";

const headSchema = v.object({ alg: v.literal("RS256"), kid: v.pipe(v.string(), v.maxLength(200)) });
const claimsSchema = v.object({
	iss: v.string(),
	aud: v.union([v.string(), v.array(v.string())]),
	email: v.pipe(v.string(), v.minLength(3), v.maxLength(320)),
	/** Seconds since 1970. */
	exp: v.number(),
	nbf: v.optional(v.number(), 0),
});
const certsSchema = v.object({ keys: v.array(v.looseObject({ kid: v.string(), kty: v.literal("RSA") })) });
type Certs = v.InferOutput<typeof certsSchema>["keys"];

/** Cloudflare changes its keys every six weeks, and announces the next one beside the present one. */
const certsKeptMs = 3_600_000;
/** An unknown key is asked for no more often than this. */
const retryMs = 60_000;
const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };

let kept: { from: string; keys: Certs; at: number } | undefined;

async function keyCalled(kid: string, from: string, load: typeof fetch, now: number): Promise<CryptoKey | undefined> {
	const find = () => (kept?.from === from ? kept.keys.find((key) => key.kid === kid) : undefined);
	const age = kept?.from === from ? now - kept.at : Number.POSITIVE_INFINITY;
	if (age > certsKeptMs || (!find() && age > retryMs)) {
		const answer = v.safeParse(certsSchema, await load(from).then((response) => response.json()));
		kept = { from, keys: answer.success ? answer.output.keys : [], at: now };
	}
	const found = find();
	return found && crypto.subtle.importKey("jwk", found as JsonWebKey, algorithm, false, ["verify"]);
}

/** The e-mail address a token of Access stands for, or undefined where anything about it is not as it must be. */
export async function addressIn(
	token: string,
	{ team, audience }: { team: string; audience: string },
	now: number,
	load: typeof fetch = (...call) => fetch(...call),
): Promise<string | undefined> {
	const [head = "", claims = "", signature = "", ...more] = token.split(".");
	if (more.length > 0 || token.length > 8_000 || !/^[a-z0-9-]{1,63}$/.test(team)) return undefined;
	try {
		const { kid } = v.parse(headSchema, jsonIn(head));
		const { iss, aud, email, exp, nbf } = v.parse(claimsSchema, jsonIn(claims));
		const issuer = `https://${team}.cloudflareaccess.com`;
		const isForUs = iss === issuer && [aud].flat().includes(audience);
		if (!isForUs || exp * 1000 <= now || nbf * 1000 > now) return undefined;
		const key = await keyCalled(kid, `${issuer}/cdn-cgi/access/certs`, load, now);
		if (!key) return undefined;
		const signed = new TextEncoder().encode(`${head}.${claims}`);
		const isGenuine = await crypto.subtle.verify(algorithm, key, bytesFrom(signature), signed);
		return isGenuine ? email.toLowerCase() : undefined;
	} catch {
		return undefined; // not a token, or Cloudflare could not be reached: then nobody is vouched for
	}
}

const jsonIn = (part: string): unknown => JSON.parse(new TextDecoder().decode(bytesFrom(part)));

/** The e-mail address Access vouches for on this request. */
export async function vouchedAddress(env: Env, request: Request, now = Date.now()): Promise<string | undefined> {
	const { ACCESS_TEAM: team, ACCESS_AUD: audience } = env;
	const token = request.headers.get("Cf-Access-Jwt-Assertion");
	return team && audience && token ? addressIn(token, { team, audience }, now) : undefined;
}

/** The account of whoever Access vouches for, and what they may see now. Their first look of a day goes into the log as signing in. */
export async function vouchedFor(env: Env, request: Request, now = Date.now()): Promise<Login | undefined> {
	const { DB } = env;
	const address = await vouchedAddress(env, request, now);
	if (!address) return undefined;
	const rows = await drizzle(DB)
		.select({ id: account.id, name: account.name, right: accountRight })
		.from(account)
		.leftJoin(accountRight, eq(accountRight.account, account.id))
		.where(eq(account.email, address));
	const [first] = rows;
	if (!first) return undefined;
	const rights = rows.flatMap(({ right }) => right ?? []); // none: their only site was deleted
	const sites = rights.map(({ site }) => site);
	await note(DB, sites, { at: now, who: first.name, what: "signed-in", about: "access" }, first.id);
	return { id: await hashSecret(`access ${first.id}`), account: first.id, name: first.name, rights };
}
