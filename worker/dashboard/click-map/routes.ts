/**
 * The owner's page about pictures, and what its forms post. That whoever asks owns the site is checked for all pages below it
 * (dashboard/mount.ts); keys are refused there, and forms of other sites (access/guard.ts).
 */
import { type Context, Hono } from "hono";
import { type PictureDevice, pictureDevices } from "../../../schema/picture-limits.ts";
import type { Env } from "../../env.ts";
import { linkFor, pageOfAddress } from "../../pictures/links.ts";
import { deletePicture, listPictures } from "../../pictures/pictures.ts";
import { siteOf } from "../../sites/sites.ts";
import { field, frameFor } from "../account/routes.tsx";
import { requestLanguage, sendPage } from "../routes.tsx";
import { type PicturesInput, renderPictures } from "./pictures-page.tsx";

type AppContext = Context<{ Bindings: Env }>;
const base = "/sites/:site/pictures";

export const picturePages = new Hono<{ Bindings: Env }>();

const deviceOf = (name: string): PictureDevice => pictureDevices.find((known) => known === name) ?? "desktop";

async function show(c: AppContext, more: Partial<PicturesInput> = {}): Promise<Response> {
	const site = await siteOf(c.env, c.req.param("site") ?? "");
	const page = c.req.query("side");
	const frame = { ...frameFor(c, true), path: `/sites/${site.id}/pictures` };
	const html = renderPictures(frame, {
		site,
		page,
		address: `${site.origins[0] ?? ""}${page?.startsWith("/") ? page : "/"}`,
		device: "desktop",
		pictures: await listPictures(c.env.DB, site.id),
		...more,
	});
	return sendPage(c, html, frame.nonce);
}

picturePages.get(base, (c) => show(c));

picturePages.post(base, async (c) => {
	const site = await siteOf(c.env, c.req.param("site"));
	const address = await field(c, "address");
	const device = deviceOf(await field(c, "device"));
	const found = pageOfAddress(site, address);
	if (!found) return show(c, { address, device, isWrong: true });
	const link = await linkFor(c.env.DB, { site: site.id, ...found, device }, Date.now());
	return show(c, { page: found.page, address, device, link });
});

picturePages.post(`${base}/delete`, async (c) => {
	const site = c.req.param("site");
	await deletePicture(c.env.DB, { site, page: await field(c, "page"), device: deviceOf(await field(c, "device")) });
	return c.redirect(`/sites/${site}/pictures?lang=${requestLanguage(c)}`, 303);
});
