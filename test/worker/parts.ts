/** Everything that version 2 brought, put into a report at random: few names, so that browsers share them. Pure for a seed. */
import { boundedGroups } from "../../schema/bounded.ts";
import type { Report } from "../../schema/report.ts";

export type Random = () => number;

/** Mulberry32: a small seeded generator of numbers from 0 to 1, so that a failure can be repeated. */
export function seeded(seed: number): Random {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

const elements = ["main a", "main button", "nav a.menu", "header img", "footer a"];

/** The report with parts of every kind, each there or not. */
export function withParts(report: Report, random: Random): Report {
	const whole = (most: number) => Math.floor(random() * (most + 1));
	const pick = <T>(list: readonly T[]): T => list[whole(list.length - 1)] as T;
	const maybe = <T extends object>(part: () => T): T | Partial<T> => (random() < 0.4 ? part() : {});
	const some = <T>(list: readonly T[]): T[] => list.filter((_, i) => i === 0 || random() < 0.3);
	const named = (...list: string[]) => some(list).map((name): [string, number] => [name, 1 + whole(2)]);
	const requests = (...list: string[]) =>
		some(list).map((name): [string, number, number, number] => {
			const n = 1 + whole(3);
			return [name, 60 + whole(30), n, whole(n)];
		});
	const { consent, place, visit, leaving, speed, interaction } = report;
	const isEntry = visit?.index === 1;
	const element = pick(elements);
	return {
		...report,
		hour: whole(167),
		consent: isEntry ? { ...consent, given: true } : consent,
		...maybe(() => ({ bounded: some(boundedGroups) })),
		place: {
			...place,
			kind: pick(["load", "load", "route", "404"] as const),
			country: pick(["NO", "NO", "SE", "DE"]),
			language: pick(["nb", "nb", "en"]),
			browser: pick(["Firefox", "Chrome", "Safari"]),
			os: pick(["Linux", "Windows", "iOS"]),
		},
		...(visit && {
			visit: {
				...visit,
				...(isEntry && maybe(() => ({ campaign: pick(["sommer", "høst"]) }))),
				...maybe(() => ({ search: true as const })),
				...maybe(() => ({ goals: some(["bestilt", "handel\t1", "handel\t2"]) })),
				...maybe(() => ({ entrySpeed: whole(2) })),
			},
		}),
		...(leaving && {
			leaving: leaving.how === "outbound" ? { ...leaving, host: pick(["kart.example", "bank.example"]) } : leaving,
		}),
		...(speed && {
			speed: {
				...speed,
				...maybe(() => ({ inp: 40 + whole(20), cls: whole(90) })),
				...maybe(() => ({
					phases: { waiting: whole(9), dns: whole(30), request: 50 + whole(20), response: whole(40) },
				})),
				...maybe(() => ({ lcpOf: { element: pick(elements), delay: whole(60), load: whole(60), render: whole(40) } })),
				...maybe(() => ({ inpOf: { element, input: whole(9), processing: whole(50), presentation: whole(30) } })),
				...maybe(() => ({ routes: requests("/api/turer", "/api/turer/:id", "/api/kurv") })),
				...maybe(() => ({ parties: requests("cdn.example", "kart.example") })),
			},
		}),
		...(interaction && {
			interaction: {
				scroll: whole(10),
				clicks: some([...elements.filter((name) => name !== element), element]).map((name): [string, ...number[]] => [
					name,
					3,
					...(random() < 0.4 ? [whole(1), whole(2), whole(2)] : []),
				]) as NonNullable<Report["interaction"]>["clicks"],
				...maybe(() => ({
					forms: some(["main form", "footer form"]).map((form): [string, number, string] => [
						form,
						whole(1),
						pick(["", "input.email", "input.tel"]),
					]),
				})),
				...maybe(() => ({ errors: named("TypeError @ /app.js:12", "Error @ cdn.example:1") })),
				...maybe(() => ({ outbound: named("kart.example", "bank.example") })),
				...maybe(() => ({ downloads: named("/filer/kart.pdf", "/filer/liste.csv") })),
			},
			...maybe(() => ({
				own: {
					events: named("kjøp", "delt"),
					...maybe(() => ({ properties: named("kjøp\tvaluta=NOK", "kjøp\tvaluta=EUR") })),
				},
			})),
		}),
	};
}
