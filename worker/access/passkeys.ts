/** Passkeys: what a browser has to sign, each once, and which keys an account has. Leaves out the cryptography (webauthn.ts). */
import { and, asc, eq, gt, lt } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { dayOf } from "../../schema/period.ts";
import { challenge, passkey } from "../../schema/tables.ts";
import { hashSecret, makeSecret } from "./secrets.ts";
import {
	type Assertion,
	type Attestation,
	algorithmNumbers,
	challengeIn,
	newKey,
	type RelyingParty,
	signedBy,
} from "./webauthn.ts";

/** Time to find the telephone or the finger. */
const challengeMs = 5 * 60_000;
/** More than a person has devices. */
export const mostPasskeys = 20;

/** A challenge that can be answered once: by a passkey to be added to the account, or, where none is named, by one that signs in. */
async function makeChallenge(d1: D1Database, account: string, now: number): Promise<string> {
	const text = makeSecret();
	const db = drizzle(d1);
	await db.batch([
		db.delete(challenge).where(lt(challenge.expires, now)),
		db.insert(challenge).values({ hash: await hashSecret(text), account, expires: now + challengeMs }),
	]);
	return text;
}

/** Uses a challenge up. */
async function useChallenge(d1: D1Database, text: string | undefined, account: string, now: number): Promise<boolean> {
	if (text === undefined) return false;
	const used = await drizzle(d1)
		.delete(challenge)
		.where(and(eq(challenge.hash, await hashSecret(text)), eq(challenge.account, account), gt(challenge.expires, now)))
		.returning({ account: challenge.account });
	return used.length > 0;
}

/** What a browser needs to make a passkey for the account, as `PublicKeyCredential.parseCreationOptionsFromJSON` takes it. */
export async function creationOptions(
	d1: D1Database,
	{ account, name }: { account: string; name: string },
	party: RelyingParty,
	now = Date.now(),
) {
	const own = await listPasskeys(d1, account);
	return {
		challenge: await makeChallenge(d1, account, now),
		rp: { id: party.id, name: "Sporløs" },
		user: { id: btoa(account).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", ""), name, displayName: name },
		pubKeyCredParams: algorithmNumbers.map((alg) => ({ type: "public-key", alg })),
		excludeCredentials: own.map(({ id }) => ({ type: "public-key", id })),
		authenticatorSelection: { residentKey: "required", userVerification: "required" },
		attestation: "none",
		timeout: challengeMs,
	};
}

/** What a browser needs to sign in with a passkey, as `PublicKeyCredential.parseRequestOptionsFromJSON` takes it. */
export async function requestOptions(d1: D1Database, party: RelyingParty, now = Date.now()) {
	return {
		challenge: await makeChallenge(d1, "", now),
		rpId: party.id,
		userVerification: "required",
		timeout: challengeMs,
	};
}

/** Adds a passkey to the account. False where it is not one, or not made for this. */
export async function addPasskey(
	d1: D1Database,
	{ account, name }: { account: string; name: string },
	made: Attestation,
	party: RelyingParty,
	now = Date.now(),
): Promise<boolean> {
	const text = challengeIn(made.response.clientDataJSON, "webauthn.create", party.origin);
	if (!(await useChallenge(d1, text, account, now))) return false;
	const key = await newKey(made, party);
	if (!key || (await listPasskeys(d1, account)).length >= mostPasskeys) return false;
	const added = await drizzle(d1)
		.insert(passkey)
		.values({ id: made.id, account, name, ...key, created: now })
		.onConflictDoNothing() // somebody else's key stays theirs
		.returning({ id: passkey.id });
	return added.length > 0;
}

/** The account whose passkey signed the challenge, or undefined. */
export async function passkeyHolder(
	d1: D1Database,
	shown: Assertion,
	party: RelyingParty,
	now = Date.now(),
): Promise<string | undefined> {
	const text = challengeIn(shown.response.clientDataJSON, "webauthn.get", party.origin);
	if (!(await useChallenge(d1, text, "", now))) return undefined;
	const db = drizzle(d1);
	const [key] = await db.select().from(passkey).where(eq(passkey.id, shown.id));
	const signed = key && (await signedBy(key, shown, party));
	if (!signed) return undefined;
	await db
		.update(passkey)
		.set({ counter: signed.counter, seen: dayOf(now) })
		.where(eq(passkey.id, key.id));
	return key.account;
}

/** An account's passkeys, oldest first. */
export async function listPasskeys(d1: D1Database, account: string) {
	return drizzle(d1)
		.select({ id: passkey.id, name: passkey.name, created: passkey.created, seen: passkey.seen })
		.from(passkey)
		.where(eq(passkey.account, account))
		.orderBy(asc(passkey.created));
}

/** Removes one of an account's passkeys at once. False where it has no such. */
export async function removePasskey(d1: D1Database, account: string, id: string): Promise<boolean> {
	const removed = await drizzle(d1)
		.delete(passkey)
		.where(and(eq(passkey.id, id), eq(passkey.account, account)))
		.returning({ id: passkey.id });
	return removed.length > 0;
}
