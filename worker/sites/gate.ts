/** The gate files, rendered per site, and the immutable files they lead to. */
import { Hono } from "hono";
import { files, gates, paths } from "../../dist/assets.ts";
import { defaultGrantDays } from "../../schema/limits.ts";
import type { GateSettings, Notice } from "../../schema/site.ts";
import type { Env } from "../env.ts";
import { Problem } from "../problem.ts";
import { type Site, siteOf } from "./sites.ts";

const yearSeconds = 31_536_000;

const sources = ["banner", "manual"] as const;

export const gateFiles = new Hono<{ Bindings: Env }>();

/** The notice in one language if that one was asked for and exists, else in all of the site's. */
function noticeIn(notice: Notice, language: string | undefined): Notice {
	if (language === undefined || !Object.hasOwn(notice.languages, language)) return notice;
	return { ...notice, languages: Object.fromEntries([[language, notice.languages[language]]]) as Notice["languages"] };
}

function settingsOf(site: Site, source: string, language: string | undefined): GateSettings {
	return {
		site: site.id,
		policy: site.policy,
		grantDays: defaultGrantDays,
		collector: paths.collector,
		...(source === "banner" ? { notice: noticeIn(site.notice, language) } : {}),
	};
}

/** JSON that is also JavaScript in every engine. */
function asSource(settings: unknown): string {
	return JSON.stringify(settings).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}

gateFiles.get("/gate/:site/:file", async (c) => {
	const source = sources.find((name) => c.req.param("file") === `${name}.js`);
	if (!source) throw new Problem("not-found", "Gate files there are: banner.js, manual.js.");
	const site = await siteOf(c.env, c.req.param("site"));
	// A function, because a replacement string would interpret "$&" in a notice.
	const body = gates[source].replace("__SPORLOS_GATE__", () => asSource(settingsOf(site, source, c.req.query("lang"))));
	return c.body(body, 200, {
		"Content-Type": "text/javascript; charset=utf-8",
		"Cache-Control": "public, max-age=3600",
		"Access-Control-Allow-Origin": "*",
		"Cross-Origin-Resource-Policy": "cross-origin",
		"X-Content-Type-Options": "nosniff",
	});
});

gateFiles.get("/code/:hash/:name", (c) => {
	const file = files[c.req.path];
	if (!file) throw new Problem("not-found");
	const body = file.base64 ? Uint8Array.from(atob(file.body), (char) => char.charCodeAt(0)) : file.body;
	return c.body(body, 200, {
		"Content-Type": file.type,
		"Cache-Control": `public, max-age=${yearSeconds}, immutable`,
		"Access-Control-Allow-Origin": "*",
		"Cross-Origin-Resource-Policy": "cross-origin",
		"X-Content-Type-Options": "nosniff",
	});
});
