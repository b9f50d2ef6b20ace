/** Links that ask the owner's browser for a picture of one page, once, within ten minutes. Leaves out who may make one, and what is sent. */
import { and, eq, gt, lt } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type * as v from "valibot";
import { cleanPath } from "../../schema/clean.ts";
import type { pictureSchema } from "../../schema/picture.ts";
import { type PictureDevice, pictureWord } from "../../schema/picture-limits.ts";
import { picture, pictureLink } from "../../schema/tables.ts";
import { base64url, hashSecret } from "../access/secrets.ts";
import type { Site } from "../sites/stored.ts";

export const linkMs = 10 * 60_000;
/** 128 bits: unguessable, and short enough to be typed on a phone. */
const secretBytes = 16;

/** A page of the site, as somebody wrote its address; undefined for what is no page of it. */
export function pageOfAddress(
	{ origins, settings }: Pick<Site, "origins" | "settings">,
	written: string,
): { url: URL; page: string } | undefined {
	const url = URL.parse(written.trim());
	if (!url || !origins.includes(url.origin)) return undefined;
	const behindHash = settings.hashRoutes ? (url.hash.split(/^#!?(?=\/)/)[1] ?? "") : "";
	return { url, page: cleanPath(url.pathname + behindHash) };
}

/** Makes a link to that page. What is behind # is not sent to the site's server; only where that is a route itself, the query is used. */
export async function linkFor(
	d1: D1Database,
	{ site, url, page, device }: { site: string; url: URL; page: string; device: PictureDevice },
	now: number,
): Promise<string> {
	const secret = base64url(crypto.getRandomValues(new Uint8Array(secretBytes)));
	const db = drizzle(d1);
	await db.batch([
		db.delete(pictureLink).where(lt(pictureLink.expires, now)),
		db.insert(pictureLink).values({ hash: await hashSecret(secret), site, page, device, expires: now + linkMs }),
	]);
	const asked = new URL(url);
	if (/^#!?\//.test(url.hash)) asked.searchParams.set(pictureWord, `${device}.${secret}`);
	else asked.hash = `${pictureWord}=${device}.${secret}`;
	return asked.href;
}

/** What a link in force asks for; undefined where it is used, old, unknown or of another site. */
export async function askedBy(d1: D1Database, site: string, token: string, now: number) {
	const [row] = await drizzle(d1)
		.select({ page: pictureLink.page, device: pictureLink.device })
		.from(pictureLink)
		.where(
			and(eq(pictureLink.hash, await hashSecret(token)), eq(pictureLink.site, site), gt(pictureLink.expires, now)),
		);
	return row;
}

/** Uses the link up and keeps the picture in place of the one before. False where somebody else was quicker. */
export async function keepPicture(
	d1: D1Database,
	site: string,
	{ token, page, picture: drawn }: v.InferOutput<typeof pictureSchema>,
	device: PictureDevice,
	now: number,
): Promise<boolean> {
	const db = drizzle(d1);
	const used = await db
		.delete(pictureLink)
		.where(eq(pictureLink.hash, await hashSecret(token)))
		.returning({ site: pictureLink.site });
	if (used.length === 0) return false;
	await db
		.insert(picture)
		.values({ site, page, device, taken: now, drawn })
		.onConflictDoUpdate({ target: [picture.site, picture.page, picture.device], set: { taken: now, drawn } });
	return true;
}
