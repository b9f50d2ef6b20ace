/**
 * The shapes of what is said about releases: figures for partners, definitions and plans for owners. Figures are estimates:
 * `value` is a count of browsers with noise, or a sum of such, and can be below zero where the count is small. Leaves out how
 * they are read (figures.ts) and drawn (draw.ts).
 */
import * as v from "valibot";
import { vitals } from "../../schema/buckets.ts";
import { grains } from "../../schema/period.ts";
import { releaseGroups, releasePeriods } from "../../schema/release.ts";
import { named, said } from "../../schema/words.ts";

const date = v.pipe(v.string(), v.isoDate());
const instant = v.pipe(v.string(), v.isoTimestamp());
const whole = v.pipe(v.number(), v.integer());
const count = v.pipe(whole, v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const span = { from: date, to: date };

/** An estimate's three numbers: the true one lies between `low` and `high` in 95 of 100 cases. */
const numbers = {
	value: said(whole, "Browsers, with noise; can be below zero.", "Nettlesere, med støy; kan være under null."),
	low: said(whole, "With `high` the 95 % interval.", "Sammen med `high` 95 %-intervallet."),
	high: whole,
};
export const estimate = named("Estimate", v.object(numbers));
export type Estimate = v.InferOutput<typeof estimate>;

/** What every answer to a partner says about itself. */
const about = v.object({
	release: v.string(),
	range: said(v.object(span), "First and last local date, both included.", "Første og siste lokale dato, begge med."),
	period: said(v.picklist(releasePeriods), "The shortest stretch shown.", "Det korteste spennet som vises."),
	timeZone: v.string(),
	method: said(
		v.literal("discrete-gaussian"),
		"How the noise was drawn: once, when the period closed.",
		"Hvordan støyen ble trukket: én gang, da perioden ble lukket.",
	),
	periods: said(
		count,
		"How many of the site's periods are added up.",
		"Hvor mange av nettstedets perioder som er lagt sammen.",
	),
	sample: said(v.boolean(), "True where sample visits are in it.", "Sann når eksempelbesøk er med."),
});
export type ReleaseAnswer = v.InferOutput<typeof about>;

export const releaseSummary = named(
	"ReleaseSummary",
	v.object({
		...about.entries,
		visitors: said(
			estimate,
			"Browsers of each period, added up: one that came in two periods counts twice.",
			"Nettleserne i hver periode, lagt sammen: en som kom i to perioder, teller to ganger.",
		),
		before: said(
			v.nullable(v.object({ ...span, visitors: estimate })),
			"The range of equal length before it; null where not all of it is released.",
			"Spennet med samme lengde før; null når ikke hele er frigitt.",
		),
		change: said(
			v.nullable(estimate),
			"The difference, with its own interval: no certain change where it holds 0.",
			"Forskjellen, med sitt eget intervall: ingen sikker endring når 0 er i det.",
		),
	}),
);
export type ReleaseSummary = v.InferOutput<typeof releaseSummary>;

const timelineRow = v.object({ period: v.string(), ...span, ...numbers });
export const releaseTimeline = named(
	"ReleaseTimeline",
	v.object({
		...about.entries,
		rows: said(v.array(timelineRow), "Visitors, period by period.", "Besøkende, periode for periode."),
		weeks: said(
			v.array(timelineRow),
			"The same by whole weeks; empty where a period is longer.",
			"Det samme for hele uker; tom når en periode er lengre.",
		),
	}),
);
export type ReleaseTimeline = v.InferOutput<typeof releaseTimeline>;

export const releasePages = named(
	"ReleasePages",
	v.object({
		...about.entries,
		rows: said(
			v.array(
				v.object({
					page: v.string(),
					declared: said(
						v.boolean(),
						"False for one that enough visited to be named.",
						"Usann for en som nok har besøkt til at den kan nevnes.",
					),
					periods: said(
						count,
						"Of the site's periods, those it is named in: the sum is over these.",
						"Av nettstedets perioder de den er nevnt i: summen er over disse.",
					),
					...numbers,
				}),
			),
			"Declared pages as they were declared, then others by name.",
			"Oppførte sider i oppført rekkefølge, så andre etter navn.",
		),
	}),
);
export type ReleasePages = v.InferOutput<typeof releasePages>;

export const releaseDwell = named(
	"ReleaseDwell",
	v.object({
		...about.entries,
		rows: said(
			v.array(
				v.object({
					page: v.string(),
					fromMs: said(count, "Engaged time above this …", "Aktiv tid over dette …"),
					toMs: said(v.nullable(count), "… up to this; null for the last.", "… til og med dette; null for den siste."),
					...numbers,
				}),
			),
			"Browsers by engaged time on their first view of the page in a period.",
			"Nettlesere etter aktiv tid ved første visning av siden i en periode.",
		),
	}),
);
export type ReleaseDwell = v.InferOutput<typeof releaseDwell>;

/** A list of a closed set of names. */
const listed = <Name extends string>(title: string, name: Name) =>
	named(
		title,
		v.object({
			...about.entries,
			rows: v.array(v.object({ ...({ [name]: v.string() } as Record<Name, v.StringSchema<undefined>>), ...numbers })),
		}),
	);
export const releaseChannels = listed("ReleaseChannels", "channel");
export type ReleaseChannels = v.InferOutput<typeof releaseChannels>;
export const releaseDevices = listed("ReleaseDevices", "device");
export type ReleaseDevices = v.InferOutput<typeof releaseDevices>;
export const releaseCountries = listed("ReleaseCountries", "country");
export type ReleaseCountries = v.InferOutput<typeof releaseCountries>;

export const vitalBands = ["good", "needs", "poor"] as const;
const releasedVitals = vitals.filter((vital) => vital === "lcp" || vital === "inp" || vital === "cls");
export const releaseVitals = named(
	"ReleaseVitals",
	v.object({
		...about.entries,
		bands: said(
			v.array(v.object({ vital: v.picklist(releasedVitals), band: v.picklist(vitalBands), ...numbers })),
			"Browsers by the web vitals' limits, each with its first measurement in a period.",
			"Nettlesere etter grensene for web vitals, hver med sin første måling i en periode.",
		),
		rows: said(
			v.array(
				v.object({
					vital: v.picklist(releasedVitals),
					from: v.number(),
					to: v.nullable(v.number()),
					...numbers,
				}),
			),
			"The same in finer parts: above `from`, up to `to`; ms, CLS a plain number.",
			"Det samme i finere deler: over `from`, til og med `to`; ms, CLS et rent tall.",
		),
	}),
);
export type ReleaseVitals = v.InferOutput<typeof releaseVitals>;

/** What a partner may know of a release. */
export const releaseAbout = named(
	"Release",
	v.object({
		release: v.string(),
		site: said(v.string(), "Name of the site.", "Navnet på nettstedet."),
		name: v.string(),
		audience: v.string(),
		period: v.picklist(releasePeriods),
		grain: said(v.picklist(grains), "How long what is drawn at once is.", "Hvor langt det som trekkes på én gang, er."),
		timeZone: v.string(),
		groups: v.array(v.picklist(releaseGroups)),
		pages: said(v.array(v.string()), "Declared pages.", "Oppførte sider."),
		countries: said(v.array(v.string()), "Named countries.", "Nevnte land."),
		unlisted: v.boolean(),
		epsilon: v.number(),
		delta: v.number(),
		k: count,
		released: said(
			v.nullable(v.object(span)),
			"First and last date that can be read; null before the first period is out.",
			"Første og siste dato som kan leses; null før den første perioden er ute.",
		),
	}),
);
export type ReleaseAbout = v.InferOutput<typeof releaseAbout>;

export const budget = named(
	"ReleaseBudget",
	v.object({
		epsilon: said(v.number(), "Of one period of one browser.", "For én periode av én nettleser."),
		delta: v.number(),
		month: said(
			v.object({ periods: count, epsilon: v.number(), delta: v.number() }),
			"A browser that comes in every period of a month, and what all of them tell together.",
			"En nettleser som kommer i alle periodene i en måned, og det alle forteller til sammen.",
		),
		year: v.object({ periods: count, epsilon: v.number(), delta: v.number() }),
	}),
);
export type ReleaseBudget = v.InferOutput<typeof budget>;

/** What an owner sees of a release. */
export const ownedRelease = named(
	"OwnedRelease",
	v.object({
		...releaseAbout.entries,
		frames: v.array(v.string()),
		webhook: v.nullable(v.string()),
		samples: v.boolean(),
		created: instant,
		starts: said(
			v.string(),
			"Label of the first period that is released.",
			"Navnet på den første perioden som frigis.",
		),
		ended: said(v.nullable(instant), "Since then nobody reads it.", "Fra da av leser ingen den."),
		budget,
		spent: said(
			v.object({
				month: v.object({ periods: count, epsilon: v.number(), delta: v.number() }),
				year: v.object({ periods: count, epsilon: v.number(), delta: v.number() }),
			}),
			"Periods released in the 31 and 366 days up to now, and what they can tell together about a browser that came in all of them.",
			"Perioder frigitt de siste 31 og 366 dagene, og det de til sammen kan fortelle om en nettleser som kom i alle.",
		),
	}),
);
export type OwnedRelease = v.InferOutput<typeof ownedRelease>;
export const ownedReleases = v.object({ releases: v.array(ownedRelease) });

export const releasePlan = named(
	"ReleasePlan",
	v.object({
		pages: said(
			v.array(v.string()),
			"Every declared page, patterns and sitemap resolved.",
			"Alle oppførte sider, med mønstre og nettstedskart løst opp.",
		),
		starts: said(
			v.string(),
			"Label of the first period it would release.",
			"Navnet på den første perioden den ville frigi.",
		),
		basis: said(
			v.nullable(v.object({ ...span, periods: count })),
			"The site's own closed periods the share is of; null before the first.",
			"Nettstedets egne lukkede perioder som andelen er av; null før den første.",
		),
		shown: said(
			v.object({
				pages: said(count, "Pages shown in an ordinary period.", "Sider som vises i en vanlig periode."),
				share: said(
					v.nullable(share),
					"Share of page views on them; null where nothing is closed yet.",
					"Andelen sidevisninger på dem; null når ingenting er lukket ennå.",
				),
			}),
			"What of the site's past it would have shown.",
			"Det den ville ha vist av nettstedets historie.",
		),
		groups: said(
			v.array(
				v.object({
					group: v.picklist(releaseGroups),
					plusMinus: said(
						count,
						"Half the 95 % interval of one figure of one of the site's periods.",
						"Halve 95 %-intervallet til ett tall i én av nettstedets perioder.",
					),
					ofPeriod: said(
						count,
						"The same of one period as partners see it.",
						"Det samme for én periode slik partnere ser den.",
					),
				}),
			),
			"How wide the intervals would be.",
			"Hvor brede intervallene ville bli.",
		),
		threshold: said(
			v.nullable(count),
			"An unlisted page is named from about so many browsers on; null where none are.",
			"En ikke oppført side nevnes fra omtrent så mange nettlesere; null når ingen nevnes.",
		),
		budget,
		together: said(
			v.object({ releases: count, epsilon: v.number(), delta: v.number() }),
			"With the site's other releases: what one period would tell to somebody who reads them all.",
			"Sammen med nettstedets andre frigivelser: det én periode ville fortelle den som leser alle.",
		),
	}),
);
export type ReleasePlan = v.InferOutput<typeof releasePlan>;
