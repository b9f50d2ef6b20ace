/**
 * Browsers that behave as the collector does: visits of several views, cumulative reports with rising seq, the settled
 * previous view in one array with the next, and every report offered again until it is acknowledged. Leaves out delivery.
 */
import { bucketOf } from "../../../schema/buckets.ts";
import { visitGapMs, visitMaxMs } from "../../../schema/limits.ts";
import { type Grain, periodAt } from "../../../schema/period.ts";
import type { Report } from "../../../schema/report.ts";
import { countedIn } from "../../../schema/tree-rules.ts";
import { makeReport, settings } from "../support.ts";

interface Origin {
	device: "desktop" | "mobile";
	channel: NonNullable<NonNullable<Report["visit"]>["channel"]>;
	/** How long the periods of the site are; a day where nothing is said. */
	grain?: Grain;
}

export class Browser {
	readonly #id: string;
	/** Of what its reports hold besides. */
	readonly #seed: number;
	readonly #site: string;
	readonly #origin: Origin;
	/** Newest report of each view, oldest view first. */
	readonly #views: Report[] = [];
	/** Views whose newest report is not acknowledged. */
	readonly #unconfirmed = new Set<string>();
	/** What it has touched, by period. */
	readonly #seen = new Map<string, Set<string>>();
	#count = 0;
	#began = 0;
	#acted = 0;

	constructor(id: string, site: string, origin: Origin) {
		this.#id = id;
		this.#seed = [...id].reduce((sum, sign) => 31 * sum + sign.charCodeAt(0), 0);
		this.#site = site;
		this.#origin = origin;
	}

	/** A new view: the next of the visit while that is open, else the first of a new one. */
	visit(page: string, now: number): void {
		const last = this.#views.at(-1);
		const isOpen = last && Math.abs(now - this.#acted) <= visitGapMs && now - this.#began <= visitMaxMs;
		if (last?.visit && isOpen) {
			const settled: Report = { ...last, seq: last.seq + 2, visit: { ...last.visit, continued: true } };
			this.#keep({ ...settled, leaving: { how: "link", certain: true } });
		} else {
			this.#began = now;
		}
		this.#acted = now;
		const period = isOpen ? last.period : periodAt(now, this.#origin.grain ?? settings.grain, settings.timeZone);
		const report = makeReport("a-simulated-policy", {
			view: `${this.#id}-${this.#count++}`.padStart(22, "v"),
			period,
			page,
			device: this.#origin.device,
			index: isOpen ? (last.visit?.index ?? 0) + 1 : 1,
			...(isOpen ? { before: last.place.page } : { channel: this.#origin.channel }),
			...(this.#seen.has(period) ? {} : { gap: Math.min(31, this.#seen.size + 1) }),
			parts: this.#seed + this.#count,
		});
		this.#keep({ ...report, site: this.#site, first: [] });
	}

	/** More is known of the current view. */
	grow(how: NonNullable<Report["leaving"]>["how"], clicks: number): void {
		const last = this.#views.at(-1);
		if (!last?.time) return;
		this.#keep({
			...last,
			seq: last.seq + 1,
			leaving: { how, certain: true },
			time: { ...last.time, engaged: bucketOf(1000 * last.seq) },
			interaction: { ...last.interaction, scroll: 7, clicks: clicks === 0 ? [] : [["main a", clicks]] },
		});
	}

	#keep(report: Report): void {
		const seen = this.#seen.get(report.period) ?? new Set();
		this.#seen.set(report.period, seen);
		const marks = countedIn(report).flatMap(([tree, key, mark]) => {
			if (seen.has(`${tree} ${key}`)) return [];
			seen.add(`${tree} ${key}`);
			return [mark];
		});
		const known = this.#views.findIndex(({ view }) => view === report.view);
		this.#views.splice(known < 0 ? this.#views.length : known, 1, { ...report, first: [...report.first, ...marks] });
		this.#unconfirmed.add(report.view);
	}

	/** The newest reports of all views that wait, oldest first. */
	waiting(): Report[] {
		return this.#views.filter(({ view }) => this.#unconfirmed.has(view));
	}

	/** Its visits, views in order, oldest first. */
	visits(): Report[][] {
		const visits: Report[][] = [];
		for (const report of this.#views) {
			if (report.visit?.index === 1) visits.push([]);
			visits.at(-1)?.push(report);
		}
		return visits;
	}

	/** Forgets views that it had erased. What it does next begins a new visit. */
	forget(views: string[]): void {
		this.#began = Number.NEGATIVE_INFINITY;
		for (const view of views) {
			this.#unconfirmed.delete(view);
			this.#views.splice(
				this.#views.findIndex((report) => report.view === view),
				1,
			);
		}
	}

	confirm(reports: Report[]): void {
		for (const report of reports) if (this.#views.includes(report)) this.#unconfirmed.delete(report.view);
	}
}
