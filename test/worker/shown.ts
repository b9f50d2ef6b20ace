/** What books and readers show, for tests: every tree as a whole, and lists of cells. */
import { treeNames } from "../../schema/tree-rules.ts";
import type { TreeName } from "../../schema/trees.ts";
import type { OpenBook, TreeWish } from "../../worker/book/show.ts";
import type { ReadCell } from "../../worker/query/memory.ts";
import { type Reading, readAll } from "../../worker/query/read.ts";
import { addUp, type Counts } from "../../worker/query/tally.ts";
import type { Site } from "../../worker/sites/sites.ts";
import { testEnv } from "./support.ts";

export const wholeTrees: TreeWish[] = treeNames.map((tree) => ({ tree }));

/** Cells that a book tells of. */
export function toldCells({ periods }: Pick<OpenBook, "periods">) {
	return periods.flatMap(({ period, trees }) =>
		trees.flatMap(({ wish: { tree }, cells }) => cells.map((cell) => ({ period, tree, ...cell }))),
	);
}

export async function readTrees(
	site: Site,
	trees: TreeName[],
	from: string,
	to: string,
	env = testEnv,
): Promise<Reading> {
	const [reading] = await readAll(env, site, [{ wish: { trees }, from, to }]);
	return reading as Reading;
}

/** Every cell of a reading; those of several books of a site are added up. */
export function cellsRead({ trees }: Reading): { period: string; tree: TreeName; key: string; sum: Counts }[] {
	const found = new Map<string, ReadCell[]>();
	for (const { closed, open } of trees.values()) {
		for (const cell of [...closed, ...open.flatMap(({ cells }) => [...cells.values()])]) {
			const name = `${cell.period}\n${cell.tree}\n${cell.key}`;
			found.set(name, [...(found.get(name) ?? []), cell]);
		}
	}
	return [...found.values()].flatMap((cells) => {
		const sum = addUp(cells.flatMap(({ parts }) => parts));
		return cells.slice(0, 1).map(({ period, tree, key }) => ({ period, tree, key, sum }));
	});
}
