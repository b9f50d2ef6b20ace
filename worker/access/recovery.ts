/** Recovery codes: the way in for somebody whose passkeys are gone. Shown once, kept as hashes, each good once. */
import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { recoveryCode } from "../../schema/tables.ts";
import { hashSecret } from "./secrets.ts";

const codes = 8;
/** Crockford's base 32: no letter that looks like a figure. */
const letters = "0123456789abcdefghjkmnpqrstvwxyz";
const groups = 5;
const perGroup = 4;

/** 100 random bits as `xxxx-xxxx-xxxx-xxxx-xxxx`: too many to be guessed, so that a plain hash is safe. */
function makeCode(): string {
	const drawn = crypto.getRandomValues(new Uint8Array(groups * perGroup));
	const text = Array.from(drawn, (byte) => letters[byte % letters.length]).join("");
	return text.match(/.{4}/g)?.join("-") ?? "";
}

/** As somebody may have typed or copied it. */
const plain = (text: string) =>
	text
		.toLowerCase()
		.replaceAll(/[^0-9a-z]/g, "")
		.replaceAll("o", "0")
		.replaceAll(/[il]/g, "1");

/** New codes for an account; those it had work no longer. */
export async function makeCodes(d1: D1Database, account: string): Promise<string[]> {
	const made = Array.from({ length: codes }, makeCode);
	const rows = await Promise.all(made.map(async (code) => ({ hash: await hashSecret(plain(code)), account })));
	const db = drizzle(d1);
	await db.batch([
		db.delete(recoveryCode).where(eq(recoveryCode.account, account)),
		db.insert(recoveryCode).values(rows),
	]);
	return made;
}

/** Uses a code up. Returns its account, or undefined for one that is used or unknown. */
export async function redeemCode(d1: D1Database, typed: string): Promise<string | undefined> {
	if (typed.length > 100) return undefined;
	const [row] = await drizzle(d1)
		.delete(recoveryCode)
		.where(eq(recoveryCode.hash, await hashSecret(plain(typed))))
		.returning({ account: recoveryCode.account });
	return row?.account;
}

export function countCodes(d1: D1Database, account: string): Promise<number> {
	return drizzle(d1).$count(recoveryCode, eq(recoveryCode.account, account));
}
