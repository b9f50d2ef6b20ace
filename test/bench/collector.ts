/**
 * The collector side by side with other people's scripts: several rounds, everybody once in each, medians of what was
 * measured, and what of it has a budget. Leaves out: the session itself, and writing anything.
 */
import { weigh } from "../../collector/build.ts";
import { bundlePeers, contestants, type Name, type Peer, peerVersions } from "./contestants.ts";
import { startRig } from "./rig.ts";
import type { Measured } from "./session.ts";

export interface Figures extends Omit<Measured, "scripts" | "isRestored"> {
	/** All scripts it loaded, bytes after brotli 11. */
	weight: number;
	/** Above the blank page, ms and tasks. */
	extraScriptMs: number;
	extraTaskMs: number;
	extraLongTasks: number;
	/** Extra script time as a multiple of web-vitals with attribution. */
	ratio: number;
	/** The page came back from the back/forward cache in every round. */
	isRestored: boolean;
	/** Script time of each round, ms. */
	rounds: number[];
}

export interface CollectorResult {
	browser: string;
	peers: Record<Peer, string>;
	figures: Record<Name, Figures>;
}

export function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = sorted.length / 2;
	const at = (index: number) => sorted[Math.floor(index)] ?? Number.NaN;
	return (at(middle) + at(middle - 0.5)) / 2;
}

const tenth = (value: number) => Math.round(value * 10) / 10;

/** Everybody's medians. Layout shift is the worst of all rounds: there should be none in any. */
function summarise(runs: Record<Name, Measured[]>, weights: Map<string, number>): Record<Name, Figures> {
	const middle = (name: Name, pick: (measured: Measured) => number) => median(runs[name].map(pick));
	const extra = (name: Name, pick: (measured: Measured) => number) => tenth(middle(name, pick) - middle("blank", pick));
	const scriptMs = (measured: Measured) => measured.scriptMs;
	const names = Object.keys(runs) as Name[];
	const figures = names.map((name): [Name, Figures] => {
		const loaded = new Set(runs[name].flatMap(({ scripts }) => scripts));
		return [
			name,
			{
				weight: [...loaded].reduce((sum, path) => sum + (weights.get(path) ?? 0), 0),
				early: middle(name, ({ early }) => early),
				requests: middle(name, ({ requests }) => requests),
				preflights: middle(name, ({ preflights }) => preflights),
				sentBytes: middle(name, ({ sentBytes }) => sentBytes),
				scriptMs: tenth(middle(name, scriptMs)),
				taskMs: tenth(middle(name, ({ taskMs }) => taskMs)),
				longTasks: middle(name, ({ longTasks }) => longTasks),
				shift: Math.max(...runs[name].map(({ shift }) => shift)),
				extraScriptMs: extra(name, scriptMs),
				extraTaskMs: extra(name, ({ taskMs }) => taskMs),
				extraLongTasks: extra(name, ({ longTasks }) => longTasks),
				ratio: Math.round((100 * extra(name, scriptMs)) / extra("web-vitals", scriptMs)) / 100,
				isRestored: runs[name].every(({ isRestored }) => isRestored),
				rounds: runs[name].map(scriptMs).map(tenth),
			},
		];
	});
	return Object.fromEntries(figures) as Record<Name, Figures>;
}

/** `say` hears of each session as it ends. */
export async function runCollector(rounds: number, say: (line: string) => void): Promise<CollectorResult> {
	const rig = await startRig(bundlePeers);
	try {
		const runs = Object.fromEntries(contestants.map(({ name }) => [name, []])) as unknown as Record<Name, Measured[]>;
		const weights = new Map<string, number>();
		for (let round = 0; round < rounds; round++) {
			// Everybody has another place in each round: the machine's mood is nobody's fault.
			const shift = (round * 4) % contestants.length;
			for (const contestant of [...contestants.slice(shift), ...contestants.slice(0, shift)]) {
				const measured = await rig.run(contestant);
				runs[contestant.name].push(measured);
				for (const [path, source] of rig.counter.scripts) weights.set(path, weigh(source));
				say(
					`round ${round + 1} of ${rounds}  ${contestant.name.padEnd(16)}${measured.scriptMs.toFixed(0).padStart(5)} ms`,
				);
			}
		}
		return { browser: rig.version, peers: await peerVersions(), figures: summarise(runs, weights) };
	} finally {
		await rig.close();
	}
}
