/** What partners get: released figures and nothing that depends on anything else; and attacks on that, each with its mutant. */
import { beforeEach, describe, expect, test } from "vitest";
import { periodsBetween } from "../../schema/period.ts";
import type { Report } from "../../schema/report.ts";
import { loginCookie } from "../../worker/access/guard.ts";
import { issueKey } from "../../worker/access/keys.ts";
import { startLogin } from "../../worker/access/logins.ts";
import { bookOf } from "../../worker/book/books.ts";
import { Cells } from "../../worker/book/cells.ts";
import { fold } from "../../worker/book/fold.ts";
import { makeEntries } from "../../worker/ingest/entries.ts";
import type {
	ReleaseAbout,
	ReleaseDwell,
	ReleasePages,
	ReleaseSummary,
	ReleaseTimeline,
	ReleaseVitals,
} from "../../worker/release/answers.ts";
import { endRelease, type Release } from "../../worker/release/definition.ts";
import { drawRelease } from "../../worker/release/draw.ts";
import { drawPeriod } from "../../worker/release/drawing.ts";
import { intervalOf } from "../../worker/release/interval.ts";
import { randomWords } from "../../worker/release/noise/sampler.ts";
import { type ReleasedRow, releasedStatement } from "../../worker/release/released.ts";
import { releaseRoutes } from "../../worker/release/table.ts";
import { signUp } from "./access-callers.ts";
import { startFresh } from "./migrations.ts";
import { bounded, daysAgo, openRelease, releasedRows } from "./release-support.ts";
import { call, closePeriod, makeVisit, testEnv, yesterday } from "./support.ts";

const db = testEnv.DB;
let key = "";
let policy = "";
let release: Release;
let partner = "";
/** Of somebody who was invited to the release. */
let cookie = "";

beforeEach(async () => {
	({ key, policy } = await startFresh());
	release = await openRelease();
	partner = await partnerOf(release);
	const account = await signUp("Buss", { site: "shop", role: "partner", release: release.id });
	cookie = `${loginCookie}=${await startLogin(db, { account, how: "passkey", browser: "" })}`;
});

const partnerOf = ({ id }: Release, site = "shop") =>
	issueKey(db, { site, role: "partner", name: `partner of ${id}`, release: id });
const ask = (path: string, bearer = partner, id = release.id) =>
	call(`/v1/releases/${id}${path}`, { headers: { Authorization: `Bearer ${bearer}` } });
const figures = async <T>(path: string): Promise<T> => {
	const answer = await ask(`/stats/${path}`);
	expect(answer.status, path).toBe(200);
	return answer.json<T>();
};

async function fill(period: string, browsers: number): Promise<Report[]> {
	const reports = Array.from({ length: browsers }, (_, i) =>
		bounded(makeVisit(policy, [i % 3 ? "/" : "/priser"], { period, engagedMs: 5_000 * (i % 5) })),
	).flat();
	await bookOf(testEnv, "shop").accept(await makeEntries(reports));
	return reports;
}

/** Draws a stretch of days without a book: whole weeks need more days than a book is asked to close. */
async function drawDays(from: string, to: string, browsers = 20): Promise<void> {
	for (const period of periodsBetween(from, to, "day")) {
		const cells = new Cells();
		for (let i = 0; i < browsers; i++)
			for (const report of bounded(makeVisit(policy, ["/"], { period }))) cells.add(period, fold(report));
		const gather = async () => [{ period, sample: false, cells: cells.periods.get(period) ?? new Map() }];
		await drawPeriod({ db, site: "shop", period, releases: [release] }, gather, Date.now());
	}
}

/**
 * Everything a partner can be told, to the byte: each route and its CSV, all kinds of queries, the definition, the page and its file.
 * Only the page's nonces, which are new for every answer, are taken out.
 */
async function everyByte(): Promise<string[]> {
	const queries = [`?from=${yesterday()}`, `?to=${daysAgo(2)}`, "?from=2001-01-01&to=2001-01-01", "?device=mobile"];
	const routes = Object.keys(releaseRoutes).flatMap((name) => [`/stats/${name}`, `/stats/${name}.csv`]);
	const paths = [
		...["", ...routes, ...queries.map((query) => `/stats/summary${query}`)].map(
			(path) => `/v1/releases/${release.id}${path}`,
		),
		...["", "/figures.csv", "?p=13u&lang=en"].map((path) => `/releases/${release.id}${path}`),
	];
	const bytes: string[] = [];
	for (const path of paths) {
		const headers = path.startsWith("/v1/") ? { Authorization: `Bearer ${partner}` } : { Cookie: cookie };
		const answer = await call(path, { headers });
		const told = [...answer.headers].map(([name, value]) => `${name}: ${value}`);
		const text = [path, answer.status, ...told, await answer.text()].join("\n");
		bytes.push(text.replaceAll(/(nonce-|nonce=")[\w-]+/g, "$1"));
	}
	return bytes;
}

describe("a partner", { timeout: 60_000 }, () => {
	test("reads the estimates as they were drawn, each with its 95 % interval, and sums of days with theirs", async () => {
		for (const day of [daysAgo(2), yesterday()]) {
			await fill(day, 30);
			await closePeriod(key, day);
		}
		const rows = (await releasedRows(release)).filter(({ kind }) => kind === "site");
		const drawn = rows.map(({ cells, sigma2 }) => ({ value: cells[""]?.[0] ?? Number.NaN, sigma2 }));
		const [first, second] = drawn as [(typeof drawn)[0], (typeof drawn)[0]];
		const timeline = await figures<ReleaseTimeline>("timeline");
		expect(timeline.rows).toEqual(
			[daysAgo(2), yesterday()].map((day, at) => ({
				period: day,
				from: day,
				to: day,
				...intervalOf(drawn[at] ?? first),
			})),
		);
		const both = { value: first.value + second.value, sigma2: first.sigma2 + second.sigma2 };
		expect(await figures<ReleaseSummary>("summary")).toMatchObject({
			periods: 2,
			range: { from: daysAgo(2), to: yesterday() },
			visitors: intervalOf(both),
			before: null,
			change: null,
		});
		expect(await figures<ReleaseSummary>(`summary?from=${yesterday()}`)).toMatchObject({
			visitors: intervalOf(second),
			before: { from: daysAgo(2), to: daysAgo(2), visitors: intervalOf(first) },
			change: intervalOf({ value: second.value - first.value, sigma2: both.sigma2 }),
		});
	});

	test("reads pages as declared, engaged time in eight parts, vitals in three bands", async () => {
		await fill(yesterday(), 30);
		await closePeriod(key, yesterday());
		const pages = await figures<ReleasePages>("pages");
		expect(pages.rows.map(({ page, declared, periods }) => [page, declared, periods])).toEqual([
			["/", true, 1],
			["/priser", true, 1],
		]);
		const { rows } = await figures<ReleaseDwell>("dwell");
		expect(rows.filter(({ page }) => page === "/").map(({ fromMs }) => fromMs)).toEqual([
			0, 2_000, 10_000, 30_000, 60_000, 180_000, 600_000, 1_800_000,
		]);
		const vitals = await figures<ReleaseVitals>("vitals");
		expect(vitals.bands.map(({ vital, band }) => `${vital} ${band}`)).toEqual(
			["lcp", "inp", "cls"].flatMap((vital) => ["good", "needs", "poor"].map((band) => `${vital} ${band}`)),
		);
		const limits = (vital: string) => vitals.rows.filter((row) => row.vital === vital).map(({ from }) => from);
		expect(limits("lcp")).toEqual(expect.arrayContaining([0, 2500, 4000]));
		expect(limits("cls")).toEqual(expect.arrayContaining([0, 0.1, 0.25]));
		const sum = (part: { value: number }[]) => part.reduce((total, { value }) => total + value, 0);
		expect(sum(vitals.bands)).toBe(sum(vitals.rows));
	});

	test("gets CSV with value, low, high and method in the last columns", async () => {
		await fill(yesterday(), 30);
		await closePeriod(key, yesterday());
		for (const name of Object.keys(releaseRoutes)) {
			const answer = await ask(`/stats/${name}.csv`);
			expect(answer.headers.get("Content-Type")).toBe("text/csv; charset=utf-8");
			const [head = "", first = ""] = (await answer.text()).split("\r\n");
			expect(head, name).toMatch(/(^|,)value,low,high,method$/);
			expect(first, name).toMatch(/,-?\d+,-?\d+,-?\d+,discrete-gaussian$/);
		}
	});

	test("of a weekly release sees whole weeks and nothing of the rest", async () => {
		await endRelease(db, release.id, Date.now());
		// Made on a Wednesday: its first week begins on the Monday after.
		release = await openRelease({ period: "week" }, Date.UTC(2026, 2, 4, 12));
		partner = await partnerOf(release);
		expect(release.starts).toBe("2026-03-09");
		await drawDays("2026-03-09", "2026-03-25", 2);
		expect((await (await ask("")).json<ReleaseAbout>()).released).toEqual({ from: "2026-03-09", to: "2026-03-22" });
		const { rows, weeks } = await figures<ReleaseTimeline>("timeline");
		expect(rows.map(({ period }) => period)).toEqual(["2026-W11", "2026-W12"]);
		expect(weeks).toEqual(rows);
		expect((await ask("/stats/summary?from=2026-03-10")).status).toBe(422);
		expect((await ask("/stats/summary?to=2026-03-24")).status).toBe(422);
	});

	test("of another release, an unknown release, a release that has ended or a wrong site is refused in the same words", async () => {
		const other = await openRelease();
		const stranger = await partnerOf(other);
		const refusals = await Promise.all(
			[
				ask("/stats/summary", stranger),
				ask("/stats/summary", stranger, "no-such-release"),
				ask("", stranger),
				ask("/stats/pages.csv", stranger),
			].map(async (answer) => {
				const one = await answer;
				return [one.status, [...one.headers], await one.text()];
			}),
		);
		expect(new Set(refusals.map((one) => JSON.stringify(one))).size).toBe(1);
		expect(refusals[0]?.[0]).toBe(403);
		await fill(yesterday(), 10);
		await closePeriod(key, yesterday());
		expect((await ask("/stats/summary")).status).toBe(200);
		await endRelease(db, release.id, Date.now());
		expect((await ask("/stats/summary")).status).toBe(403);
		expect((await call(`/v1/releases/${release.id}/stats/summary`)).status).toBe(401);
		// A partner's key opens nothing of the site itself.
		const site = await call("/v1/sites/shop/stats/summary", { headers: { Authorization: `Bearer ${partner}` } });
		expect(site.status).toBe(403);
	});

	test("is told 404 for figures the release does not have, and before anything is out", async () => {
		expect((await ask("/stats/summary")).status).toBe(404);
		await endRelease(db, release.id, Date.now());
		release = await openRelease({ groups: ["site"] });
		partner = await partnerOf(release);
		await fill(yesterday(), 10);
		await closePeriod(key, yesterday());
		expect((await releasedRows(release)).map(({ kind }) => kind)).toEqual(["site"]);
		for (const name of ["pages", "dwell", "channels", "devices", "countries", "vitals"])
			expect((await ask(`/stats/${name}`)).status, name).toBe(404);
	});
});

describe("an attacker", { timeout: 60_000 }, () => {
	test("who asks 10,000 times gets one value a cell: there is nothing to average", async () => {
		await fill(yesterday(), 30);
		await closePeriod(key, yesterday());
		const range = { from: yesterday(), to: yesterday() };
		const summary = () => figures<ReleaseSummary>("summary");
		const { value } = (await summary()).visitors;
		for (let i = 0; i < 20; i++) expect((await summary()).visitors.value).toBe(value);

		/** How many different answers there were to 10,000 questions, and their mean. */
		function averageOf(values: number[]) {
			expect(values.length).toBe(10_000);
			return { different: new Set(values).size, mean: values.reduce((sum, one) => sum + one, 0) / values.length };
		}
		const read: number[] = [];
		while (read.length < 10_000) {
			// Many in one go, because the way to D1 takes longer than the answer.
			const answers = await db.batch<ReleasedRow>(
				Array.from({ length: 500 }, () => releasedStatement(db, release, range, ["site"])),
			);
			for (const { results } of answers) read.push(JSON.parse(results[0]?.cells ?? "{}")[""][0]);
		}
		expect(averageOf(read)).toEqual({ different: 1, mean: value });

		// The mutant draws at every request, and gives the count away.
		const counts = new Map([["site", new Map([["", new Map([[0, 30]])]])]]);
		const declared = { groups: ["site"], pages: [], undeclaredPages: false, countries: [] } as const;
		const words = randomWords();
		const fresh = () => drawRelease(counts, declared, { epsilon: 0.5, k: 5 }, words)[0]?.value ?? Number.NaN;
		const mutant = averageOf(Array.from({ length: 10_000 }, fresh));
		expect(mutant.different).toBeGreaterThan(10);
		expect(Math.abs(mutant.mean - 30)).toBeLessThan(3);
	});

	test("who compares before and after an erasure sees the same bytes", async () => {
		const [first] = await fill(yesterday(), 30);
		await closePeriod(key, yesterday());
		const before = await everyByte();
		const [entry] = await makeEntries(first ? [first] : []);
		if (!entry) throw new Error("a report makes an entry");
		expect((await bookOf(testEnv, "shop").erase(entry.key, [entry])).state).toBe("waiting");
		await bookOf(testEnv, "shop").applyErasures({ id: "shop", shard: 0 });
		const erased = await db.prepare("SELECT count(*) AS n FROM erasure").first<{ n: number }>();
		expect(erased?.n).toBe(1);
		expect(await everyByte()).toEqual(before);
	});

	test("cannot tell twin data sets with equal releases apart: every route, header and refusal is the same", async () => {
		await fill(daysAgo(2), 30);
		await fill(yesterday(), 30);
		for (const day of [daysAgo(2), yesterday()]) await closePeriod(key, day);
		const tables = ["release", "release_ledger", "released_cell", "access_key", "account", "account_right", "login"];
		const kept = await Promise.all(
			tables.map(async (table) => (await db.prepare(`SELECT * FROM ${table}`).all<Record<string, unknown>>()).results),
		);
		const one = await everyByte();

		({ key, policy } = await startFresh());
		// Other people, more of them, elsewhere, one day too few to be sealed, the other not closed yet.
		await fill(daysAgo(2), 3);
		await closePeriod(key, daysAgo(2));
		for (let i = 0; i < 70; i++)
			await bookOf(testEnv, "shop").accept(
				await makeEntries(bounded(makeVisit(policy, ["/hemmelig", "/"], { period: yesterday(), device: "mobile" }))),
			);
		await db.batch(
			tables.flatMap((table, at) => [
				db.prepare(`DELETE FROM ${table}`),
				...(kept[at] ?? []).map((row) => {
					const names = Object.keys(row);
					return db
						.prepare(`INSERT INTO ${table} (${names}) VALUES (${names.map((_, i) => `?${i + 1}`)})`)
						.bind(...Object.values(row));
				}),
			]),
		);
		expect(await everyByte()).toEqual(one);
		expect(one.map((text) => text.split("\n")[1])).toEqual([
			...Array(19).fill("200"), // the definition, 16 routes, and two ranges
			...["404", "422"],
			...Array(3).fill("200"),
		]);
		// The owner's own figures do differ: the data sets are not the same.
		const owner = await issueKey(db, { site: "shop", role: "owner", name: "again" });
		const summary = await call(`/v1/sites/shop/stats/summary?from=${yesterday()}&to=${yesterday()}`, {
			headers: { Authorization: `Bearer ${owner}` },
		});
		expect(await summary.json()).toMatchObject({ visits: 70 });
	});

	test("finds no page that nobody declared, unless the release shows such pages and very many saw it", async () => {
		await endRelease(db, release.id, Date.now());
		const plain = await openRelease();
		const open = await openRelease({ unlisted: true, epsilon: 1 });
		const reports = Array.from({ length: 400 }, () => bounded(makeVisit(policy, ["/nyhet"], { period: yesterday() })));
		const few = Array.from({ length: 4 }, () => bounded(makeVisit(policy, ["/hemmelig"], { period: yesterday() })));
		await bookOf(testEnv, "shop").accept(await makeEntries([...reports, ...few].flat()));
		await closePeriod(key, yesterday());
		const named = async (one: Release) =>
			Object.keys((await releasedRows(one)).find(({ kind }) => kind === "page")?.cells ?? {});
		expect(await named(plain)).toEqual(["/", "/priser"]);
		expect((await named(open)).sort()).toEqual(["/", "/nyhet", "/priser"]);
	});
});
