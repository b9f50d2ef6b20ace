/** The smallest group that has a name of its own, and how much of each list in the range shown has none. */
import type { Stats } from "../../stats/answers.ts";
import { Bar } from "../charts/bar.tsx";
import { callOf, type Frame } from "../frame.ts";
import { notComparedText } from "../panels/compared.ts";
import { Panel } from "../panels/panel.tsx";
import type { PrivacyWords } from "./words.ts";

/** The lists that are asked for here only to know how much of them is hidden. */
export const hiddenLists = ["pages", "channels", "countries", "elements"] as const satisfies (keyof Stats)[];

interface HiddenInput {
	k: number;
	rows: readonly { name: (typeof hiddenLists)[number] | "grants"; share: number }[];
	/** Whether part of the range is not sealed yet. */
	isOpen: boolean;
	words: PrivacyWords;
	frame: Frame;
}

export function HiddenPanel({ k, rows, isOpen, words, frame }: HiddenInput) {
	const { hidden } = words;
	const { count, percent } = frame.format;
	return (
		<Panel
			id="terskler"
			class="told"
			title={hidden.title}
			subtitle={`${hidden.subtitle}, ${words.scope}`}
			compared={notComparedText(frame)}
		>
			<p>{hidden.k(count(k))}</p>
			<ul class="ranked" aria-labelledby="terskler-title">
				{rows.map(({ name, share }) => (
					<li data-answer={callOf(name)}>
						<div class="what">{hidden.lists[name]}</div>
						<Bar share={share} tone="outside" />
						<strong data-of="hidden">{percent(share)}</strong>
					</li>
				))}
			</ul>
			{isOpen && <p class="meta">{hidden.open}</p>}
		</Panel>
	);
}
