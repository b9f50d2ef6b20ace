/** The pictures that are kept of a site's pages: listed, read, deleted. Leaves out taking them (links.ts). */
import { and, asc, eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { Drawn } from "../../schema/picture.ts";
import type { PictureDevice } from "../../schema/picture-limits.ts";
import { picture } from "../../schema/tables.ts";

export interface PictureLine {
	page: string;
	device: PictureDevice;
	taken: number;
	/** CSS px of the window that took it. */
	width: number;
}

export interface PagePicture extends PictureLine {
	drawn: Drawn;
}

/** Every picture of a site, without what is in it. */
export async function listPictures(d1: D1Database, site: string): Promise<PictureLine[]> {
	return drizzle(d1)
		.select({
			page: picture.page,
			device: picture.device,
			taken: picture.taken,
			width: sql<number>`json_extract(${picture.drawn}, '$.width')`,
		})
		.from(picture)
		.where(eq(picture.site, site))
		.orderBy(asc(picture.page), asc(picture.device));
}

/** The pictures of one page, at most one for each class of device. */
export async function picturesOf(d1: D1Database, site: string, page: string): Promise<PagePicture[]> {
	const rows = await drizzle(d1)
		.select()
		.from(picture)
		.where(and(eq(picture.site, site), eq(picture.page, page)));
	return rows.map(({ device, taken, drawn }) => ({ page, device, taken, width: drawn.width, drawn }));
}

export async function deletePicture(
	d1: D1Database,
	{ site, page, device }: { site: string; page: string; device: PictureDevice },
): Promise<void> {
	await drizzle(d1)
		.delete(picture)
		.where(and(eq(picture.site, site), eq(picture.page, page), eq(picture.device, device)));
}
