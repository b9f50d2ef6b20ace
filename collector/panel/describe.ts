/** A page view in plain words. Leaves out what only the whole report shows, which is beside it. */
import type { Report } from "../../schema/report.ts";
import { middleOf } from "./contribution.ts";
import type { Words } from "./messages/nb.ts";

/** English as Europe writes dates. Browsers that know no nynorsk have bokmål's, which is nearly the same. */
const localesOf = (language: string) => [language === "en" ? "en-GB" : language, "nb"];

export function describeDate(
	ms: number,
	language: string,
	style: Intl.DateTimeFormatOptions = { dateStyle: "long" },
): string {
	return new Date(ms).toLocaleString(localesOf(language), style);
}

/** As exact as the bucket is, in the unit that suits it. */
export function describeTime(ms: number, language: string): string {
	const [unit, perUnit] =
		ms < 1000
			? (["millisecond", 1] as const)
			: ms < 90_000
				? (["second", 1000] as const)
				: (["minute", 60_000] as const);
	const style = { style: "unit", unit, maximumSignificantDigits: 2 } as const;
	return (ms / perUnit).toLocaleString(localesOf(language), style);
}

export function describePlace({ place }: Report, words: Words, language: string): string {
	const { device, browser, os, country, language: spoken } = place;
	const name = (type: "region" | "language", code: string) => {
		try {
			return new Intl.DisplayNames(localesOf(language), { type }).of(code);
		} catch {
			return code; // a browser may say that it speaks "c"
		}
	};
	return [words.deviceNames[device], browser, os, name("region", country), name("language", spoken)].join(", ");
}

export function describeView(
	{ visit, speed, time, interaction, own, leaving }: Report,
	words: Words,
	language: string,
) {
	const lists: Partial<Record<keyof Words["listNames"], readonly (readonly unknown[] | string)[] | undefined>> = {
		...interaction,
		events: own?.events,
		goals: visit?.goals,
		routes: speed?.routes,
		parties: speed?.parties,
	};
	const came = visit?.channel ? words.channelNames[visit.channel] : visit?.before;
	return [
		came && [words.cameFrom, came, visit?.referrer, visit?.campaign].filter(Boolean).join(" "),
		speed?.lcp !== undefined && `${words.shownAfter} ${describeTime(middleOf(speed.lcp), language)}`,
		time && `${words.visibleFor} ${describeTime(middleOf(time.visible), language)}`,
		interaction?.scroll &&
			`${words.scrolledTo} ${(interaction.scroll / 10).toLocaleString(localesOf(language), { style: "percent" })}`,
		...(Object.keys(words.listNames) as (keyof Words["listNames"])[]).map((name) => {
			const names = new Set(lists[name]?.map((line) => [line].flat()[0]));
			return names.size && `${words.listNames[name]}${words.colon}${[...names].join(", ")}`;
		}),
		leaving &&
			`${words.leftHow}${words.colon}${words.howNames[leaving.how]}${leaving.host ? ` (${leaving.host})` : ""}`,
	].filter((fact) => !!fact) as string[];
}
