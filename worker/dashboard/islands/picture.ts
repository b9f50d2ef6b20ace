/**
 * A chart as a PNG file, made in the browser: what the page shows of it is drawn once more as one SVG in which every look stands beside
 * what it applies to, with a title, the dates and the filters above. Our policy allows pictures by data:, not by blob:. A file of its own.
 */
import { weightRange } from "../font.ts";

const svgSpace = "http://www.w3.org/2000/svg";
/** Room around the picture, px. */
const margin = 24;
const leading = 1.4;
/** Pixels of the file to a pixel of the page. */
const fineness = 2;
/** What a look is made of in SVG; all of these may be attributes, which a strict policy allows. */
const looks = [
	"fill",
	"fill-opacity",
	"stroke",
	"stroke-width",
	"stroke-dasharray",
	"stroke-linejoin",
	"stroke-linecap",
	"opacity",
	"font-size",
	"font-family",
	"font-weight",
	"text-anchor",
	"paint-order",
	"vector-effect",
	"display",
	"overflow",
] as const;

type Attributes = Readonly<Record<string, string | number>>;
interface Place {
	x: number;
	y: number;
}

function make(parent: Element, name: string, attributes: Attributes): Element {
	const element = document.createElementNS(svgSpace, name);
	for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, String(value));
	parent.append(element);
	return element;
}

const pen = document.createElement("canvas").getContext("2d") as CanvasRenderingContext2D;
/** How words are written. */
type Hand = Pick<CSSStyleDeclaration, "color" | "fontFamily" | "fontSize" | "fontWeight">;
const fontOf = ({ fontWeight, fontSize, fontFamily }: Hand) => `${fontWeight} ${fontSize} ${fontFamily}`;

function write(parent: Element, text: string, { x, y }: Place, hand: Hand): void {
	const { color: fill, fontSize, fontFamily, fontWeight } = hand;
	const attributes = { x, y, fill, "font-size": fontSize, "font-family": fontFamily, "font-weight": fontWeight };
	make(parent, "text", attributes).textContent = text;
}

/** Breaks a line where there is no room for more, within a word too: names of pages can be long. */
function linesOf(text: string, width: number, font: string): string[] {
	pen.font = font;
	const fits = (line: string) => pen.measureText(line).width <= width;
	const lines = [""];
	for (const part of text.split(/(?<=[\s/])/).flatMap((word) => (fits(word) ? [word] : [...word]))) {
		const line = (lines.at(-1) ?? "") + part;
		if (fits(line)) lines[lines.length - 1] = line;
		else lines.push(part);
	}
	return lines.filter((line) => line.trim());
}

/** An SVG with its looks written out. */
function copySvg(svg: SVGSVGElement, parent: Element, { x, y }: Place): void {
	const copy = svg.cloneNode(true) as SVGSVGElement;
	const originals = [svg, ...svg.querySelectorAll("*")];
	[copy, ...copy.querySelectorAll("*")].forEach((element, index) => {
		const original = originals[index];
		if (!original) return;
		const style = getComputedStyle(original);
		for (const look of looks) element.setAttribute(look, style.getPropertyValue(look));
		// Such a stroke is as wide as the file says, not the page.
		if (style.vectorEffect === "non-scaling-stroke") {
			element.setAttribute("stroke-width", String(Number.parseFloat(style.strokeWidth) * fineness));
			element.setAttribute(
				"stroke-dasharray",
				style.strokeDasharray.replaceAll(/[\d.]+/g, (n) => String(Number(n) * fineness)),
			);
		}
		element.removeAttribute("class");
	});
	const { width, height } = svg.getBoundingClientRect();
	for (const [name, value] of Object.entries({ x, y, width, height })) copy.setAttribute(name, String(value));
	parent.append(copy);
}

const isSeen = (colour: string) => colour !== "transparent" && !/, 0\)$/.test(colour);

/** Background and border, as far as a chart's words have any. */
function copyBox(parent: Element, style: CSSStyleDeclaration, box: Place & { width: number; height: number }): void {
	const border = Number.parseFloat(style.borderTopWidth);
	const { x, y, width, height } = box;
	const stroke = style.borderTopColor;
	const isRule = height <= border || style.borderLeftWidth === "0px";
	if (isRule && border > 0) {
		const dashes = style.borderTopStyle === "dashed" ? { "stroke-dasharray": "4 3" } : {};
		make(parent, "path", { d: `M${x} ${y}h${width}`, stroke, "stroke-width": border, ...dashes });
	} else if (border > 0 || isSeen(style.backgroundColor)) {
		const fill = isSeen(style.backgroundColor) ? style.backgroundColor : "none";
		const rx = Number.parseFloat(style.borderTopLeftRadius) || 0;
		make(parent, "rect", { ...box, rx, fill, ...(border > 0 ? { stroke, "stroke-width": border } : {}) });
	}
	const rule = Number.parseFloat(style.borderBottomWidth);
	if (isRule && rule > 0) {
		const d = `M${x} ${y + height - rule / 2}h${width}`;
		make(parent, "path", { d, stroke: style.borderBottomColor, "stroke-width": rule });
	}
}

/** Words of a text, each where it stands on the page. */
function copyText(node: Text, parent: Element, origin: Place): void {
	const style = getComputedStyle(node.parentElement as Element);
	pen.font = fontOf(style);
	const ascent = pen.measureText("x").fontBoundingBoxAscent;
	const range = document.createRange();
	for (const { 0: word, index } of node.data.matchAll(/\S+/g)) {
		range.setStart(node, index);
		range.setEnd(node, index + word.length);
		const { x, y } = range.getBoundingClientRect();
		write(parent, word, { x: x - origin.x, y: y - origin.y + ascent }, style);
	}
}

function copyElement(element: Element, parent: Element, origin: Place): void {
	if (element.matches("figure > details, details > :not(summary), button, .vh, .reader, [hidden]")) return;
	const style = getComputedStyle(element);
	if (style.display === "none") return;
	const { x, y, width, height } = element.getBoundingClientRect();
	const place = { x: x - origin.x, y: y - origin.y };
	if (element instanceof SVGSVGElement) {
		copySvg(element, parent, place);
		return;
	}
	copyBox(parent, style, { ...place, width, height });
	const mark = getComputedStyle(element, "::before");
	if (mark.content === '""') {
		const size = { width: Number.parseFloat(mark.width), height: Number.parseFloat(mark.height) };
		copyBox(parent, mark, { x: place.x, y: place.y + (height - size.height) / 2, ...size });
	}
	// What the page cuts off is cut off here.
	const isCut = style.overflowX !== "visible";
	const within = isCut ? make(parent, "svg", { ...place, width, height }) : parent;
	const from = isCut ? { x, y } : origin;
	for (const child of element.childNodes) {
		if (child instanceof Text) copyText(child, within, from);
		else if (child instanceof Element) copyElement(child, within, from);
	}
}

/** What stands above: name of the chart, what it is of, the dates and filters. */
function headingOf(figure: HTMLElement): { title: string; lines: string[] } {
	const textOf = (selector: string, within: ParentNode = document) =>
		within.querySelector(selector)?.textContent?.replaceAll(/\s+/g, " ").trim() ?? "";
	const panel = figure.closest(".panel");
	const label = figure.getAttribute("aria-labelledby") ?? "";
	const title = (panel && textOf(".panel-head h2", panel)) || textOf(`#${CSS.escape(label)}`);
	const about = panel ? textOf(".panel-head p", panel) : "";
	return {
		title,
		lines: [about, textOf(".toolbar .print-only") || textOf(".lead-dates"), `${textOf(".brand bdi")} · Sporløs`].filter(
			Boolean,
		),
	};
}

/** The page's font within the picture: a picture may not load anything. */
async function fontRule(): Promise<string> {
	const { href } = document.querySelector<HTMLLinkElement>("link[as=font]") ?? {};
	if (!href) return "";
	const blob = await (await fetch(href)).blob();
	const address = await new Promise((resolve) => {
		const reader = new FileReader();
		reader.onload = () => resolve(reader.result);
		reader.readAsDataURL(blob);
	});
	return `<style>@font-face{font-family:Hg;src:url(${address});font-weight:${weightRange}}</style>`;
}

/** One SVG of all of it. */
function draw(figure: HTMLElement): { svg: Element; title: string } {
	const svg = document.createElementNS(svgSpace, "svg");
	const box = figure.getBoundingClientRect();
	const width = Math.ceil(box.width) + 2 * margin;
	const paper = make(svg, "rect", {
		width,
		fill: getComputedStyle(figure.closest(".panel") ?? figure).backgroundColor,
	});
	const body = getComputedStyle(document.body);
	const meta = getComputedStyle(figure.querySelector("summary") ?? figure);
	const { title, lines } = headingOf(figure);
	let y = margin;
	const say = (text: string, { color, fontFamily }: Hand, size: number, fontWeight: string) => {
		const hand = { color, fontFamily, fontSize: `${size}px`, fontWeight };
		for (const line of linesOf(text, width - 2 * margin, fontOf(hand))) {
			y += size * leading;
			write(svg, line, { x: margin, y: y - size * 0.4 }, hand);
		}
	};
	say(title, body, 18, "620");
	for (const line of lines) say(line, meta, 13, "400");
	y += margin / 2;
	const content = make(svg, "g", {});
	copyElement(figure, content, { x: box.x - margin, y: box.y - y });
	// Where what is drawn ends: the table and the buttons below the chart are not.
	const ends = [...figure.children].filter((child) => !child.matches("details, button, .vh"));
	const bottom = Math.max(...ends.map((child) => child.getBoundingClientRect().bottom));
	const height = Math.ceil(y + bottom - box.y + margin);
	paper.setAttribute("height", String(height));
	svg.setAttribute("width", String(width * fineness));
	svg.setAttribute("height", String(height * fineness));
	svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
	return { svg, title };
}

/** Letters that every file system can write: where one cannot, Chromium drops the whole name. */
function plainName(text: string): string {
	const letters = text
		.toLowerCase()
		.replaceAll("æ", "ae")
		.replaceAll("ø", "o")
		.normalize("NFD")
		.replaceAll(/\p{M}/gu, "");
	return letters.replaceAll(/[^a-z0-9]+/g, "-");
}

/** Saves a chart as it is shown now, in light or dark. */
export async function savePicture(figure: HTMLElement): Promise<void> {
	const { svg, title } = draw(figure);
	const xml = new XMLSerializer().serializeToString(svg).replace(">", `>${await fontRule()}`);
	const image = new Image();
	image.src = `data:image/svg+xml,${encodeURIComponent(xml)}`;
	await image.decode();
	const canvas = document.createElement("canvas");
	canvas.width = image.width;
	canvas.height = image.height;
	canvas.getContext("2d")?.drawImage(image, 0, 0);
	const link = document.createElement("a");
	link.href = canvas.toDataURL("image/png");
	const site = location.pathname.split("/")[2] ?? "";
	const { range = "" } = document.querySelector("main")?.dataset ?? {};
	link.download = `${plainName([site, title, range].join(" "))}.png`;
	link.click();
}
