/**
 * Adding a site: for people who own one here already, or did until they deleted their last one, signed in. Whoever runs the place can always add one from the command line,
 * and make the first owner with it; a key can never add any.
 */
import { type Context, Hono } from "hono";
import { type Caller, callerOf, mayAdd } from "../../access/guard.ts";
import { note } from "../../access/log.ts";
import { grantRight } from "../../access/rights.ts";
import type { Env } from "../../env.ts";
import { addSite } from "../../sites/create.ts";
import { countShards } from "../../sites/shards.ts";
import { frameFor } from "../account/routes.tsx";
import { showMessage } from "../mount.ts";
import { requestLanguage, sendPage } from "../routes.tsx";
import { type Typed, typedIn } from "../sharing/typed.ts";
import type { Wrong } from "./forms.ts";
import { emptySite, siteOfForm, wrongInSite } from "./new-form.ts";
import { renderNewSite } from "./new-page.tsx";
import { newSiteWords } from "./new-words.ts";
import { isSource } from "./sources.ts";
import { settingsWords } from "./words.ts";

type AppContext = Context<{ Bindings: Env }>;

/** An owner who was invited must not be able to fill up somebody else's databases. */
const maxOwned = 50;

export const newSitePages = new Hono<{ Bindings: Env }>();

const owned = ({ rights }: Caller) => rights.filter(({ role }) => role === "owner").length;

/** Whoever may add a site, or the page that says why not. */
async function askedBy(c: AppContext): Promise<Caller | Response> {
	const caller = await callerOf(c);
	if (caller?.kind !== "login") return showMessage(c, "sign-in");
	return mayAdd(caller) ? caller : showMessage(c, "not-found");
}

function show(c: AppContext, typed: Typed, wrong: Wrong = {}): Response {
	const frame = frameFor(c, true);
	const rules = { ...settingsWords[frame.language].wrong, ...newSiteWords[frame.language].wrong };
	const ruleOf = (field: string) => rules[field === "name" ? "site.name" : field];
	const said = Object.entries(wrong).map(([field, detail]) => [field, ruleOf(field) ?? detail]);
	return sendPage(c, renderNewSite(frame, { typed, wrong: Object.fromEntries(said) }), frame.nonce);
}

newSitePages.get("/sites/new", async (c) => {
	const caller = await askedBy(c);
	return caller instanceof Response ? caller : show(c, emptySite);
});

newSitePages.post("/sites/new", async (c) => {
	const caller = await askedBy(c);
	if (caller instanceof Response) return caller;
	const typed = typedIn(await c.req.parseBody());
	const words = newSiteWords[requestLanguage(c)];
	if (owned(caller) >= maxOwned) return show(c, typed, { other: words.most });
	const site = siteOfForm(typed);
	const wrong = wrongInSite(site);
	if (Object.keys(wrong).length > 0) return show(c, typed, wrong);
	const now = Date.now();
	if (!(await addSite(c.env.DB, site, now, countShards(c.env)))) return show(c, typed, { id: words.taken });
	await grantRight(c.env.DB, caller.account, { site: site.id, role: "owner", release: "" }, now);
	await note(c.env.DB, [site.id], { at: now, who: caller.name, what: "site-added", about: "" });
	const lang = requestLanguage(c);
	const { source = "" } = typed;
	// The first-run page shows the banner's code; that of another source is among the settings.
	return c.redirect(
		isSource(source) && source !== "banner"
			? `/sites/${site.id}/settings?source=${source}&lang=${lang}#source`
			: `/sites/${site.id}?lang=${lang}`,
		303,
	);
});
