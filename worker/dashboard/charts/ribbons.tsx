/** The ribbons between a list of rows and the card in the middle of the flow: decoration, the lists say the same in words. */

/** Height of a row in the lists, and of one with a change below its share; the stylesheet uses the same. */
export const rowHeights = { plain: 38, changed: 46 } as const;
/** Height of all ribbons together where they meet the card, and of the thickest alone: rows must not run together. */
const tallest = 104;
const thickest = 34;
const gap = 2.5;

export type RibbonTone = "own" | "own-rest" | "outside" | "exit";
export interface Ribbon {
	/** Index of the row in its list, headings counted. */
	row: number;
	share: number;
	tone: RibbonTone;
}

/** px above a list of so many rows in the middle of a picture of so many. */
export const roomAbove = (rows: number, height: number, rowHeight: number) => ((height - rows) * rowHeight) / 2;

/** `rows` is the length of this list, `height` the height of the picture in rows, `rowHeight` that of a row in px. */
export function Ribbons({
	ribbons,
	rows,
	height,
	rowHeight,
	side,
}: {
	ribbons: readonly Ribbon[];
	rows: number;
	height: number;
	rowHeight: number;
	side: "from" | "to";
}) {
	const tall = height * rowHeight;
	const above = roomAbove(rows, height, rowHeight);
	const bundle = Math.min(tallest, thickest / Math.max(...ribbons.map(({ share }) => share), 0.01));
	const thick = ribbons.map(({ share }) => Math.max(share * bundle, 0.8));
	let meets = tall / 2 - (thick.reduce((sum, one) => sum + one, 0) + gap * (ribbons.length - 1)) / 2;
	const [outer, inner] = side === "from" ? [0, 100] : [100, 0];
	const round = (value: number) => Math.round(value * 10) / 10;
	return (
		<svg
			class="ribbons"
			viewBox={`0 0 100 ${tall}`}
			preserveAspectRatio="none"
			width="100%"
			height={tall}
			aria-hidden="true"
		>
			{ribbons.map(({ row, tone }, index) => {
				const width = thick[index] ?? 0;
				const out = round(above + (row + 0.5) * rowHeight - width / 2);
				const into = round(meets);
				meets += width + gap;
				const [outEnd, intoEnd] = [round(out + width), round(into + width)];
				return (
					<path
						class={tone}
						d={`M${outer} ${out}C50 ${out} 50 ${into} ${inner} ${into}V${intoEnd}C50 ${intoEnd} 50 ${outEnd} ${outer} ${outEnd}Z`}
					/>
				);
			})}
		</svg>
	);
}
