/** What every figure of a site needs: reading its cells, what an answer says about itself, and lists in order. */
import type { MeasureName } from "../../schema/measures.ts";
import { periodOfDate } from "../../schema/period.ts";
import type { TreeName } from "../../schema/trees.ts";
import { loadsBetween } from "../closing/loads.ts";
import type { Env } from "../env.ts";
import type { Wish } from "../query/closed.ts";
import { once } from "../query/once.ts";
import { inOrder, type Sums } from "../query/ranked.ts";
import { type Moment, type Question, type Reading, readAll } from "../query/read.ts";
import { type Counts, read } from "../query/tally.ts";
import type { Site } from "../sites/sites.ts";
import type { Answer, Range } from "./answers.ts";

export type Span = { from: string; to: string };

export interface Scope {
	site: Site;
	read(trees: TreeName[], span: Span, only?: Omit<Wish, "trees">): Promise<Reading>;
	/** Loads of the gate file, by period, where any were counted. */
	loads(span: Span): Promise<Map<string, number>>;
	/** `hidden`: share (0…1) of what is counted that is folded into "(other)". */
	answer(span: Span, reading: Reading, hidden: number): Answer;
}

/** `moment`: of one page, all figures of which are then of it. */
export function scopeOf(env: Env, site: Site, moment?: Moment): Scope {
	let round: { questions: Question[]; readings: Promise<Reading[]> } | undefined;
	/** What is asked for at the same time is read at once. */
	function join(question: Question): Promise<Reading> {
		const { questions, readings } = round ?? begin();
		const at = questions.push(question) - 1;
		return readings.then((all) => all[at] as Reading);
	}
	function begin() {
		const questions: Question[] = [];
		const readings = Promise.resolve().then(() => {
			round = undefined;
			return readAll(env, site, questions, moment);
		});
		round = { questions, readings };
		return round;
	}
	return scopeOver(site, {
		read: (trees, { from, to }, only) => join({ wish: { trees, ...only }, from, to }),
		loads: ({ from, to }) => loadsBetween(env, site, periodOfDate(from, site.grain), periodOfDate(to, site.grain)),
	});
}

/** The same over cells from anywhere. */
export function scopeOver(site: Site, source: Pick<Scope, "read" | "loads">): Scope {
	return {
		site,
		...source,
		answer: ({ from, to }, { open, sample, imported }, hidden) => ({
			site: site.id,
			range: { from, to },
			grain: site.grain,
			timeZone: site.timeZone,
			provisional: open.size > 0,
			hidden,
			sample,
			...(imported.size > 0 ? { imported: [...new Set(imported.values())].sort() } : {}),
		}),
	};
}

/** Rows that the dashboard asks for at most. */
const mostKept = 500;

/**
 * What a question finds in a reading, kept as long as that. It may depend on nothing else: not on settings, unless `name` says them.
 * Long lists, later parts of them, and some of their names are looked for anew: who reads one to its end does not come back soon.
 */
export function found<Figures extends object>(
	reading: Reading,
	name: string,
	asked: { [Name in keyof Range]?: Range[Name] | undefined },
	work: () => Figures,
): Figures {
	const { only, offset = 0, limit = 0 } = asked;
	if (only || offset > 0 || limit > mostKept) return work();
	return once(reading, `${name} ${JSON.stringify(asked)}`, work);
}

/** A row for every name, in order. */
export function rowsOf<Row>(
	sums: Iterable<[string, Counts]> | undefined,
	row: (name: string, tally: Counts) => Row,
	size: (row: Row) => number,
): Row[] {
	const items = [...(sums ?? [])].map(([name, tally]) => {
		const made = row(name, tally);
		return { name, size: size(made), made };
	});
	return items.sort(inOrder).map(({ made }) => made);
}

/** The part of a long list that was asked for, in order, and how long it is: figures are worked out for this part only. */
export function listedRows<Row>(
	sums: Sums,
	row: (name: string, tally: Counts, size: number) => Row,
	measure: MeasureName,
	{ only, ...range }: Pick<Range, "limit" | "offset" | "only">,
) {
	const all = sums.ranked(measure, (tally) => read(tally, measure));
	const { rows } = listed(only ? all.filter(({ name }) => only.has(name)) : all, range);
	return { rows: rows.map(({ name, tally, size }) => row(name, tally, size)), total: all.length };
}

/** The part of the rows that was asked for, and how many there are. */
export function listed<Row>(rows: readonly Row[], { limit, offset = 0 }: Pick<Range, "limit" | "offset">) {
	return { rows: rows.slice(offset, limit === undefined ? undefined : offset + limit), total: rows.length };
}
