/** Building blocks of the Worker's tests: a site, reports, and calls through the real entry. Clock and ids are arguments. */
import { env, exports } from "cloudflare:workers";
import { bucketOf } from "../../schema/buckets.ts";
import { addDays, dateOf } from "../../schema/period.ts";
import type { Report } from "../../schema/report.ts";
import type { Notice } from "../../schema/site.ts";
import { countedIn } from "../../schema/tree-rules.ts";
import { issueKey } from "../../worker/access/keys.ts";
import type { Env } from "../../worker/env.ts";
import { publish, versionsOf } from "../../worker/policies/publish.ts";
import { createSite, policyVersion, type SiteSettings } from "../../worker/sites/create.ts";
import { forgetSite } from "../../worker/sites/sites.ts";
import { seeded, withParts } from "./parts.ts";

export const testEnv = env as unknown as Env;
export const app = "https://stats.example.no";
export const shop = "https://www.example.no";

export const settings: SiteSettings = {
	id: "shop",
	name: "Shop",
	origins: [shop],
	timeZone: "Europe/Oslo",
	grain: "day",
	k: 5,
	notice: {
		languages: { nb: { title: "Måling", text: "Vi måler.", recipients: "Ingen.", retention: "25 måneder." } },
		purposes: ["performance", "visits", "interactions"],
		contact: "post@example.no",
	},
};

export const today = () => dateOf(Date.now(), settings.timeZone);
export const yesterday = () => addDays(today(), -1);

/** Creates the site, and returns its owner's key and its policy version. */
export async function openSite(site = settings): Promise<{ key: string; policy: string }> {
	await createSite(testEnv.DB, site);
	forgetSite(site.id);
	const key = await issueKey(testEnv.DB, { site: site.id, role: "owner", name: "test" });
	return { key, policy: await policyVersion(site.notice) };
}

/** Publishes a further version of the site's notice. */
export async function publishNext(change: Partial<Notice>, material = true, site = settings): Promise<string> {
	const latest = (await versionsOf(testEnv.DB, site.id)).at(-1);
	const notice = { ...(latest?.notice ?? site.notice), ...change };
	const { version } = await publish(testEnv.DB, site.id, { material, notice }, latest, Date.now());
	forgetSite(site.id);
	return version;
}

let lastView = 0;
/** A view id of the right form, never the same twice in a run. */
export function makeView(): string {
	return String(++lastView).padStart(22, "v");
}

interface Sketch {
	page?: string;
	before?: string;
	index?: number;
	continued?: boolean;
	how?: NonNullable<Report["leaving"]>["how"];
	channel?: NonNullable<Report["visit"]>["channel"];
	device?: Report["place"]["device"];
	period?: string;
	gap?: number;
	view?: string;
	seq?: number;
	/** What this browser has touched in the period; without it, every report comes from a browser of its own. */
	seen?: Set<string>;
	lcpMs?: number;
	engagedMs?: number;
	clicks?: [string, number][];
	/** Names of goals that the visit reached with this page view. */
	goals?: string[];
	/** Seed of everything else a report can hold; without it there is nothing of it. */
	parts?: number;
}

/** A whole, valid report from a sketch of what matters. */
export function makeReport(policy: string, sketch: Sketch = {}): Report {
	const index = sketch.index ?? 1;
	const bare: Report = {
		v: 2,
		site: settings.id,
		view: sketch.view ?? makeView(),
		seq: sketch.seq ?? 1,
		book: 0,
		consent: { policy, by: "banner", day: today(), purposes: ["performance", "visits", "interactions"] },
		period: sketch.period ?? today(),
		hour: 12,
		first: [],
		place: {
			page: sketch.page ?? "/",
			kind: "load",
			country: "NO",
			device: sketch.device ?? "desktop",
			browser: "Firefox",
			os: "Linux",
			language: "nb",
		},
		visit: {
			index,
			...(index === 1 ? { channel: sketch.channel ?? "direct" } : { before: sketch.before ?? "/" }),
			continued: sketch.continued ?? false,
			...(sketch.gap === undefined ? {} : { gap: sketch.gap }),
			...(sketch.goals ? { goals: sketch.goals } : {}),
		},
		time: { visible: bucketOf(20_000), engaged: bucketOf(sketch.engagedMs ?? 12_000) },
		leaving: { how: sketch.how ?? "closed", certain: true },
		speed: { lcp: bucketOf(sketch.lcpMs ?? 1200), ttfb: bucketOf(300) },
		interaction: { scroll: 5, clicks: sketch.clicks ?? [] },
	};
	const report = sketch.parts === undefined ? bare : withParts(bare, seeded(sketch.parts));
	const marks = countedIn(report).filter(([tree, key]) => {
		const pair = `${tree}\n${key}`;
		const known = sketch.seen?.has(pair) ?? false;
		sketch.seen?.add(pair);
		return !known;
	});
	report.first = [...new Set(marks.map(([, , mark]) => mark))];
	return report;
}

/** A visit of one browser over several pages; the last page is left by `how`. */
export function makeVisit(policy: string, pages: string[], sketch: Sketch = {}): Report[] {
	const { gap, seen = new Set(), ...rest } = sketch;
	return pages.map((page, i) =>
		makeReport(policy, {
			...rest,
			...(rest.parts === undefined ? {} : { parts: rest.parts + i }),
			...(i === 0 && gap !== undefined ? { gap } : {}),
			seen,
			page,
			index: i + 1,
			continued: i + 1 < pages.length,
			how: i + 1 < pages.length ? "link" : (sketch.how ?? "closed"),
			...(i === 0 ? {} : { before: pages[i - 1] as string }),
		}),
	);
}

export function call(path: string, init: RequestInit = {}): Promise<Response> {
	return exports.default.fetch(new Request(app + path, init));
}

export function send(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
	return call("/v1/reports", {
		method: "POST",
		headers: { Origin: shop, "Content-Type": "text/plain", ...headers },
		body: typeof body === "string" ? body : JSON.stringify(body),
	});
}

/** Figures of a route, with the owner's key. */
export async function figures<T>(key: string, name: string, query = ""): Promise<T> {
	const answer = await call(`/v1/sites/shop/stats/${name}${query}`, { headers: { Authorization: `Bearer ${key}` } });
	if (answer.status !== 200) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
	return answer.json();
}

export function closePeriod(key: string, period: string): Promise<Response> {
	return call("/v1/sites/shop/closings", {
		method: "POST",
		headers: { Authorization: `Bearer ${key}` },
		body: JSON.stringify({ period }),
	});
}
