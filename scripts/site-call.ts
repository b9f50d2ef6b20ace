/** What the commands of `npm run site` are given and share: the call, the help, finding the site. Leaves out the commands themselves. */
import { importSources } from "../schema/imports.ts";
import { aimKinds } from "../schema/site.ts";
import type { Databases } from "../worker/operator/backup.ts";
import { readSite, type Site } from "../worker/sites/stored.ts";
import { Failure } from "./failure.ts";

export const usage = `npm run site -- add NAME --origin URL [--origin URL …] [--id ID] [--zone Europe/Oslo] [--grain day|week|month]
                [--k 5] [--contact E-MAIL] [--notice FILE]
npm run site -- list
npm run site -- settings SITE [FILE.json]          shows them, or changes those in the file
npm run site -- goals SITE                         and: goals add SITE NAME KIND MATCH · goals remove SITE NAME
npm run site -- funnels SITE                       and: funnels add SITE NAME KIND:MATCH KIND:MATCH … · funnels remove SITE NAME
npm run site -- policy SITE                        every version of its notice · policy publish SITE FILE [--editorial]
npm run site -- key list SITE                      and: key add SITE NAME [--role viewer|operator|owner|partner] [--release ID]
                                                   and: key revoke SITE NAME
npm run site -- people SITE                        who may see it · people end SITE NAME · log SITE
npm run site -- invite SITE NAME [--role viewer|owner|partner] [--release ID] [--email E-MAIL]   a link, good once and for a week
npm run site -- sign-in SITE                       a new link, good once and for a day
npm run site -- export SITE FILE [--keys]          a backup, as lines of JSON; and: import FILE
npm run site -- remove SITE NAME                   deletes the site for good; NAME as in list, to be sure; and: removed
npm run site -- history SITE                       and: history add SITE TOOL FILE.csv … · history remove SITE TOOL
TOOL is one of ${importSources.join(", ")}: what it had counted before, imported day by day (docs/operations.md).
KIND is one of ${aimKinds.join(", ")}; in MATCH, * stands for anything (in quotes, or the shell takes it).
With --remote all this happens in your Cloudflare account; --app URL is the address that printed links begin with.`;

export interface Call {
	db: D1Database;
	/** The same, and those of the other shards. */
	databases: Databases;
	/** What follows the command's name. */
	words: string[];
	values: {
		origin: string[];
		app: string;
		id?: string;
		zone?: string;
		grain?: string;
		k?: string;
		contact?: string;
		notice?: string;
		editorial: boolean;
		role?: string;
		release?: string;
		email?: string;
		keys: boolean;
	};
}
export type Command = (call: Call) => Promise<string[]>;

/** The words after the command; as many as are named. Throws a Failure where some are missing. */
export function needed(words: string[], ...names: string[]): string[] {
	if (words.length < names.length) throw new Failure(`Missing: ${names.slice(words.length).join(", ")}.\n\n${usage}`);
	return words;
}

/** The site of an id. Throws a Failure where there is none. */
export async function find(db: D1Database, id = ""): Promise<Site> {
	const found = await readSite(db, id);
	if (!found) throw new Failure(`There is no site "${id}". \`npm run site -- list\` names them.`);
	return found;
}
