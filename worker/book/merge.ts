/** Lists of a report under new names: lines that get the same name become one, their counts added up. Pure. */
import type { Report } from "../../schema/report.ts";

type Rename = (name: string) => string;
type Requests = NonNullable<NonNullable<Report["speed"]>["routes"]>;
type Forms = NonNullable<NonNullable<Report["interaction"]>["forms"]>;

/** Lines of a name and its counts. A line whose new name is empty goes. */
export function mergeLines<L extends readonly [string, ...number[]]>(lines: readonly L[], rename: Rename): L[] {
	const merged = new Map<string, number[]>();
	for (const [old, ...counts] of lines) {
		const name = rename(old);
		const before = merged.get(name) ?? [];
		const length = Math.max(before.length, counts.length);
		merged.set(
			name,
			Array.from({ length }, (_, i) => (before[i] ?? 0) + (counts[i] ?? 0)),
		);
	}
	merged.delete("");
	return [...merged].map((line) => line.flat() as unknown as L);
}

/** Lines of a name, a bucket, and two counts: one line a name and bucket. */
export function mergeRequests(lines: Requests, rename: Rename): Requests {
	const merged = new Map<string, Requests[number]>();
	for (const [old, bucket, n, failed] of lines) {
		const name = rename(old);
		if (!name) continue;
		const at = `${bucket} ${name}`;
		const [, , already = 0, failedAlready = 0] = merged.get(at) ?? [];
		merged.set(at, [name, bucket, already + n, failedAlready + failed]);
	}
	return [...merged.values()];
}

/** A form once: submitted as often as all of its name, and the last field reached in any. */
export function mergeForms(forms: Forms, rename: Rename, field: (name: string, form: string) => string): Forms {
	const merged = new Map<string, Forms[number]>();
	for (const [old, submitted, lastField] of forms) {
		const name = rename(old);
		if (!name) continue;
		const [, already = 0, before = ""] = merged.get(name) ?? [];
		merged.set(name, [name, already + submitted, lastField ? field(lastField, name) : before]);
	}
	return [...merged.values()];
}
