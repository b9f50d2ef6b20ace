/**
 * The page of saved views and what its form and the menu's post. All who may read the site's figures may save, and change and delete what
 * is theirs; owners whatever there is. Who may look is asked for all pages below a site (mount.ts); keys are refused there, and forms of
 * other sites (access/guard.ts).
 */
import { type Context, Hono } from "hono";
import { dateOf } from "../../../schema/period.ts";
import { mayOwn } from "../../access/guard.ts";
import type { Env } from "../../env.ts";
import { Problem } from "../../problem.ts";
import { type MadeView, madeViews, type NameFault, removeView, renameView, saveView } from "../../saved/store.ts";
import { siteOf } from "../../sites/sites.ts";
import { field, frameFor, mustBeSignedIn } from "../account/routes.tsx";
import { languages } from "../format.ts";
import { requestLanguage, sendPage } from "../routes.tsx";
import { addressOf } from "./menu.tsx";
import { type NameForm, renderSaved } from "./page.tsx";
import { canonicalView, type ViewAddress } from "./view.ts";

type AppContext = Context<{ Bindings: Env }>;

export const savedPages = new Hono<{ Bindings: Env }>();

const base = "/sites/:site/saved";

async function known(c: AppContext) {
	const site = await siteOf(c.env, c.req.param("site") ?? "");
	const caller = await mustBeSignedIn(c);
	const isOwner = mayOwn(caller, site.id);
	const mayChange = ({ account }: MadeView) => isOwner || account === caller.account;
	return { site, account: caller.account, isOwner, mayChange, today: dateOf(Date.now(), site.timeZone) };
}

async function show(c: AppContext, typed: { form?: NameForm; wrong?: NameFault } = {}): Promise<Response> {
	const { site, account, isOwner, mayChange, today } = await known(c);
	const views = await madeViews(c.env.DB, site.id);
	const asked = views.find((view) => view.id === c.req.query("view") && mayChange(view));
	const view = asked && canonicalView(asked.section, asked.query, today);
	const form = asked && view && { id: asked.id, name: asked.name, view };
	const frame = frameFor(c, true);
	const html = renderSaved(frame, {
		site: { id: site.id, name: site.name, isOwner },
		today,
		views,
		account,
		...(form ? { form } : {}),
		...typed,
	});
	return sendPage(c, html, frame.nonce);
}

const back = (c: AppContext) => c.redirect(`/sites/${c.req.param("site")}/saved?lang=${requestLanguage(c)}`, 303);

/** The view of a site that may be changed by whoever asks. Throws `forbidden`; undefined where there is none any more. */
async function mine(c: AppContext, id: string): Promise<MadeView | undefined> {
	const { site, mayChange } = await known(c);
	const view = (await madeViews(c.env.DB, site.id)).find((one) => one.id === id);
	if (view && !mayChange(view)) throw new Problem("forbidden");
	return view;
}

async function rename(c: AppContext, id: string, name: string, view: ViewAddress): Promise<Response> {
	const { site } = await known(c);
	if (!(await mine(c, id))) return show(c, { wrong: "gone" });
	const wrong = await renameView(c.env.DB, site.id, id, name);
	if (wrong === "gone") return show(c, { wrong });
	return wrong ? show(c, { form: { id, view, name, wrong } }) : back(c);
}

savedPages.get(base, (c) => show(c));

savedPages.post(base, async (c) => {
	const { site, account, today } = await known(c);
	const [id, name, section, query] = await Promise.all(
		["id", "name", "section", "query"].map((asked) => field(c, asked)),
	);
	const view = canonicalView(section ?? "", query ?? "", today);
	if (!view) throw new Problem("malformed", "There is no such page of figures.");
	const typed = name ?? "";
	if (id) return rename(c, id, typed, view);
	const wrong = await saveView(c.env.DB, site.id, { name: typed, ...view }, account);
	if (wrong) return show(c, { form: { id: "", view, name: typed, wrong } });
	const language = languages.find((one) => one === c.req.query("lang"));
	return c.redirect(addressOf(view, `/sites/${site.id}`, language), 303);
});

savedPages.post(`${base}/remove`, async (c) => {
	const view = await mine(c, await field(c, "id"));
	if (view) await removeView(c.env.DB, c.req.param("site"), view.id);
	return back(c);
});
