/**
 * What a page of figures shows, as files: everything it asks Stats for is written as CSV, whole lists instead of the rows there is
 * room for. It runs the page's own drawing to learn what that is, so a panel that is added is in the download too.
 */
import type { Note } from "../../../schema/note.ts";
import type { Range, Stats } from "../../stats/answers.ts";
import { csvForms, writeCsv, writeLines } from "../../stats/csv.ts";
import type { Answer } from "../../stats/shapes.ts";
import { figureRoutes } from "../../stats/table.ts";
import { begin, comparedRange, onDevice } from "../figures.ts";
import type { Language } from "../format.ts";
import { type Frame, makeFrame } from "../frame.ts";
import { notesOf } from "../panels/quality.tsx";
import type { Drawing, Section } from "../section.tsx";
import { exportWords } from "./words.ts";
import type { ZipEntry } from "./zip.ts";

interface Asked {
	/** The call of the Stats API that answers the same. */
	call: string;
	name: string;
	range: Range;
	answer: Promise<Answer>;
}

function queryOf({ from, to, compare, device, page, goal }: Range): URLSearchParams {
	const between = compare && `${compare.from}..${compare.to}`;
	const asked = Object.entries({ from, to, compare: between, device, page, goal });
	return new URLSearchParams(asked.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** Stats that asks for whole lists, for each of them once, and keeps what it was answered. */
function listening(stats: Stats, heard: Map<string, Asked>): Stats {
	const ask = (name: string, { limit: _, offset: __, ...range }: Range) => {
		const call = `${name}?${queryOf(range)}`;
		const known = heard.get(call);
		if (known) return known.answer;
		const route = figureRoutes[name];
		if (!route) throw new Error(`no figures of the name ${name}`);
		const answer = route.answer(stats, range);
		heard.set(call, { call, name, range, answer });
		return answer;
	};
	return new Proxy(stats, { get: (_target, name) => (range: Range) => ask(String(name), range) });
}

/** pages.csv, pages-mobile.csv, flows-turer.csv, pages-2026-10-01-2026-10-28.csv; names of pages and goals only as far as they are harmless. */
function fileName({ name, range: { from, to, device, page, goal } }: Asked, { view }: Frame): string {
	const isOwn = from === view.from && to === view.to;
	const place = (page ?? goal)?.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
	const parts = [name, device, place?.slice(0, 60), ...(isOwn ? [] : [from, to])];
	return parts
		.filter((part) => part !== undefined)
		.join("-")
		.replaceAll(/-+/g, "-")
		.replace(/-$/, "");
}

/** The files of a page of figures, and the dates they are of. */
export async function viewFiles(
	section: Section,
	{
		stats,
		query,
		today,
		language,
		privacy,
		notes,
	}: Pick<Drawing, "stats" | "privacy" | "notes"> & { query: URLSearchParams; today: string; language: Language },
): Promise<{ entries: ZipEntry[]; from: string; to: string }> {
	const begun = await begin(stats, query, today, section.parameters);
	const { view } = begun;
	const frame = makeFrame(view, language);
	const heard = new Map<string, Asked>();
	const heeded = listening(stats, heard);
	const noted = new Map<string, Note>();
	const heedNotes: Drawing["notes"] = async (span) => {
		const found = await notes(span);
		for (const note of found) noted.set(note.id, note);
		return found;
	};
	const summary = await heeded.summary(onDevice(view, comparedRange(view)));
	if (begun.kind === "figures" || section.isStanding)
		await section.draw({
			...{ stats: heeded, frame, summary, home: "", privacy, isOwner: false },
			notes: heedNotes,
			linkTo: () => "",
		});
	const used = new Set<string>();
	const files = await Promise.all(
		[...heard.values()].map(async (asked) => {
			const base = fileName(asked, frame);
			let name = `${base}.csv`;
			for (let n = 2; used.has(name); n++) name = `${base}-${n}.csv`;
			used.add(name);
			const text = writeCsv(await asked.answer, figureRoutes[asked.name]?.lists, csvForms[language]);
			return { name, text, call: asked.call };
		}),
	);
	const words = exportWords[language];
	const rows = [...noted.values()].map(({ from, to, text, page }) => [from, to, text, page]);
	const notesText = writeLines([["from", "to", "text", "page"], ...rows], csvForms[language]);
	const notesFile = rows.length > 0 ? [{ name: "notes.csv", text: notesText, call: words.notesFile }] : [];
	const { text } = frame;
	const about: (string | false | undefined)[] = [
		`${words.view}: ${text.sections[section.name]}`,
		`${words.dates}: ${view.from}–${view.to}`,
		view.compare && `${words.compared}: ${view.compare.from}–${view.compare.to}`,
		view.device && `${words.device}: ${text.devices[view.device]}`,
		view.goal !== undefined && `${words.goal}: ${view.goal}`,
		view.page !== undefined && `${words.page}: ${view.page}`,
		`${words.notes}: ${notesOf(summary, frame).join(" · ")}`,
		words.format,
		"",
		`${words.files}:`,
		...[...files, ...notesFile].map(({ name, call }) => `${name}: ${call}`),
	];
	const readMe = about.filter((line) => typeof line === "string").map((line) => `${line}\r\n`);
	return {
		entries: [
			{ name: words.about, text: readMe.join("") },
			...[...files, ...notesFile].map(({ name, text: csv }) => ({ name, text: csv })),
		],
		from: view.from,
		to: view.to,
	};
}
