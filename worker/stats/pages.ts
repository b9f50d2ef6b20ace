/** Figures by page: the pages themselves, what leads from one to another, how they are left, and what is used on them. */
import { otherName, splitKey } from "../../schema/tree-rules.ts";
import { keySeparator, type TreeName } from "../../schema/trees.ts";
import { Sums } from "../query/ranked.ts";
import { sumBelow, sumByKey, viewsByPeriod } from "../query/sums.ts";
import { type Counts, entriesOf, read, totalOf } from "../query/tally.ts";
import type { ElementRow, FormRow, PageRow, Stats } from "./answers.ts";
import { exitsOf, fewestIn, leavingOf, timesOf, vitalOf } from "./figures.ts";
import { flowsOf } from "./flows.ts";
import { found, listedRows, rowsOf, type Scope } from "./scope.ts";

/** Between a form and its field in a key of the tree `page-field`. */
const fieldSeparator = " › ";

export function pageFigures(scope: Scope): Pick<Stats, "pages" | "flows" | "leaving" | "elements"> {
	return {
		async pages({ device, ...span }) {
			const tree: TreeName = device ? "page-device" : "page";
			const reading = await scope.read(device ? [tree, "device"] : [tree], span, { before: "fcp" });
			const isAsked = (key: string) => !device || splitKey(key)[1] === device;
			const pageOf = (key: string) => (device ? splitKey(key)[0] : key);
			const sums = sumByKey(reading, tree);
			const onDevice = () =>
				new Sums(new Map([...sums].filter(([key]) => isAsked(key)).map(([key, tally]) => [pageOf(key), tally])));
			const pages = device ? found(reading, "pages of a device", { device }, onDevice) : sums;
			const listedPages = () => {
				const trends = viewsByPeriod(reading, tree);
				const fewest = fewestIn(reading.isAllOpen);
				const row = (page: string, tally: Counts, views: number) =>
					pageRow(page, tally, views, () => trends(pageKey(page, device)[1]), fewest);
				return listedRows(pages, row, "views", span);
			};
			const shown = pages.total("views") - pages.read(otherName, "views");
			// On one device, what is hidden is known from the device as a whole only.
			const all = device ? sumByKey(reading, "device").read(device, "views") : pages.total("views");
			return {
				...scope.answer(span, reading, all === 0 ? 0 : 1 - shown / all),
				...found(reading, "pages", { ...span, device }, listedPages),
			};
		},

		async flows({ page, limit, ...span }) {
			const reading = await scope.read(["page", "page-previous", "page-channel"], span, { before: "fcp", page });
			const flows = found(reading, "flows", { page, limit }, () => flowsOf(reading, page, limit));
			return { ...scope.answer(span, reading, flows.hidden), page, ...flows.figures };
		},

		async leaving({ page, limit, ...span }) {
			const tree = page === undefined ? "site" : "page";
			const reading = await scope.read(page === undefined ? [tree, "exit-target"] : [tree], span, {
				before: "fcp",
				page,
			});
			const tally = sumByKey(reading, tree).get(page ?? "") ?? new Map();
			const targets = rowsOf(
				sumByKey(reading, "exit-target"),
				(host, target) => ({ host, views: read(target, "views") }),
				({ views }) => views,
			);
			return {
				...scope.answer(span, reading, 0),
				page: page ?? null,
				rows: leavingOf(tally),
				targets: page === undefined ? targets.slice(0, limit) : null,
			};
		},

		async elements({ page, ...range }) {
			const whole = page === undefined ? "site" : "page";
			const reading = await scope.read([whole, "page-element", "page-form", "page-field"], range, { page });
			const ofPage = (tree: TreeName) => {
				const sums = sumByKey(reading, tree);
				return page === undefined ? sums : new Sums(new Map([...sums].filter(([key]) => splitKey(key)[0] === page)));
			};
			const { hidden, ...figures } = found(reading, "elements", { ...range, page }, () => {
				const elements = ofPage("page-element");
				const fields = sumBelow(ofPage("page-field"));
				const forms = rowsOf(
					ofPage("page-form"),
					(key, tally) => formRow(key, tally, fields),
					({ started }) => started,
				);
				const used = sumByKey(reading, whole).get(page ?? "") ?? new Map();
				return {
					hidden: elements.hiddenShare("clicks"),
					...listedRows(elements, elementRow, "clicks", range),
					forms: forms.slice(0, range.limit),
					scroll: entriesOf(used, "scroll").map(([tenth, views]) => ({ tenth, views })),
				};
			});
			return { ...scope.answer(range, reading, hidden), page: page ?? null, ...figures };
		},
	};
}

/** A figure worked out when it is first looked at: pages draw a few of the hundreds of rows that they sort and count. */
function late<Figure>(work: () => Figure): () => Figure {
	let done: { figure: Figure } | undefined;
	return () => {
		done ??= { figure: work() };
		return done.figure;
	};
}

function pageRow(page: string, tally: Counts, views: number, trendOf: () => number[], fewest: number): PageRow {
	const exits = late(() => totalOf(tally, "exits"));
	const exitsBy = late(() => Object.fromEntries(exitsOf(tally).map(({ how, count }) => [how, count])));
	const engaged = late(() => timesOf(tally, "engaged", fewest));
	const visible = late(() => timesOf(tally, "visible", fewest));
	const lcp = late(() => vitalOf(tally, "lcp", fewest));
	const inp = late(() => vitalOf(tally, "inp", fewest));
	const cls = late(() => vitalOf(tally, "cls", fewest));
	const trend = late(trendOf);
	return {
		page,
		views,
		get entries() {
			return read(tally, "entries");
		},
		get exits() {
			return exits();
		},
		get exitsBy() {
			return exitsBy();
		},
		get engagedMs() {
			return engaged();
		},
		get visibleMs() {
			return visible();
		},
		get lcp() {
			return lcp();
		},
		get inp() {
			return inp();
		},
		get cls() {
			return cls();
		},
		get trend() {
			return trend();
		},
	};
}

function elementRow(key: string, tally: Counts): ElementRow {
	const [page, element] = splitKey(key);
	return {
		page,
		element,
		clicks: read(tally, "clicks"),
		views: read(tally, "clickedViews"),
		rage: read(tally, "rage"),
		dead: read(tally, "dead"),
		afterError: read(tally, "afterError"),
		lcp: vitalOf(tally, "lcp"),
		inp: vitalOf(tally, "inp"),
	};
}

function formRow(key: string, tally: Counts, fields: Map<string, Map<string, Counts>>): FormRow {
	const [page, form] = splitKey(key);
	const prefix = form + fieldSeparator;
	const own = [...(fields.get(page) ?? [])].filter(([name]) => name.startsWith(prefix));
	return {
		page,
		form,
		started: read(tally, "formsStarted"),
		submitted: read(tally, "formsSubmitted"),
		abandoned: read(tally, "formsAbandoned"),
		fields: rowsOf(
			new Map(own),
			(name, field) => ({ field: name.slice(prefix.length), abandoned: read(field, "times") }),
			({ abandoned }) => abandoned,
		),
	};
}

/** Key of one page, or of one page on one device class, and its tree. */
export function pageKey(page: string, device: string | undefined): [TreeName, string] {
	return device ? ["page-device", page + keySeparator + device] : ["page", page];
}
