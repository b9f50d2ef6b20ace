/** The gate files, rendered per site, and the immutable files they lead to. */
import { type Context, Hono } from "hono";
import { files, gates, paths, words } from "../../dist/assets.ts";
import type { BannerColours } from "../../schema/banner.ts";
import { bannerStyle } from "../../schema/banner-style.ts";
import type { BannerWords } from "../../schema/banner-words.ts";
import { receiptMs } from "../../schema/limits.ts";
import type { BannerSettings, GateSettings, Notice, ToolSettings } from "../../schema/site.ts";
import { countLoad } from "../closing/loads.ts";
import type { Env } from "../env.ts";
import { changesIn, grantDaysOf } from "../policies/publish.ts";
import { Problem } from "../problem.ts";
import { noteOldCode, noteSighting } from "../setup/sightings.ts";
import { type Site, siteOrDeleted } from "./sites.ts";

const yearSeconds = 31_536_000;

export const gateFiles = new Hono<{ Bindings: Env }>();

/** The current notice in one language if that one was asked for and exists, else in all, and what grants may have missed. */
function noticeIn(site: Site, language: string | undefined, now: number): Notice {
	const { notice } = site;
	const isAsked = language !== undefined && Object.hasOwn(notice.languages, language);
	const texts = Object.entries(notice.languages).filter(([name]) => !isAsked || name === language);
	return {
		...notice,
		languages: Object.fromEntries(
			texts.map(([name, { changes: _, ...text }]) => {
				const changes = changesIn(site, name, now);
				return [name, { ...text, ...(changes ? { changes } : {}) }];
			}),
		),
	};
}

/** What the banner says and looks like, in no more languages than the notice. */
function bannerOf(notice: Notice, colours: BannerColours): Pick<BannerSettings, "notice" | "words" | "style"> {
	const languages = Object.keys(notice.languages);
	const own = Object.fromEntries(languages.map((language) => [language, words[language] as BannerWords]));
	return { notice, words: own, style: bannerStyle(colours) };
}

function settingsOf(
	site: Site,
	source: string,
	language: string | undefined,
	now: number,
): GateSettings | ToolSettings {
	const earlier = [...site.valid].filter((version) => version !== site.policy);
	const common = {
		site: site.id,
		policy: site.policy,
		...(earlier.length > 0 ? { earlier } : {}),
		grantDays: grantDaysOf(site.notice),
		purposes: site.notice.purposes,
		code: paths.code,
	};
	return source === "banner" ? { ...common, ...bannerOf(noticeIn(site, language, now), site.settings.banner) } : common;
}

/** JSON that is also JavaScript in every engine. */
function asSource(settings: unknown): string {
	return JSON.stringify(settings).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}

/** The gate with its settings in it. A function, because a replacement string would interpret "$&" in a notice. */
const withSettings = (gate: string, settings: unknown) => gate.replace("__SPORLOS_GATE__", () => asSource(settings));

/**
 * What pages get that still embed a site which was deleted, whatever its source of consent: a gate that nothing opens. A refusal would
 * stand in every visitor's console, and calls from the page would fail. What a visitor's browser remembers stays theirs to see, and
 * is forgotten when they were told, which no collector does any more.
 */
function gateOfDeleted(site: string): string {
	const settings: GateSettings = { site, policy: "deleted", grantDays: 0, purposes: [], code: paths.code };
	const forget = `try {
	for (const key of Object.keys(localStorage)) {
		const [, name] = /^sporlos:${site}:([a-z]+)/.exec(key) ?? ["", "choice"];
		const isTheirs = name === "view" && JSON.parse(localStorage[key]).at > Date.now() - ${receiptMs};
		if (!isTheirs && !/^(choice|erase)$/.test(name)) localStorage.removeItem(key);
	}
} catch {}`;
	return `${withSettings(gates.manual ?? "", settings)}\n${forget}\n`;
}

const sendGate = (c: Context, body: string, caching: string) =>
	c.body(body, 200, {
		"Content-Type": "text/javascript; charset=utf-8",
		"Cache-Control": caching,
		"Access-Control-Allow-Origin": "*",
		"Cross-Origin-Resource-Policy": "cross-origin",
		"X-Content-Type-Options": "nosniff",
	});

gateFiles.get("/gate/:site/:file", async (c) => {
	const [, source = ""] = /^(.+)\.js$/.exec(c.req.param("file")) ?? [];
	const gate = Object.hasOwn(gates, source) && gates[source];
	if (!gate) throw new Problem("not-found", `Gate files there are: ${Object.keys(gates).join(".js, ")}.js.`);
	const id = c.req.param("site");
	const site = await siteOrDeleted(c.env, id);
	if (!site) return sendGate(c, gateOfDeleted(id), "public, max-age=3600");
	const { coverage } = site.settings;
	// Nobody waits for the count, and nothing of the request is looked at: a load is a load. The dashboard's script asks for the head only.
	if (c.req.method === "GET") {
		if (coverage) c.executionCtx.waitUntil(countLoad(c.env, site, Date.now()).catch(() => {}));
		const noting = noteSighting(c.env.DB, site, "gate", Date.now(), `${source}.js`);
		if (noting) c.executionCtx.waitUntil(noting);
	}
	const body = withSettings(gate, settingsOf(site, source, c.req.query("lang"), Date.now()));
	return sendGate(c, body, coverage ? "no-cache" : "public, max-age=3600");
});

gateFiles.get("/code/:hash/:name", (c) => {
	const file = files[c.req.path];
	if (!file) {
		const noting = noteOldCode(c.env.DB, c.req.header("Origin"), Date.now());
		if (noting) c.executionCtx.waitUntil(noting);
		throw new Problem("not-found");
	}
	const body = file.base64 ? Uint8Array.from(atob(file.body), (char) => char.charCodeAt(0)) : file.body;
	return c.body(body, 200, {
		"Content-Type": file.type,
		"Cache-Control": `public, max-age=${yearSeconds}, immutable`,
		"Access-Control-Allow-Origin": "*",
		"Cross-Origin-Resource-Policy": "cross-origin",
		"X-Content-Type-Options": "nosniff",
	});
});
