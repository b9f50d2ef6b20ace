/** One page of the dashboard over fixture figures as HTML, from the real routes, without a browser. */
import { Hono } from "hono";
import type { Note } from "../../schema/note.ts";
import type { PrivacyFacts } from "../../worker/dashboard/privacy/facts.ts";
import { dashboardRoutes } from "../../worker/dashboard/routes.tsx";
import type { Range, Stats } from "../../worker/stats/answers.ts";
import { privacyFixture } from "./privacy-fixture.ts";
import { setupFixture } from "./setup-fixture.ts";

/** `path` is below the site's own: /paths?p=7d. The reader owns the site where the facts tell what is shared. */
export async function openPage(
	stats: Stats,
	path: string,
	facts: PrivacyFacts = privacyFixture,
	notes: readonly Note[] = [],
): Promise<string> {
	const routes = dashboardRoutes({
		siteFor: async () => ({ id: "demo", name: "Nordfjord", timeZone: "Europe/Oslo" }),
		statsFor: async () => stats,
		isOwner: async () => facts.shared !== undefined,
		privacyFor: async () => facts,
		setupFor: async () => setupFixture,
		notesFor: async () => notes,
		paths: { script: "/code/0/dashboard.js", font: "/code/0/hg.woff2" },
		style: () => "body{margin:0}",
		now: () => Date.parse("2026-11-22T12:00:00Z"),
		nonce: () => "abc",
	});
	return (await new Hono().route("/sites/:site", routes).request(`/sites/demo${path}`)).text();
}

/** What a reader sees: no tags, no style. */
export function readText(html: string): string {
	return html
		.replace(/<style.*?<\/style>/s, "")
		.replace(/<[^>]+>/g, " ")
		.replace(/[\s\u00a0]+/g, " ");
}

/** The part of a page that has this id: a panel. */
export function panelOf(html: string, id: string): string {
	const from = html.indexOf(`id="${id}"`);
	return from < 0 ? "" : html.slice(from, html.indexOf("</section>", from));
}

/** The same figures, and every call they are asked for. */
export function spiedOn(stats: Stats): { stats: Stats; asked: { name: string; range: Range }[] } {
	const asked: { name: string; range: Range }[] = [];
	const spied = Object.entries(stats).map(([name, ask]) => [
		name,
		(range: Range & { page: string }) => {
			asked.push({ name, range });
			return ask(range);
		},
	]);
	return { stats: Object.fromEntries(spied) as Stats, asked };
}
