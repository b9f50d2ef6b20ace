/** A page view in plain words. Leaves out what only the whole report shows, which is beside it. */
import type { Report } from "../../schema/report.ts";
import { middleOf } from "./contribution.ts";
import type { Words } from "./messages/nb.ts";

/** As exact as the bucket is, in the unit that suits it. */
export function describeTime(ms: number, language: string): string {
	const [unit, perUnit] =
		ms < 1000
			? (["millisecond", 1] as const)
			: ms < 90_000
				? (["second", 1000] as const)
				: (["minute", 60_000] as const);
	return new Intl.NumberFormat(language, { style: "unit", unit, maximumSignificantDigits: 2 }).format(ms / perUnit);
}

export function describeView(
	{ visit, speed, time, interaction, own, leaving }: Report,
	words: Words,
	language: string,
) {
	const lists: Partial<Record<keyof Words["lists"], readonly (readonly unknown[] | string)[] | undefined>> = {
		...interaction,
		events: own?.events,
		goals: visit?.goals,
		routes: speed?.routes,
		parties: speed?.parties,
	};
	const came = visit?.channel ? words.channels[visit.channel] : visit?.before;
	return [
		came && [words.from, came, visit?.referrer, visit?.campaign].filter(Boolean).join(" "),
		speed?.lcp !== undefined && `${words.shown} ${describeTime(middleOf(speed.lcp), language)}`,
		time && `${words.visible} ${describeTime(middleOf(time.visible), language)}`,
		interaction?.scroll && `${words.scrolled} ${interaction.scroll}0 %`,
		...(Object.keys(words.lists) as (keyof Words["lists"])[]).map((name) => {
			const names = new Set(lists[name]?.map((line) => [line].flat()[0]));
			return names.size && `${words.lists[name]}: ${[...names].join(", ")}`;
		}),
		leaving && `${words.left}: ${words.how[leaving.how]}${leaving.host ? ` (${leaving.host})` : ""}`,
	].filter((fact) => !!fact) as string[];
}
