/** Lists in a report, a line a name: what is there goes on counting, what would be too much is left out. */
import { maxElementChars, maxTimes } from "../../schema/limits.ts";
import { maxKeyChars } from "../limits.ts";

/** The list's line that begins with the name of `fresh`, or `fresh` itself if there is room for it. */
export function lineOf<List extends string, Line extends [name: string, ...unknown[]]>(
	part: { [_ in NoInfer<List>]?: Line[] | undefined },
	list: List,
	fresh: Line,
	max: number,
): Line | undefined {
	const lines = part[list] ?? [];
	const known = lines.find(([name]) => name === fresh[0]);
	if (known || !fresh[0] || lines.length >= max || JSON.stringify(part).length > maxKeyChars) return known;
	lines.push(fresh);
	part[list] = lines;
	return fresh;
}

/** Counts once more in a column of a line; what is between is zero. */
export function countIn(line: [string, ...(string | number)[]], column: number): void {
	while (line.length <= column) line.push(0);
	line[column] = Math.min(Number(line[column]) + 1, maxTimes);
}

export function tally<List extends string>(
	part: { [_ in NoInfer<List>]?: [string, ...number[]][] | undefined },
	list: List,
	name: string,
	max: number,
	column = 1,
): void {
	const line = lineOf(part, list, [name.slice(0, maxElementChars)], max);
	if (line) countIn(line, column);
}
