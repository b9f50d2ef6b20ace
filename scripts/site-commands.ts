/**
 * What `npm run site` understands, one function a command: a database and words in, lines to print out. Leaves out where the
 * database is.
 */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { drizzle } from "drizzle-orm/d1";
import { defaultK } from "../schema/limits.ts";
import type { Grain } from "../schema/period.ts";
import { site as siteTable } from "../schema/tables.ts";
import { issueKey } from "../worker/access/keys.ts";
import { note } from "../worker/access/log.ts";
import { issueSignIn } from "../worker/access/sign-in.ts";
import type { Databases } from "../worker/operator/backup.ts";
import { addSite, idFrom } from "../worker/sites/create.ts";
import { wasDeleted, wasDeletedHere } from "../worker/sites/delete.ts";
import { readyNotice } from "../worker/sites/ready-notice.ts";
import { changeSettings, movesPeriods, saveChange, settingsOf } from "../worker/sites/settings.ts";
import type { Site } from "../worker/sites/stored.ts";
import { Failure } from "./failure.ts";
import { policyLines, publishFile, readPublication } from "./policies.ts";
import { addHistory, dropHistory, exportSite, importSite, showHistory } from "./site-archive.ts";
import { type Command, find, needed, usage } from "./site-call.ts";
import { deletionCommands } from "./site-deletion.ts";
import { by, peopleCommands } from "./site-people.ts";

async function change(db: D1Database, id: string | undefined, changes: (site: Site) => unknown): Promise<Site> {
	const current = await find(db, id);
	const changed = changeSettings(current, changes(current));
	if (!changed.ok) throw new Failure(changed.detail);
	if (movesPeriods(current, changed.value))
		throw new Failure("Grain and time zone can only be changed through the server: PUT /v1/sites/SITE/settings.");
	await saveChange(db, current, changed.value, by, Date.now());
	return find(db, id);
}

const soon = "In force within a minute.";
const goalLines = ({ settings: { goals } }: Site) =>
	goals.length === 0 ? ["no goals"] : goals.map(({ name, kind, match }) => `${name}\t${kind}\t${match}`);
const funnelLines = ({ settings: { funnels } }: Site) =>
	funnels.length === 0
		? ["no funnels"]
		: funnels.map(({ name, steps }) => [name, ...steps.map(({ kind, match }) => `${kind}:${match}`)].join("\t"));

/** `KIND:MATCH` as a step. */
function stepFrom(word: string) {
	const at = word.indexOf(":");
	return { kind: word.slice(0, Math.max(0, at)), match: word.slice(at + 1) };
}

function without<Named extends { name: string }>(list: Named[], name: string | undefined): Named[] {
	const rest = list.filter((item) => item.name !== name);
	if (rest.length === list.length) throw new Failure(`There is none called "${name}".`);
	return rest;
}

async function readJson(file: string): Promise<unknown> {
	try {
		return JSON.parse(await readFile(file, "utf8"));
	} catch {
		throw new Failure(`The file ${file} cannot be read as JSON.`);
	}
}

/** By the words they begin with; the longest that fits counts. */
const commands: Record<string, Command> = {
	...peopleCommands,
	...deletionCommands,
	async add({ db, databases, words, values }) {
		const [name = ""] = needed(words, "NAME");
		if (words.length > 1) throw new Failure("One name: put it in quotes if it has spaces.");
		const [origin = ""] = needed(values.origin, "--origin URL");
		const id = values.id ?? idFrom(name);
		const host = URL.canParse(origin) ? new URL(origin).hostname.replace(/^www\./, "") : "";
		const contact = values.contact ?? `post@${host}`;
		const site = {
			id,
			name,
			origins: values.origin,
			timeZone: values.zone ?? "Europe/Oslo",
			grain: (values.grain ?? "day") as Grain,
			k: values.k === undefined ? defaultK : Number(values.k),
			notice: values.notice ? (await readPublication(values.notice)).notice : readyNotice(name, contact),
		};
		const isAdded = await addSite(db, site, Date.now(), databases.length).catch((error: unknown) => {
			throw error instanceof RangeError ? new Failure(error.message) : error;
		});
		if (!isAdded) {
			const why = (await wasDeleted(db, id)) ? wasDeletedHere(id) : `There is a site "${id}" already:`;
			throw new Failure(`${why.replace(/\.$/, ":")} give another --id.`);
		}
		await note(db, [id], { at: Date.now(), who: by, what: "site-added", about: "" });
		const key = await issueKey(db, { site: id, role: "owner", name: "owner" });
		return [
			`site        ${id}`,
			`owner key   ${key}   (shown once)`,
			`sign in     ${values.app}/sign-in/${await issueSignIn(db, { site: id })}   (once, within a day)`,
			`embed       <script src="${values.app}/gate/${id}/banner.js" defer></script>`,
			...(values.contact || values.notice
				? []
				: [`notice      names ${contact} for questions: give --contact or --notice if that is not read`]),
		];
	},

	async list({ db }) {
		const sites = await drizzle(db).select().from(siteTable);
		if (sites.length === 0) return ["no sites"];
		return sites.map(({ id, name, origins, grain, k }) => [id, name, grain, `k ${k}`, ...origins].join("\t"));
	},

	async settings({ db, words }) {
		const [id, file] = needed(words, "SITE");
		const site =
			file === undefined ? await find(db, id) : await change(db, id, await readJson(file).then((json) => () => json));
		return [JSON.stringify(settingsOf(site), null, "\t"), ...(file === undefined ? [] : [soon])];
	},

	async goals({ db, words }) {
		return goalLines(await find(db, needed(words, "SITE")[0]));
	},
	async "goals add"({ db, words }) {
		const [id, name, kind, match] = needed(words, "SITE", "NAME", "KIND", "MATCH");
		const goals = ({ settings }: Site) => ({ goals: [...settings.goals, { name, kind, match }] });
		return [...goalLines(await change(db, id, goals)), soon];
	},
	async "goals remove"({ db, words }) {
		const [id, name] = needed(words, "SITE", "NAME");
		const goals = ({ settings }: Site) => ({ goals: without(settings.goals, name) });
		return [...goalLines(await change(db, id, goals)), soon];
	},

	async funnels({ db, words }) {
		return funnelLines(await find(db, needed(words, "SITE")[0]));
	},
	async "funnels add"({ db, words }) {
		const [id, name, ...steps] = needed(words, "SITE", "NAME", "KIND:MATCH", "KIND:MATCH");
		const funnels = ({ settings }: Site) => ({ funnels: [...settings.funnels, { name, steps: steps.map(stepFrom) }] });
		return [...funnelLines(await change(db, id, funnels)), soon];
	},
	async "funnels remove"({ db, words }) {
		const [id, name] = needed(words, "SITE", "NAME");
		const funnels = ({ settings }: Site) => ({ funnels: without(settings.funnels, name) });
		return [...funnelLines(await change(db, id, funnels)), soon];
	},

	async policy({ db, words }) {
		return policyLines(await find(db, needed(words, "SITE")[0]));
	},
	async "policy publish"({ db, words, values }) {
		const [id, file = ""] = needed(words, "SITE", "FILE");
		const { id: site } = await find(db, id);
		return [...(await publishFile(db, site, file, values.editorial, by)), soon];
	},

	async export({ databases, words, values }) {
		const [id = "", file = ""] = needed(words, "SITE", "FILE");
		return exportSite(databases, id, file, values.keys);
	},
	async import({ databases, words }) {
		return importSite(databases, needed(words, "FILE")[0] ?? "");
	},

	async history({ databases, words }) {
		return showHistory(databases, needed(words, "SITE")[0] ?? "");
	},
	async "history add"({ databases, words }) {
		const [id = "", tool = "", ...files] = needed(words, "SITE", "TOOL", "FILE.csv");
		return addHistory(databases, id, tool, files);
	},
	async "history remove"({ databases, words }) {
		const [id = "", tool = ""] = needed(words, "SITE", "TOOL");
		return dropHistory(databases, id, tool);
	},
};

function parse(args: string[]) {
	try {
		return parseArgs({
			args,
			allowPositionals: true,
			options: {
				remote: { type: "boolean", default: false },
				origin: { type: "string", multiple: true, default: [] },
				id: { type: "string" },
				zone: { type: "string" },
				grain: { type: "string" },
				k: { type: "string" },
				contact: { type: "string" },
				notice: { type: "string" },
				editorial: { type: "boolean", default: false },
				role: { type: "string" },
				release: { type: "string" },
				email: { type: "string" },
				app: { type: "string" },
				keys: { type: "boolean", default: false },
			},
		});
	} catch (error) {
		throw new Failure(`${error instanceof Error ? error.message.split(". ")[0] : error}.\n\n${usage}`);
	}
}

/** The command that the words ask for, still to be given its database. Throws a Failure where there is none. */
export function understand(args: string[]): {
	isRemote: boolean;
	work(...databases: Databases): Promise<string[]>;
} {
	const { values, positionals } = parse(args);
	const name = [positionals.slice(0, 2).join(" "), positionals[0] ?? ""].find((words) =>
		Object.hasOwn(commands, words),
	);
	const command = name === undefined ? undefined : commands[name];
	if (!command) throw new Failure(usage);
	const words = positionals.slice(name?.split(" ").length);
	const app = values.app ?? (values.remote ? "https://YOUR-ADDRESS" : `http://localhost:${process.env.PORT ?? 8787}`);
	return {
		isRemote: values.remote,
		work: (...databases) => command({ db: databases[0], databases, words, values: { ...values, app } }),
	};
}
