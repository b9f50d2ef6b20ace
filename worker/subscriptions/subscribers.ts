/**
 * Who is told about a site: an e-mail address once whoever reads its mail has confirmed it, a webhook at once. Addresses are deleted
 * with the subscription, and are in no log. Leaves out what is sent (outgoing.ts) and who may ask (dashboard/subscriptions/routes.tsx).
 */
import { and, asc, eq, gt, lt } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import * as v from "valibot";
import { type AlertLimits, limitsSchema, type NewSubscription } from "../../schema/subscription.ts";
import { alertWatch, outgoing, subscription, subscriptionRequest, subscriptionSecret } from "../../schema/tables.ts";
import { hashSecret, makeSecret } from "../access/secrets.ts";
import { signWith } from "../sharing/signing.ts";
import type { Request, Subscription } from "./shapes.ts";

/** A link of confirmation holds for this long. */
const confirmMs = 7 * 86_400_000;
/** More at once would let an owner write to strangers. */
export const mostRequests = 20;

export async function subscriptionsOf(d1: D1Database, site: string): Promise<Subscription[]> {
	return drizzle(d1)
		.select()
		.from(subscription)
		.where(eq(subscription.site, site))
		.orderBy(asc(subscription.created), asc(subscription.id));
}

export async function requestsOf(d1: D1Database, site: string, now: number): Promise<Request[]> {
	return drizzle(d1)
		.select()
		.from(subscriptionRequest)
		.where(and(eq(subscriptionRequest.site, site), gt(subscriptionRequest.expires, now)))
		.orderBy(asc(subscriptionRequest.created));
}

/** Another request for the same address takes the place of the earlier one. Returns the link's secret. */
export async function requestSubscription(
	d1: D1Database,
	site: string,
	{ address, summary, alerts, language }: NewSubscription,
	now: number,
): Promise<string> {
	const token = makeSecret();
	const db = drizzle(d1);
	await db.batch([
		db
			.delete(subscriptionRequest)
			.where(and(eq(subscriptionRequest.site, site), eq(subscriptionRequest.address, address))),
		db.insert(subscriptionRequest).values({
			hash: await hashSecret(token),
			site,
			address,
			summary,
			alerts,
			language,
			created: now,
			expires: now + confirmMs,
		}),
	]);
	return token;
}

export async function endRequest(d1: D1Database, site: string, hash: string): Promise<void> {
	await drizzle(d1)
		.delete(subscriptionRequest)
		.where(and(eq(subscriptionRequest.site, site), eq(subscriptionRequest.hash, hash)));
}

/** What a link of confirmation is about, or undefined where it holds no longer. */
export async function requestOf(d1: D1Database, token: string, now: number): Promise<Request | undefined> {
	const [row] = await drizzle(d1)
		.select()
		.from(subscriptionRequest)
		.where(and(eq(subscriptionRequest.hash, await hashSecret(token)), gt(subscriptionRequest.expires, now)));
	return row;
}

/** Makes the request of a link a subscription, once. Undefined where it holds no longer. */
export async function confirm(
	d1: D1Database,
	token: string,
	origin: string,
	now: number,
): Promise<(NewSubscription & { site: string }) | undefined> {
	const asked = await requestOf(d1, token, now);
	if (!asked) return undefined;
	const { hash, site, address, summary, alerts, language } = asked;
	const wanted = { way: "email", address, summary, alerts, language } as const;
	await subscribe(d1, site, wanted, origin, now);
	await endRequest(d1, site, hash);
	return { ...wanted, site };
}

/** A known address keeps its row, with what is asked for from now on. */
export async function subscribe(
	d1: D1Database,
	site: string,
	{ way, address, summary, alerts, language }: NewSubscription,
	origin: string,
	now: number,
): Promise<void> {
	const asked = { summary, alerts, language, origin, created: now, summarised: "" };
	await drizzle(d1)
		.insert(subscription)
		.values({ id: makeSecret().slice(0, 16), site, way, address, ...asked })
		.onConflictDoUpdate({ target: [subscription.site, subscription.way, subscription.address], set: asked });
}

/** Links in its messages lead to this place from now on. */
export async function moveTo(d1: D1Database, id: string, origin: string): Promise<void> {
	await drizzle(d1).update(subscription).set({ origin }).where(eq(subscription.id, id));
}

/** The address goes, and with it what was still to be sent there. */
export async function unsubscribe(d1: D1Database, { id, site }: Pick<Subscription, "id" | "site">): Promise<void> {
	const db = drizzle(d1);
	await db.batch([
		db.delete(subscription).where(and(eq(subscription.id, id), eq(subscription.site, site))),
		db
			.delete(subscriptionSecret)
			.where(and(eq(subscriptionSecret.subscription, id), eq(subscriptionSecret.site, site))),
		db.delete(outgoing).where(and(eq(outgoing.subscription, id), eq(outgoing.site, site))),
	]);
}

/** Deletes requests of a site that nobody confirmed. */
export async function forgetRequests(d1: D1Database, site: string, now: number): Promise<void> {
	await drizzle(d1)
		.delete(subscriptionRequest)
		.where(and(eq(subscriptionRequest.site, site), lt(subscriptionRequest.expires, now)));
}

type Ref = Pick<Subscription, "id" | "site">;

/** Made when it is first needed: no backup holds it. */
async function secretOf(d1: D1Database, { id, site }: Ref): Promise<string> {
	const db = drizzle(d1);
	await db.insert(subscriptionSecret).values({ subscription: id, site, secret: makeSecret() }).onConflictDoNothing();
	const [row] = await db.select().from(subscriptionSecret).where(eq(subscriptionSecret.subscription, id));
	if (!row) throw new Error("a secret that was there has gone");
	return row.secret;
}

/** What a webhook's receiver checks messages with. */
export const hookKey = async (d1: D1Database, of: Ref) => signWith(await secretOf(d1, of), `webhook ${of.id}`);

/** The end of a link that ends a subscription without signing in. */
export async function leaveToken(d1: D1Database, of: Ref): Promise<string> {
	return `${of.id}.${await signWith(await secretOf(d1, of), `leave ${of.id}`)}`;
}

/** The subscription that a link ends, or undefined. */
export async function subscriptionOfLink(d1: D1Database, token: string): Promise<Subscription | undefined> {
	const [, id, signature] = /^([\w-]{16})\.([\w-]{43})$/.exec(token) ?? [];
	if (!id) return undefined;
	const [row] = await drizzle(d1).select().from(subscription).where(eq(subscription.id, id));
	// Hashed, so that how long comparing takes says nothing about the signature.
	const isOurs = row && (await hashSecret(await leaveToken(d1, row))) === (await hashSecret(`${id}.${signature}`));
	return isOurs ? row : undefined;
}

export async function limitsOf(d1: D1Database, site: string): Promise<AlertLimits> {
	const [row] = await drizzle(d1).select().from(alertWatch).where(eq(alertWatch.site, site));
	return v.parse(limitsSchema, row?.limits ?? {});
}

export async function setLimits(d1: D1Database, site: string, limits: AlertLimits): Promise<void> {
	await drizzle(d1)
		.insert(alertWatch)
		.values({ site, limits })
		.onConflictDoUpdate({ target: alertWatch.site, set: { limits } });
}
