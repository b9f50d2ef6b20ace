/**
 * What a passkey says, checked (https://www.w3.org/TR/webauthn-3/, §7.1 and §7.2). Browsers hand over the public key as
 * SubjectPublicKeyInfo and the authenticator's data apart, so there is no CBOR to read. Leaves out attestation: which make of
 * authenticator somebody uses is none of our business, so none is asked for.
 */
import * as v from "valibot";
import { bytesFrom } from "./secrets.ts";

/** COSE numbers of the signatures we take, the preferred first, and how WebCrypto calls them. */
const algorithms = {
	[-8]: { name: "Ed25519" },
	[-7]: { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" },
	[-257]: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
} as const;
type Algorithm = keyof typeof algorithms;
export const algorithmNumbers: readonly Algorithm[] = [-8, -7, -257];

const base64url = v.pipe(v.string(), v.regex(/^[\w-]+$/), v.maxLength(8_000));
const credentialId = v.pipe(base64url, v.maxLength(1_400));

/** What `PublicKeyCredential.toJSON()` gives after `create()`, as far as it is needed. */
export const attestationSchema = v.object({
	id: credentialId,
	response: v.object({
		clientDataJSON: base64url,
		authenticatorData: base64url,
		publicKey: base64url,
		publicKeyAlgorithm: v.picklist(algorithmNumbers),
	}),
});
/** The same after `get()`. */
export const assertionSchema = v.object({
	id: credentialId,
	response: v.object({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url }),
});
export type Attestation = v.InferOutput<typeof attestationSchema>;
export type Assertion = v.InferOutput<typeof assertionSchema>;

/** The place passkeys belong to. */
export interface RelyingParty {
	/** Host name without port. */
	id: string;
	origin: string;
}

export interface PublicKey {
	publicKey: string;
	algorithm: number;
	counter: number;
}

const clientDataSchema = v.object({
	type: v.string(),
	challenge: base64url,
	origin: v.string(),
	crossOrigin: v.optional(v.boolean(), false),
});
const flags = { present: 0x01, verified: 0x04, attested: 0x40 };

/** The challenge a client's data answers, or undefined where the data are not of this kind and from this origin. */
export function challengeIn(
	text: string,
	type: "webauthn.create" | "webauthn.get",
	origin: string,
): string | undefined {
	try {
		const data = v.parse(clientDataSchema, JSON.parse(new TextDecoder().decode(bytesFrom(text))));
		return data.type === type && data.origin === origin && !data.crossOrigin ? data.challenge : undefined;
	} catch {
		return undefined;
	}
}

/** Flags, counter and what follows; undefined where the data are for another place, or nobody proved to be the passkey's owner. */
async function readAuthenticator(text: string, id: string) {
	const data = bytesFrom(text);
	if (data.length < 37) return undefined;
	const wanted = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(id)));
	if (!isSame(data.subarray(0, 32), wanted)) return undefined;
	const flag = data[32] ?? 0;
	if ((flag & flags.present) === 0 || (flag & flags.verified) === 0) return undefined;
	return { flag, counter: new DataView(data.buffer).getUint32(33), rest: data.subarray(37) };
}

/** In the same time wherever they differ. */
export function isSame(one: Uint8Array, other: Uint8Array): boolean {
	let difference = one.length ^ other.length;
	for (let at = 0; at < one.length; at++) difference |= (one[at] ?? 0) ^ (other[at] ?? 0);
	return difference === 0;
}

async function importKey(spki: string, algorithm: Algorithm): Promise<CryptoKey> {
	return crypto.subtle.importKey("spki", bytesFrom(spki), algorithms[algorithm], false, ["verify"]);
}

/** The key of a new passkey, or undefined where anything about it is not as it must be. Its challenge is checked before. */
export async function newKey({ id, response }: Attestation, party: RelyingParty): Promise<PublicKey | undefined> {
	try {
		const { publicKey, publicKeyAlgorithm: algorithm } = response;
		const data = await readAuthenticator(response.authenticatorData, party.id);
		if (!data || (data.flag & flags.attested) === 0) return undefined;
		// AAGUID (16), length of the id (2), the id, the key as COSE
		const length = ((data.rest[16] ?? 0) << 8) | (data.rest[17] ?? 0);
		if (!isSame(data.rest.subarray(18, 18 + length), bytesFrom(id))) return undefined;
		await importKey(publicKey, algorithm);
		return { publicKey, algorithm, counter: data.counter };
	} catch {
		return undefined;
	}
}

/** Whether the passkey signed this, and how many signatures it has made; undefined where it did not. Its challenge is checked before. */
export async function signedBy(
	{ publicKey, algorithm, counter }: PublicKey,
	{ response }: Assertion,
	party: RelyingParty,
): Promise<{ counter: number } | undefined> {
	try {
		const number = algorithmNumbers.find((known) => known === algorithm);
		const data = await readAuthenticator(response.authenticatorData, party.id);
		if (!data || number === undefined) return undefined;
		// A counter that does not go up is a copy of the authenticator; most passkeys do not count (§6.1.1).
		if ((data.counter > 0 || counter > 0) && data.counter <= counter) return undefined;
		const clientHash = await crypto.subtle.digest("SHA-256", bytesFrom(response.clientDataJSON));
		const authenticator = bytesFrom(response.authenticatorData);
		const signed = new Uint8Array(authenticator.length + clientHash.byteLength);
		signed.set(authenticator);
		signed.set(new Uint8Array(clientHash), authenticator.length);
		const given = bytesFrom(response.signature);
		const signature = number === -7 ? fromDer(given) : given;
		const isGenuine = await crypto.subtle.verify(
			algorithms[number],
			await importKey(publicKey, number),
			signature,
			signed,
		);
		return isGenuine ? { counter: data.counter } : undefined;
	} catch {
		return undefined;
	}
}

/** ECDSA signatures come as DER (SEQUENCE of two INTEGERs); WebCrypto wants the two numbers in 32 bytes each. */
function fromDer(der: Uint8Array): Uint8Array<ArrayBuffer> {
	const raw = new Uint8Array(64);
	let at = 2;
	if (der[0] !== 0x30 || der[1] !== der.length - 2) throw new RangeError("not a DER sequence");
	for (const end of [32, 64]) {
		const length = der[at + 1] ?? 0;
		const bytes = der.subarray(at + 2, at + 2 + length);
		if (der[at] !== 0x02 || bytes.length !== length || length === 0) throw new RangeError("not a DER integer");
		const number = bytes[0] === 0 ? bytes.subarray(1) : bytes; // a leading 0 keeps it positive
		if (number.length > 32) throw new RangeError("too long");
		raw.set(number, end - number.length);
		at += 2 + length;
	}
	if (at !== der.length) throw new RangeError("more than two numbers");
	return raw;
}
