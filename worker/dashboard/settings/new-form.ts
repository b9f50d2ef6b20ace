/** The form of a new site: what stands in its fields, and the site that it asks for, unchecked. Leaves out how it looks. */
import { defaultK } from "../../../schema/limits.ts";
import type { Grain } from "../../../schema/period.ts";
import { noticeLanguages } from "../../../schema/policy.ts";
import { purposes } from "../../../schema/purposes.ts";
import { checkPublication } from "../../policies/publish.ts";
import { idFrom, reservedId, type SiteSettings, siteFaults } from "../../sites/create.ts";
import { readyNotice } from "../../sites/ready-notice.ts";
import { lines, numberOf, type Typed } from "../sharing/typed.ts";
import type { Wrong } from "./forms.ts";

export const emptySite: Typed = {
	timeZone: "Europe/Oslo",
	grain: "day",
	k: String(defaultK),
	source: "banner",
	first: "nb",
	"language-nb": "on",
	"language-en": "on",
	...Object.fromEntries(purposes.map((purpose) => [`purpose-${purpose}`, "on"])),
};

/** The site that the form asks for, with a ready notice in the languages that are ticked. */
export function siteOfForm(typed: Typed): SiteSettings {
	const name = typed.name?.trim() ?? "";
	const ticked = noticeLanguages.filter((language) => typed[`language-${language}`] === "on");
	const own = ticked.filter((language) => language === typed.first);
	const asked = purposes.filter((purpose) => typed[`purpose-${purpose}`] === "on");
	return {
		id: typed.id?.trim() || idFrom(name),
		name,
		origins: lines(typed.origins),
		timeZone: typed.timeZone ?? "",
		grain: (typed.grain ?? "") as Grain, // what is none is refused by siteFaults
		k: Number(numberOf(typed.k)),
		notice: readyNotice(name, typed.contact?.trim() ?? "", [...new Set([...own, ...ticked])], asked),
	};
}

/** Everything that is wrong with it, by field. */
export function wrongInSite(site: SiteSettings): Wrong {
	const { notice, settings, ...facts } = site;
	const wrong: Wrong = {};
	for (const { part, detail } of siteFaults(facts)) wrong[part] ??= detail;
	if (facts.id === reservedId) wrong.id = `A site cannot be called "${reservedId}".`;
	const checked = checkPublication({ material: true, notice }, undefined);
	// A text is only ever wrong because of the name that stands in it.
	if (!checked.ok)
		for (const { path, detail } of checked.faults)
			wrong[path[0] === "languages" && path.length > 1 ? "name" : (path[0] ?? "name")] ??= detail;
	return wrong;
}
