/** Rows as JSON texts of a bounded length: D1 and the storage of a Durable Object take at most 2 MB a value. */

/** A character is at most three bytes of UTF-8. */
const chunkChars = 500_000;

/** JSON arrays that together hold all rows, at least one; a row that is longer than a chunk has one of its own. */
export function* jsonChunks(rows: readonly unknown[]): Generator<string> {
	let texts: string[] = [];
	let chars = 0;
	for (const row of rows) {
		const text = JSON.stringify(row);
		if (chars + text.length > chunkChars && texts.length > 0) {
			yield `[${texts.join(",")}]`;
			texts = [];
			chars = 0;
		}
		texts.push(text);
		chars += text.length + 1;
	}
	yield `[${texts.join(",")}]`;
}
