/** Marks of notes on a trend line: a dotted line down to a number, a shade over a span of periods, words where there is room. */
import type { NoteMark } from "../notes/marks.ts";

/** Half of a letter, and of what a number stands on. */
const halfLetter = 3.4;
const radius = 8;

/** The periods that notes are about, in a picture that stretches behind the lines. */
export function NoteSpans({
	marks,
	x,
	top,
	height,
}: {
	marks: readonly NoteMark[];
	/** Place of a point, of 1000. */
	x(index: number): number;
	top: number;
	height: number;
}) {
	const spans = marks.flatMap((mark) => mark.spans);
	if (spans.length === 0) return null;
	return (
		<svg viewBox={`0 0 1000 ${height}`} width="100%" height={height} preserveAspectRatio="none" aria-hidden="true">
			{spans.map(([first, last]) => (
				<rect class="note-span" x={x(first)} width={x(last) - x(first)} y={top} height={height - top} />
			))}
		</svg>
	);
}

/** Each mark is a picture of its own, so that per cents and pixels meet. */
export function NoteMarks({
	marks,
	at,
	last,
	top,
	height,
}: {
	marks: readonly NoteMark[];
	/** Place of a point, in per cent of the width. */
	at(index: number): string;
	/** Index of the last point. */
	last: number;
	top: number;
	height: number;
}) {
	return (
		<>
			{marks.map(({ index, first, last: lastNote, words }) => {
				const more = lastNote > first ? `–${lastNote}` : "";
				const half = Math.max(radius, `${first}${more}`.length * halfLetter + 4);
				// At the ends a wide number stays within the picture.
				const aside = (half - radius) * (index === 0 ? 1 : index === last ? -1 : 0);
				return (
					<svg class="note-mark" x={at(index)} aria-hidden="true">
						<line y1={top} y2={height - radius} />
						<g transform={aside === 0 ? undefined : `translate(${aside})`}>
							<rect x={-half} y={height - radius} width={2 * half} height={2 * radius} rx={radius} />
							<text y={height + 4} text-anchor="middle">
								{first}
								{more && <tspan class="minor">{more}</tspan>}
							</text>
						</g>
						{words && (
							<text
								class="haloed words"
								x={words.side === "right" ? 6 : -6}
								y={top - 4}
								text-anchor={words.side === "right" ? "start" : "end"}
							>
								{words.text}
							</text>
						)}
					</svg>
				);
			})}
		</>
	);
}
