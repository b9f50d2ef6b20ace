/** What in a source text could round: the ban on floating point where noise is drawn. Leaves out types, which tsc checks. */

/** Comments and texts say what they like; a regular expression would be taken for a division, and there is none. */
const withoutWords = (source: string) =>
	source.replace(/\/\*[\s\S]*?\*\/|\/\/.*|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`/g, " ");

const banned = /\bMath\b|\bparseFloat\b|\bNumber\s*\(|\bperformance\b|\bDate\b|\/|\*\*|\d\.\d|\b\d+e[-+]?\d|\bFloat\d/g;

/** Every place that could. */
export function inexactIn(source: string): string[] {
	return [...withoutWords(source).matchAll(banned)].map(([found]) => found);
}
