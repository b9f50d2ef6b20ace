/** What a picture of a page may be and how its link is written, for both sides. Leaves out its schema (picture.ts), which browsers do not need. */
import type { Device } from "./report.ts";

/** A page of 6,000 boxes and lines is a very long one; what comes after is left out, and the picture says so. */
export const maxShapes = 6_000;
export const maxPlaces = 2_000;
export const maxKeys = 1_000;
export const maxColours = 250;
export const maxPictureBytes = 512 * 1024;
/** CSS px. */
export const maxPictureWidth = 4_000;
export const maxPictureHeight = 60_000;

/** What a picture can be of, by how wide the window is that takes it, in CSS px. */
export const pictureDevices = ["desktop", "mobile", "tablet"] as const satisfies Device[];
export type PictureDevice = (typeof pictureDevices)[number];
export const widthsOf = {
	mobile: { from: 0, below: 600 },
	tablet: { from: 600, below: 1024 },
	desktop: { from: 1024, below: maxPictureWidth + 1 },
} as const satisfies Record<PictureDevice, { from: number; below: number }>;

/** Whether a window of this width shows the page as this class of device does. */
export function isWidthOf(device: PictureDevice, width: number): boolean {
	return width >= widthsOf[device].from && width < widthsOf[device].below;
}

/** The name behind `#` or `?` of a link that asks for a picture; its value is `<device>.<secret>`. */
export const pictureWord = "sporlos-picture";

/** area: a background or a border · line: one line of text · image: whatever is not drawn · outline: a border, a field. */
export const shapeKinds = ["area", "line", "image", "outline"] as const;
export type ShapeKind = (typeof shapeKinds)[number];
