/** The click map: the elements of one page that are clicked, on a picture of it and, with the same figures, in a list beside it. */

import { dayOf } from "../../../schema/period.ts";
import type { PictureDevice } from "../../../schema/picture-limits.ts";
import type { PagePicture } from "../../pictures/pictures.ts";
import { callOf, type Frame } from "../frame.ts";
import { TroubleMarks } from "../interactions/elements.tsx";
import type { ClickedElement } from "../interactions/rows.ts";
import { interactionWords } from "../interactions/words.ts";
import { lineOf, notComparedText, unfollowedText } from "../panels/compared.ts";
import { shareText } from "../panels/figure-text.tsx";
import { type Item, RankedList } from "../panels/lists.tsx";
import { Panel } from "../panels/panel.tsx";
import { deviceNames, ownOf } from "../range.ts";
import { PictureDrawing } from "./drawing.tsx";
import { type Mark, placeMarks } from "./marks.ts";
import { type ClickMapWords, clickMapWords } from "./words.ts";

/** More boxes than this hide the page. */
const mostMarks = 25;

/** Values of the parameter that chooses the picture; without it the chosen device's, else the widest. */
export const pictureParameter = ["", "pc", "nettbrett", "mobil"] as const;
const widest = ["desktop", "tablet", "mobile"] as const satisfies PictureDevice[];

export interface ClickMapInput {
	/** Of the page, the largest share first; empty where no page is chosen. */
	elements: readonly ClickedElement[];
	pictures: readonly PagePicture[];
	/** Where the owner takes pictures; left out for viewers. */
	ownersPath: string | undefined;
	frame: Frame;
}

function chosen(pictures: readonly PagePicture[], { view }: Frame): PagePicture | undefined {
	const asked = ownOf(view, "bilde");
	const wished = asked ? deviceNames[asked as keyof typeof deviceNames] : view.device;
	const order = [wished, ...widest];
	return order.map((device) => pictures.find((picture) => picture.device === device)).find(Boolean);
}

function DeviceLinks({
	pictures,
	shown,
	frame,
}: {
	pictures: readonly PagePicture[];
	shown: PagePicture;
	frame: Frame;
}) {
	const words = clickMapWords[frame.language];
	const nameOf = (device: PictureDevice) => pictureParameter.find((name) => name && deviceNames[name] === device) ?? "";
	return (
		<nav class="picture-devices" aria-label={words.on}>
			{widest
				.filter((device) => pictures.some((picture) => picture.device === device))
				.map((device) => (
					<a
						class="more"
						href={`${frame.link({ own: { bilde: nameOf(device) } })}#klikkart`}
						aria-current={device === shown.device ? "true" : undefined}
					>
						{words.devices[device]}
					</a>
				))}
		</nav>
	);
}

/** The shapes of the marks in the list (TroubleMarks), as characters: on the picture there is no room for words. */
function signOf({ clicked: { row } }: Mark): string {
	if (row.rage + row.afterError > 0) return "▲";
	return row.dead > 0 ? "■" : "";
}

/** Elements as the list names them; `number` is that of their boxes. */
function itemOf(clicked: ClickedElement, frame: Frame, more: { most: number; number?: number; places?: number }): Item {
	const { row, of, share } = clicked;
	const words = clickMapWords[frame.language];
	const { places = 1 } = more;
	return {
		row: `${row.page}\n${row.element}`,
		name: (
			<>
				{more.number !== undefined && <span class="mark-number">{more.number}</span>}
				<bdi class="element">{row.element}</bdi>
			</>
		),
		note: (
			<>
				{places > 1 && <span>{words.places(places, frame.format.count(places))} </span>}
				<TroubleMarks row={row} words={interactionWords[frame.language]} frame={frame} />
			</>
		),
		length: share / more.most,
		figure: <span data-of="">{shareText(row.views, of, frame)}</span>,
	};
}

function Unplaced({ id, title, why, elements, most, frame }: UnplacedInput) {
	if (elements.length === 0) return null;
	return (
		<>
			<h3 id={id}>{title}</h3>
			<p class="meta">{why}</p>
			<RankedList items={elements.map((clicked) => itemOf(clicked, frame, { most }))} label={id} />
		</>
	);
}

interface UnplacedInput {
	id: string;
	title: string;
	why: string;
	elements: readonly ClickedElement[];
	most: number;
	frame: Frame;
}

function MarkedPicture({ elements, picture, words, frame }: MarkedInput) {
	const { format } = frame;
	const shown = elements.slice(0, mostMarks);
	const { placed, unseen, missing } = placeMarks(shown, picture.drawn);
	const most = Math.max(...shown.map(({ share }) => share), 0.01);
	const day = dayOf(picture.taken);
	const about = words.taken(words.devices[picture.device], format.count(picture.width), format.dates(day, day));
	return (
		<div class={`click-map ${picture.device}`}>
			<figure class="scroller" tabindex={0} aria-label={words.scroller}>
				<PictureDrawing
					drawn={picture.drawn}
					placed={placed}
					label={words.label(picture.page, format.count(placed.length))}
					shareOf={({ clicked: { row, of } }) => shareText(row.views, of, frame)}
					troubleSign={signOf}
				/>
			</figure>
			<div>
				{elements.length === 0 ? (
					<p class="none">{words.none}</p>
				) : (
					<RankedList
						items={placed.map(({ clicked, number, boxes }) =>
							itemOf(clicked, frame, { most, number, places: boxes.length }),
						)}
						label="klikkart-title"
					/>
				)}
				<Unplaced
					id="klikkart-skjult"
					title={words.unseen}
					why={words.unseenWhy}
					elements={unseen}
					most={most}
					frame={frame}
				/>
				<Unplaced
					id="klikkart-borte"
					title={words.missing}
					why={words.missingWhy}
					elements={missing}
					most={most}
					frame={frame}
				/>
				<p class="meta">
					{[
						about,
						words.asOf,
						elements.length > mostMarks && words.more(format.count(mostMarks)),
						picture.drawn.cut && words.cut,
					]
						.filter(Boolean)
						.join(" ")}
				</p>
			</div>
		</div>
	);
}

interface MarkedInput {
	elements: readonly ClickedElement[];
	picture: PagePicture;
	words: ClickMapWords;
	frame: Frame;
}

export function ClickMapPanel({ elements, pictures, ownersPath, frame }: ClickMapInput) {
	const { view } = frame;
	const words = clickMapWords[frame.language];
	const picture = chosen(pictures, frame);
	const { page } = view;
	return (
		<Panel
			id="klikkart"
			answer={callOf("elements", { page })}
			compared={notComparedText(frame)}
			title={words.title}
			subtitle={lineOf(page === undefined ? words.pick : words.subtitle(page), unfollowedText(frame, ["device"]))}
			aside={
				<div class="picture-ways">
					{picture && pictures.length > 1 && <DeviceLinks pictures={pictures} shown={picture} frame={frame} />}
					{ownersPath !== undefined && (
						<a
							class="more"
							href={`${ownersPath}?${new URLSearchParams({ ...(page === undefined ? {} : { side: page }), lang: frame.language })}`}
						>
							{page === undefined ? words.manage : words.take}
						</a>
					)}
				</div>
			}
		>
			{page !== undefined &&
				(picture ? (
					<MarkedPicture elements={elements} picture={picture} words={words} frame={frame} />
				) : (
					<p class="none">
						{[words.noPicture, ownersPath === undefined && words.forViewers].filter(Boolean).join(" ")}
					</p>
				))}
		</Panel>
	);
}
