/** Ties the dashboard's routes to the Worker: who is signed in, the site's figures, and the files pages need. */
import { type Context, Hono } from "hono";
import { paths, sheets, style } from "../../dist/assets.ts";
import type { Note } from "../../schema/note.ts";
import { callerOf, mayOwn, mayRead, noteExport, readAlong } from "../access/guard.ts";
import { makeSecret } from "../access/secrets.ts";
import { recentNow, viewsNow } from "../book/books.ts";
import type { Env } from "../env.ts";
import { allNotes, notesOf, notesWithin } from "../notes/store.ts";
import { statusOfPlace } from "../operator/status.ts";
import { picturesOf } from "../pictures/pictures.ts";
import { closedMark } from "../query/memory.ts";
import type { Moment } from "../query/read.ts";
import { type SavedView, savedViewsOf } from "../saved/store.ts";
import { siteOf } from "../sites/sites.ts";
import type { Span } from "../stats/scope.ts";
import { statsOf } from "../stats/stats.ts";
import type { MessageKind } from "./message.tsx";
import { renderOperation } from "./operation/page.tsx";
import { privacyFacts } from "./privacy/gather.ts";
import { dashboardRoutes, requestLanguage, sendMessage, sendPage } from "./routes.tsx";
import { sectionPaths } from "./section-paths.ts";
import { setupFor } from "./setup/known.ts";
import { siteLinks } from "./site-links.ts";
import { styleFrom } from "./style.ts";

const pageDeps = { paths, style: styleFrom(style, sheets), nonce: makeSecret };

/** A page that only says something, with the status that goes with it. */
export function showMessage(c: Context, kind: MessageKind): Response {
	return sendMessage(c, kind, pageDeps);
}

/** All that is asked for one request is of one moment: its figures, and the views that are going on. */
const moments = new WeakMap<Request, Moment>();

function momentOf({ req }: Context<{ Bindings: Env }>): Moment {
	const moment = moments.get(req.raw) ?? {};
	moments.set(req.raw, moment);
	return moment;
}

export const dashboard = new Hono<{ Bindings: Env }>();

/** Pages for the owner alone; the others are for viewers too, as long as they change nothing. */
const ownersPages: readonly string[] = siteLinks.filter(({ isOwners }) => isOwners).map(({ path }) => path);

/** The site's saved views and notes, by the request for one of its pages of figures. */
const beside = new WeakMap<Request, () => Promise<unknown[][]>>();
const figuresPages: readonly string[] = Object.values(sectionPaths);

async function savedBeside({ req }: Context): Promise<SavedView[]> {
	const [saved] = (await beside.get(req.raw)?.()) ?? [];
	return (saved ?? []) as SavedView[];
}

/** Files are no pages: for them notes are a call of their own. */
async function notesBeside({ req, env }: Context<{ Bindings: Env }>, site: string, span: Span): Promise<Note[]> {
	const [, notes] = (await beside.get(req.raw)?.()) ?? [];
	return notesWithin((notes as Note[] | undefined) ?? (await notesOf(env.DB, site)), span);
}

/** Pages are for people who may see this very site; everybody else, programs with a key too, is asked to sign in. */
dashboard.use("/sites/:site/*", async (c, next) => {
	const site = c.req.param("site");
	const [, , , page = ""] = c.req.path.split("/");
	if (figuresPages.includes(`/${page}`))
		beside.set(c.req.raw, readAlong(c, [savedViewsOf(c.env.DB, site), allNotes(c.env.DB, site)]));
	const caller = await callerOf(c);
	if (caller?.kind !== "login") return showMessage(c, "sign-in");
	const isLook = c.req.method === "GET" || c.req.method === "HEAD";
	// What is saved is everybody's own.
	const may = (isLook && !ownersPages.includes(page)) || page === "saved" ? mayRead : mayOwn;
	if (!may(caller, site)) return showMessage(c, "not-found");
	return next();
});

dashboard.get("/sites/:site/operation", async (c) => {
	const site = await siteOf(c.env, c.req.param("site"));
	const nonce = makeSecret();
	const status = await statusOfPlace(c.env, Date.now(), site.id);
	return sendPage(c, renderOperation({ site, status, language: requestLanguage(c), nonce, paths, style }), nonce);
});

dashboard.route(
	"/sites/:site",
	dashboardRoutes<{ Bindings: Env }>({
		...pageDeps,
		now: Date.now,
		siteFor: (c) => siteOf(c.env, c.req.param("site") ?? ""),
		statsFor: async (c, id) => statsOf(c.env, await siteOf(c.env, id), momentOf(c)),
		isOwner: async (c, id) => mayOwn(await callerOf(c), id),
		privacyFor: async (c, id) =>
			privacyFacts(c.env, await siteOf(c.env, id), mayOwn(await callerOf(c), id), Date.now()),
		setupFor: async (c, id) => setupFor(c, await siteOf(c.env, id)),
		picturesFor: (c, id, page) => picturesOf(c.env.DB, id, page),
		notesFor: notesBeside,
		savedFor: savedBeside,
		presentFor: async (c, id) => momentOf(c).open?.present ?? viewsNow(c.env, await siteOf(c.env, id)),
		closedFor: (_c, id) => closedMark(id),
		recentFor: async (c, id) => recentNow(c.env, await siteOf(c.env, id), Date.now()),
		async noteExport(c, id, about) {
			const caller = await callerOf(c);
			if (caller) await noteExport(c, caller, id, about);
		},
	}),
);
