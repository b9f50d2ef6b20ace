/** Names as other tools write them → names as we count them, cleaned like our own. Leaves out which column holds what. */
import { channelPatterns } from "../../schema/channels.ts";
import { cleanHost, cleanPath, cleanWords } from "../../schema/clean.ts";
import { type Channel, channels, type Device } from "../../schema/report.ts";
import { otherName } from "../../schema/tree-rules.ts";

/** A page's path; of a whole address, its path. */
export function pageOf(text: string): string {
	const path = URL.canParse(text) ? new URL(text).pathname : text;
	return cleanPath(path.startsWith("/") ? path : `/${path}`);
}

/** The host of an address with or without its scheme, or "". */
export function hostOf(text: string): string {
	return cleanHost(text.replace(/^[a-z]+:\/\//, "").split("/")[0] ?? "");
}

export interface Source {
	channel: Channel | typeof otherName;
	/** Host that referred, and name of the campaign. */
	referrer?: string;
	campaign?: string;
}

/** As the collector tells it (collector/arrival.ts), from what a tool kept: a referring host or its name, and campaign tags. */
export function sourceOf({ source = "", referrer = "", medium = "", campaign = "" }): Source {
	const host = hostOf(referrer);
	const place = host || cleanHost(source.replaceAll(" ", ""));
	const known = channelPatterns.find(([, pattern]) => new RegExp(pattern).test(place))?.[0];
	const name = cleanWords(campaign);
	let channel: Channel = known ?? (place ? "referral" : "direct");
	if (known !== "assistant" && (medium || name)) channel = "campaign";
	if (/^e-?mail$/i.test(medium)) channel = "email";
	return { channel, ...(host && { referrer: host }), ...(name && { campaign: name }) };
}

/** Names that tools give to channels, by a word in them; the first that fits. */
const channelWords: [RegExp, Channel][] = [
	[/paid|display|cross-network|affiliate|campaign|audio|video|shopping|push|sms/, "campaign"],
	[/search/, "search"],
	[/social/, "social"],
	[/e-?mail/, "email"],
	[/assistant|\bai\b/, "assistant"],
	[/referral|website/, "referral"],
	[/direct/, "direct"],
];
export function channelOf(name: string): Channel | typeof otherName {
	const small = name.toLowerCase();
	return (
		channels.find((channel) => channel === small) ?? channelWords.find(([word]) => word.test(small))?.[1] ?? otherName
	);
}

const deviceWords: [RegExp, Device][] = [
	[/tablet/, "tablet"],
	[/mobile|phone|phablet/, "mobile"],
	[/desktop|laptop/, "desktop"],
];
export function deviceOf(name: string): Device | typeof otherName {
	if (name.trim() === "" || /unknown|not set/i.test(name)) return otherName;
	const small = name.toLowerCase();
	return deviceWords.find(([word]) => word.test(small))?.[1] ?? "other";
}

const englishNames = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const codes = letters.flatMap((first) => letters.map((second) => first + second));
const codeByName = new Map(codes.map((code) => [englishNames.of(code)?.toLowerCase() ?? code, code]));
/** ISO 3166 code of a code or an English name, or "(other)". */
export function countryOf(text: string): string {
	if (/^[A-Za-z]{2}$/.test(text)) return text.toUpperCase();
	return codeByName.get(text.toLowerCase().replaceAll("&", "and")) ?? codeByName.get(text.toLowerCase()) ?? otherName;
}

/** Code of a language, of `nb-NO` its first part, or "(other)". */
export const languageOf = (text: string) => /^([a-z]{2,3})\b/.exec(text.toLowerCase())?.[1] ?? otherName;

const systems: [RegExp, string][] = [
	[/^mac|os x/i, "macOS"],
	[/^windows/i, "Windows"],
	[/^(gnu\/)?linux|ubuntu|debian|fedora/i, "Linux"],
	[/^android/i, "Android"],
	[/^ios|iphone|ipad/i, "iOS"],
	[/^chrom(e|ium) ?os/i, "Chrome OS"],
];
/** Family of an operating system, as our own collector's reports name it. */
export function systemOf(text: string): string {
	const known = systems.find(([name]) => name.test(text))?.[1];
	return known ?? (/^[A-Za-z0-9 .+-]{1,40}$/.test(text) ? text : otherName);
}
