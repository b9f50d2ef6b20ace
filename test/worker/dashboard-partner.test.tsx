/** What a partner's page makes of released figures, and what its answers say to browsers and to caches. */
import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import { ranksOf, shareOf, shownCount, verdictOf } from "../../worker/dashboard/partner/figures.ts";
import { shownOf, spanOf, unitsBetween } from "../../worker/dashboard/partner/range.ts";
import { partnerRoutes } from "../../worker/dashboard/partner/routes.tsx";
import type { PartnerSource } from "../../worker/dashboard/partner/source.ts";
import { viewOf } from "../../worker/dashboard/partner/view.ts";
import { randomOf } from "../support/fixture-figures.ts";
import { textOf } from "../support/page-text.ts";
import { partnerFixture, releasedUntil } from "../support/partner-fixture.ts";

const released = releasedUntil("2026-11-24", 120); // a Tuesday
const busy = partnerFixture({ visitors: 600, released });

function appOf(source: PartnerSource | null) {
	return new Hono().route(
		"/releases/:release",
		partnerRoutes({
			sourceFor: async () => (source ? { kind: "source", source } : { kind: "no-release" }),
			embeddedFor: async (c) =>
				source && c.req.query("token") === "good" ? { source, framers: ["https://partner.example"] } : null,
			paths: { script: "/code/0/dashboard.js", font: "/code/0/hg.woff2" },
			style: () => "body{margin:0}",
			nonce: () => "abc",
		}),
	);
}
const ask = (path: string, source: PartnerSource | null = busy) => appOf(source).request(`/releases/r1${path}`);
const read = async (path: string, source = busy) => textOf(await (await ask(path, source)).text());

describe("the range", () => {
	test("is the last whole weeks that are released, and as many before them", () => {
		expect(shownOf("week", "4u", released)).toEqual({
			span: "4u",
			from: "2026-10-26",
			to: "2026-11-22",
			full: true,
			whole: true,
			before: { from: "2026-09-28", to: "2026-10-25" },
		});
	});
	test("is what there is where less is released, and is compared only with what is all there", () => {
		expect(shownOf("week", "13u", releasedUntil("2026-11-22", 100))).toMatchObject({ full: true, from: "2026-08-24" });
		expect(shownOf("week", "13u", releasedUntil("2026-11-22", 100)).before).toBeUndefined();
		expect(shownOf("week", "4u", releasedUntil("2026-11-24", 18))).toMatchObject({
			full: false,
			from: "2026-11-09",
			to: "2026-11-22",
		});
		expect(shownOf("week", "4u", releasedUntil("2026-11-24", 3))).toEqual({
			span: "4u",
			from: "2026-11-22",
			to: "2026-11-24",
			full: false,
			whole: false,
		});
	});
	test("is of months where a site's period is one", () => {
		const months = { from: "2025-03-01", to: "2026-02-28" };
		expect(shownOf("month", "3m", months)).toMatchObject({
			from: "2025-12-01",
			to: "2026-02-28",
			before: { from: "2025-09-01", to: "2025-11-30" },
		});
		expect(unitsBetween("month", { from: "2025-12-01", to: "2026-02-28" }).map(({ to }) => to)).toEqual([
			"2025-12-31",
			"2026-01-31",
			"2026-02-28",
		]);
	});
	test("is one of a few choices, whatever the address says", () => {
		expect(spanOf("week", "13u")).toBe("13u");
		for (const asked of ["3m", "3u", "", "4u&x", undefined]) expect(spanOf("week", asked)).toBe("4u");
	});
});

describe("a figure", () => {
	const noisy = (value: number, sigma2 = 10_000) => ({ value, sigma2 });
	test("is judged by the interval of the difference, not by whether two intervals overlap", () => {
		// ±196 each, ±277 for the difference: 300 more is sure although the intervals overlap.
		expect(verdictOf(noisy(1300), noisy(1000))).toBe("up");
		expect(verdictOf(noisy(1000), noisy(1300))).toBe("down");
		expect(verdictOf(noisy(1250), noisy(1000))).toBe("unsure");
	});
	test("has a place as wide as what it cannot be told apart from", () => {
		expect(ranksOf([noisy(3000), noisy(2000), noisy(1900), noisy(1000)])).toEqual([
			[1, 1],
			[2, 3],
			[2, 3],
			[4, 4],
		]);
	});
	test("is rounded by its interval, and never shown below zero", () => {
		expect(shownCount({ value: 1243, sigma2: 4400 })).toEqual({ value: 1240, low: 1110, high: 1370 });
		expect(shownCount({ value: -20, sigma2: 436 })).toEqual({ value: 0, low: 0, high: 21 });
	});
	test("is no share where the whole cannot be told from nothing, or anything would be possible", () => {
		expect(shareOf([noisy(50)], [noisy(50)])).toBeUndefined();
		expect(shareOf([noisy(200)], [noisy(200)])).toBeUndefined();
		expect(shareOf([noisy(3000)], [noisy(1000)])?.share).toBe(0.75);
	});
	test("has a share's interval that holds the true share in 95 of 100 draws", () => {
		// A plain generator: what is tested is the formula, not the sampler.
		const uniform = randomOf(7);
		const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
		const runs = 4_000;
		let held = 0;
		for (let run = 0; run < runs; run++) {
			const drawn = [700, 300].map((count) => noisy(count + 30 * normal(), 900));
			const share = shareOf(drawn.slice(0, 1), drawn.slice(1));
			if (share && Math.abs(share.share - 0.7) <= 1.96 * Math.sqrt(share.variance)) held++;
		}
		expect(held / runs).toBeGreaterThan(0.935);
		expect(held / runs).toBeLessThan(0.965);
	});
});

describe("the page", () => {
	test("says that figures are estimates, and each with its interval and a verdict in words", async () => {
		const text = await read("?lang=nb");
		expect(text).toContain("Tallene er anslag");
		expect(text).toContain("ca. 16 750 95 % intervall: 16 530–16 970 Ingen sikker endring");
		expect(text).toContain("mot 28. sep.–25. okt. 2026");
		expect(await read("?lang=en")).toContain("No certain change");
	});
	test("says which way a change went where it is more than noise", async () => {
		const grown = partnerFixture({ visitors: 600, released, earlier: { until: "2026-10-26", visitors: 500 } });
		expect(await read("?lang=nb", grown)).toContain("Trolig opp");
		const fallen = partnerFixture({ visitors: 500, released, earlier: { until: "2026-10-26", visitors: 600 } });
		expect(await read("?lang=en", fallen)).toContain("Probably down");
	});
	test("offers a few ranges and nothing else: no filter, no dates of one's own, nothing live, no count of what is hidden", async () => {
		const html = await (await ask("?lang=nb")).text();
		expect(html).not.toMatch(/<input|<select|<form method="get"|data-live/);
		expect(html).not.toMatch(/skjult|andre sider/i);
		const links = [...html.matchAll(/href="(\?[^"]*)"/g)].map(([, href]) => href);
		expect(links).toEqual([
			"?lang=en",
			...["?p=2u&amp;", "?", "?p=13u&amp;", "?p=52u&amp;"].map((begin) => `${begin}lang=nb`),
		]);
	});
	test("asks for nothing outside what is released", async () => {
		const asked: { from: string; to: string }[] = [];
		const spied: PartnerSource = {
			...busy,
			sums(dates) {
				asked.push(dates);
				return busy.sums(dates);
			},
			headline(dates) {
				asked.push(dates);
				return busy.headline(dates);
			},
			visitors(ranges) {
				asked.push(...ranges);
				return busy.visitors(ranges);
			},
		};
		for (const span of ["4u", "13u", "52u"] as const) await viewOf(spied, span);
		expect(asked.length).toBeGreaterThan(20);
		for (const { from, to } of asked) expect(from >= released.from && to <= released.to && from <= to).toBe(true);
	});
	test("draws no week that is not whole, and says so where there is none yet", async () => {
		const days = await viewOf(partnerFixture({ visitors: 600, released: releasedUntil("2026-11-24", 3) }), "4u");
		expect(days?.series).toEqual([]);
		expect(days?.visitors?.verdict).toBeUndefined();
		expect(await read("?lang=nb", partnerFixture({ visitors: 600 }))).toContain("Ingenting er gitt ut ennå");
	});
	test("names a page's periods where it is not in all of them, and gives it no place", async () => {
		const view = await viewOf(busy, "4u");
		const last = view?.pages?.find(({ page }) => page === "/kontakt");
		expect(last).toMatchObject({ periods: 14 });
		expect(last?.rank).toBeUndefined();
		expect(await read("?lang=nb")).toContain("sum av 14 av 28 perioder");
	});
	test("keeps period and comparison as a line of text for paper", async () => {
		const html = await (await ask("?lang=nb&p=13u")).text();
		const line = /<p class="print-only">([^<]*)</.exec(html)?.[1]?.replaceAll("\u00a0", " ");
		expect(line).toMatch(/^Siste 13 uker, 24\. aug\.–22\. nov\. 2026, /);
	});
	test("is the same to the byte for releases that are the same", async () => {
		const twin = partnerFixture({ visitors: 600, released });
		for (const path of ["", "?p=13u&lang=en", "/figures.csv", "/embed?token=good"]) {
			const [one, other] = await Promise.all([ask(path), ask(path, twin)]);
			expect(await one.text()).toBe(await other.text());
			expect([...one.headers]).toEqual([...other.headers]);
		}
	});
	test("renders hostile names as text", async () => {
		const pages = ["/<script>alert(1)</script>", "/\"'><img src=x onerror=alert(1)>"];
		const html = await (await ask("", partnerFixture({ visitors: 600, released, pages }))).text();
		expect(html.match(/<script/g)).toHaveLength(1);
		expect(html).not.toMatch(/<img/);
	});
});

describe("an answer", () => {
	test("is not indexed, not kept, not told to where links lead, and has no style attribute or inline script", async () => {
		for (const path of ["", "/embed?token=good", "/figures.csv"]) {
			const { headers, status } = await ask(path);
			expect(status).toBe(200);
			expect(headers.get("x-robots-tag")).toBe("noindex");
			expect(headers.get("referrer-policy")).toBe("no-referrer");
			expect(headers.get("cache-control")).toBe("private, no-store");
		}
		const html = await (await ask("")).text();
		expect(html).toContain('<meta name="robots" content="noindex"/>');
		expect(html).not.toMatch(/\sstyle=|\son\w+=|javascript:/i);
	});
	test("may be framed by the release's origins where it is the embedded one, and by nobody else", async () => {
		const policy = async (path: string) => (await ask(path)).headers.get("content-security-policy") ?? "";
		expect(await policy("/embed?token=good")).toContain("frame-ancestors https://partner.example;");
		for (const path of ["", "/embed", "/embed?token=bad"])
			expect(await policy(path)).toContain("frame-ancestors 'none'");
		expect((await ask("/embed?token=bad")).status).toBe(404);
	});
	test("as a file has value, low, high and method, unrounded, and runs no formula", async () => {
		const pages = ["/priser", "=1+1"];
		const file = await (await ask("/figures.csv?lang=en", partnerFixture({ visitors: 12, released, pages }))).text();
		const [head, first = ""] = file.split("\r\n");
		expect(head).toBe("group,name,part,from,to,value,low,high,method");
		expect(first).toMatch(/^visitors,,,2026-10-26,2026-11-22,-?\d+,-?\d+,\d+,discrete-gaussian$/);
		expect(file).toContain("page,'=1+1,");
		expect(file).toMatch(/^dwell,\/priser,\d,.*,-\d+,\d+,discrete-gaussian\r$/m); // not cut at zero
		const norwegian = new Uint8Array(await (await ask("/figures.csv?lang=nb")).arrayBuffer());
		expect([...norwegian.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
		expect(new TextDecoder().decode(norwegian)).toMatch(/^group;name;part;/);
	});
	test("says the same of a release that is not there and of one that is somebody else's", async () => {
		const { status } = await ask("", null);
		expect(status).toBe(404);
	});
});
