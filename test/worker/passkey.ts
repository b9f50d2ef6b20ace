/** An authenticator in software: makes one passkey of P-256 and signs with it, each part of what it says open to be bent. */
import { base64url, bytesFrom } from "../../worker/access/secrets.ts";
import type { Assertion, Attestation } from "../../worker/access/webauthn.ts";

export interface Bent {
	type?: string;
	origin?: string;
	crossOrigin?: boolean;
	/** Host name the authenticator was asked for. */
	host?: string;
	/** Bits: present 1, verified 4, attested 64. */
	flags?: number;
	counter?: number;
	/** Of the credential in the authenticator's data. */
	id?: string;
}

const ecdsa = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const text = (value: string) => new TextEncoder().encode(value);
const sha256 = async (bytes: Uint8Array) =>
	new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.from(bytes)));
const joined = (...parts: Uint8Array[]): Uint8Array<ArrayBuffer> => Uint8Array.from(parts.flatMap((part) => [...part]));

/** A positive INTEGER of DER: no needless zeros, one where the first bit is set. */
function integer(bytes: Uint8Array): Uint8Array {
	const at = bytes.findIndex((byte) => byte !== 0);
	const plain = bytes.subarray(at < 0 ? bytes.length - 1 : at);
	const value = (plain[0] ?? 0) >= 0x80 ? joined(Uint8Array.of(0), plain) : plain;
	return joined(Uint8Array.of(2, value.length), value);
}

export async function makePasskey(origin: string) {
	const pair = (await crypto.subtle.generateKey(ecdsa, true, ["sign", "verify"])) as CryptoKeyPair;
	const spki = new Uint8Array((await crypto.subtle.exportKey("spki", pair.publicKey)) as ArrayBuffer);
	const id = base64url(crypto.getRandomValues(new Uint8Array(16)));

	const clientData = (challenge: string, type: string, bent: Bent) =>
		text(
			JSON.stringify({
				type: bent.type ?? type,
				challenge,
				origin: bent.origin ?? origin,
				crossOrigin: bent.crossOrigin ?? false,
			}),
		);
	const authenticatorData = async (flags: number, { host = new URL(origin).hostname, counter = 0 }: Bent) => {
		const count = new Uint8Array(4);
		new DataView(count.buffer).setUint32(0, counter);
		return joined(await sha256(text(host)), Uint8Array.of(flags), count);
	};

	return {
		id,
		/** As `toJSON()` after `create()`. */
		async make(challenge: string, bent: Bent = {}): Promise<Attestation> {
			const credential = bytesFrom(bent.id ?? id);
			const data = joined(
				await authenticatorData(bent.flags ?? 0x45, bent),
				new Uint8Array(16),
				Uint8Array.of(0, credential.length),
				credential,
			);
			return {
				id,
				response: {
					clientDataJSON: base64url(clientData(challenge, "webauthn.create", bent)),
					authenticatorData: base64url(data),
					publicKey: base64url(spki),
					publicKeyAlgorithm: -7,
				},
			};
		},
		/** As `toJSON()` after `get()`. */
		async show(challenge: string, bent: Bent = {}): Promise<Assertion> {
			const client = clientData(challenge, "webauthn.get", bent);
			const data = await authenticatorData(bent.flags ?? 0x05, bent);
			const signed = await crypto.subtle.sign(ecdsa, pair.privateKey, joined(data, await sha256(client)));
			const raw = new Uint8Array(signed);
			const numbers = joined(integer(raw.subarray(0, 32)), integer(raw.subarray(32)));
			return {
				id,
				response: {
					clientDataJSON: base64url(client),
					authenticatorData: base64url(data),
					signature: base64url(joined(Uint8Array.of(0x30, numbers.length), numbers)),
				},
			};
		},
	};
}
