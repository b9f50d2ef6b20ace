/** Judges what lies on the device without consent. Leaves out whether it was sent. */
import type { Evidence, Stored } from "./evidence.ts";
import { nameOf, type Parties } from "./parties.ts";
import { tokensOf } from "./payload.ts";
import { type RuleName, rules, type Sighting } from "./rules.ts";

/** Names under which measuring and advertising tools keep things, as they document them. */
const measuring =
	/^(_ga|_gid|_gat|_gcl_|__utm|_fbp|_fbc|_hj|hjActive|_clck|_clsk|CLID|_uet|MUID|_pk_|mtm_|matomo|mp_\w+|ajs_|amplitude|amp_|AMP_|ph_\w+_posthog|__hs|hubspotutk|_scid|_sctr|_tt_|_ttp|_pin_|_rdt_|IDE$|li_|bcookie|_vwo|_vis_opt|optimizely|_sp_id|_sp_ses|_dd_s|_parsely|AMCV_|s_vi|_mkto|intercom-|plausible_|com\.grafana\.faro|sentryReplay|sporlos:)/;

const keyOf = ({ kind, host, name }: Stored) => `${kind} ${host} ${name}`;
const titleOf = ({ kind, name }: Stored) => `${kind} ${name}`;

export interface StorageJudge {
	judge(one: Evidence): Sighting[];
	/** The values of this state that recognise a visitor, each with where it is kept. */
	marksOf(one: Evidence): Map<string, string>;
}

/** Knows all profiles, so that it can compare them. `necessary`: names the owner can justify, `*` at the end for any rest. */
export function judgeStorage(all: Evidence[], parties: Parties, necessary: string[]): StorageJudge {
	const isNecessary = (name: string) =>
		necessary.some((known) => (known.endsWith("*") ? name.startsWith(known.slice(0, -1)) : name === known));

	/** Parts of the value that no other fresh profile has; where no other has the thing: parts that look drawn by lot. */
	function ownParts(item: Stored, profile: number): string[] {
		const others = all
			.filter((one) => one.profile !== profile)
			.flatMap(({ stored }) => stored.filter((other) => keyOf(other) === keyOf(item)));
		const parts = tokensOf(item.value);
		if (others.length > 0) return parts.filter((part) => others.every(({ value }) => !tokensOf(value).includes(part)));
		return parts.filter((part) => part.length >= 16 && /[a-z]/i.test(part));
	}

	function writerOf(item: Stored, profile: number): string | undefined {
		const acts = all.filter((one) => one.profile === profile).flatMap(({ acts }) => acts);
		return acts.find(({ kind, what }) => kind === "store" && what === titleOf(item))?.by;
	}

	function ruleFor(item: Stored, { profile, state }: Evidence, writer: string | undefined): RuleName | undefined {
		const isAnswered = state === "refused" || state === "withdrawn";
		const isTools = parties.tools.some(({ keys }) => keys.test(item.name));
		if (isNecessary(item.name) || (isTools && isAnswered)) return undefined;
		const owner = parties.of(`https://${item.host}/`);
		if (owner === "foreign") return "foreign-cookie";
		if (owner !== "own") return undefined;
		if (measuring.test(item.name)) return "tracker-storage";
		if (isTools) return "other-storage";
		const party = writer && parties.of(writer);
		if (party === "foreign") return "foreign-storage";
		if (item.isLasting && party !== "tool" && ownParts(item, profile).length > 0) return "identifier-storage";
		return "other-storage";
	}

	return {
		judge(one) {
			const before = all.find(({ profile, state }) => profile === one.profile && state === "granted");
			const old = new Set(one.state === "withdrawn" ? before?.stored.map(keyOf) : []);
			return one.stored.flatMap((item): Sighting[] => {
				const writer = writerOf(item, one.profile);
				const rule = ruleFor(item, one, writer);
				if (!rule) return [];
				const isKept = old.has(keyOf(item)) && rules[rule].level === "breach";
				const by = writer ? `, by ${nameOf(writer)}` : "";
				return [
					{
						rule: isKept ? "kept-after-withdrawal" : rule,
						subject: `${titleOf(item)} (${item.host})`,
						detail: `${item.lasts}${by}`,
					},
				];
			});
		},
		marksOf(one) {
			const marks = new Map<string, string>();
			for (const item of one.stored) {
				const rule = ruleFor(item, one, writerOf(item, one.profile));
				if (!rule || rules[rule].level !== "breach") continue;
				for (const part of ownParts(item, one.profile)) marks.set(part, titleOf(item));
			}
			return marks;
		},
	};
}
