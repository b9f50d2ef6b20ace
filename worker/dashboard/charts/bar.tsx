/** Bars in a 100 % wide picture: one share, or a split into good, needs improvement and poor. No words, no style attributes. */
import { verdicts } from "../verdict.ts";

/** A length in per cent of the picture, short in bytes. */
export function percentOf(share: number): string {
	return `${Math.round(Math.min(Math.max(share, 0), 1) * 1000) / 10}%`;
}

export function Bar({ share, tone = "accent" }: { share: number; tone?: "accent" | "exit" | "outside" }) {
	return (
		<svg class={`bar ${tone}`} width="100%" height="5" aria-hidden="true">
			<rect class="track" width="100%" height="5" rx="2.5" />
			<rect class="fill" width={percentOf(share)} height="5" rx="2.5" />
		</svg>
	);
}

export interface Split {
	good: number;
	needs: number;
	poor: number;
}

export function SplitBar({ split }: { split: Split }) {
	const total = split.good + split.needs + split.poor;
	let before = 0;
	const parts = verdicts.flatMap((verdict) => {
		const share = total ? split[verdict] / total : 0;
		const x = before;
		before += share;
		return share > 0 ? [{ verdict, x, share }] : [];
	});
	return (
		<svg class="split" width="100%" height="8" aria-hidden="true">
			<rect class="track" width="100%" height="8" />
			{parts.map(({ verdict, x, share }) => (
				<rect class={verdict} x={percentOf(x)} width={percentOf(share)} height="8" />
			))}
			{parts.slice(1).map(({ x }) => (
				<line class="cut" x1={percentOf(x)} x2={percentOf(x)} y2="8" />
			))}
		</svg>
	);
}
