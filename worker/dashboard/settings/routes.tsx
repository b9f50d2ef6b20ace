/**
 * The owner's settings of a site, and what their forms post. That whoever asks owns the site is checked for all pages below it
 * (dashboard/mount.ts); keys are refused there, and forms of other sites (access/guard.ts).
 */
import { type Context, Hono } from "hono";
import { dateOf } from "../../../schema/period.ts";
import { note } from "../../access/log.ts";
import { keptFrom } from "../../closing/retain.ts";
import type { Env } from "../../env.ts";
import { Problem } from "../../problem.ts";
import { hasCounted, makeChange } from "../../sites/change.ts";
import { deleteSamples, samplePeriods } from "../../sites/samples.ts";
import { settingsOf } from "../../sites/settings.ts";
import { siteOf } from "../../sites/sites.ts";
import type { Site } from "../../sites/stored.ts";
import { field, frameFor, mustBeSignedIn } from "../account/routes.tsx";
import { formatOf } from "../format.ts";
import { requestLanguage, sendPage } from "../routes.tsx";
import { type Typed, typedIn } from "../sharing/typed.ts";
import { changesOf, isPart, type Part, type Wrong, wrongIn } from "./forms.ts";
import { renderSettings, type SettingsInput } from "./page.tsx";
import { isSource } from "./sources.ts";
import { settingsWords } from "./words.ts";

type AppContext = Context<{ Bindings: Env }>;

export const settingsPages = new Hono<{ Bindings: Env }>();

const base = "/sites/:site/settings";

async function show(
	c: AppContext,
	more: Pick<SettingsInput, "saved" | "faulty" | "samplesDeleted"> = {},
): Promise<Response> {
	const site = await siteOf(c.env, c.req.param("site") ?? "");
	const frame = frameFor(c, true);
	const asked = c.req.query("source") ?? "";
	const html = renderSettings(frame, {
		site,
		settings: settingsOf(site),
		counted: await hasCounted(c.env, site),
		origin: new URL(c.req.url).origin,
		source: isSource(asked) ? asked : "banner",
		...(c.env.SAMPLES === "1" ? { samples: (await samplePeriods(c.env, site)).length } : {}),
		...more,
	});
	return sendPage(c, html, frame.nonce);
}

settingsPages.get(base, (c) => {
	const saved = c.req.query("saved") ?? "";
	return show(c, isPart(saved) ? { saved } : { samplesDeleted: saved === "samples" });
});

/** In the page's language: in English the check's own words, in Norwegian the rule of the field. */
function saidIn(c: AppContext, part: Part, wrong: Wrong): Wrong {
	const { wrong: rules } = settingsWords[requestLanguage(c)];
	const ruleOf = (field: string) => rules[`${part}.${field}`] ?? rules[field.replace(/-\d+$/, "")];
	return Object.fromEntries(Object.entries(wrong).map(([field, detail]) => [field, ruleOf(field) ?? detail]));
}

/** What shortening the retention would delete, unless somebody has said that this is meant. */
function refuseDeletion(c: AppContext, site: Site, typed: Typed): Wrong {
	const months = Number(typed.retentionMonths);
	if (!(months >= 1 && months < site.retentionMonths) || typed.sure === "on") return {};
	const { periods } = settingsWords[requestLanguage(c)];
	const date = keptFrom(dateOf(Date.now(), site.timeZone), months);
	return { sure: periods.shorter(formatOf(requestLanguage(c)).dates(date, date)) };
}

settingsPages.post(`${base}/samples`, async (c) => {
	const { name: who } = await mustBeSignedIn(c);
	if (c.env.SAMPLES !== "1") throw new Problem("not-found");
	if ((await field(c, "sure")) !== "on") return show(c);
	const site = await siteOf(c.env, c.req.param("site"));
	await deleteSamples(c.env, site);
	await note(c.env.DB, [site.id], { at: Date.now(), who, what: "samples-deleted", about: "" });
	return c.redirect(afterwards(c, "samples"), 303);
});

settingsPages.post(`${base}/:part`, async (c) => {
	const { name: who } = await mustBeSignedIn(c);
	const part: string = c.req.param("part");
	if (!isPart(part)) throw new Problem("not-found");
	const id = c.req.param("site");
	const typed = typedIn(await c.req.parseBody());
	const site = await siteOf(c.env, id);
	const again = (wrong: Wrong) => show(c, { faulty: { part, typed, wrong } });
	const unsure = part === "periods" ? refuseDeletion(c, site, typed) : {};
	if (Object.keys(unsure).length > 0) return again(unsure);
	const changes = (current: Site) => changesOf(part, typed, settingsOf(current));
	const made = await makeChange(c.env, id, who, changes, Date.now());
	if (!made.ok) {
		const stored = await siteOf(c.env, id);
		return again(saidIn(c, part, wrongIn(part, typed, stored, changes(stored), made)));
	}
	return c.redirect(afterwards(c, part), 303);
});

const afterwards = (c: AppContext, part: Part | "samples") => {
	const lang = c.req.query("lang") ? `&lang=${requestLanguage(c)}` : "";
	return `/sites/${c.req.param("site")}/settings?saved=${part}${lang}#${part}`;
};
