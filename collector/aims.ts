/** Goals and funnels: which step something reaches. Pure. Leaves out: what happens (sensors), and keeping what was reached. */
import type { AimKind, AimStep } from "../schema/site.ts";

/** Something that may reach a goal or the next step of a funnel: a page shown, an element clicked … */
export type Happening = [kind: AimKind, text: string];

/** Keys reached now. A step needs the one before it, so one happening reaches at most one step of a funnel. */
export function reachAims(aims: AimStep[][], [kind, text]: Happening, reached: string[]): string[] {
	return aims.flatMap((steps) => {
		const isNext = ([key, by, pattern]: AimStep, index: number) => {
			const before = steps[index - 1];
			return (
				by === kind &&
				!reached.includes(key) &&
				(!before || reached.includes(before[0])) &&
				new RegExp(pattern).test(text)
			);
		};
		return steps.findLast(isNext)?.[0] ?? [];
	});
}
