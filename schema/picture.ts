/**
 * The picture of a page under a click map, as the owner's own browser takes it: places, sizes and colours, and the keys of elements.
 * There is no room in it for a word of the page, an address or an image. Leaves out: taking, keeping and drawing it.
 */
import * as v from "valibot";
import { maxElementChars, maxPathChars } from "./limits.ts";
import {
	maxColours,
	maxKeys,
	maxPictureHeight,
	maxPictureWidth,
	maxPlaces,
	maxShapes,
	shapeKinds,
} from "./picture-limits.ts";
import { said } from "./words.ts";

const whole = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const across = whole(0, maxPictureWidth);
const down = whole(0, maxPictureHeight);

export const drawnSchema = v.strictObject({
	/** CSS px. */
	width: whole(100, maxPictureWidth),
	height: whole(1, maxPictureHeight),
	/** #rrggbb or #rrggbbaa; the first is the page's ground. */
	colours: v.pipe(
		v.array(v.pipe(v.string(), v.regex(/^#([0-9a-f]{2}){3,4}$/))),
		v.minLength(1),
		v.maxLength(maxColours),
	),
	/** Kind, x, y, width, height, number of the colour, radius; in the order in which they are painted. */
	shapes: v.pipe(
		v.array(
			v.strictTuple([
				whole(0, shapeKinds.length - 1),
				across,
				down,
				across,
				down,
				whole(0, maxColours - 1),
				whole(0, maxPictureWidth),
			]),
		),
		v.maxLength(maxShapes),
	),
	/** Keys of elements, as clicks on them are counted. */
	keys: v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(maxElementChars))), v.maxLength(maxKeys)),
	/** Number of the key, x, y, width, height. */
	places: v.pipe(v.array(v.strictTuple([whole(0, maxKeys - 1), across, down, across, down])), v.maxLength(maxPlaces)),
	/** Numbers of keys whose elements were on the page but not to be seen. */
	unseen: v.pipe(v.array(whole(0, maxKeys - 1)), v.maxLength(maxKeys)),
	/** True where the page was longer than what is here. */
	cut: v.boolean(),
});
/** What a picture shows. */
export type Drawn = v.InferOutput<typeof drawnSchema>;

export const pictureSchema = v.strictObject({
	token: said(
		v.pipe(v.string(), v.regex(/^[\w-]{22}$/)),
		"Of the link that asked for the picture; it works once.",
		"Fra lenken som ba om bildet; den virker én gang.",
	),
	/** Cleaned path, as reports name it. */
	page: v.pipe(v.string(), v.startsWith("/"), v.maxLength(maxPathChars)),
	picture: drawnSchema,
});
