/** What the pages that show a set-up are drawn from, for an owner: looking at them is what starts the notes (worker/setup/watch.ts). */
import type { Context } from "hono";
import { gates, paths } from "../../../dist/assets.ts";
import type { Env } from "../../env.ts";
import { setupOf } from "../../setup/state.ts";
import { watchSite } from "../../setup/watch.ts";
import type { Site } from "../../sites/sites.ts";
import type { SetupInput } from "./cards.tsx";

export async function setupFor(
	c: Context<{ Bindings: Env }>,
	site: Site,
	now = Date.now(),
): Promise<Omit<SetupInput, "language">> {
	await watchSite(c.env, site, now);
	const { origin } = new URL(c.req.url);
	return {
		setup: await setupOf(c.env, site, now),
		site,
		origin,
		probes: [`/gate/${site.id}/banner.js`, `${paths.code}collector.js`],
		sources: Object.keys(gates),
	};
}
