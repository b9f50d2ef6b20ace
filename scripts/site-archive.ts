/**
 * `npm run site -- export`, `import` and `history`: a site's backup in a file, and what other tools had counted. Leaves out what
 * is in a backup (worker/operator/backup.ts) and which tools there are (scripts/history).
 */
import { createReadStream, createWriteStream } from "node:fs";
import { readFile, rename, rm } from "node:fs/promises";
import { basename } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type ImportSource, importSources, sourceNames } from "../schema/imports.ts";
import { backUp, type Databases } from "../worker/operator/backup.ts";
import { type Imported, importHistory } from "../worker/operator/import-history.ts";
import { listHistory, removeHistory } from "../worker/operator/imported-periods.ts";
import { restore } from "../worker/operator/restore.ts";
import { readSite } from "../worker/sites/stored.ts";
import { Failure } from "./failure.ts";
import { type CsvFile, textOf } from "./history/csv.ts";
import { readHistory } from "./history/index.ts";

/** What is wrong with a file or a site is a sentence for who typed the command, and so is a file that is not there. */
async function inWords<T>(work: Promise<T>): Promise<T> {
	return work.catch((error: NodeJS.ErrnoException) => {
		if (error instanceof RangeError) throw new Failure(error.message);
		if (error.syscall && error.path) throw new Failure(`The file ${error.path} cannot be opened (${error.code}).`);
		throw error;
	});
}

/** The file is there when it is whole: until then it has another name. */
export async function exportSite(databases: Databases, site: string, file: string, keys: boolean): Promise<string[]> {
	const part = `${file}.part`;
	let lines = 0;
	async function* counted() {
		for await (const line of backUp(databases, site, { keys, now: Date.now() })) {
			lines++;
			yield `${line}\n`;
		}
	}
	try {
		await inWords(pipeline(Readable.from(counted()), createWriteStream(part, { mode: 0o600 })));
		await inWords(rename(part, file));
	} catch (error) {
		await rm(part, { force: true });
		throw error;
	}
	return [
		`${site}: ${lines} lines in ${file}`,
		keys ? "With the hashes of its keys: keep it like a password." : "Without keys; --keys takes their hashes along.",
		"What is in the open book is not in it: the last two days or so, and what waits to be large enough.",
	];
}

export async function importSite(databases: Databases, file: string): Promise<string[]> {
	const lines = () => createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
	const { site, made, isNew, periods, there, replaced, keys } = await inWords(restore(databases, lines));
	return [
		`${site}, as of ${made.slice(0, 10)}: ${periods} closed periods written${there > 0 ? `, ${there} were there already` : ""}`,
		...(replaced > 0 ? [`${replaced} replaced, because visitors have erased more from them in the backup`] : []),
		isNew ? "The site is new here." : "The site was here already: its settings stay as they were.",
		...(keys > 0 ? [`${keys} keys work again.`] : []),
		...(isNew && keys === 0 ? [`Nobody has a key yet: npm run site -- key add ${site} owner --role owner`] : []),
	];
}

function sourceFrom(word: string): ImportSource {
	const source = importSources.find((name) => name === word);
	if (!source) throw new Failure(`History comes from one of ${importSources.join(", ")}.`);
	return source;
}

const words: Record<keyof Imported, string> = {
	written: "periods written",
	joined: "taken in by a later one, because alone they are too small",
	tooSmall: "left out: too few visitors, even together with the following ones",
	there: "left out: closed here already",
	own: "left out: our own visits can be in them",
	tooOld: "left out: older than the site keeps statistics",
};

export async function addHistory(
	databases: Databases,
	id: string,
	from: string,
	names: string[],
	now = Date.now(),
): Promise<string[]> {
	const source = sourceFrom(from);
	const site = await readSite(databases[0], id);
	if (!site) throw new Failure(`There is no site "${id}". \`npm run site -- list\` names them.`);
	const files: CsvFile[] = [];
	for (const name of names) files.push({ name: basename(name), text: textOf(await inWords(readFile(name))) });
	const read = async () => importHistory(databases, id, source, readHistory(source, files, site.timeZone), now);
	const imported = await inWords(read());
	return (Object.keys(words) as (keyof Imported)[]).flatMap((fate) => {
		const periods = imported[fate].toSorted();
		const span = periods.length > 1 ? `${periods[0]} … ${periods.at(-1)}` : periods[0];
		return fate === "written" || periods.length > 0
			? [`${periods.length} ${words[fate]}${span ? `: ${span}` : ""}`]
			: [];
	});
}

export async function showHistory(databases: Databases, id: string): Promise<string[]> {
	const found = await inWords(listHistory(databases, id));
	if (found.length === 0) return ["nothing imported"];
	return found.map(({ source, periods, from, to }) => `${sourceNames[source]}\t${periods} periods\t${from} … ${to}`);
}

export async function dropHistory(databases: Databases, id: string, from: string): Promise<string[]> {
	const periods = await inWords(removeHistory(databases, id, sourceFrom(from)));
	return [`${periods.length} periods removed`];
}
