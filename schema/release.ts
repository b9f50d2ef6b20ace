/**
 * What an owner says about a release: for whom, how often, which pages and groups, how much noise. Checked here, so that every way
 * in refuses the same things in the same words. Leaves out what a release counts (bounded.ts) and how it is drawn (worker/release).
 */
import * as v from "valibot";
import { cleanPath } from "./clean.ts";
import { maxK, minK } from "./limits.ts";
import { named, said } from "./words.ts";

/** What can be released, as the bounded counters are named; visitors as a whole (`site`) always are. */
export const releaseGroups = ["site", "page", "dwell", "device", "channel", "country", "lcp", "inp", "cls"] as const;
export type ReleaseGroup = (typeof releaseGroups)[number];

/** How long what partners see at once is. Drawn is always the site's own period: a week of a site that counts days is a sum. */
export const releasePeriods = ["day", "week", "month"] as const;
export type ReleasePeriod = (typeof releasePeriods)[number];

export const defaultEpsilon = 1;
export const maxEpsilon = 2;
export const minEpsilon = 0.1;
/** A row of the counters a page, and eight more where dwell is released: enough for what people read. */
export const maxDeclaredPages = 200;
/** Countries a release names; all others are one figure. */
export const maxReleaseCountries = 15;
/** Where nothing else is said: the Nordic countries, and large ones whose people travel and read. Never taken from who came. */
export const defaultCountries = "NO SE DK FI IS DE GB NL FR ES IT PL US".split(" ");
/** Entries typed, before patterns become pages. */
const maxEntries = 200;
const maxFrames = 10;
const maxNameChars = 100;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]|\p{Surrogate}/u;
const isPlain = (text: string) => !unprintable.test(text) && text.trim() === text;
const name = (what: string) =>
	v.pipe(
		v.string(`${what} is a text.`),
		v.minLength(1, `${what} is missing.`),
		v.maxLength(maxNameChars, `${what} has at most ${maxNameChars} characters.`),
		v.check(isPlain, `${what} holds no control characters and no spaces at its ends.`),
	);

/** A path as it is counted; `*` stands for anything. */
const entry = v.pipe(
	v.string("A page is a text."),
	v.check(
		(text) => text.startsWith("/") && cleanPath(text.replaceAll("*", "x")) === text.replaceAll("*", "x"),
		"Pages are written as they are counted: /orders/:id/receipt, with no query, no slash at the end, :id in place of numbers; * stands for anything.",
	),
);
const originDetail =
	"Where a release may be embedded is an origin with a scheme and a host, and no path: https://www.example.no";
const frame = v.pipe(
	v.string(originDetail),
	v.check((text) => /^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/.test(text), originDetail),
);
const webhook = v.pipe(
	v.string("webhook is an address."),
	v.maxLength(500, "webhook has at most 500 characters."),
	v.check((text) => /^https:\/\/[a-z0-9.-]+(:\d{1,5})?(\/[!-~]*)?$/.test(text), "webhook is an address with https."),
);

const changeable = {
	name: said(name("name"), "What the owner calls it.", "Det eieren kaller den."),
	audience: said(name("audience"), "For whom it is; partners see it.", "Hvem den er for; partnere ser det."),
	frames: said(
		v.pipe(v.array(frame, "frames is a list."), v.maxLength(maxFrames, `frames has at most ${maxFrames} origins.`)),
		"Origins whose pages may embed it; none unless set.",
		"Opphav som kan bygge den inn på sine sider; ingen når det ikke er satt.",
	),
	webhook: said(
		v.nullable(webhook),
		"Address that is sent a summary when a new period is out.",
		"Adresse som får et sammendrag når en ny periode er ute.",
	),
};

/** What can be changed later: nothing that decides what was or will be public. */
export const releaseChangesSchema = named(
	"ReleaseChanges",
	v.partial(v.strictObject(changeable, `What can be changed: ${Object.keys(changeable).join(", ")}.`)),
);
export type ReleaseChanges = v.InferOutput<typeof releaseChangesSchema>;

const planEntries = {
	period: said(
		v.picklist(releasePeriods, `period is one of ${releasePeriods.join(", ")}.`),
		"The shortest stretch partners see: at least the site's own period.",
		"Det korteste spennet partnere ser: minst nettstedets egen periode.",
	),
	pages: said(
		v.pipe(v.array(entry, "pages is a list."), v.maxLength(maxEntries, `pages has at most ${maxEntries} entries.`)),
		"Pages that are shown in every period, zeros included. One with * stands for the matching addresses of the sitemap.",
		"Sider som vises i hver periode, også nuller. En med * står for de adressene i nettstedskartet som passer.",
	),
	sitemap: said(
		v.optional(v.boolean("sitemap is true or false."), false),
		"True: every page of the site's sitemap.xml too, as it is now.",
		"Sann: også alle sidene i nettstedets sitemap.xml, slik det er nå.",
	),
	unlisted: said(
		v.optional(v.boolean("unlisted is true or false."), false),
		"True: other pages too, where so many visited them that their name gives nobody away.",
		"Sann: også andre sider, når så mange har besøkt dem at navnet ikke røper noen.",
	),
	groups: said(
		v.optional(
			v.array(v.picklist(releaseGroups, `groups are ${releaseGroups.join(", ")}.`), "groups is a list."),
			() => [...releaseGroups],
		),
		"What is released beside visitors (`site`), which always are; everything unless set.",
		"Det som frigis ved siden av besøkende (`site`), som alltid er med; alt når det ikke er satt.",
	),
	countries: said(
		v.optional(
			v.pipe(
				v.array(
					v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, "Countries are written as two capital letters.")),
					"countries is a list.",
				),
				v.maxLength(maxReleaseCountries, `At most ${maxReleaseCountries} countries are named.`),
			),
			() => [...defaultCountries],
		),
		"Countries that are named, fixed beforehand; all others are one figure.",
		"Land som nevnes, fastsatt på forhånd; alle andre er ett tall.",
	),
	epsilon: said(
		v.optional(
			v.pipe(
				v.number("epsilon is a number."),
				v.minValue(minEpsilon, `epsilon is at least ${minEpsilon}.`),
				v.maxValue(maxEpsilon, `epsilon is at most ${maxEpsilon}.`),
				v.check((value) => Number.isInteger(Math.round(value * 1e6) / 1e5), "epsilon has one decimal."),
			),
			defaultEpsilon,
		),
		"How much one period may tell about one browser: less is more noise.",
		"Hvor mye én periode kan fortelle om én nettleser: mindre gir mer støy.",
	),
	k: said(
		v.optional(
			v.pipe(
				v.number("k is a number."),
				v.integer("k is a whole number."),
				v.minValue(minK, `k is at least ${minK}.`),
				v.maxValue(maxK, `k is at most ${maxK}.`),
			),
			minK,
		),
		"Browsers that an unlisted page has at least.",
		"Nettlesere som en ikke oppført side minst har.",
	),
	samples: said(
		v.optional(v.boolean("samples is true or false."), false),
		"True: ended periods of sample visits too. On local servers only.",
		"Sann: også avsluttede perioder med eksempelbesøk. Bare på lokale tjenere.",
	),
};

/** What a plan is made for: everything that decides what will be public. */
export const planSchema = named(
	"ReleaseTerms",
	v.strictObject(planEntries, `The terms of a release are ${Object.keys(planEntries).join(", ")}, and nothing else.`),
);
export type ReleaseTerms = v.InferOutput<typeof planSchema>;

/** What creates a release. */
export const releaseSchema = named(
	"NewRelease",
	v.strictObject(
		{
			name: changeable.name,
			audience: changeable.audience,
			frames: v.optional(changeable.frames, () => []),
			webhook: v.optional(changeable.webhook, null),
			...planEntries,
		},
		`A release has ${[...Object.keys(changeable), ...Object.keys(planEntries)].join(", ")}, and nothing else.`,
	),
);
export type NewRelease = v.InferOutput<typeof releaseSchema>;
