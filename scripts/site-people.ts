/** The commands of `npm run site` about who may see a site: keys, invitations, people, and the log of it. */
import * as v from "valibot";
import { type Role, roles } from "../schema/access.ts";
import { dayOf } from "../schema/period.ts";
import { invitationSchema, invite } from "../worker/access/invitations.ts";
import { endKey, issueKey, listKeys } from "../worker/access/keys.ts";
import { note, readLog } from "../worker/access/log.ts";
import { endRight, listPeople } from "../worker/access/rights.ts";
import { issueSignIn } from "../worker/access/sign-in.ts";
import { releaseOf } from "../worker/release/definition.ts";
import { Failure } from "./failure.ts";
import { type Command, find, needed } from "./site-call.ts";

/** Who the log says it was: whoever can run this may do everything anyway. */
export const by = "command line";
const logLines = 200;

const isRole = (text: string): text is Role => roles.some((role) => role === text);

/** The release of a partner; empty for everybody else. Throws a Failure where it is missing, unknown, or too much. */
async function releaseFor(db: D1Database, site: string, role: string, id = ""): Promise<string> {
	if ((role === "partner") !== (id !== "")) throw new Failure("A partner needs a --release, and nobody else has one.");
	if (id !== "" && (await releaseOf(db, id))?.site !== site) throw new Failure(`${site} has no release "${id}".`);
	return id;
}

export const peopleCommands: Record<string, Command> = {
	async "key list"({ db, words }) {
		const { id } = await find(db, needed(words, "SITE")[0]);
		const keys = await listKeys(db, id);
		if (keys.length === 0) return ["no keys"];
		return keys.map(({ name, role, release, created, seen }) =>
			[name, `${role} ${release}`.trim(), dayOf(created), seen ?? "never used"].join("\t"),
		);
	},
	async "key add"({ db, words, values }) {
		const [id, name = ""] = needed(words, "SITE", "NAME");
		const { id: site } = await find(db, id);
		const role = values.role ?? "viewer";
		if (!isRole(role)) throw new Failure(`A role is ${roles.join(", ")}.`);
		const release = await releaseFor(db, site, role, values.release);
		const isNew = (await listKeys(db, site)).every((key) => key.name !== name);
		const key = await issueKey(db, { site, role, release, name });
		await note(db, [site], {
			at: Date.now(),
			who: by,
			what: "key-issued",
			about: `${name}: ${role} ${release}`.trim(),
		});
		return [
			key,
			`${`${role} ${release}`.trim()} of ${site}; shown once${isNew ? "" : "; the earlier key of this name has ended"}`,
		];
	},
	async "key revoke"({ db, words }) {
		const [id, name = ""] = needed(words, "SITE", "NAME");
		const { id: site } = await find(db, id);
		if (!(await endKey(db, site, name))) throw new Failure(`${site} has no key called "${name}".`);
		await note(db, [site], { at: Date.now(), who: by, what: "key-ended", about: name });
		return [`${name} has ended`];
	},

	async people({ db, words }) {
		const { id } = await find(db, needed(words, "SITE")[0]);
		const people = await listPeople(db, id);
		if (people.length === 0) return ["nobody has signed in yet"];
		return people.map(({ name, role, release, granted, seen }) =>
			[name, `${role} ${release}`.trim(), dayOf(granted), seen ?? "not signed in"].join("\t"),
		);
	},
	async "people end"({ db, words }) {
		const [id, name = ""] = needed(words, "SITE", "NAME");
		const { id: site } = await find(db, id);
		const found = (await listPeople(db, site)).filter((person) => person.name === name);
		if (found.length === 0) throw new Failure(`Nobody called "${name}" may see ${site}.`);
		for (const person of found) await endRight(db, { ...person, by });
		return [`${name} sees nothing of ${site} any more`];
	},
	async invite({ db, words, values }) {
		const [id, name = ""] = needed(words, "SITE", "NAME");
		const { id: site } = await find(db, id);
		const { role = "viewer", email } = values;
		const release = await releaseFor(db, site, role, values.release);
		const wanted = v.safeParse(invitationSchema, { name, role, release, ...(email ? { email } : {}) });
		if (!wanted.success)
			throw new Failure(
				"A name of at most 80 characters, a role (viewer, owner or partner), and a valid --email if any.",
			);
		return [`${values.app}/invitation/${await invite(db, { ...wanted.output, site, by })}   (once, within a week)`];
	},

	async log({ db, words }) {
		const { id } = await find(db, needed(words, "SITE")[0]);
		const entries = await readLog(db, id, logLines);
		if (entries.length === 0) return ["nothing yet"];
		return entries.map(({ at, who, what, about }) => [new Date(at).toISOString(), who, what, about].join("\t"));
	},

	async "sign-in"({ db, words, values }) {
		const { id } = await find(db, needed(words, "SITE")[0]);
		return [`${values.app}/sign-in/${await issueSignIn(db, { site: id })}`];
	},
};
