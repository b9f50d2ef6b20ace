/**
 * A period's releases, drawn once and stored for good: rows as drafts, then final in one statement. Readers see what is final;
 * a draft that a crash left behind is deleted and drawn anew, which tells nobody anything, because nobody has seen it. Leaves out
 * the counters (worker/book/bounded.ts), the noise (draw.ts) and reading (figures.ts).
 */
import type { ReleaseGroup } from "../../schema/release.ts";
import { boundedTree } from "../../schema/tree-rules.ts";
import { makeSecret } from "../access/secrets.ts";
import { jsonChunks } from "../book/chunks.ts";
import { type ClosingPlan, isClosed, type PeriodToSeal } from "../closing/close.ts";
import type { Env } from "../env.ts";
import { shardOf } from "../sites/shards.ts";
import { activeReleases, type Release } from "./definition.ts";
import { drawRelease, type ReleasedCell } from "./draw.ts";
import { countsOf } from "./groups.ts";
import { noiseDelta, thresholdDelta } from "./noise/accountant.ts";
import { type RandomWord, randomWords } from "./noise/sampler.ts";

export interface Drawing {
	/** What is common to all sites, releases among it. */
	db: D1Database;
	site: string;
	period: string;
	releases: Release[];
}

/** Whether a release shows a period: from the first that began after it was made, and sample visits where it says so. */
function isOfRelease({ starts, terms }: Release, period: string, sample: boolean): boolean {
	return period >= starts || (terms.samples && sample);
}

/**
 * What releases do when a period closes, before it is sealed: whatever sealing does then, the release is out. What was sealed
 * before anything was released is gone, and is not made up.
 */
export async function releaseClosing(
	env: Env,
	plan: ClosingPlan,
	gather: () => Promise<PeriodToSeal[]>,
	now: number,
): Promise<void> {
	const { site, period } = plan;
	const releases = await activeReleases(env.DB, site);
	if (releases.length === 0 || (await isClosed(shardOf(env, plan), site, period))) return;
	await drawPeriod({ db: env.DB, site, period, releases }, gather, now);
}

/**
 * Draws what is not final yet of the given releases. `gather` brings the period that closes first, added up over all books, and must
 * bring the same again after a crash. Throws where nothing final is stored; trying again is safe.
 */
export async function drawPeriod(
	drawing: Drawing,
	gather: () => Promise<PeriodToSeal[]>,
	now: number,
	random: RandomWord = randomWords(),
): Promise<void> {
	const { db, site, period, releases } = drawing;
	const done = await finalOf(drawing);
	const waiting = releases.filter(({ id }) => !done.has(id));
	if (waiting.length === 0) return;
	const closing = (await gather()).find((row) => row.period === period);
	if (!closing) throw new Error("the period that closes was not gathered");
	const due = waiting.filter((release) => isOfRelease(release, period, closing.sample));
	if (due.length === 0) return;
	const counts = countsOf(closing.cells.get(boundedTree) ?? []);
	const attempt = makeSecret();
	const ledger = due.map(({ id, rho, terms }) => [id, rho, noiseDelta + (terms.unlisted ? thresholdDelta : 0)]);
	const rows = due.flatMap(({ id, terms }) => {
		const { groups, pages, unlisted, countries, epsilon, k } = terms;
		const drawn = drawRelease(counts, { groups, pages, undeclaredPages: unlisted, countries }, { epsilon, k }, random);
		return packed(drawn).map(({ kind, sigma2, cells }) => [id, kind, sigma2, JSON.stringify(cells)]);
	});

	const ids = JSON.stringify(due.map(({ id }) => id));
	const ofDrafts = "site = ?1 AND period = ?2 AND release IN (SELECT value FROM json_each(?3))";
	const insertCells = db.prepare(
		`INSERT INTO released_cell SELECT ?1, drawn.value ->> 0, ?2, drawn.value ->> 1, ?3, CAST(drawn.value ->> 2 AS INTEGER), drawn.value ->> 3
		FROM json_each(?4) AS drawn JOIN release_ledger AS ledger
			ON ledger.site = ?1 AND ledger.release = drawn.value ->> 0 AND ledger.period = ?2 AND ledger.attempt = ?3`,
	);
	await db.batch([
		db
			.prepare(
				`DELETE FROM released_cell WHERE ${ofDrafts} AND attempt IN
				(SELECT attempt FROM release_ledger WHERE ${ofDrafts} AND state = 'draft')`,
			)
			.bind(site, period, ids),
		db.prepare(`DELETE FROM release_ledger WHERE ${ofDrafts} AND state = 'draft'`).bind(site, period, ids),
		db
			.prepare(
				`INSERT INTO release_ledger SELECT ?1, value ->> 0, ?2, ?3, 'draft', value ->> 1, value ->> 2,
					CAST(?4 AS INTEGER), CAST(?5 AS INTEGER), NULL
				FROM json_each(?6) WHERE true ON CONFLICT DO NOTHING`,
			)
			.bind(site, period, attempt, closing.sample ? 1 : 0, now, JSON.stringify(ledger)),
		...[...jsonChunks(rows)].map((json) => insertCells.bind(site, period, attempt, json)),
	]);
	await db
		.prepare("UPDATE release_ledger SET state = 'final' WHERE site = ?1 AND period = ?2 AND attempt = ?3")
		.bind(site, period, attempt)
		.run();
	// Another attempt may have won some of them, which is as good.
	const final = await finalOf(drawing);
	if (due.some(({ id }) => !final.has(id))) throw new Error("a release was not stored");
}

/** Releases of which the period is out. */
async function finalOf({ db, site, period, releases }: Drawing): Promise<Set<string>> {
	const { results } = await db
		.prepare(
			`SELECT release FROM release_ledger WHERE site = ?1 AND period = ?2 AND state = 'final'
				AND release IN (SELECT value FROM json_each(?3))`,
		)
		.bind(site, period, JSON.stringify(releases.map(({ id }) => id)))
		.all<{ release: string }>();
	return new Set(results.map(({ release }) => release));
}

interface PackedGroup {
	kind: ReleaseGroup;
	sigma2: number;
	cells: Record<string, number[]>;
}

/** Drawn cells by group: for each key the values of its parts, in order. A group without keys is there too. */
function packed(drawn: ReleasedCell[]): PackedGroup[] {
	const groups = new Map<ReleaseGroup, PackedGroup>();
	for (const { group, key, part, value, sigma2 } of drawn) {
		const found = groups.get(group) ?? { kind: group, sigma2, cells: {} };
		groups.set(group, found);
		const values = found.cells[key] ?? [];
		values[part] = value;
		found.cells[key] = values;
	}
	return [...groups.values()];
}
