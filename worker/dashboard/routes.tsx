/** The dashboard's routes, to be mounted behind sign-in at /sites/:site: the pages of figures, the live figures, the set-up. */
import { type Context, type Env, Hono } from "hono";
import type { Note } from "../../schema/note.ts";
import { dateOf } from "../../schema/period.ts";
import type { Recent } from "../book/recent.ts";
import type { PagePicture } from "../pictures/pictures.ts";
import type { SavedView } from "../saved/store.ts";
import type { Setup } from "../setup/judge.ts";
import type { Stats } from "../stats/answers.ts";
import { viewFiles } from "./export/view.ts";
import { writeZip } from "./export/zip.ts";
import { formatOf, type Language, languages } from "./format.ts";
import { messagesOf } from "./frame.ts";
import { type AssetPaths, contentPolicy } from "./layout.tsx";
import { contentOnlyHeader, type LiveFigures } from "./live-figures.ts";
import { lookAheadHeader } from "./look-ahead.ts";
import { type MessageKind, renderMessage } from "./message.tsx";
import { renderNow } from "./now/page.tsx";
import { liveFigures } from "./panels/live.tsx";
import type { PrivacyFacts } from "./privacy/facts.ts";
import { type DashboardSite, renderSection, type Section } from "./section.tsx";
import { sections } from "./sections.ts";
import type { SetupInput } from "./setup/cards.tsx";
import { renderSetup, withSetup } from "./setup/page.tsx";
import type { StyleOf } from "./style.ts";

export interface DashboardDeps<E extends Env> {
	/** The site of the request's path, or null where there is none that this login may see. */
	siteFor(c: Context<E>): Promise<DashboardSite | null>;
	statsFor(c: Context<E>, siteId: string): Promise<Stats>;
	/** Page views open right now, asked for after the figures; leave it out where that is not known. */
	presentFor?(c: Context<E>, siteId: string): Promise<number>;
	/** Changes whenever the figures of closed periods do; asked for after the figures. Leave it out where that is not known. */
	closedFor?(c: Context<E>, siteId: string): string | undefined;
	/** The last half hour; leave it out where that is not known: then there is no live page. */
	recentFor?(c: Context<E>, siteId: string): Promise<Recent>;
	/** Told before somebody is given a file of figures; `about` names the page. */
	noteExport?(c: Context<E>, siteId: string, about: string): Promise<void>;
	/** Whether whoever asks owns the site. */
	isOwner(c: Context<E>, siteId: string): Promise<boolean>;
	/** What the page about privacy tells besides figures, to owners and viewers as is theirs. */
	privacyFor(c: Context<E>, siteId: string): Promise<PrivacyFacts>;
	/** How far the site's set-up is, for its owner. */
	setupFor(c: Context<E>, siteId: string): Promise<Omit<SetupInput, "language">>;
	/** The pictures of a page for its click map; leave it out where there are none. */
	picturesFor?(c: Context<E>, siteId: string, page: string): Promise<PagePicture[]>;
	/** The owner's notes that touch a span of local dates, in the order of theirs; leave it out where there are none. */
	notesFor?(c: Context<E>, siteId: string, span: { from: string; to: string }): Promise<readonly Note[]>;
	/** The views that are saved, for the menu; leave it out where none can be. */
	savedFor?(c: Context<E>, siteId: string): Promise<readonly SavedView[]>;
	paths: AssetPaths;
	style: StyleOf;
	/** ms since 1970. */
	now(): number;
	/** Unguessable, a new one for every answer. */
	nonce(): string;
}

/** `?lang=`, else the first language of the browser that we speak, else Norwegian. */
export function languageOf(asked: string | undefined, acceptLanguage: string | undefined): Language {
	const wanted = [asked ?? "", ...(acceptLanguage ?? "").split(",").map((part) => part.trim().slice(0, 2))];
	for (const name of wanted) {
		const code = name === "no" || name === "nn" ? "nb" : name;
		const known = languages.find((language) => language === code);
		if (known) return known;
	}
	return "nb";
}

export function requestLanguage(c: Context): Language {
	return languageOf(c.req.query("lang"), c.req.header("accept-language"));
}

/** An HTML page with the headers every page has; the nonce is the one it was drawn with. */
export function sendPage(c: Context, html: string, nonce: string, status: 200 | 401 | 404 | 410 | 500 = 200): Response {
	return c.html(html, status, {
		"content-security-policy": contentPolicy(nonce),
		"cache-control": "private, no-store",
		"referrer-policy": "no-referrer",
		"x-content-type-options": "nosniff",
	});
}

const statusOf = {
	"sign-in": 401,
	expired: 410,
	"not-found": 404,
	"no-release": 404,
	"no-embedding": 404,
	error: 500,
} as const satisfies Record<MessageKind, number>;

/** A page that only says something, with the status that goes with it; for sign-in and error handlers outside too. */
export function sendMessage(
	c: Context,
	kind: MessageKind,
	deps: Pick<DashboardDeps<Env>, "paths" | "style" | "nonce">,
): Response {
	const nonce = deps.nonce();
	const language = requestLanguage(c);
	const html = renderMessage({ kind, language, nonce, paths: deps.paths, style: deps.style(), path: c.req.path });
	return sendPage(c, html, nonce, statusOf[kind]);
}

export function dashboardRoutes<E extends Env>(deps: DashboardDeps<E>): Hono<E> {
	const routes = new Hono<E>();

	const notesOf = (c: Context<E>, siteId: string) => async (span: { from: string; to: string }) =>
		(await deps.notesFor?.(c, siteId, span)) ?? [];

	const show = (section: Section) => async (c: Context<E>) => {
		const site = await deps.siteFor(c);
		if (!site) return sendMessage(c, "not-found", deps);
		const stats = await deps.statsFor(c, site.id);
		const nonce = deps.nonce();
		const url = new URL(c.req.url);
		const html = await renderSection(section, sections, {
			stats,
			site,
			query: url.searchParams,
			language: requestLanguage(c),
			now: deps.now(),
			nonce,
			paths: deps.paths,
			style: deps.style,
			home: section.path === "/" ? url.pathname : url.pathname.slice(0, -section.path.length),
			present: async () => deps.presentFor?.(c, site.id),
			closed: () => deps.closedFor?.(c, site.id),
			isOwner: await deps.isOwner(c, site.id),
			privacy: () => deps.privacyFor(c, site.id),
			setup: () => deps.setupFor(c, site.id),
			picturesOf: deps.picturesFor && (async (page) => deps.picturesFor?.(c, site.id, page) ?? []),
			notes: notesOf(c, site.id),
			saved: async () => deps.savedFor?.(c, site.id),
			contentOnly: c.req.header(contentOnlyHeader) !== undefined,
		});
		c.header("speculation-rules", lookAheadHeader(deps.paths.script));
		return sendPage(c, html, nonce);
	};
	for (const section of sections) routes.get(section.path, show(section));

	/** Everything a page of figures shows, in one archive; `of` names the page, the rest of the query is the page's own. */
	routes.get("/export.zip", async (c) => {
		const site = await deps.siteFor(c);
		const section = sections.find(({ name }) => name === c.req.query("of"));
		if (!site || !section) return sendMessage(c, "not-found", deps);
		const stats = await deps.statsFor(c, site.id);
		await deps.noteExport?.(c, site.id, `${section.name}.zip`);
		const { entries, from, to } = await viewFiles(section, {
			stats,
			query: new URL(c.req.url).searchParams,
			today: dateOf(deps.now(), site.timeZone),
			language: requestLanguage(c),
			privacy: () => deps.privacyFor(c, site.id),
			notes: notesOf(c, site.id),
		});
		return c.body(await writeZip(entries, deps.now()), 200, {
			"content-type": "application/zip",
			"content-disposition": `attachment; filename="${site.id}-${section.name}-${from}-${to}.zip"`,
			"cache-control": "private, no-store",
			"x-content-type-options": "nosniff",
		});
	});

	const { recentFor } = deps;
	if (recentFor)
		routes.get("/now", async (c) => {
			const site = await deps.siteFor(c);
			if (!site) return sendMessage(c, "not-found", deps);
			const language = requestLanguage(c);
			const nonce = deps.nonce();
			const html = renderNow({
				site: { ...site, isOwner: await deps.isOwner(c, site.id) },
				recent: await recentFor(c, site.id),
				language,
				home: c.req.path.slice(0, -"/now".length),
				nonce,
				paths: deps.paths,
				style: deps.style,
				contentOnly: c.req.header(contentOnlyHeader) !== undefined,
			});
			c.header("speculation-rules", lookAheadHeader(deps.paths.script));
			return sendPage(c, html, nonce);
		});

	async function liveOf(c: Context<E>, site: DashboardSite, setup: Setup | undefined): Promise<LiveFigures> {
		const stats = await deps.statsFor(c, site.id);
		const today = dateOf(deps.now(), site.timeZone);
		const summary = await stats.summary({ from: today, to: today });
		const present = await deps.presentFor?.(c, site.id);
		const language = requestLanguage(c);
		const closed = deps.closedFor?.(c, site.id);
		const live = liveFigures(summary, { present, closed }, messagesOf(language), formatOf(language));
		return setup ? withSetup(live, setup) : live;
	}

	/** `setup=1`: asked by a page that shows the set-up too. */
	routes.get("/live", async (c) => {
		const site = await deps.siteFor(c);
		if (!site) return c.body(null, 404);
		const isSetup = c.req.query("setup") === "1" && (await deps.isOwner(c, site.id));
		const setup = isSetup ? (await deps.setupFor(c, site.id)).setup : undefined;
		return c.json(await liveOf(c, site, setup), 200, { "cache-control": "private, no-store" });
	});

	routes.get("/setup", async (c) => {
		const site = await deps.siteFor(c);
		if (!site) return sendMessage(c, "not-found", deps);
		const known = await deps.setupFor(c, site.id);
		const nonce = deps.nonce();
		const html = renderSetup({
			...known,
			name: site.name,
			language: requestLanguage(c),
			chosen: c.req.query("source"),
			nonce,
			paths: deps.paths,
			style: deps.style,
			contentOnly: c.req.header(contentOnlyHeader) !== undefined,
			mark: (await liveOf(c, site, known.setup)).mark,
		});
		return sendPage(c, html, nonce);
	});

	return routes;
}
