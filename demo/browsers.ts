/** The browsers that visit the demo shop on a day: regulars that come back now and then, and newcomers. */
import { addDays, daysBetween } from "../schema/period.ts";
import * as habits from "./habits.ts";
import { fraction, randomFrom } from "./random.ts";

/** Browsers that come back now and then; every other visitor of a day is new. */
const regularsCount = 1_600;
/** The gap of a browser that was never here, or longer ago than is told. */
export const neverBefore = 31;

export interface Browser {
	id: string;
	gear: habits.Equipment;
	country: string;
	language: string;
	consentDay: string;
	gap: number;
}

/** 0 = Monday. */
export function weekdayOf(date: string): number {
	return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** Week, season and newsletter: every other Tuesday a mail goes out. */
export function busyness(date: string): number {
	const dayOfYear = daysBetween(`${date.slice(0, 4)}-01-01`, date);
	const season = 1 + 0.1 * Math.cos((2 * Math.PI * (dayOfYear - 190)) / 365);
	return (habits.weekdays[weekdayOf(date)] ?? 1) * season * (hasNewsletter(date) ? 1.2 : 1);
}
export function hasNewsletter(date: string): boolean {
	return weekdayOf(date) === 1 && daysBetween("2026-01-06", date) % 14 === 0;
}

/** Whether a regular is here on a date; every tenth of them is a keen one. */
function isHere(seed: number, regular: number, date: string): boolean {
	const keenness = regular % 10 === 0 ? 0.14 : 0.035;
	return fraction(`${seed}/${regular}/${date}`) < keenness * busyness(date);
}

function gapOf(seed: number, regular: number, date: string): number {
	for (let days = 1; days < neverBefore; days++) if (isHere(seed, regular, addDays(date, -days))) return days;
	return neverBefore;
}

function makeBrowser(seed: number, id: string, date: string, gap: number): Browser {
	const random = randomFrom(`${seed}/browser/${id}`);
	const gear =
		habits.equipment[Number(random.pick(Object.fromEntries(habits.equipment.map((row, i) => [i, row.weight]))))];
	if (!gear) throw new RangeError("no equipment");
	const country = random.pick(habits.countries);
	const language = random.pick(habits.languages[country] ?? { en: 1 });
	const consentDay = gap === neverBefore ? date : addDays(date, -gap);
	return { id, gear, country, language, consentDay, gap };
}

/** `visits` is about how many visits they make together. */
export function browsersOf(seed: number, date: string, visits: number): Browser[] {
	const regulars = Array.from({ length: regularsCount }, (_, number) => number).filter((n) => isHere(seed, n, date));
	const back = regulars.map((number) => makeBrowser(seed, `r${number}`, date, gapOf(seed, number, date)));
	const newcomers = Math.max(0, Math.round(visits / 1.12) - back.length);
	const fresh = Array.from({ length: newcomers }, (_, number) =>
		makeBrowser(seed, `${date}/${number}`, date, neverBefore),
	);
	return [...back, ...fresh];
}
