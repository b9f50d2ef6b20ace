import { beforeEach, describe, expect, test } from "vitest";
import { bannerWords } from "../../collector/gate/messages/index.ts";
import { addDays, type Grain, grains } from "../../schema/period.ts";
import { purposes } from "../../schema/purposes.ts";
import { bookOf } from "../../worker/book/books.ts";
import { keptFrom } from "../../worker/closing/retain.ts";
import { languages } from "../../worker/dashboard/format.ts";
import { clockOf } from "../../worker/dashboard/privacy/clock.ts";
import { privacyFacts } from "../../worker/dashboard/privacy/gather.ts";
import { mechanismRows, versionRows } from "../../worker/dashboard/privacy/rows.ts";
import { privacyWords } from "../../worker/dashboard/privacy/words.ts";
import { siteOf } from "../../worker/sites/sites.ts";
import type { Grants, Stats } from "../../worker/stats/answers.ts";
import { openPage, panelOf, readText, spiedOn } from "../support/dashboard-html.ts";
import { privacyFixture } from "../support/privacy-fixture.ts";
import { fixtureStats } from "../support/stats-fixture.ts";
import { loginOf, openReleases } from "./access-callers.ts";
import { startFresh } from "./migrations.ts";
import { call, closePeriod, makeReport, send, shop, testEnv, today, yesterday } from "./support.ts";

const day = "2026-11-22";
const busy = fixtureStats({ seed: 7, today: day, visitsPerDay: 1450, visitsToday: 612 });
const unvisited = fixtureStats({ seed: 7, today: day, visitsPerDay: 0, visitsToday: 0 });

const panel = async (id: string, stats = busy, path = "/privacy", facts = privacyFixture) =>
	readText(panelOf(await openPage(stats, path, facts), id));
const grant = (policy: string, by: string, grants: number): Grants["rows"][number] => ({
	period: day,
	date: day,
	policy,
	by,
	material: null,
	grants,
});
const withGrants = (rows: Grants["rows"]): Stats => ({
	...busy,
	grants: async (range) => ({ ...(await busy.grants(range)), rows, total: rows.length }),
});
const withCoverage = (loads: number, views: number): Stats => ({
	...busy,
	summary: async (range) => {
		const summary = await busy.summary(range);
		const coverage = { loads, views, share: loads === 0 ? null : Math.min(1, views / loads) };
		return range.device ? summary : { ...summary, coverage };
	},
});

describe("the retention clock", () => {
	const clock = (grain: Grain, now: string, retentionMonths = 25) =>
		clockOf({ grain, timeZone: "Europe/Oslo", retentionMonths }, Date.parse(now));
	test("says when a day is sealed, cannot be found again and is deleted", () => {
		expect(clock("day", "2026-11-22T12:00:00Z")).toEqual({
			first: "2026-11-22",
			last: "2026-11-22",
			sealed: "2026-11-24",
			forgotten: "2026-12-24",
			deleted: "2029-01-01",
			oldest: "2024-10-01",
		});
	});
	test("begins a new day at the site's own midnight", () => {
		expect(clock("day", "2026-11-22T22:59:00Z").first).toBe("2026-11-22");
		expect(clock("day", "2026-11-22T23:01:00Z").first).toBe("2026-11-23");
	});
	test("names the day of deletion to the day, whatever the period", () => {
		for (const grain of grains)
			for (const now of ["2026-02-28T12:00:00Z", "2026-12-31T12:00:00Z", "2027-01-01T12:00:00Z"])
				for (const months of [1, 12, 25]) {
					const { last, deleted } = clock(grain, now, months);
					expect(keptFrom(deleted, months) > last, `${grain} ${now} ${months}`).toBe(true);
					expect(keptFrom(addDays(deleted, -1), months) > last, `${grain} ${now} ${months}`).toBe(false);
				}
	});
});

describe("the rows of grants", () => {
	const rows = [
		grant("b", "banner", 7),
		grant("(other)", "(other)", 30),
		grant("b", "klaro", 9),
		grant("a", "klaro", 1),
	];
	test("are added up by version, the newest first, and those without grants are there too", () => {
		const policies = ["a", "b", "c"].map((version, published) => ({ version, published, material: version !== "c" }));
		const { versions, hidden } = versionRows({ policies, valid: new Set(["b", "c"]) }, rows);
		expect(versions.map(({ version, kind, holds, grants }) => [version, kind, holds, grants])).toEqual([
			["c", "editorial", true, undefined],
			["b", "material", true, 16],
			["a", "first", false, 1],
		]);
		expect(hidden).toBe(30);
	});
	test("are added up by what asked, with what is hidden last and what asked in vain left out", () => {
		expect(mechanismRows([...rows, grant("b", "manual", 0)])).toEqual([
			{ by: "klaro", grants: 10 },
			{ by: "banner", grants: 7 },
			{ by: "(other)", grants: 30 },
		]);
	});
});

describe("the page about privacy", () => {
	test("gives the share of page loads with consent as a lower bound, whatever the device", async () => {
		for (const path of ["/privacy", "/privacy?enhet=mobil"]) {
			const text = await panel("andel", withCoverage(4000, 1520), path);
			expect(text).toContain("38 % 1 520 av 4 000 innlastinger");
			expect(text).toContain("nedre grense");
		}
	});
	test("writes the share of few loads as counts, never above all, and says where none were counted", async () => {
		expect(await panel("andel", withCoverage(12, 3))).toContain("3 av 12");
		expect(await panel("andel", withCoverage(40, 55))).toContain("100 %");
		expect(await panel("andel", withCoverage(0, 0))).toContain("Ingen innlastinger er talt");
	});
	test("where the share is not counted, leads its owner to the setting, and tells others who has it", async () => {
		const setting = "/sites/demo/settings?lang=nb#measuring";
		expect(panelOf(await openPage(busy, "/privacy"), "andel")).toContain(`href="${setting}"`);
		const { shared: _, ...viewers } = privacyFixture;
		const seen = panelOf(await openPage(busy, "/privacy", viewers), "andel");
		expect(seen).toContain("Eieren kan slå tellingen på");
		expect(seen).not.toContain(setting);
	});
	test("names what asked, and hides what too few were asked by", async () => {
		const rows = [grant("x", "banner", 60), grant("x", "klaro", 30), grant("(other)", "(other)", 10)];
		const text = await panel("spurt", withGrants(rows));
		expect(text).toContain("Sporløs’ eget banner 60 % 60");
		expect(text).toContain("klaro 30 % 30");
		expect(text).toContain("skjult: for få samtykker 10 % 10");
		expect(text).not.toContain("(other)");
		expect(await panel("spurt", withGrants([]))).toContain("Ingen samtykker er kjent");
	});
	test("shows the notice in force in the reader's language, and links every version to its published text", async () => {
		const html = await openPage(busy, "/privacy?lang=en");
		const notice = panelOf(html, "tekst");
		expect(notice).toContain('<h3 lang="en"><bdi>May we measure how the site is used?</bdi></h3>');
		expect(readText(notice)).toContain("In force since 13 Oct 2026");
		expect(readText(notice)).toContain("Vi måler. Bare vi. I 180 dager.");
		for (const { version } of privacyFixture.site.policies)
			expect(notice).toContain(`href="/v1/sites/demo/policies/${version}"`);
		expect(readText(notice)).toContain("personvern@nordfjordturer.example, answered within 2 days");
	});
	test("marks purposes that are not asked for, and names them as the banner does", async () => {
		const text = await panel("samles");
		expect(text).toContain("Bruk av sidene Det spørres ikke om dette");
		expect(text).toContain("IP-adresse");
		for (const purpose of purposes) {
			for (const language of languages)
				expect(privacyWords[language].collected.purposes[purpose].name).toBe(
					bannerWords[language].purposes[purpose][0],
				);
		}
	});
	test("shows the clock's dates, k, hidden shares and erasures", async () => {
		const clock = await panel("klokke");
		for (const part of ["22. nov. 2026", "tidligst 24. nov. 2026", "1. jan. 2029", "25 måneder"])
			expect(clock).toContain(part);
		const text = await panel("terskler");
		expect(text).toContain("k = 5");
		expect(text).toContain("Sider, av visningene 1 %");
		expect(await panel("slettinger")).toContain("14 Sist rettet 20. nov. 2026");
	});
	test("shows partners, people and log to the owner, and to nobody else", async () => {
		const own = await openPage(busy, "/privacy");
		expect(readText(panelOf(own, "partnere"))).toContain("Fjordbuss AS");
		expect(readText(panelOf(own, "partnere"))).toContain("ε = 6,02");
		const { shared: _, ...others } = privacyFixture;
		for (const path of ["/privacy", "/"]) {
			const html = await openPage(busy, path, others);
			expect(html).not.toMatch(/\/sharing|\/people|log\.csv|\/operation|Fjordbuss/);
			expect(own).toMatch(/\/sharing.*\/operation/s);
		}
	});
	test("asks for nothing by device or page", async () => {
		const { stats, asked } = spiedOn(busy);
		await openPage(stats, "/privacy?enhet=mobil&side=/priser");
		const other = asked.filter(({ name }) => name !== "summary");
		expect(other.map(({ name }) => name).sort()).toEqual(["channels", "countries", "elements", "grants", "pages"]);
		expect(other.filter(({ range }) => range.device !== undefined || range.page !== undefined)).toEqual([]);
	});
	test("has something to say before anybody has been there", async () => {
		for (const path of ["/privacy", "/privacy?p=7d"]) {
			const text = readText(await openPage(unvisited, path));
			expect(text).toMatch(/Venter på det første besøket|Ingen besøk i dette tidsrommet/);
			expect(text).toContain("Personvernteksten");
		}
	});
	test("renders a hostile notice and mechanism as text, without script or style of its own", async () => {
		const nasty = '"><img src=x onerror=alert(1)><script>';
		const { site } = privacyFixture;
		const said = { title: nasty, text: nasty, recipients: nasty, retention: nasty };
		const facts = { ...privacyFixture, site: { ...site, notice: { ...site.notice, languages: { nb: said } } } };
		const html = await openPage(withGrants([grant(nasty, nasty, 9)]), "/privacy", facts);
		expect(html.match(/<script/g)).toHaveLength(1);
		expect(html).not.toMatch(/<img|\sstyle=|javascript:/i);
	});
});

describe("of a real site", () => {
	beforeEach(async () => {
		await startFresh();
	});
	const facts = async (isOwner: boolean) => privacyFacts(testEnv, await siteOf(testEnv, "shop"), isOwner, Date.now());

	test("the page opens for owners and viewers, with releases for the owner only", async () => {
		await openReleases();
		for (const [name, isOwner] of [
			["owner", true],
			["viewer", false],
		] as const) {
			const answer = await call("/sites/shop/privacy", { headers: (await loginOf(name)) ?? {} });
			expect(answer.status).toBe(200);
			expect((await answer.text()).includes("release-of-shop")).toBe(isOwner);
		}
	});

	test("erasures wait for the scheduled work, and are counted when the period is corrected", async () => {
		const { key, policy } = await startFresh();
		const period = yesterday();
		const reports = Array.from({ length: 12 }, () => makeReport(policy, { period }));
		expect((await send(reports)).status).toBe(204);
		expect((await closePeriod(key, period)).status).toBe(200);
		expect((await facts(true)).erasures).toEqual({ waiting: 0, done: 0, last: null });
		const [report] = reports;
		const erased = await call("/v1/erasures", {
			method: "POST",
			headers: { Origin: shop, "Content-Type": "text/plain" },
			body: JSON.stringify({ view: report?.view, report }),
		});
		expect(erased.status, await erased.clone().text()).toBe(204);
		expect((await facts(true)).erasures).toEqual({ waiting: 1, done: 0, last: null });
		const before = today();
		await bookOf(testEnv, "shop").applyErasures({ id: "shop", shard: 0 });
		const { waiting, done, last } = (await facts(true)).erasures;
		expect([waiting, done]).toEqual([0, 1]);
		expect([before, today()]).toContain(last);
	});
});
