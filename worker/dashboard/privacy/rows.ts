/** Grants added up for the page about privacy: by version of the notice, and by what asked for them. Leaves out drawing. */
import { otherName } from "../../../schema/tree-rules.ts";
import type { Grants } from "../../stats/answers.ts";
import type { Promises } from "./facts.ts";

export interface VersionRow {
	version: string;
	published: number;
	kind: "first" | "material" | "editorial";
	holds: boolean;
	/** Given in the range; undefined where none is known. */
	grants: number | undefined;
}

function sumsBy(rows: Grants["rows"], field: "policy" | "by"): Map<string, number> {
	const sums = new Map<string, number>();
	for (const row of rows) sums.set(row[field], (sums.get(row[field]) ?? 0) + row.grants);
	return sums;
}

/** Every version, the newest first, and how many grants are of versions that are not told. */
export function versionRows({ policies, valid }: Pick<Promises, "policies" | "valid">, rows: Grants["rows"]) {
	const sums = sumsBy(rows, "policy");
	const versions = policies.map(
		({ version, published, material }, at): VersionRow => ({
			version,
			published,
			kind: at === 0 ? "first" : material ? "material" : "editorial",
			holds: valid.has(version),
			grants: sums.get(version),
		}),
	);
	return { versions: versions.toReversed(), hidden: sums.get(otherName) };
}

/** What asked, the most common first and what is hidden last. */
export function mechanismRows(rows: Grants["rows"]): { by: string; grants: number }[] {
	const isOther = ({ by }: { by: string }) => Number(by === otherName);
	return [...sumsBy(rows, "by")]
		.map(([by, grants]) => ({ by, grants }))
		.filter(({ grants }) => grants > 0)
		.sort((a, b) => isOther(a) - isOther(b) || b.grants - a.grants || (a.by < b.by ? -1 : 1));
}
