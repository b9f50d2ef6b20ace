/** The commands of `npm run site` that delete a site for good, and tell which ones were. */
import { dayOf } from "../schema/period.ts";
import { deletedSites, deleteSite } from "../worker/sites/delete.ts";
import { Failure } from "./failure.ts";
import { type Command, find, needed } from "./site-call.ts";
import { by } from "./site-people.ts";

export const deletionCommands: Record<string, Command> = {
	async remove({ db, words }) {
		const [id, ...typed] = needed(words, "SITE", "NAME");
		const site = await find(db, id);
		if (typed.join(" ") !== site.name)
			throw new Failure(`Nothing is deleted: to be sure, give the site's name after its id, "${site.name}".`);
		await deleteSite(db, site.id, by, Date.now());
		return [
			`deleted     ${site.id}: nobody can see anything of it from now on, and its pages count nothing within a minute`,
			"what is left of it goes with the scheduled work: `npm run site -- removed` tells when nothing is",
		];
	},

	async removed({ db }) {
		const sites = await deletedSites(db);
		if (sites.length === 0) return ["no site was deleted"];
		return sites.map(({ id, deleted, who, ended }) =>
			[id, dayOf(deleted), ...(who ? [`by ${who}`] : []), ended === null ? "going on" : "nothing left"].join("\t"),
		);
	},
};
