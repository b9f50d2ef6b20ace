/**
 * Draws a picture of a page and, over it, the elements that are clicked, each with its number and share. Everything drawn is a box of
 * ours: nothing of the page itself is rendered, so there is nothing in it that could run, load or speak.
 */

import type { Drawn } from "../../../schema/picture.ts";
import { type ShapeKind, shapeKinds } from "../../../schema/picture-limits.ts";
import { type Box, type Layer, layersOf, type Mark, paintingOrder } from "./marks.ts";

/** What a line of text fills of its height: about its small letters. */
const inkOfLine = 0.45;

function pathOf(boxes: readonly Box[], isLine: boolean): string {
	return boxes
		.map(([x, y, width, height]) => {
			const ink = isLine ? Math.max(1, Math.round(height * inkOfLine)) : height;
			return `M${x} ${y + Math.round((height - ink) / 2)}h${width}v${ink}h-${width}z`;
		})
		.join("");
}

function LayerOf({ layer }: { layer: Layer }) {
	const { kind: number, colour, radius, boxes } = layer;
	const kind: ShapeKind = shapeKinds[number] ?? "area";
	const paint = kind === "outline" ? { fill: "none", stroke: colour } : { fill: colour };
	const [[x, y, width, height] = [0, 0, 0, 0]] = boxes;
	if (radius > 0) return <rect class={kind} x={x} y={y} width={width} height={height} rx={radius} {...paint} />;
	return <path class={kind} d={pathOf(boxes, kind === "line")} {...paint} />;
}

const percent = (part: number, whole: number) => `${Math.round((part / whole) * 10_000) / 100}%`;

/** Badges grow towards the middle of the picture: from the right edge of their box, at the picture's left edge from the left one. */
const leftPart = 0.25;
/** Wide enough for its text at 12 px, which stays that size however small the picture is. */
const badgeWidth = (text: string) => 12 + Math.ceil(text.length * 7);
const badgeHeight = 20;

interface BadgeInput {
	box: Box;
	drawn: Drawn;
	number: number;
	/** On one of an element's boxes only. */
	more: { share: string; trouble: string } | undefined;
}

function Badge({ box, drawn, number, more }: BadgeInput) {
	const [x, y, width] = box;
	const across = badgeWidth([number, more?.share, more?.trouble].filter(Boolean).join(" · "));
	const isLeft = x + width < drawn.width * leftPart;
	const from = isLeft ? 0 : -across;
	return (
		<svg
			class="badge"
			x={percent(isLeft ? x : x + width, drawn.width)}
			y={percent(y, drawn.height)}
			overflow="visible"
			aria-hidden="true"
		>
			<rect x={from} y={-badgeHeight / 2} width={across} height={badgeHeight} rx={badgeHeight / 2} />
			<text x={from + across / 2} y="4" text-anchor="middle">
				<tspan class="number">{number}</tspan>
				{more && <tspan data-of=""> · {more.share}</tspan>}
				{more?.trouble && ` ${more.trouble}`}
			</text>
		</svg>
	);
}

export interface DrawingInput {
	drawn: Drawn;
	placed: readonly Mark[];
	/** What it shows, for those who do not see it: the same figures are in the list. */
	label: string;
	shareOf(mark: Mark): string;
	/** A sign for clicks that did not work, or nothing. */
	troubleSign(mark: Mark): string;
}

export function PictureDrawing({ drawn, placed, label, shareOf, troubleSign }: DrawingInput) {
	const { width, height, colours } = drawn;
	const marks = paintingOrder(placed);
	const most = Math.max(...placed.map(({ clicked }) => clicked.share), 0.01);
	return (
		<div class="picture" role="img" aria-label={label}>
			<svg class="page" viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
				<rect width={width} height={height} fill={colours[0]} />
				{layersOf(drawn).map((layer) => (
					<LayerOf layer={layer} />
				))}
				{marks.map((mark) => (
					<g class={troubleSign(mark) ? "mark troubled" : "mark"} data-mark={mark.number}>
						{mark.boxes.map(([x, y, across, down]) => (
							<>
								<rect class="halo" x={x} y={y} width={across} height={down} />
								<rect
									class="ring"
									x={x}
									y={y}
									width={across}
									height={down}
									fill-opacity={Math.round((0.06 + (0.3 * mark.clicked.share) / most) * 100) / 100}
								>
									<title>
										{mark.number}: {mark.clicked.row.element}
									</title>
								</rect>
							</>
						))}
					</g>
				))}
			</svg>
			<svg class="badges" width="100%" height="100%" aria-hidden="true">
				{/* Those with a share come last: they are wider, and must not be covered. */}
				{marks.flatMap(({ number, boxes }) =>
					boxes.slice(1).map((box) => <Badge box={box} drawn={drawn} number={number} more={undefined} />),
				)}
				{marks.map((mark) => (
					<Badge
						box={mark.boxes[0] ?? [0, 0, 0, 0]}
						drawn={drawn}
						number={mark.number}
						more={{ share: shareOf(mark), trouble: troubleSign(mark) }}
					/>
				))}
			</svg>
		</div>
	);
}
