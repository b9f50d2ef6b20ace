/**
 * Where the owner's browser sends a picture of a page, from the site's own page and so without a login: the link's secret lets it in,
 * once. Leaves out making links and showing pictures, which is the dashboard's.
 */
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import * as v from "valibot";
import { cleanElement } from "../../schema/clean.ts";
import { pictureSchema } from "../../schema/picture.ts";
import { isWidthOf, maxPictureBytes } from "../../schema/picture-limits.ts";
import type { Env } from "../env.ts";
import { limitSender } from "../ingest/rate-limit.ts";
import { checkOrigin } from "../ingest/routes.ts";
import { Problem } from "../problem.ts";
import { siteOf } from "../sites/sites.ts";
import { askedBy, keepPicture } from "./links.ts";

export const pictures = new Hono<{ Bindings: Env }>();

const path = "/v1/sites/:site/pictures";
const usedUp = () =>
	new Problem("forbidden", "The link is used, old, or of another page. Make a new one in the dashboard.");

/** The page that sent must be able to read a refusal, to tell whoever looks at it. */
pictures.use(path, async (c, next) => {
	await next();
	c.header("Access-Control-Allow-Origin", c.req.header("Origin") ?? "*");
	c.header("Vary", "Origin");
});

pictures.post(
	path,
	bodyLimit({
		maxSize: maxPictureBytes,
		onError: () => {
			throw new Problem("too-large", "A picture takes at most 512 KiB.");
		},
	}),
	async (c) => {
		const now = Date.now();
		await limitSender(c.req.raw, now);
		const body: unknown = await c.req
			.text()
			.then(JSON.parse)
			.catch(() => {
				throw new Problem("malformed", "Send the picture as the collector does.");
			});
		const site = await siteOf(c.env, c.req.param("site"));
		checkOrigin(c.req.header("Origin"), site);
		const checked = v.safeParse(pictureSchema, body);
		if (!checked.success) throw new Problem("outside-limits", "This is not a picture as the collector takes it.");
		const sent = checked.output;
		const asked = await askedBy(c.env.DB, site.id, sent.token, now);
		if (!asked || asked.page !== sent.page) throw usedUp();
		if (!isWidthOf(asked.device, sent.picture.width))
			throw new Problem("outside-limits", "The window is not as wide as the link asks for.");
		const drawn = { ...sent.picture, keys: sent.picture.keys.map(cleanElement) };
		if (!(await keepPicture(c.env.DB, site.id, { ...sent, picture: drawn }, asked.device, now))) throw usedUp();
		return c.body(null, 204);
	},
);
