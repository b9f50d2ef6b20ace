/**
 * What the shapes of the answers are made of: counts, times, web vitals, lists, and what every answer says about itself. Written
 * once, as schemas: the types come from them, and so does the description of the API. Nothing is checked against them at run time.
 */
import * as v from "valibot";
import { importSources } from "../../schema/imports.ts";
import { grains } from "../../schema/period.ts";
import { channels } from "../../schema/report.ts";
import { otherName } from "../../schema/tree-rules.ts";
import { named, said } from "../../schema/words.ts";

export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
export const interval = v.nullable(v.tuple([v.number(), v.number()]));
export const date = v.pipe(v.string(), v.isoDate());
export const span = { from: date, to: date };

/** A figure for each name of a fixed list. */
export function each<Name extends string, S extends v.GenericSchema>(names: readonly Name[], schema: S) {
	return v.object(Object.fromEntries(names.map((name) => [name, schema])) as Record<Name, S>);
}

/** What every answer says about itself. */
export const answer = v.object({
	site: v.string(),
	range: said(v.object(span), "First and last local date, both included.", "Første og siste lokale dato, begge med."),
	grain: said(v.picklist(grains), "How long the site's periods are.", "Hvor lange nettstedets perioder er."),
	timeZone: v.string(),
	provisional: said(
		v.boolean(),
		"True where an open period is in it: figures may still change.",
		"Sann når en åpen periode er med: tallene kan endre seg.",
	),
	hidden: said(
		share,
		"Share (0…1) of what is counted here that is folded into “(other)”.",
		"Andel (0…1) av det som telles her, som er slått sammen til «(other)».",
	),
	sample: said(v.boolean(), "True where sample visits are in it.", "Sann når eksempelbesøk er med."),
	imported: v.exactOptional(
		said(
			v.array(v.picklist(importSources)),
			"Tools that counted some of its periods, before this one did. They tell neither times nor leaving methods, and what they do not name is “(other)”.",
			"Verktøy som har talt noen av periodene, før dette. De oppgir verken tider eller måter å forlate på, og det de ikke navngir, er «(other)».",
		),
	),
});
export type Answer = v.InferOutput<typeof answer>;

const few = v.exactOptional(
	said(
		v.literal(true),
		"There where percentiles of fewer than 30 measurements are given: while nothing of what was asked for is sealed.",
		"Med der persentiler av færre enn 30 målinger er oppgitt: mens ingenting av det spurte er forseglet.",
	),
);

export const median = v.nullable(v.number());
export const times = named(
	"Times",
	said(
		v.object({
			p50: median,
			p75: median,
			p50Interval: said(
				interval,
				"95 % interval from order statistics; null below 30 measurements.",
				"95 %-intervall fra ordningsobservatorer; null under 30 målinger.",
			),
			p75Interval: interval,
			n: said(count, "Number of measurements.", "Antall målinger."),
			few,
		}),
		"Percentiles of a time in ms; null below 30 measurements, except as `few` says.",
		"Persentiler av en tid i ms; null under 30 målinger, unntatt som `few` sier.",
	),
);
export type Times = v.InferOutput<typeof times>;

export const vitalFigure = named(
	"VitalFigure",
	said(
		v.object({
			p75: said(
				v.nullable(v.number()),
				"Null below 30 measurements, except as `few` says.",
				"Null under 30 målinger, unntatt som `few` sier.",
			),
			interval: said(
				interval,
				"95 % interval of p75 from order statistics; null below 30 measurements.",
				"95 %-intervall for p75 fra ordningsobservatorer; null under 30 målinger.",
			),
			good: count,
			needs: count,
			poor: count,
			n: count,
			few,
		}),
		"A web vital in ms, CLS a plain number. Counts lie within the web-vitals limits; good + needs + poor = n.",
		"En web vital i ms, CLS et rent tall. Antallene følger grensene til web-vitals; good + needs + poor = n.",
	),
);
export type VitalFigure = v.InferOutput<typeof vitalFigure>;

export const speedBands = ["good", "needs", "poor", "unknown"] as const;
export type SpeedBand = (typeof speedBands)[number];

export const channelName = v.picklist([...channels, otherName]);

/** What countries, languages, browsers, systems, hours and campaigns are counted with. */
export const mainFigures = v.object({
	views: count,
	visits: count,
	bounces: count,
	engagedMs: times,
	lcp: vitalFigure,
	inp: vitalFigure,
	ttfb: vitalFigure,
});
export type MainFigures = v.InferOutput<typeof mainFigures>;

/** An answer with a list of rows, of which `limit` and `offset` show a part. */
export function listOf<S extends v.GenericSchema>(row: S) {
	return v.object({
		...answer.entries,
		rows: v.array(row),
		total: said(count, "Number of rows before `limit` and `offset`.", "Antall rader før `limit` og `offset`."),
	});
}
