import { describe, expect, test } from "vitest";
import type { Drawn } from "../../schema/picture.ts";
import { layersOf, paintingOrder, placeMarks } from "../../worker/dashboard/click-map/marks.ts";
import { ClickMapPanel, pictureParameter } from "../../worker/dashboard/click-map/panel.tsx";
import { makeFrame } from "../../worker/dashboard/frame.ts";
import type { ClickedElement } from "../../worker/dashboard/interactions/rows.ts";
import { parseView } from "../../worker/dashboard/range.ts";
import { figureOf } from "../support/fixture-figures.ts";
import { hostileNames } from "../support/hostile-figures.ts";

const clickedOn = (element: string, share: number, dead = 0): ClickedElement => ({
	row: {
		page: "/priser",
		element,
		clicks: share * 2000,
		views: share * 1000,
		rage: 0,
		dead,
		afterError: 0,
		lcp: figureOf("lcp", 1900, 0),
		inp: figureOf("inp", 110, 0),
	},
	of: 1000,
	share,
});

const drawn: Drawn = {
	width: 1000,
	height: 2000,
	colours: ["#ffffff", "#80808055", "#1a5a4c"],
	shapes: [
		[0, 0, 0, 1000, 80, 2, 0],
		[1, 10, 10, 50, 20, 1, 0],
		[1, 80, 10, 50, 20, 1, 0],
		[0, 0, 0, 90, 40, 2, 8],
		[0, 0, 50, 90, 40, 2, 8],
	],
	keys: ["nav a in", "main", "main button", "dialog button"],
	places: [
		[0, 80, 300, 50, 20],
		[1, 0, 80, 1000, 1900],
		[0, 10, 10, 50, 20],
		[2, 40, 400, 200, 44],
	],
	unseen: [3],
	cut: false,
};

const elements = [
	clickedOn("main", 0.5),
	clickedOn("nav a in", 0.3),
	clickedOn("dialog button", 0.2),
	clickedOn("main button", 0.1, 40),
	clickedOn("aside a out", 0.05),
];

interface More {
	query?: string;
	pictures?: Drawn[];
	elements?: ClickedElement[];
	isOwner?: boolean;
}

function render(more: More = {}): string {
	const { query = "side=/priser", pictures = [drawn] } = more;
	const view = parseView(new URLSearchParams(query), "2026-11-22", { bilde: pictureParameter });
	return String(
		<ClickMapPanel
			elements={more.elements ?? elements}
			pictures={pictures.map((one, at) => ({
				page: "/priser",
				device: at ? "mobile" : "desktop",
				taken: Date.parse("2026-11-20T09:00:00Z"),
				width: one.width,
				drawn: one,
			}))}
			ownersPath={more.isOwner === false ? undefined : "/sites/demo/pictures"}
			frame={makeFrame(view, "nb")}
		/>,
	);
}

describe("the marks", () => {
	test("go by key to every place that has it, in the order of the shares", () => {
		const { placed, unseen, missing } = placeMarks(elements, drawn);
		expect(placed.map(({ number, clicked, boxes }) => [number, clicked.row.element, boxes])).toEqual([
			[1, "main", [[0, 80, 1000, 1900]]],
			[
				2,
				"nav a in",
				[
					[10, 10, 50, 20],
					[80, 300, 50, 20],
				],
			],
			[3, "main button", [[40, 400, 200, 44]]],
		]);
		expect([unseen, missing].map(([one]) => one?.row.element)).toEqual(["dialog button", "aside a out"]);
	});

	test("are painted with the small above the large", () => {
		expect(paintingOrder(placeMarks(elements, drawn).placed).map(({ number }) => number)).toEqual([1, 3, 2]);
	});

	test("lie over a picture that is drawn in as few paths as its order allows", () => {
		expect(layersOf(drawn).map(({ boxes }) => boxes.length)).toEqual([1, 2, 1, 1]);
	});
});

describe("the panel", () => {
	test("says on the picture what it says in the list", () => {
		const html = render();
		for (const share of ["50", "30", "10"]) {
			expect(html).toContain(`<tspan data-of=""> · ${share}\u00a0%</tspan>`);
			expect(html).toContain(`<span data-of="">${share}\u00a0%</span>`);
		}
		expect(html).toMatch(/10\u00a0%<\/tspan> ■/);
		expect(html).toContain("2 steder på siden");
		expect(html).toMatch(/Ikke synlig på bildet.*dialog button.*Ikke på bildet.*aside a out/s);
		expect(html).toContain("tatt 20. nov. 2026");
	});

	test("shows the picture of the chosen device, of the filter's, else the widest", () => {
		const narrow = { ...drawn, width: 390 };
		const widthOf = (query: string) => /viewBox="0 0 (\d+)/.exec(render({ query, pictures: [drawn, narrow] }))?.[1];
		expect(widthOf("side=/priser")).toBe("1000");
		expect(widthOf("side=/priser&enhet=mobil")).toBe("390");
		expect(widthOf("side=/priser&enhet=mobil&bilde=pc")).toBe("1000");
		expect(widthOf("side=/priser&bilde=nettbrett")).toBe("1000");
	});

	test("has words for a page without a picture, a site without a page, and a page without clicks", () => {
		expect(render({ pictures: [] })).toContain("ikke noe bilde av denne siden ennå");
		expect(render({ query: "", pictures: [] })).toContain("Velg en side over");
		expect(render({ elements: [] })).toContain("Ingen klikk på denne siden i perioden");
	});

	test("leads owners to where pictures are taken, and tells viewers who can", () => {
		expect(render()).toContain('href="/sites/demo/pictures?side=%2Fpriser&amp;lang=nb"');
		const seen = render({ pictures: [], isOwner: false });
		expect(seen).not.toContain("/sites/demo/pictures");
		expect(seen).toContain("Nettstedets eier kan ta et.");
	});

	test("draws hostile names as text, and no style attribute", () => {
		const keys = hostileNames.map((name) => name.slice(0, 120));
		const places = keys.map((_, key): Drawn["places"][number] => [key, 10 * key, 10, 5, 5]);
		const html = render({
			elements: keys.map((key) => clickedOn(key, 0.5)),
			pictures: [{ ...drawn, keys, places, unseen: [] }],
		});
		expect(html).not.toMatch(/<script|<img|<svg\/onload/);
		expect(render()).not.toMatch(/\sstyle=|\son\w+=/);
		expect(html).toContain("&lt;script&gt;");
	});
});
