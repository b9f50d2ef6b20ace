/** The dashboard fixture's lists of names: sources, countries, devices, hours, elements, events, requests, goals. */
import type { Answer, MainFigures, PageRow, Range, Stats } from "../../worker/stats/answers.ts";
import { phases } from "../../worker/stats/rows.ts";
import {
	browsers,
	channels,
	countries,
	devices,
	elements,
	figureOf,
	forms,
	languages,
	medianMs,
	resources,
	speeds,
	split,
	systems,
	timesOf,
} from "./fixture-figures.ts";

interface Basis {
	answer(range: Range): Answer;
	visitsIn(range: Range): number;
	viewsOf(visits: number): number;
	pageRows(range: Range): PageRow[];
}

type Lists = Omit<Stats, "summary" | "timeline" | "pages" | "flows" | "leaving" | "vitals">;
type Shares = readonly (readonly [name: string, share: number, ...unknown[]])[];

/** Splits a whole number by the shares of a table. */
function splitBy(total: number, table: Shares): number[] {
	return split(
		total,
		table.map(([, share]) => share),
	);
}

function listed<Row>(rows: Row[], { limit, offset = 0 }: Range) {
	return { rows: rows.slice(offset, limit === undefined ? undefined : offset + limit), total: rows.length };
}

export function listsOf({ answer, visitsIn, viewsOf, pageRows }: Basis): Lists {
	const mainOf = (visits: number): MainFigures => ({
		views: viewsOf(visits),
		visits,
		bounces: Math.round(visits * 0.38),
		engagedMs: timesOf(100_000, viewsOf(visits)),
		lcp: figureOf("lcp", medianMs.lcp, viewsOf(visits)),
		inp: figureOf("inp", medianMs.inp, viewsOf(visits)),
		ttfb: figureOf("ttfb", medianMs.ttfb, viewsOf(visits)),
	});
	const mainRows = (visits: number, table: Shares) =>
		splitBy(visits, table).map((part, at) => ({ name: table[at]?.[0] ?? "", ...mainOf(part) }));
	const bySpeed = (visits: number) =>
		speeds.map(([speed, share, , reached]) => ({
			speed,
			visits: Math.round(visits * share),
			reached: Math.round(visits * share * reached),
		}));

	return {
		async channels(range) {
			const visits = splitBy(visitsIn(range), channels);
			const hosts = { search: ["google.no", "bing.com", "duckduckgo.com"], referral: ["fjordnorway.example"] };
			const rows = channels.map(([channel], index) => {
				const names = channel === "search" || channel === "referral" ? hosts[channel] : [];
				const parts = split(
					visits[index] ?? 0,
					names.map((_, place) => 1 / (place + 1)),
				);
				return {
					channel,
					visits: visits[index] ?? 0,
					bounces: Math.round((visits[index] ?? 0) * (0.3 + index * 0.04)),
					referrers: names.map((host, place) => ({ host, visits: parts[place] ?? 0 })),
					campaigns: channel === "email" ? [{ campaign: "host-2026", ...mainOf(visits[index] ?? 0) }] : [],
				};
			});
			return { ...answer(range), ...listed(rows, range) };
		},
		async countries(range) {
			const rows = mainRows(visitsIn(range), countries).map(({ name, ...row }) => ({ country: name, ...row }));
			return {
				...answer(range),
				...listed(rows, range),
				languages: mainRows(visitsIn(range), languages).map(({ name, ...row }) => ({ language: name, ...row })),
			};
		},
		async devices(range) {
			const visits = splitBy(visitsIn(range), devices);
			const rows = devices.map(([device, , slower], index) => {
				const views = viewsOf(visits[index] ?? 0);
				return {
					device,
					views,
					visits: visits[index] ?? 0,
					engagedMs: timesOf(100_000, views),
					lcp: figureOf("lcp", medianMs.lcp * slower, views),
					inp: figureOf("inp", medianMs.inp * slower, views),
					cls: figureOf("cls", medianMs.cls, views),
					browsers: mainRows(visits[index] ?? 0, browsers).map(({ name, ...row }) => ({ browser: name, ...row })),
				};
			});
			return {
				...answer(range),
				...listed(rows, range),
				systems: mainRows(visitsIn(range), systems).map(({ name, ...row }) => ({ os: name, ...row })),
			};
		},
		async hours(range) {
			const weights = Array.from({ length: 168 }, (_, hour) => 1.1 - Math.cos(((hour % 24) / 12) * Math.PI));
			const rows = split(visitsIn(range), weights).map((visits, hour) => ({ hour, ...mainOf(visits) }));
			return { ...answer(range), ...listed(rows, range) };
		},
		async elements(range) {
			const views = new Map(pageRows(range).map((row) => [row.page, row.views]));
			const isAsked = ({ page }: { page: string }) => range.page === undefined || page === range.page;
			const rows = elements
				.map(([page, element, share, rage, dead, afterError]) => {
					const clicked = Math.round((views.get(page) ?? 0) * share);
					return {
						page,
						element,
						clicks: Math.round(clicked * 1.2),
						views: clicked,
						rage: Math.round(clicked * rage),
						dead: Math.round(clicked * dead),
						afterError: Math.round(clicked * afterError),
						lcp: figureOf("lcp", medianMs.lcp * 1.2, element.includes("img") ? clicked : 0),
						inp: figureOf("inp", medianMs.inp, clicked),
					};
				})
				.filter((row) => row.views > 0 && isAsked(row));
			const begun = forms.map(([page, form, share, givenUp, fields]) => {
				const started = Math.round((views.get(page) ?? 0) * share);
				const abandoned = Math.round(started * givenUp);
				const named = fields.map(([field, part]) => ({ field, abandoned: Math.floor(abandoned * part) }));
				return { page, form, started, submitted: started - abandoned, abandoned, fields: named };
			});
			const seen = [...views].filter(([page]) => isAsked({ page })).reduce((sum, [, n]) => sum + n, 0);
			return {
				...answer(range),
				page: range.page ?? null,
				...listed(rows, range),
				forms: begun.filter((form) => form.started > 0 && isAsked(form)),
				scroll: split(seen, [1, 3, 6, 9, 10, 11, 12, 12, 11, 9, 16]).map((n, tenth) => ({ tenth, views: n })),
			};
		},
		async events(range) {
			const times = Math.round(visitsIn(range) * 0.05);
			const part = (share: number) => Math.round(times * share);
			const happened = (share: number) => ({ times: part(share), views: part(share * 0.9) });
			const language = (value: string, share: number) => ({ property: "sprak", value, ...happened(share) });
			const rows = [
				{ event: "bestilling", ...happened(1), properties: [language("nb", 0.7), language("en", 0.2)] },
				{ event: "nyhetsbrev", ...happened(0.4), properties: [] },
				{ event: "(other)", ...happened(0.05), properties: [] },
			];
			return {
				...answer(range),
				...listed(times > 0 ? rows : [], range),
				downloads: times > 0 ? [{ file: "/brosjyre.pdf", ...happened(0.3) }] : [],
				outbound: [
					{ host: "yr.example", ...happened(1) },
					{ host: "fjordnorway.example", ...happened(0.6) },
				],
				errors: times > 0 ? [{ error: "TypeError @ /kart.js:112", ...happened(0.2) }] : [],
				searches: times > 0 ? [{ page: "/turer", views: part(0.5) }] : [],
				notFound: times > 0 ? [{ page: "/gammel-side", views: part(0.08) }] : [],
			};
		},
		async responses(range) {
			const n = viewsOf(visitsIn(range));
			const medians = { waiting: 2, cache: 4, dns: 12, connect: 40, request: 210, response: 60 };
			const phaseTimes = (count: number) =>
				Object.fromEntries(phases.map((phase) => [phase, timesOf(medians[phase], count)])) as Record<
					(typeof phases)[number],
					ReturnType<typeof timesOf>
				>;
			const rows = pageRows(range).map(({ page, views }) => ({
				page,
				ttfb: figureOf("ttfb", medianMs.ttfb, views),
				phases: phaseTimes(views),
			}));
			return {
				...answer(range),
				...listed(rows, range),
				phases: phaseTimes(n),
				vitals: {
					ttfb: figureOf("ttfb", medianMs.ttfb, n),
					lcp: figureOf("lcp", medianMs.lcp, n),
					inp: figureOf("inp", medianMs.inp, n),
				},
				lcpParts: { delay: timesOf(420, n), load: timesOf(610, n), render: timesOf(90, n) },
				inpParts: { input: timesOf(14, n), processing: timesOf(52, n), presentation: timesOf(38, n) },
				limits: { ttfb: [800, 1800], lcp: [2500, 4000], inp: [200, 500] },
			};
		},
		async resources(range) {
			const rows = resources.map(([kind, name, share, median]) => {
				const requests = Math.round(viewsOf(visitsIn(range)) * share);
				const durationMs = timesOf(median, requests);
				return { kind, name, requests, failed: Math.round(requests * 0.01), durationMs, costMs: requests * median };
			});
			return { ...answer(range), ...listed(rows, range) };
		},
		async goals(range) {
			const visits = visitsIn(range);
			const reached = bySpeed(visits).reduce((sum, row) => sum + row.reached, 0);
			const row = {
				goal: "Bestilling",
				kind: "page" as const,
				match: "/takk",
				reached,
				rate: visits === 0 ? null : reached / visits,
				bySpeed: bySpeed(visits),
			};
			return { ...answer(range), ...listed([row], range), visits };
		},
		async funnels(range) {
			const visits = visitsIn(range);
			const steps = ["/turer*", "/bestill", "/takk"].map((match, at) => ({
				step: at + 1,
				kind: "page" as const,
				match,
				reached: Math.round(visits * ([0.4, 0.11, 0.05][at] ?? 0)),
			}));
			return { ...answer(range), ...listed([{ funnel: "Fra tur til bestilling", steps }], range), visits };
		},

		async grants(range) {
			const { to } = answer(range).range;
			const grants = Math.round(visitsIn(range) * 0.6);
			const row = { period: to, date: to, policy: "kZCUtsdECgErsb88", by: "banner", material: true, grants };
			return { ...answer(range), ...listed([row], range) };
		},
	};
}
