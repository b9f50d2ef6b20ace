/**
 * Every attack on a release (test/release) at full length, on the code and on everything broken on purpose: the code must withstand
 * all, and each mutant fall to one at least. Leaves out how the attacks work.
 */
import { fraction } from "../../demo/random.ts";
import { allowedMu, auditMu, breakBounds, compareShape, fishForNames } from "../release/attacks.ts";
import { code, mutants } from "../release/mutants.ts";
import { seededWords } from "../release/seeded-words.ts";
import type { Rows } from "./tables.ts";

const runs = 200_000;
const samples = 5_000_000;
const variances = [1, 4, 96, 349, 436, 654, 872, 1_000_000];
const names = 10_000_000;
const browsers = 5_000;

interface Attacked {
	name: string;
	/** Distance μ of a release with and without one browser: at least, at most. */
	mu: [low: number, high: number];
	/** Least chance of a shape like that of the noise, over all variances. */
	shape: number;
	/** How often the name of a page comes out that one browser makes possible, at least. */
	nameChance: number;
	/** The most that one browser changes a group, as a square, of what the noise is made for. */
	bound: number;
	/** Attacks that learnt more than is allowed. */
	fell: string[];
}

interface PrivacyAudit {
	allowed: { mu: number; nameChance: number };
	counts: { runs: number; samples: number; variances: number[]; names: number; browsers: number };
	attacked: Attacked[];
	isSound: boolean;
}

export function runPrivacy(seed: string, tell: (line: string) => void): PrivacyAudit {
	let allowedChance = 0;
	const attacked = Object.entries({ "the code": code, ...mutants }).map(([name, one]): Attacked => {
		tell(`attacking: ${name}`);
		const random = seededWords(Math.floor(fraction(`${seed} ${name}`) * 2 ** 32));
		const { low, high } = auditMu(one, random, runs);
		const shape = Math.min(...variances.map((sigma2) => compareShape(one, random, sigma2, samples)));
		const fished = fishForNames(one, random, names);
		allowedChance = fished.allowed;
		const bound = breakBounds(one, random, browsers);
		const fell = Object.entries({
			"told apart": low > allowedMu,
			shape: shape < 1e-6,
			name: fished.low > fished.allowed,
			bound: bound > 1,
		}).flatMap(([attack, learnt]) => (learnt ? attack : []));
		return { name, mu: [low, high], shape, nameChance: fished.low, bound, fell };
	});
	const [ours, ...broken] = attacked;
	return {
		allowed: { mu: allowedMu, nameChance: allowedChance },
		counts: { runs, samples, variances, names, browsers },
		attacked,
		// An attack that finds nothing anywhere near the limit would show nothing.
		isSound: ours?.fell.length === 0 && ours.mu[1] >= 0.9 * allowedMu && broken.every(({ fell }) => fell.length > 0),
	};
}

export function privacyCounts({ counts }: PrivacyAudit): string {
	const [runs, samples, names, browsers] = [counts.runs, counts.samples, counts.names, counts.browsers].map((count) =>
		count.toLocaleString("en"),
	);
	return `${runs} releases a side; ${samples} samples with each of the variances ${counts.variances.join(", ")}; ${names} names; ${browsers} browsers.`;
}

export function privacyRows({ attacked, allowed }: PrivacyAudit): Rows {
	const short = (chance: number) =>
		chance === 0 ? "0" : chance >= 0.001 ? chance.toFixed(3) : chance.toExponential(1);
	return [
		[
			"",
			"μ with and without one browser",
			"shape of the noise, p",
			"name of one browser's page",
			"most one browser changes",
			"fell to",
		],
		["allowed", `≤ ${allowed.mu.toFixed(3)}`, "≥ 1.0e-6", `≤ ${short(allowed.nameChance)}`, "≤ 1", ""],
		...attacked.map(({ name, mu: [low, high], shape, nameChance, bound, fell }) => [
			name,
			`${low.toFixed(3)} to ${high.toFixed(3)}`,
			short(shape),
			`≥ ${short(nameChance)}`,
			String(bound),
			fell.join(", ") || "none",
		]),
	];
}
