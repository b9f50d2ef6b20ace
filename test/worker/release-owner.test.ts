/** What owners do with releases: plan, create, change, end; what is refused, in words that say what to do; and sitemaps. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { OwnedRelease, ReleaseAbout, ReleasePlan } from "../../worker/release/answers.ts";
import { releaseOf, secretOf } from "../../worker/release/definition.ts";
import { startFresh } from "./migrations.ts";
import { openRelease, releasedRows } from "./release-support.ts";
import { call, closePeriod, makeVisit, send, testEnv, today, yesterday } from "./support.ts";

let key = "";
let policy = "";

beforeEach(async () => {
	({ key, policy } = await startFresh());
});
afterEach(() => {
	vi.unstubAllGlobals();
});

const ask = (path: string, method = "GET", body?: unknown) =>
	call(`/v1/sites/shop/releases${path}`, {
		method,
		headers: { Authorization: `Bearer ${key}` },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
const wanted = { name: "Buss", audience: "Fjordbuss AS", period: "day", pages: ["/", "/priser"] };
async function create(change: object = {}): Promise<OwnedRelease> {
	const answer = await ask("", "POST", { ...wanted, ...change });
	expect(answer.status, await answer.clone().text()).toBe(200);
	return answer.json();
}
async function detailOf(answer: Promise<Response>, status = 422): Promise<string> {
	const refused = await answer;
	expect(refused.status).toBe(status);
	expect(refused.headers.get("Content-Type")).toBe("application/problem+json");
	return (await refused.json<{ detail: string }>()).detail;
}
/** Serves the site's sitemap, or several files of it. */
function serve(files: Record<string, string>): string[] {
	const asked: string[] = [];
	vi.stubGlobal("fetch", async (address: string) => {
		asked.push(address);
		const file = files[address];
		return file === undefined ? new Response("", { status: 404 }) : new Response(file);
	});
	return asked;
}
const locs = (...addresses: string[]) =>
	`<urlset>${addresses.map((address) => `<url><loc>${address}</loc></url>`).join("")}</urlset>`;
const origin = "https://www.example.no";

describe("an owner", { timeout: 60_000 }, () => {
	test("creates a release that begins tomorrow, with ε = 1 and everything on, and finds it in the list", async () => {
		const made = await create();
		expect(made).toMatchObject({
			...wanted,
			epsilon: 1,
			k: 5,
			unlisted: false,
			groups: ["site", "page", "dwell", "device", "channel", "country", "lcp", "inp", "cls"],
			ended: null,
			released: null,
			budget: { epsilon: 1, month: { periods: 31 }, year: { periods: 366 } },
			spent: { month: { periods: 0, epsilon: 0 } },
		});
		expect(made.starts > today()).toBe(true);
		// Composition in ρ: 31 days of ε = 1 tell far less than 31.
		expect(made.budget.month.epsilon).toBeGreaterThan(4);
		expect(made.budget.month.epsilon).toBeLessThan(8);
		expect(await (await ask("")).json()).toEqual({ releases: [made] });
		expect(await (await ask(`/${made.release}`)).json()).toEqual(made);
	});

	test("is told beforehand how many pages and what share of views it would show, and how wide the intervals are", async () => {
		for (let i = 0; i < 30; i++) {
			const path = i % 3 ? ["/", "/priser"] : ["/blogg"];
			await send(makeVisit(policy, path, { period: yesterday() }));
		}
		await closePeriod(key, yesterday());
		const terms = { period: "week", pages: ["/", "/priser"] };
		const plan = await (await ask("/plan", "POST", terms)).json<ReleasePlan>();
		expect(plan).toMatchObject({
			pages: ["/", "/priser"],
			basis: { from: yesterday(), to: yesterday(), periods: 1 },
			shown: { pages: 2, share: 0.8 },
			threshold: null,
			together: { releases: 1, epsilon: 1 },
		});
		const widths = Object.fromEntries(plan.groups.map(({ group, plusMinus }) => [group, plusMinus]));
		expect(widths).toEqual({
			...{ site: 41, channel: 41, device: 41, country: 41 },
			...{ page: 37, dwell: 58, lcp: 50, inp: 50, cls: 50 },
		});
		for (const { plusMinus, ofPeriod } of plan.groups)
			expect(Math.abs(ofPeriod - plusMinus * Math.sqrt(7))).toBeLessThan(3);
		expect(await (await ask("")).json()).toEqual({ releases: [] });
		const unlisted = await (await ask("/plan", "POST", { ...terms, unlisted: true, k: 10 })).json<ReleasePlan>();
		expect(unlisted).toMatchObject({ threshold: 110, together: { delta: 1e-6 } });
	});

	test("changes name, audience and where it may be embedded, and nothing that decides what is public", async () => {
		const made = await create();
		const changes = { name: "Ny", audience: "Bussen", frames: ["https://partner.example"] };
		const changed = await (await ask(`/${made.release}`, "PUT", changes)).json();
		expect(changed).toEqual({ ...made, ...changes });
		for (const [part, value] of Object.entries({ pages: ["/"], epsilon: 2, groups: [], k: 10, starts: today() }))
			expect(await detailOf(ask(`/${made.release}`, "PUT", { [part]: value })), part).toContain("What can be changed");
		expect(await (await ask(`/${made.release}`)).json()).toEqual(changed);
	});

	test("ends it for good, which also ends what its secret has signed", async () => {
		const made = await create();
		const row = await releaseOf(testEnv.DB, made.release);
		if (!row) throw new Error("it was created");
		const secret = await secretOf(testEnv.DB, row);
		expect(await secretOf(testEnv.DB, row)).toBe(secret);
		const ended = await (await ask(`/${made.release}`, "DELETE")).json<OwnedRelease>();
		expect(ended.ended).not.toBeNull();
		const again = await (await ask(`/${made.release}`, "DELETE")).json<OwnedRelease>();
		expect(again.ended).toBe(ended.ended);
		expect(await secretOf(testEnv.DB, row)).not.toBe(secret);
	});

	test("sees what has been spent", async () => {
		const release = await openRelease();
		for (const period of [yesterday()]) await closePeriod(key, period);
		const owned = await (await ask(`/${release.id}`)).json<OwnedRelease>();
		expect(owned.spent.month).toMatchObject({ periods: 1, delta: 5e-7 });
		expect(owned.spent.month.epsilon).toBeCloseTo(0.5, 2);
		expect(owned.released).toEqual({ from: yesterday(), to: yesterday() });
		const about = await call(`/v1/releases/${release.id}`, { headers: { Authorization: `Bearer ${key}` } });
		expect((await about.json<ReleaseAbout>()).pages).toEqual(["/", "/priser"]);
	});

	test("of another site finds nothing here, and a viewer may not look", async () => {
		const made = await create();
		for (const method of ["GET", "PUT", "DELETE"])
			expect((await ask("/none", method, method === "PUT" ? {} : undefined)).status).toBe(404);
		const bearer = { Authorization: "Bearer not-the-owners-key" };
		expect((await call(`/v1/sites/shop/releases/${made.release}`, { headers: bearer })).status).toBe(401);
	});
});

describe("refused, with what to do about it", { timeout: 60_000 }, () => {
	test.each([
		[{ epsilon: 2.5 }, "epsilon is at most 2."],
		[{ epsilon: 0 }, "epsilon is at least 0.1."],
		[{ epsilon: 0.55 }, "epsilon has one decimal."],
		[{ k: 4 }, "k is at least 5."],
		[{ period: "month" }, "This site counts by the day: period is day or week."],
		[{ period: "hour" }, "period is one of day, week, month."],
		[{ pages: ["priser"] }, "pages, number 1: Pages are written as they are counted"],
		[{ pages: ["/", "/ordre/12345"] }, "pages, number 2: Pages are written as they are counted"],
		[{ pages: Array.from({ length: 201 }, (_, i) => `/a${i}x`) }, "pages has at most 200 entries."],
		[{ groups: ["hours"] }, "groups, number 1: groups are site, page"],
		[{ countries: ["Norge"] }, "countries, number 1: Countries are written as two capital letters."],
		[{ starts: "2020-01-01" }, "and nothing else."],
		[{ name: "" }, "name is missing."],
		[{ audience: undefined }, "audience is missing"],
		[{ frames: ["https://partner.example/side"] }, "frames, number 1: Where a release may be embedded"],
		[{ webhook: "http://partner.example/" }, "webhook is an address with https."],
	])("%j", async (change, detail) => {
		expect(await detailOf(ask("", "POST", { ...wanted, ...change }))).toContain(detail);
		expect(await (await ask("")).json()).toEqual({ releases: [] });
	});

	test("what is no JSON, what is too large, and a second release beyond the budget", async () => {
		const bearer = { Authorization: `Bearer ${key}` };
		const post = (body: string) => call("/v1/sites/shop/releases", { method: "POST", headers: bearer, body });
		expect((await post("{")).status).toBe(400);
		expect((await post("x".repeat(70_000))).status).toBe(413);
		await create({ epsilon: 2 });
		expect(await detailOf(ask("", "POST", wanted))).toContain("End one of them, or choose a smaller epsilon.");
	});
});

describe("declared pages", { timeout: 60_000 }, () => {
	test("come from the sitemap of the site's own origin, as they are counted, other hosts left out", async () => {
		const asked = serve({
			[`${origin}/sitemap.xml`]: locs(
				`${origin}/`,
				`${origin}/turer/?a=1`,
				`${origin}/ordre/123456`,
				"https://elsewhere.example/x",
			),
		});
		const made = await create({ pages: ["/takk"], sitemap: true });
		expect(made.pages).toEqual(["/takk", "/", "/ordre/:id", "/turer"]);
		expect(asked).toEqual([`${origin}/sitemap.xml`]);
	});

	test("come by pattern from the files that a sitemap's index names", async () => {
		serve({
			[`${origin}/sitemap.xml`]: `<sitemapindex><sitemap><loc>${origin}/a.xml</loc></sitemap><sitemap><loc>https://elsewhere.example/b.xml</loc></sitemap></sitemapindex>`,
			[`${origin}/a.xml`]: locs(`${origin}/turer/kajakk`, `${origin}/turer/bre`, `${origin}/om`),
		});
		expect((await create({ pages: ["/", "/turer/*"] })).pages).toEqual(["/", "/turer/bre", "/turer/kajakk"]);
		expect(await detailOf(ask("", "POST", { ...wanted, pages: ["/", "/blogg/*"] }))).toBe(
			"pages, number 2: no address of the sitemap fits it. Type the pages.",
		);
	});

	test("are to be typed where there is no sitemap, and fewer where there are too many", async () => {
		serve({});
		expect(await detailOf(ask("", "POST", { ...wanted, sitemap: true }))).toContain("No sitemap.xml was found");
		serve({ [`${origin}/sitemap.xml`]: locs(...Array.from({ length: 300 }, (_, i) => `${origin}/side/a${i}b`)) });
		expect(await detailOf(ask("/plan", "POST", { period: "day", pages: [], sitemap: true }))).toContain(
			"A release has at most 200 pages",
		);
	});
});

test("sample visits are released like others, and marked, where the release says so", { timeout: 60_000 }, async () => {
	const made = await create({ samples: true });
	const plain = await create({ epsilon: 0.5 });
	const headers = { Authorization: `Bearer ${key}` };
	const body = JSON.stringify({
		period: yesterday(),
		seal: true,
		reports: makeVisit(policy, ["/"], { period: yesterday() }),
	});
	expect((await call("/v1/sites/shop/samples", { method: "POST", headers, body })).status).toBe(200);
	expect((await releasedRows({ id: made.release })).length).toBe(9);
	expect(await releasedRows({ id: plain.release })).toEqual([]);
	const summary = await call(`/v1/releases/${made.release}/stats/summary`, { headers });
	expect(await summary.json()).toMatchObject({ sample: true, periods: 1 });
});
