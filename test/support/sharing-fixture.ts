/** What the owner's pages about sharing show in tests: a release in use, a new one, one that has ended, and a plan. */
import type { NewRelease } from "../../worker/dashboard/sharing/new-page.tsx";
import type { SharingInput } from "../../worker/dashboard/sharing/page.tsx";
import { emptyForm } from "../../worker/dashboard/sharing/typed.ts";
import type { OwnedRelease } from "../../worker/release/answers.ts";

const month = { periods: 31, epsilon: 6.02, delta: 1e-6 };
const year = { periods: 366, epsilon: 24.3, delta: 1e-6 };
const budget = { epsilon: 1, delta: 1e-6, month, year };
const created = Date.parse("2026-09-01T12:00:00Z");

const inUse: OwnedRelease = {
	release: "abcdefgh12345678",
	site: "nordfjordturer.no",
	name: "Buss til turene",
	audience: "Fjordbuss AS",
	period: "week",
	grain: "day",
	timeZone: "Europe/Oslo",
	groups: ["site", "page", "channel"],
	pages: ["/", "/priser"],
	countries: [],
	unlisted: false,
	epsilon: 1,
	delta: 1e-6,
	k: 5,
	released: { from: "2026-09-07", to: "2026-11-22" },
	frames: ["https://www.fjordbuss.example"],
	webhook: "https://www.fjordbuss.example/hook",
	samples: false,
	created: new Date(created).toISOString(),
	starts: "2026-09-07",
	ended: null,
	budget,
	spent: { month, year: { periods: 77, epsilon: 9.9, delta: 1e-6 } },
};
const fresh: OwnedRelease = {
	...inUse,
	release: "ijklmnop12345678",
	name: "Kommunen",
	audience: "Nordfjord kommune",
	released: null,
	frames: [],
	webhook: null,
	spent: { month: { periods: 0, epsilon: 0, delta: 1e-6 }, year: { periods: 0, epsilon: 0, delta: 1e-6 } },
};
const site = { id: "tur", name: "nordfjordturer.no" };

export const sharingFixture: SharingInput = {
	site,
	shared: [
		{
			release: inUse,
			people: [
				{ account: "1", name: "Kari Nordmann", granted: created, seen: "2026-11-20" },
				{ account: "2", name: "Ola Nordmann", granted: created, seen: null },
			],
			invitations: [{ id: "hash", name: "Per Fjordbuss", expires: created + 7 * 86_400_000 }],
			keys: [{ name: "henter", created, seen: "2026-11-22" }],
			webhook: { key: "k".repeat(43), told: "2026-11-22", waiting: 0 },
		},
		{ release: fresh, people: [], invitations: [], keys: [] },
	],
	ended: [{ ...inUse, release: "qrstuvwx12345678", name: "Prøven", ended: "2026-08-01T10:00:00.000Z" }],
	made: { release: inUse.release, kind: "invitation", text: `https://stats.example.no/invitation/${"x".repeat(43)}` },
	faulty: { release: fresh.release, field: "webhook", typed: "http://www.example.no" },
};

export const newReleaseFixture: NewRelease = {
	site: { ...site, grain: "day" },
	typed: { ...emptyForm("day"), name: "Buss til turene", audience: "Fjordbuss AS", unlisted: "on" },
	wrong: { field: "countries", detail: "Countries are written as two capital letters." },
	plan: {
		pages: ["/"],
		starts: "2026-11-30",
		basis: { from: "2026-11-08", to: "2026-11-21", periods: 14 },
		shown: { pages: 7, share: 0.83 },
		groups: [
			{ group: "site", plusMinus: 41, ofPeriod: 109 },
			{ group: "page", plusMinus: 37, ofPeriod: 97 },
		],
		threshold: 105,
		budget,
		together: { releases: 2, epsilon: 1.42, delta: 1e-6 },
	},
	planned: "hash",
	changed: true,
	samples: false,
};
