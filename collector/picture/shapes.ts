/** Rectangles and colours as a picture holds them. Leaves out where they come from. */

export interface Rect {
	left: number;
	top: number;
	right: number;
	bottom: number;
}

/** For what is not drawn. */
export const neutral = "#80808055";
const leastPx = 1;

const toHex = (bytes: Iterable<number>) =>
	`#${[...bytes].map((byte) => Math.round(Math.min(byte, 255)).toString(16).padStart(2, "0")).join("")}`;

const pixels = new Map<string, number[]>();
let brush: OffscreenCanvasRenderingContext2D | null | undefined;

/** What a colour of another space than sRGB looks like, as a pixel of it; each asked for once. */
function pixelOf(colour: string): number[] {
	let pixel = pixels.get(colour);
	if (!pixel) {
		brush ??= new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
		if (!brush) return [128, 128, 128, 85];
		brush.clearRect(0, 0, 1, 1);
		brush.fillStyle = colour;
		brush.fillRect(0, 0, 1, 1);
		pixel = [...brush.getImageData(0, 0, 1, 1).data];
		pixels.set(colour, pixel);
	}
	return pixel;
}

/** A computed colour as #rrggbbaa, or #rrggbb where nothing shines through. Undefined where nothing shows. */
export function hexOf(colour: string): string | undefined {
	const [red = 0, green = 0, blue = 0, alpha = 1] = colour.startsWith("rgb")
		? (colour.match(/[\d.]+/g) ?? []).map(Number)
		: pixelOf(colour).map((byte, at) => (at === 3 ? byte / 255 : byte));
	if (alpha < 0.02) return undefined;
	return toHex([red, green, blue, ...(alpha < 1 ? [alpha * 255] : [])]);
}

/** The first colour of a gradient; undefined for images, and where there is none. */
export function firstColour(background: string): string | undefined {
	const [colour] = background.includes("url(")
		? []
		: (/(rgba?|color|oklch|oklab|lch|lab)\([^()]*\)/.exec(background) ?? []);
	return colour && hexOf(colour);
}

export const meet = (a: Rect, b: Rect): Rect => ({
	left: Math.max(a.left, b.left),
	top: Math.max(a.top, b.top),
	right: Math.min(a.right, b.right),
	bottom: Math.min(a.bottom, b.bottom),
});
export const isThere = ({ left, top, right, bottom }: Rect) => right - left >= leastPx && bottom - top >= leastPx;

/** In whole CSS px: edges are rounded, so that neighbours stay neighbours. */
export function boxOf({ left, top, right, bottom }: Rect): [x: number, y: number, width: number, height: number] {
	const [x, y] = [Math.round(left), Math.round(top)];
	return [x, y, Math.max(1, Math.round(right) - x), Math.max(1, Math.round(bottom) - y)];
}
