/** Which clicked elements are where on a picture of their page: by key, never by where somebody clicked. Pure; leaves out drawing. */
import type { Drawn } from "../../../schema/picture.ts";
import type { ClickedElement } from "../interactions/rows.ts";

/** x, y, width, height in CSS px of the picture. */
export type Box = readonly [x: number, y: number, width: number, height: number];

export interface Mark {
	/** Its number, on the picture and in the list. */
	number: number;
	clicked: ClickedElement;
	/** Everything that has the element's key: clicks on any of them count. From the top of the page down. */
	boxes: Box[];
}

export interface Marks {
	placed: Mark[];
	/** On the page, but not to be seen when the picture was taken. */
	unseen: ClickedElement[];
	/** Not on the page as it was then. */
	missing: ClickedElement[];
}

/** The elements in the order in which they are given, each on the picture or in one of the lists beside it. */
export function placeMarks(elements: readonly ClickedElement[], drawn: Drawn): Marks {
	const boxes = Map.groupBy(drawn.places, ([key]) => drawn.keys[key]);
	const hidden = new Set(drawn.unseen.map((key) => drawn.keys[key]));
	const marks: Marks = { placed: [], unseen: [], missing: [] };
	for (const clicked of elements) {
		const { element } = clicked.row;
		const found = boxes.get(element)?.map(([, ...box]): Box => box) ?? [];
		if (found.length > 0) {
			const sorted = found.sort((a, b) => a[1] - b[1] || a[0] - b[0]);
			marks.placed.push({ number: marks.placed.length + 1, clicked, boxes: sorted });
		} else if (hidden.has(element)) marks.unseen.push(clicked);
		else marks.missing.push(clicked);
	}
	return marks;
}

const areaOf = ({ boxes }: Mark) => Math.max(...boxes.map(([, , width, height]) => width * height));

/** In the order of painting: the small ones last, so that none is under a large one. */
export function paintingOrder(placed: readonly Mark[]): Mark[] {
	return placed.toSorted((a, b) => areaOf(b) - areaOf(a));
}

export interface Layer {
	kind: number;
	colour: string;
	/** 0 unless there is one box, with rounded corners. */
	radius: number;
	boxes: Box[];
}

/** A picture's shapes in their order, neighbours that look the same together: one path draws them all. */
export function layersOf({ shapes, colours }: Drawn): Layer[] {
	const layers: Layer[] = [];
	for (const [kind, x, y, width, height, number, radius] of shapes) {
		const colour = colours[number] ?? colours[0] ?? "";
		const last = layers.at(-1);
		const box: Box = [x, y, width, height];
		if (last && last.kind === kind && last.colour === colour && last.radius === 0 && radius === 0) last.boxes.push(box);
		else layers.push({ kind, colour, radius, boxes: [box] });
	}
	return layers;
}
