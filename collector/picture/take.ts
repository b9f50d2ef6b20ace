/**
 * Takes a picture of the page as it is on the screen: where things are, how large, in which colours, and under which keys clicks on
 * them are counted. What it holds is picked, not filtered: no text, address, attribute, image or style of the page can get into it.
 * Leaves out shadows, rotated shapes, and what is inside frames, drawings and videos.
 */
import type { Drawn } from "../../schema/picture.ts";
import {
	maxColours,
	maxKeys,
	maxPictureHeight,
	maxPictureWidth,
	maxPlaces,
	maxShapes,
	type ShapeKind,
	shapeKinds,
} from "../../schema/picture-limits.ts";
import { clickable, elementKey } from "../sensors/element-key.ts";
import { boxOf, firstColour, hexOf, isThere, meet, neutral, type Rect } from "./shapes.ts";

/** What an element inherits from those around it. */
interface Around {
	/** Nothing of it shows outside of this. */
	clip: Rect;
	/** The same for what is taken out of the flow. */
	placedClip: Rect;
	/** From the window to the page; none for what stays put when the page scrolls. */
	dx: number;
	dy: number;
	/** The larger, the later it is painted. */
	layer: number;
}

type Shape = Drawn["shapes"][number];

/** Shown as one grey box. */
const undrawn = "img,svg,video,canvas,iframe,object,embed,audio,meter,progress,input[type=image]";
const fields = "input,select,textarea";

export const pageWidth = () => Math.min(document.documentElement.clientWidth, maxPictureWidth);

export function takePicture(): Drawn {
	const page = document.documentElement;
	const width = pageWidth();
	const tall = Math.max(page.scrollHeight, document.body.scrollHeight, 1);
	const height = Math.min(tall, maxPictureHeight);
	const whole: Rect = { left: 0, top: 0, right: width, bottom: height };
	const grounds = [page, document.body].map((element) => hexOf(getComputedStyle(element).backgroundColor));
	const colours = [grounds.find(Boolean) ?? "#ffffff", neutral];
	const painted: { layer: number; shape: Shape }[] = [];
	const clicked: { key: string; rect: Rect }[] = [];
	const others: typeof clicked = [];
	const hidden = new Set<string>();

	const colourOf = (hex: string) => {
		const known = colours.indexOf(hex);
		if (known >= 0) return known;
		return colours.length < maxColours ? colours.push(hex) - 1 : colours.indexOf(neutral);
	};
	const paint = (kind: ShapeKind, rect: Rect, colour: string | undefined, layer: number, radius = 0) => {
		if (!colour || !isThere(rect)) return;
		const [x, y, across, down] = boxOf(rect);
		const round = Math.round(Math.min(radius, across / 2, down / 2));
		painted.push({ layer, shape: [shapeKinds.indexOf(kind), x, y, across, down, colourOf(colour), round] });
	};

	/** The key under which clicks on it count, unless they count for something around it. */
	const keyOf = (element: Element) => {
		const named = element.closest<HTMLElement>("[data-sporlos]");
		const counted = named?.dataset.sporlos ? named : (element.closest(clickable) ?? element);
		return counted === element ? elementKey(element) : undefined;
	};
	const isClickable = (element: Element) => element.matches(`${clickable},[data-sporlos]`);
	/** Clicks inside of a component count as clicks on the component. */
	const isCounted = (element: Element) => element.getRootNode() === document;
	const hide = (root: Element) => {
		if (!isCounted(root)) return;
		for (const element of [root, ...root.querySelectorAll("*")]) {
			const key = isClickable(element) && keyOf(element);
			if (key) hidden.add(key);
		}
	};

	function paintBorders(rect: Rect, clip: Rect, style: CSSStyleDeclaration, layer: number, radius: number): boolean {
		const [top = 0, right = 0, bottom = 0, left = 0] = (["Top", "Right", "Bottom", "Left"] as const).map((side) =>
			hexOf(style[`border${side}Color`]) ? Number.parseFloat(style[`border${side}Width`]) : 0,
		);
		const colour = hexOf(style.borderTopColor) ?? hexOf(style.borderBottomColor) ?? hexOf(style.borderLeftColor);
		if (top && right && bottom && left) paint("outline", meet(rect, clip), colour, layer, radius);
		else
			for (const [px, edge] of [
				[top, { ...rect, bottom: rect.top + top }],
				[bottom, { ...rect, top: rect.bottom - bottom }],
				[left, { ...rect, right: rect.left + left }],
				[right, { ...rect, left: rect.right - right }],
			] as const)
				if (px) paint("area", meet(edge, clip), colour, layer);
		return top + right + bottom + left > 0;
	}

	function paintText(text: Text, { clip, dx, dy, layer }: Around, colour: string | undefined): void {
		if (!/\S/.test(text.data)) return;
		const range = document.createRange();
		range.selectNodeContents(text);
		for (const { left, top, right, bottom } of range.getClientRects())
			paint(
				"line",
				meet({ left: left + dx, top: top + dy, right: right + dx, bottom: bottom + dy }, clip),
				colour,
				layer,
			);
	}

	function walk(element: Element, around: Around): void {
		if (element.localName.startsWith("sporlos-")) return;
		const style = getComputedStyle(element);
		const isBoxless = style.display === "contents";
		if (!isBoxless && !element.checkVisibility({ opacityProperty: true })) {
			hide(element);
			return;
		}
		const { position } = style;
		const isFixed = position === "fixed";
		const [dx, dy] = isFixed ? [0, 0] : [around.dx, around.dy];
		const clip = isFixed ? whole : position === "absolute" ? around.placedClip : around.clip;
		const layer = position === "static" ? around.layer : around.layer + (Number(style.zIndex) || 0);
		const at = element.getBoundingClientRect();
		const rect = { left: at.left + dx, top: at.top + dy, right: at.right + dx, bottom: at.bottom + dy };
		const shown = meet(rect, clip);
		const isPainted = style.visibility === "visible" && !isBoxless;

		if (isPainted) {
			const radius = Number.parseFloat(style.borderTopLeftRadius) || 0;
			paint("area", shown, hexOf(style.backgroundColor), layer, radius);
			paint("area", shown, firstColour(style.backgroundImage), layer, radius);
			const isImage = element.matches(undrawn);
			if (isImage || style.backgroundImage.includes("url(")) paint("image", shown, neutral, layer, radius);
			const isOutlined = paintBorders(rect, clip, style, layer, radius);
			if (!isOutlined && element.matches(fields)) paint("outline", shown, hexOf(style.color), layer, radius);
		}
		if (isCounted(element)) {
			const key = keyOf(element);
			if (key && isPainted && isThere(shown)) (isClickable(element) ? clicked : others).push({ key, rect: shown });
			else if (key && isClickable(element)) hidden.add(key);
		}
		if (element.matches(`${undrawn},${fields}`)) return;

		const childClip = isBoxless || style.overflow === "visible" ? clip : meet(clip, rect);
		const within: Around = {
			clip: childClip,
			placedClip: position === "static" ? around.placedClip : childClip,
			dx,
			dy,
			layer,
		};
		for (const node of (element.shadowRoot ?? element).childNodes) {
			if (node instanceof Element) for (const part of slotted(node)) walkNode(part, within, style);
			else walkNode(node, within, style);
		}
	}

	function walkNode(node: Node, within: Around, style: CSSStyleDeclaration): void {
		if (node instanceof Element) walk(node, within);
		else if (node instanceof Text && style.visibility === "visible") paintText(node, within, hexOf(style.color));
	}

	const start = { clip: whole, placedClip: whole, dx: scrollX, dy: scrollY, layer: 0 };
	walk(document.body, start);

	const places = [...clicked, ...others].slice(0, maxPlaces);
	const keys = [...new Set(places.map(({ key }) => key))].slice(0, maxKeys);
	const unseen = [...hidden].filter((key) => !keys.includes(key)).slice(0, maxKeys - keys.length);
	const numbers = new Map([...keys, ...unseen].map((key, number) => [key, number]));
	const numberOf = (key: string) => numbers.get(key) ?? -1;
	return {
		width,
		height,
		colours,
		shapes: painted
			.sort((a, b) => a.layer - b.layer)
			.slice(0, maxShapes)
			.map(({ shape }) => shape),
		keys: [...numbers.keys()],
		places: places.filter(({ key }) => numbers.has(key)).map(({ key, rect }) => [numberOf(key), ...boxOf(rect)]),
		unseen: unseen.map(numberOf),
		cut: tall > height || painted.length > maxShapes || places.length < clicked.length + others.length,
	};
}

/** What stands in a component's slot, else the element itself. */
function slotted(element: Element): Node[] {
	return element instanceof HTMLSlotElement ? element.assignedNodes({ flatten: true }) : [element];
}
