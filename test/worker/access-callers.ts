/** The callers of the authorization matrix, each with a key and a login of its own kind, and the two sites and releases they belong to. */
import type { Role } from "../../schema/access.ts";
import { issueKey } from "../../worker/access/keys.ts";
import { startLogin } from "../../worker/access/logins.ts";
import { endRight, grantRight, openAccount, type Right } from "../../worker/access/rights.ts";
import type { CallerName } from "./access-rows.ts";
import { openSite, settings, testEnv } from "./support.ts";

export const releaseId = "release-of-shop";
const otherRelease = "another-of-shop";
const db = testEnv.DB;

/** Two releases of the same site: the nearest somebody else's release can be. */
export async function openReleases(): Promise<void> {
	await openSite({ ...settings, id: "other" });
	const terms = {
		period: "day",
		pages: ["/"],
		unlisted: false,
		groups: ["site", "page", "dwell", "device", "channel", "country", "lcp", "inp", "cls"],
		countries: ["NO"],
		epsilon: 0.5,
		k: 5,
	};
	for (const id of [releaseId, otherRelease])
		await db
			.prepare("INSERT INTO release VALUES (?1, 'shop', 'N', 'A', 'day', '2026-11-01', ?2, 0.01, '[]', NULL, 0, NULL)")
			.bind(id, JSON.stringify(terms))
			.run();
	await db
		.prepare("INSERT INTO release_ledger VALUES ('shop', ?1, '2026-11-01', 'a', 'final', 0.01, 1e-6, 0, 0, NULL)")
		.bind(releaseId)
		.run();
}

const rightsOf: Partial<Record<CallerName, Right>> = {
	"partner of another release": { site: "shop", role: "partner", release: otherRelease },
	partner: { site: "shop", role: "partner", release: releaseId },
	"viewer of another site": { site: "other", role: "viewer", release: "" },
	viewer: { site: "shop", role: "viewer", release: "" },
	operator: { site: "shop", role: "operator", release: "" },
	owner: { site: "shop", role: "owner", release: "" },
	revoked: { site: "shop", role: "owner", release: "" },
	expired: { site: "shop", role: "owner", release: "" },
};

/** What a browser says of a request from our own pages. */
const ownPages = { "Sec-Fetch-Site": "same-origin" };

/** A key of this kind; undefined where there cannot be one: keys do not expire. */
export async function keyOf(name: CallerName): Promise<Record<string, string> | undefined> {
	const right = rightsOf[name];
	if (name === "expired") return undefined;
	if (!right) return ownPages;
	const key = await issueKey(db, { ...right, name: `of ${name}` });
	if (name === "revoked") await db.prepare("DELETE FROM access_key WHERE name = 'of revoked'").run();
	return { Authorization: `Bearer ${key}`, ...ownPages };
}

/** A login of this kind; undefined where there cannot be one: operators are keys. */
export async function loginOf(name: CallerName): Promise<Record<string, string> | undefined> {
	const right = rightsOf[name];
	if (name === "operator") return undefined;
	if (!right) return ownPages;
	const account = await signUp(name, right);
	const started = name === "expired" ? Date.now() - 31 * 86_400_000 : Date.now();
	const secret = await startLogin(db, { account, how: "passkey", browser: "Firefox, Linux" }, started);
	if (name === "revoked") await endRight(db, { ...right, account, by: "the test" });
	return { Cookie: `sporlos_login=${secret}`, ...ownPages };
}

/** A new account with one right. Returns its id. */
export async function signUp(name: string, right: { site: string; role: Role; release: string }): Promise<string> {
	const account = await openAccount(db, { name, email: null }, Date.now());
	await grantRight(db, account, right, Date.now());
	return account;
}
