/** The budgets of the collector's weight and manners, and whether they are met. Leaves out: failing because of one. */
import { wanted } from "../../scripts/budgets.ts";
import type { Weight } from "../../scripts/weights.ts";
import type { Figures } from "./collector.ts";

export interface Verdict {
	what: string;
	measured: number;
	/** At most this much. */
	limit: number;
	isMet: boolean;
}

type Manners = Pick<
	Figures,
	"early" | "requests" | "preflights" | "sentBytes" | "ratio" | "extraLongTasks" | "shift" | "isRestored"
>;

/** How much of each figure a visitor's page may carry, in a session of one page view. */
const manners = {
	"requests before consent, besides the gate": [0, ({ early }) => early],
	"requests per page view": [2, ({ requests, preflights }) => requests + preflights],
	"bytes sent per page view": [2_600, ({ sentBytes }) => sentBytes],
	"script time, times web-vitals alone": [1.3, ({ ratio }) => ratio],
	"long tasks caused": [0, ({ extraLongTasks }) => Math.max(0, extraLongTasks)],
	"layout shift caused": [0, ({ shift }) => shift],
	"back/forward cache lost": [0, ({ isRestored }) => (isRestored ? 0 : 1)],
} satisfies Record<string, [limit: number, pick: (figures: Manners) => number]>;

const verdict = (what: string, measured: number, limit: number): Verdict => ({
	what,
	measured,
	limit,
	isMet: measured <= limit,
});

/** `ours`: every form of the gate that was measured; the heavier figure counts. */
export function judge(ours: readonly Manners[], weights: readonly Weight[]): Verdict[] {
	return [
		...weights.map(({ name, bytes, limit }) => verdict(`${name}, bytes`, bytes, wanted[name] ?? limit)),
		...Object.entries(manners).map(([what, [limit, pick]]) => verdict(what, Math.max(...ours.map(pick)), limit)),
	];
}
