/** Invitations: links that let one person see something of a site, once, within a week. Whoever is signed in adds it to what they may see. */
import { and, asc, eq, gt, lt } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import * as v from "valibot";
import { invitation } from "../../schema/tables.ts";
import { note } from "./log.ts";
import { grantRight, openAccount, type Right } from "./rights.ts";
import { hashSecret, makeSecret } from "./secrets.ts";

const invitationMs = 7 * 86_400_000;

const trimmed = v.pipe(v.string(), v.trim());
export const invitationSchema = v.pipe(
	v.object({
		/** Of the person or their organisation, as the log shall name them. */
		name: v.pipe(trimmed, v.minLength(1), v.maxLength(80)),
		role: v.picklist(["owner", "viewer", "partner"]),
		/** Only for partners. */
		release: v.optional(v.pipe(trimmed, v.maxLength(64)), ""),
		/** Only where Cloudflare Access is to sign them in. */
		email: v.optional(v.union([v.pipe(trimmed, v.literal("")), v.pipe(trimmed, v.email(), v.maxLength(320))]), ""),
	}),
	v.check(({ role, release }) => (role === "partner") === (release !== "")),
);
export type Invitation = v.InferOutput<typeof invitationSchema>;

/** Makes an invitation, and says so in the site's log. Returns its token; the link is `/invitation/<token>`. */
export async function invite(
	d1: D1Database,
	{ site, by, ...wanted }: v.InferInput<typeof invitationSchema> & { site: string; by: string },
	now = Date.now(),
): Promise<string> {
	const { name, role, release, email } = v.parse(invitationSchema, wanted);
	const token = makeSecret();
	const db = drizzle(d1);
	const hash = await hashSecret(token);
	const row = { hash, site, role, release, name, email: email.toLowerCase() || null };
	await db.batch([
		db.delete(invitation).where(lt(invitation.expires, now)),
		db.insert(invitation).values({ ...row, created: now, expires: now + invitationMs }),
	]);
	await note(d1, [site], { at: now, who: by, what: "invited", about: aboutOf(name, { role, release }) });
	return token;
}

const aboutOf = (name: string, { role, release }: Omit<Right, "site">) => `${name}: ${role} ${release}`.trim();

/** What an invitation offers and to whom, or undefined where it is used, old or unknown. */
export async function offerOf(
	d1: D1Database,
	token: string,
	now = Date.now(),
): Promise<(Right & { name: string; email: string | null }) | undefined> {
	const [row] = await drizzle(d1)
		.select({
			name: invitation.name,
			email: invitation.email,
			site: invitation.site,
			role: invitation.role,
			release: invitation.release,
		})
		.from(invitation)
		.where(and(eq(invitation.hash, await hashSecret(token)), gt(invitation.expires, now)));
	return row;
}

/**
 * Uses an invitation up, for the account that is signed in or a new one. One with an address is only for whom Cloudflare Access vouches:
 * otherwise anybody who can invite could open an account under somebody else's address. Returns the account and what it may see now.
 */
export async function accept(
	d1: D1Database,
	token: string,
	{ account, address }: { account?: string | undefined; address?: string | undefined },
	now = Date.now(),
): Promise<{ account: string; right: Right } | undefined> {
	const offer = await offerOf(d1, token, now);
	if (!offer || (offer.email !== null && offer.email !== address)) return undefined;
	const used = await drizzle(d1)
		.delete(invitation)
		.where(eq(invitation.hash, await hashSecret(token)))
		.returning({ site: invitation.site });
	if (used.length === 0) return undefined; // somebody else was quicker
	const { name, email, site, role, release } = offer;
	const right = { site, role, release };
	const id = account ?? (await openAccount(d1, { name, email }, now));
	await grantRight(d1, id, right, now);
	await note(d1, [site], { at: now, who: name, what: "granted", about: `${role} ${release}`.trim() });
	return { account: id, right };
}

/** A site's invitations that nobody has used yet. `id`: by which they can be ended. */
export async function listInvitations(d1: D1Database, site: string, now = Date.now()) {
	return drizzle(d1)
		.select({
			id: invitation.hash,
			name: invitation.name,
			role: invitation.role,
			release: invitation.release,
			expires: invitation.expires,
		})
		.from(invitation)
		.where(and(eq(invitation.site, site), gt(invitation.expires, now)))
		.orderBy(asc(invitation.created));
}

/** Ends an invitation, and says so in the site's log. False where there is none. */
export async function endInvitation(
	d1: D1Database,
	{ site, id, by }: { site: string; id: string; by: string },
	now = Date.now(),
): Promise<boolean> {
	const [row] = await drizzle(d1)
		.delete(invitation)
		.where(and(eq(invitation.hash, id), eq(invitation.site, site)))
		.returning();
	if (!row) return false;
	await note(d1, [site], { at: now, who: by, what: "invitation-ended", about: aboutOf(row.name, row) });
	return true;
}
