/**
 * All consent tools as one: a yes where every tool that is there says yes, and at least one is there. One that has no answer
 * yet, or another one, closes. Leaves out: telling which tool it was.
 */
import type { Adapter } from "./adapter.ts";

export function joinTools(adapters: Adapter[]): Adapter {
	const heard = new Set<Adapter>();
	let wakeGate = () => {};
	/** What each tool that is there says. */
	const answers = (category: string) =>
		adapters.flatMap((adapter) => {
			const name = category || adapter.named;
			try {
				if (!heard.has(adapter)) {
					heard.add(adapter);
					adapter.onChange(wakeGate);
				}
				const isDecided = adapter.decided(name);
				return isDecided === undefined ? [] : [isDecided && adapter.allows(name)];
			} catch {
				heard.delete(adapter);
				return []; // not there
			}
		});
	return {
		named: "",
		decided: (category) => answers(category).length > 0,
		allows: (category) => answers(category).every((isYes) => isYes),
		onChange: (wake) => {
			wakeGate = wake;
		},
	};
}
