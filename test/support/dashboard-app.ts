/** The real dashboard routes over fixture figures, served in Node: what the browser tests open. */
import { Hono } from "hono";
import type { Note } from "../../schema/note.ts";
import { besideType, buildDashboard } from "../../scripts/build-dashboard.ts";
import type { Recent } from "../../worker/book/recent.ts";
import type { PrivacyFacts } from "../../worker/dashboard/privacy/facts.ts";
import { dashboardRoutes, sendMessage } from "../../worker/dashboard/routes.tsx";
import { styleFrom } from "../../worker/dashboard/style.ts";
import type { SavedView } from "../../worker/saved/store.ts";
import type { Stats } from "../../worker/stats/answers.ts";
import { type NodeServer, serveFetch } from "./node-server.ts";
import { privacyFixture } from "./privacy-fixture.ts";
import { busyRecent } from "./recent-fixture.ts";
import { setupFixture } from "./setup-fixture.ts";

export interface DashboardApp extends NodeServer {
	/** Sites by their id; a test may put other figures in at any time. */
	sites: Record<string, Stats>;
	/** The last half hour of a site, where it is not the busy one. */
	recents: Record<string, Recent>;
	/** Path and query of every request, in order. */
	requests: string[];
}

const paths = { script: "/code/0/dashboard.js", font: "/code/0/hg.woff2" };

export async function startDashboard(input: {
	sites: Record<string, Stats>;
	now: number;
	privacy?: PrivacyFacts;
	/** Notes by site. */
	notes?: Record<string, Note[]>;
	/** Saved views by site. */
	saved?: Record<string, SavedView[]>;
	port?: number;
}): Promise<DashboardApp> {
	const { script, beside, style, sheets, font } = await buildDashboard();
	const { sites } = input;
	const requests: string[] = [];
	let answers = 0;
	const deps = {
		paths,
		style: styleFrom(style, sheets),
		now: () => input.now,
		nonce: () => `n${answers++}`,
		siteFor: async (c: { req: { param(name: string): string | undefined } }) => {
			const id = c.req.param("site") ?? "";
			return sites[id] ? { id, name: "nordfjordturer.no", timeZone: "Europe/Oslo" } : null;
		},
		statsFor: async (_c: unknown, id: string) => {
			const stats = sites[id];
			if (!stats) throw new Error(`no figures for ${id}`);
			return stats;
		},
		isOwner: async () => true,
		privacyFor: async () => input.privacy ?? privacyFixture,
		notesFor: async (_c: unknown, id: string, { from, to }: { from: string; to: string }) =>
			(input.notes?.[id] ?? []).filter((note) => note.from <= to && note.to >= from),
		savedFor: async (_c: unknown, id: string) => input.saved?.[id] ?? [],
		presentFor: async () => 3,
		setupFor: async () => setupFixture,
		recentFor: async (_c: unknown, id: string) => started.recents[id] ?? busyRecent(input.now),
	};
	const app = new Hono();
	app.use(async (c, next) => {
		const { pathname, search } = new URL(c.req.url);
		requests.push(pathname + search);
		await next();
	});
	app.get(paths.script, (c) => c.body(script, 200, { "content-type": "text/javascript" }));
	for (const [name, body] of Object.entries(beside))
		app.get(`/code/0/${name}`, (c) => c.body(body, 200, { "content-type": besideType(name) }));
	app.get(paths.font, (c) => c.body(new Uint8Array(font), 200, { "content-type": "font/woff2" }));
	app.get("/gate/*", (c) => c.body(null, 200)); // an unvisited site's page tries whether it comes
	app.get("/message", (c) => sendMessage(c, "sign-in", deps));
	app.route("/sites/:site", dashboardRoutes(deps));
	const server = await serveFetch((request) => app.fetch(request), input.port ?? 0);
	const started: DashboardApp = { ...server, sites, recents: {}, requests };
	return started;
}
