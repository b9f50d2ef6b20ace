/** The set-up of a site about which nothing is known yet, as the dashboard's pages get it. */
import type { SetupInput } from "../../worker/dashboard/setup/cards.tsx";
import { judgeSetup } from "../../worker/setup/judge.ts";

const site = { id: "demo", timeZone: "Europe/Oslo" };

export const setupFixture: Omit<SetupInput, "language"> = {
	setup: judgeSetup(
		{ ...site, origins: ["https://www.example.no"], grain: "day", k: 5 },
		{ sightings: [], look: null, periods: [], closed: false },
		Date.parse("2026-11-22T12:00:00Z"),
	),
	site,
	origin: "https://stats.example.no",
	probes: ["/gate/demo/banner.js"],
	sources: ["banner", "manual", "wix"],
};
