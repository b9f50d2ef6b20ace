/** Released figures for tests of the partner's page: seeded, the same every time, as noisy as a real release of ε = 1. */
import { addDays, type Grain, periodsBetween } from "../../schema/period.ts";
import type { Dates } from "../../worker/dashboard/partner/range.ts";
import type { PartnerSource } from "../../worker/dashboard/partner/source.ts";
import type { Noisy } from "../../worker/release/interval.ts";
import { randomOf } from "./fixture-figures.ts";

/** A cell of every day: the mean, and noise that is a sum of twelve uniform ones. */
function cellOf(name: string, mean: number, sigma2: number, dates: Dates, grain: Grain): Noisy {
	const labels = periodsBetween(dates.from, dates.to, grain);
	let value = 0;
	for (const label of labels) {
		const random = randomOf(
			[...`${name} ${label}`].reduce((sum, char) => Math.imul(sum ^ char.charCodeAt(0), 16777619), 7),
		);
		const noise = Array.from({ length: 12 }, random).reduce((sum, part) => sum + part, -6);
		value += Math.round(mean + noise * Math.sqrt(sigma2));
	}
	return { value, sigma2: sigma2 * labels.length };
}

export interface PartnerSketch {
	/** Browsers a period. */
	visitors: number;
	pages?: readonly string[];
	/** Released dates; none where nothing is out yet. */
	released?: Dates | undefined;
	grain?: Grain;
	groups?: "all" | "few";
	/** Browsers a period before this date, where that is something else. */
	earlier?: { until: string; visitors: number };
}

const shares = [0.42, 0.21, 0.19, 0.115, 0.063, 0.06, 0.01];
const histogram = [0.02, 0.04, 0.12, 0.16, 0.16, 0.14, 0.12, 0.06, 0.05, 0.04, 0.03, 0.02, 0.02, 0.01, 0.01, 0];
const dwell = [0.1, 0.2, 0.22, 0.18, 0.16, 0.09, 0.04, 0.01];

export function partnerFixture(sketch: PartnerSketch): PartnerSource {
	const { visitors, grain = "day", groups = "all", earlier } = sketch;
	const pages = sketch.pages ?? [
		"/turer/geiranger",
		"/bestill",
		"/priser",
		"/turer",
		"/rutetider",
		"/om-oss",
		"/kontakt",
	];
	const all = groups === "all";
	const sum = (name: string, share: number, sigma2: number, dates: Dates): Noisy => {
		if (!earlier || dates.to >= earlier.until) return cellOf(name, visitors * share, sigma2, dates, grain);
		return cellOf(name, earlier.visitors * share, sigma2, dates, grain);
	};
	const named = (group: string, of: Record<string, number>, dates: Dates) =>
		Object.entries(of).map(([key, share]) => ({ key, ...sum(`${group} ${key}`, share, 436, dates) }));
	const parts = (name: string, of: readonly number[], share: number, sigma2: number, dates: Dates) =>
		of.map((part, index) => sum(`${name} ${index}`, part * share, sigma2, dates));
	const sums = async (dates: Dates) => ({
		sample: false,
		periods: periodsBetween(dates.from, dates.to, grain).length,
		visitors: sum("site", 1, 436, dates),
		pages: pages.map((page, index) => {
			const share = shares[index] ?? 0.01;
			const last = index === pages.length - 1 && index > 2;
			const periods = periodsBetween(dates.from, dates.to, grain).length;
			return {
				page,
				...sum(`page ${page}`, share, 349, dates),
				periods: last ? Math.ceil(periods / 2) : periods,
				...(all ? { dwell: parts(`dwell ${page}`, dwell, share, 872, dates) } : {}),
			};
		}),
		lists: all
			? {
					channel: named(
						"channel",
						{ search: 0.44, direct: 0.3, referral: 0.12, social: 0.08, email: 0.04, campaign: 0.01, assistant: 0.01 },
						dates,
					),
					device: named("device", { mobile: 0.61, desktop: 0.33, tablet: 0.05, other: 0.01 }, dates),
					country: named("country", { NO: 0.8, SE: 0.08, DE: 0.05, "(other)": 0.07 }, dates),
				}
			: {},
		vitals: all
			? {
					lcp: parts("lcp", histogram, 0.9, 654, dates),
					inp: parts("inp", histogram, 0.6, 654, dates),
					cls: parts("cls", histogram, 0.9, 654, dates),
				}
			: {},
	});
	return {
		release: {
			id: "r1",
			site: "nordfjordturer.no",
			audience: "Fjordbuss AS",
			timeZone: "Europe/Oslo",
			grain,
			unlisted: true,
		},
		released: sketch.released,
		sums,
		headline: sums,
		visitors: async (ranges) => ranges.map((dates) => sum("site", 1, 436, dates)),
	};
}

/** So many days that end on a date. */
export function releasedUntil(to: string, days: number): Dates {
	return { from: addDays(to, 1 - days), to };
}
