/**
 * Every HTTP call that is not for figures (table.ts), described where the routes cannot say it themselves: for whom it is, what is
 * sent, answered and refused. A route of the app without an entry here makes the description fail. Leaves out pages for people.
 */
import * as v from "valibot";
import type { Role } from "../../schema/access.ts";
import { pictureSchema } from "../../schema/picture.ts";
import { historyAnswer, policyAnswer, publicationSchema } from "../../schema/policy.ts";
import { reportSchema } from "../../schema/report.ts";
import { siteConfig } from "../../schema/site.ts";
import { named, said, type Words } from "../../schema/words.ts";
import { logAnswer } from "../access/log-routes.ts";
import { closingAnswer, closingBody } from "../closing/routes.ts";
import { requestSchema, responseSchema } from "../mcp/protocol.ts";
import { noteCalls } from "../notes/calls.ts";
import { status } from "../operator/status.ts";
import type { ProblemKind } from "../problem.ts";
import { releaseCalls } from "../release/calls.ts";
import { changesSchema, settingsSchema } from "../sites/settings.ts";

export interface QueryParameter {
	name: string;
	schema: v.GenericSchema;
	required?: boolean;
}

export interface Call {
	text: Words;
	/** Whose keys it takes; left out where none is needed. */
	roles?: Role[];
	query?: QueryParameter[];
	body?: { type: string; schema: v.GenericSchema };
	/** Without a schema: nothing, or a file of the type. */
	answer: { status: 200 | 204; type?: string; schema?: v.GenericSchema };
	problems: ProblemKind[];
}

const json = "application/json";
const script = "text/javascript";
const guarded: ProblemKind[] = ["unknown-key", "forbidden", "unknown-site"];
const report = named("Report", reportSchema);
const label = v.string();

/** By method and path, as the app's routes are named. */
export const calls: Record<string, Call> = {
	"GET /healthz": {
		text: {
			en: "Version, migrations, what waits in the books, how much there is, what was refused, and what fails.",
			nb: "Versjon, migreringer, det som venter i bøkene, hvor mye som finnes, hva som er avvist, og hva som feiler.",
		},
		answer: { status: 200, type: json, schema: named("Health", status) },
		problems: [],
	},
	"GET /v1/openapi.json": {
		text: { en: "This description, as OpenAPI 3.1.", nb: "Denne beskrivelsen, som OpenAPI 3.1." },
		answer: { status: 200, type: json },
		problems: [],
	},
	"GET /gate/:site/:file": {
		text: {
			en: "The gate file of a site and consent source: banner.js or manual.js. Cacheable for an hour; on sites with `coverage` not at all, because its loads are counted. Of a site that was deleted, a gate that nothing opens.",
			nb: "Portfilen for et nettsted og en samtykkekilde: banner.js eller manual.js. Kan mellomlagres en time; på nettsteder med `coverage` ikke, fordi innlastingene telles. For et slettet nettsted en port som ingenting åpner.",
		},
		query: [
			{
				name: "lang",
				schema: said(v.string(), "One of the notice's languages.", "Ett av språkene i personverntekst og banner."),
			},
		],
		answer: { status: 200, type: script },
		problems: ["not-found", "unknown-site"],
	},
	"GET /code/:hash/:name": {
		text: {
			en: "A file the gate or a page leads to; its name changes with its content, so it can be kept for a year.",
			nb: "En fil porten eller en side viser til; navnet følger innholdet, så den kan beholdes et år.",
		},
		answer: { status: 200, type: script },
		problems: ["not-found"],
	},
	"GET /v1/sites/:site/config": {
		text: {
			en: "What the collector needs after consent. Open to the site's own origins. Of a site that was deleted, that there is nothing to do.",
			nb: "Det samleren trenger etter samtykke. Åpen for nettstedets egne opphav. For et slettet nettsted at det ikke er noe å gjøre.",
		},
		answer: { status: 200, type: json, schema: siteConfig },
		problems: ["unknown-site", "foreign-origin"],
	},
	"POST /v1/reports": {
		text: {
			en: "One report or up to 20, taken whole or not at all; 204 also for what is too late to count, and for a site that was deleted. At most 64 KiB.",
			nb: "Én rapport eller inntil 20, tatt imot samlet eller ikke i det hele tatt; 204 også for det som er for sent til å telles, og for et slettet nettsted. Høyst 64 KiB.",
		},
		body: { type: "text/plain", schema: v.union([report, v.pipe(v.array(report), v.minLength(1), v.maxLength(20))]) },
		answer: { status: 204 },
		problems: [
			"malformed",
			"foreign-origin",
			"no-consent",
			"privacy-signal",
			"superseded",
			"too-large",
			"outside-limits",
			"too-many",
		],
	},
	"POST /v1/erasures": {
		text: {
			en: "Take one page view out of the statistics: its id, and the report that was counted. At most 64 KiB.",
			nb: "Ta én sidevisning ut av statistikken: id-en, og rapporten som ble talt. Høyst 64 KiB.",
		},
		body: { type: "text/plain", schema: v.strictObject({ view: reportSchema.entries.view, report }) },
		answer: { status: 204 },
		problems: [
			"malformed",
			"foreign-origin",
			"nothing-to-erase",
			"not-counted",
			"too-large",
			"outside-limits",
			"too-many",
		],
	},
	"POST /v1/sites/:site/closings": {
		text: {
			en: "Close an ended period now instead of waiting for late reports.",
			nb: "Lukk en avsluttet periode nå i stedet for å vente på sene rapporter.",
		},
		roles: ["owner", "operator"],
		body: { type: json, schema: closingBody },
		answer: { status: 200, type: json, schema: named("Closing", closingAnswer) },
		problems: [...guarded, "malformed", "not-ended", "closed", "outside-limits"],
	},
	"GET /v1/sites/:site/log": {
		text: {
			en: "Who was given access, signed in, looked as a partner, and took figures out, newest first. Kept for twelve months.",
			nb: "Hvem som fikk tilgang, logget inn, så på som partner og lastet ned tall, nyeste først. Beholdes i tolv måneder.",
		},
		roles: ["owner"],
		answer: { status: 200, type: json, schema: named("AccessLog", logAnswer) },
		problems: guarded,
	},
	"GET /v1/sites/:site/log.csv": {
		text: { en: "The same log as CSV.", nb: "Den samme loggen som CSV." },
		roles: ["owner"],
		answer: { status: 200, type: "text/csv" },
		problems: guarded,
	},
	"GET /v1/sites/:site/settings": {
		text: { en: "The site's settings, without its notice.", nb: "Nettstedets innstillinger, uten personverntekst." },
		roles: ["owner", "operator"],
		answer: { status: 200, type: json, schema: settingsSchema },
		problems: guarded,
	},
	"PUT /v1/sites/:site/settings": {
		text: {
			en: "Change settings; what is left out stays as it is. Grain and time zone are fixed once something has been counted.",
			nb: "Endre innstillinger; det som utelates, blir som før. Periodelengde og tidssone ligger fast når noe er talt.",
		},
		roles: ["owner", "operator"],
		body: { type: json, schema: named("Changes", changesSchema) },
		answer: { status: 200, type: json, schema: settingsSchema },
		problems: [...guarded, "malformed", "too-large", "outside-limits"],
	},
	"GET /v1/sites/:site/policies": {
		text: {
			en: "Every version of the site's notice that was ever published, with its hash.",
			nb: "Alle versjoner av nettstedets personverntekst som er publisert, med hash.",
		},
		answer: { status: 200, type: json, schema: historyAnswer },
		problems: ["unknown-site", "deleted-site"],
	},
	"GET /v1/sites/:site/policies/:policy": {
		text: {
			en: "One version of the notice as it was published. It never changes, but for `holds`.",
			nb: "Én versjon av personvernteksten slik den ble publisert. Den endres aldri, bortsett fra `holds`.",
		},
		answer: { status: 200, type: json, schema: policyAnswer },
		problems: ["not-found", "unknown-site", "deleted-site"],
	},
	"POST /v1/sites/:site/policies": {
		text: {
			en: "Publish a version of the notice. A material one closes the gate for all earlier grants; what was published is never changed, and deleted with the site alone.",
			nb: "Publiser en versjon av personvernteksten. En vesentlig versjon lukker porten for alle tidligere samtykker; det publiserte endres aldri, og slettes bare sammen med nettstedet.",
		},
		roles: ["owner"],
		body: { type: json, schema: publicationSchema },
		answer: { status: 200, type: json, schema: policyAnswer },
		problems: [...guarded, "malformed", "published-meanwhile", "too-large", "outside-limits"],
	},
	"POST /v1/sites/:site/pictures": {
		text: {
			en: "A picture of one page for its click map, from the browser of the site's owner: places, sizes and colours, no text. Let in by the secret of a link that the owner made, once, within ten minutes. Open to the site's own origins. At most 512 KiB.",
			nb: "Et bilde av én side til klikkartet, fra nettleseren til nettstedets eier: plass, størrelse og farger, ingen tekst. Slippes inn av hemmeligheten i en lenke som eieren har laget, én gang, innen ti minutter. Åpen for nettstedets egne opphav. Høyst 512 KiB.",
		},
		body: { type: "text/plain", schema: pictureSchema },
		answer: { status: 204 },
		problems: [
			"malformed",
			"foreign-origin",
			"forbidden",
			"unknown-site",
			"deleted-site",
			"too-large",
			"outside-limits",
			"too-many",
		],
	},
	"GET /v1/sites/:site/samples": {
		text: {
			en: "Periods that hold sample visits. On local servers only; elsewhere 404.",
			nb: "Perioder med eksempelbesøk. Bare på lokale tjenere; ellers 404.",
		},
		roles: ["owner"],
		answer: { status: 200, type: json, schema: v.object({ periods: v.array(label) }) },
		problems: ["not-found", ...guarded],
	},
	"POST /v1/sites/:site/samples": {
		text: {
			en: "Fill an ended period with sample visits, marked as such for good. On local servers only; elsewhere 404.",
			nb: "Fyll en avsluttet periode med eksempelbesøk, merket som det for alltid. Bare på lokale tjenere; ellers 404.",
		},
		roles: ["owner"],
		body: {
			type: json,
			schema: v.object({ period: label, seal: v.optional(v.boolean()), reports: v.array(report) }),
		},
		answer: {
			status: 200,
			type: json,
			schema: v.object({
				period: label,
				state: v.picklist(["open", "sealed", "joining", "closed"]),
				counted: v.pipe(v.number(), v.integer()),
			}),
		},
		problems: ["not-found", ...guarded, "malformed", "no-consent", "superseded", "outside-limits"],
	},
	"POST /mcp": {
		text: {
			en: "Model Context Protocol (2026-07-28; with `initialize` also 2025-11-25 and 2025-06-18): the figures of the key's site or release as tools for an assistant, read only. One JSON-RPC message at a time; what wants no answer is answered 202, and refusals of the protocol are JSON-RPC errors.",
			nb: "Model Context Protocol (2026-07-28; med `initialize` også 2025-11-25 og 2025-06-18): tallene for nøkkelens nettsted eller frigivelse som verktøy for en assistent, bare til å lese. Én JSON-RPC-melding om gangen; det som ikke vil ha svar, besvares med 202, og protokollens avslag er JSON-RPC-feil.",
		},
		roles: ["owner", "viewer", "partner"],
		body: { type: json, schema: requestSchema },
		answer: { status: 200, type: json, schema: responseSchema },
		problems: ["unknown-key", "forbidden", "too-large", "too-many"],
	},
	...noteCalls,
	...releaseCalls,
};

/** Pages and forms for people in a browser; no script relies on them. */
export const pages = new Set([
	"GET /",
	"GET /reference",
	"GET /sign-in",
	"GET /sign-in/:token",
	"POST /sign-in/passkey",
	"POST /sign-in/passkey/options",
	"POST /sign-in/code",
	"POST /sign-out",
	"GET /invitation/:token",
	"POST /invitation/:token",
	"GET /subscribe/:token",
	"POST /subscribe/:token",
	"GET /unsubscribe/:token",
	"POST /unsubscribe/:token",
	"GET /account",
	"POST /account/passkeys",
	"POST /account/passkeys/options",
	"POST /account/passkeys/remove",
	"POST /account/codes",
	"POST /account/logins/end",
	"GET /sites/:site/subscriptions",
	"POST /sites/:site/subscriptions/add",
	"POST /sites/:site/subscriptions/test",
	"POST /sites/:site/subscriptions/remove",
	"POST /sites/:site/subscriptions/requests/remove",
	"POST /sites/:site/subscriptions/limits",
	"GET /sites/:site/people",
	"POST /sites/:site/people/invite",
	"POST /sites/:site/people/invitations/end",
	"POST /sites/:site/people/end",
	"POST /sites/:site/people/keys",
	"POST /sites/:site/people/keys/end",
	"GET /sites/:site",
	"GET /sites/:site/live",
	"GET /sites/:site/now",
	"GET /sites/:site/operation",
	"GET /sites/:site/pages",
	"GET /sites/:site/speed",
	"GET /sites/:site/paths",
	"GET /sites/:site/interactions",
	"GET /sites/:site/pictures",
	"POST /sites/:site/pictures",
	"POST /sites/:site/pictures/delete",
	"GET /sites/:site/export.zip",
	"GET /sites/:site/privacy",
	"GET /sites/:site/setup",
	"POST /sites/:site/setup/look",
	"GET /sites/:site/notes",
	"POST /sites/:site/notes",
	"POST /sites/:site/notes/remove",
	"GET /sites/:site/saved",
	"POST /sites/:site/saved",
	"POST /sites/:site/saved/remove",
	"GET /sites/new",
	"POST /sites/new",
	"GET /sites/:site/settings",
	"POST /sites/:site/settings/:part",
	"POST /sites/:site/settings/samples",
	"GET /sites/:site/settings/delete",
	"POST /sites/:site/settings/delete",
	"GET /sites/:site/settings/notice",
	"POST /sites/:site/settings/notice",
	"GET /sites/:site/sharing",
	"GET /sites/:site/sharing/new",
	"POST /sites/:site/sharing/new",
	"POST /sites/:site/sharing/:release/invite",
	"POST /sites/:site/sharing/:release/keys",
	"POST /sites/:site/sharing/:release/people/end",
	"POST /sites/:site/sharing/:release/invitations/end",
	"POST /sites/:site/sharing/:release/keys/end",
	"POST /sites/:site/sharing/:release/settings",
	"POST /sites/:site/sharing/:release/embed",
	"POST /sites/:site/sharing/:release/renew",
	"POST /sites/:site/sharing/:release/end",
	"GET /releases/:release",
	"GET /releases/:release/figures.csv",
	"GET /releases/:release/embed",
]);
