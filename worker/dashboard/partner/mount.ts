/** Ties the pages of a release to the Worker: who may read it, and what is released. */
import { Hono } from "hono";
import { paths, sheets, style } from "../../../dist/assets.ts";
import { callerOf, mayReadRelease } from "../../access/guard.ts";
import { makeSecret } from "../../access/secrets.ts";
import type { Env } from "../../env.ts";
import { type Release, releaseOf } from "../../release/definition.ts";
import { releasedDates } from "../../release/released.ts";
import { isEmbedToken } from "../../sharing/signing.ts";
import { siteOf } from "../../sites/sites.ts";
import { styleFrom } from "../style.ts";
import { releasedSource } from "./released-source.ts";
import { partnerRoutes } from "./routes.tsx";
import type { PartnerSource } from "./source.ts";

async function sourceOf(env: Env, release: Release): Promise<PartnerSource> {
	const [site, released] = await Promise.all([siteOf(env, release.site), releasedDates(env.DB, release)]);
	return releasedSource(env.DB, release, site, released);
}

export const releasePages = new Hono<{ Bindings: Env }>().route(
	"/releases/:release",
	partnerRoutes<{ Bindings: Env }>({
		paths,
		style: styleFrom(style, sheets),
		nonce: makeSecret,
		async sourceFor(c) {
			if ((await callerOf(c))?.kind !== "login") return { kind: "sign-in" }; // programs have routes of their own
			const release = await releaseOf(c.env.DB, c.req.param("release") ?? "");
			const isReadable = release && release.ended === null && (await mayReadRelease(c, release));
			return isReadable ? { kind: "source", source: await sourceOf(c.env, release) } : { kind: "no-release" };
		},
		async embeddedFor(c) {
			const release = await releaseOf(c.env.DB, c.req.param("release") ?? "");
			if (!release || release.ended !== null) return null;
			const token = c.req.query("token") ?? "";
			if (!(await isEmbedToken(c.env.DB, release, token, Date.now()))) return null;
			return { source: await sourceOf(c.env, release), framers: release.frames };
		},
	}),
);
