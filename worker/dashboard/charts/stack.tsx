/** Parts of a time one after the other, in a 100 % wide picture. The words and figures stand in the table beside it. */
import { percentOf } from "./bar.tsx";

/** More parts than this share colours. */
export const stackTones = 6;

export function Stack({ parts }: { parts: readonly number[] }) {
	const total = parts.reduce((sum, part) => sum + part, 0);
	let before = 0;
	return (
		<svg class="stack" width="100%" height="28" aria-hidden="true">
			{parts.map((part, index) => {
				const x = before;
				before += total ? part / total : 0;
				return (
					part > 0 && (
						<rect class={`tone-${index % stackTones}`} x={percentOf(x)} width={percentOf(part / total)} height="28" />
					)
				);
			})}
		</svg>
	);
}

export function Swatch({ tone }: { tone: number }) {
	return (
		<svg class="swatch" viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
			<rect class={`tone-${tone % stackTones}`} width="10" height="10" rx="2" />
		</svg>
	);
}
