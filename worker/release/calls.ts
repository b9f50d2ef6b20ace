/** The HTTP calls of releases, described: for whom each is, what is sent, answered and refused. */
import { planSchema, releaseChangesSchema, releaseSchema } from "../../schema/release.ts";
import type { ProblemKind } from "../problem.ts";
import type { Call, QueryParameter } from "../stats/calls.ts";
import { ownedRelease, ownedReleases, releaseAbout, releasePlan } from "./answers.ts";
import { releaseParameters } from "./range.ts";
import { releaseRoutes } from "./table.ts";

const json = "application/json";
const owners: ProblemKind[] = ["unknown-key", "forbidden", "unknown-site"];
const sent: ProblemKind[] = ["malformed", "too-large", "outside-limits"];
const readers: ProblemKind[] = ["unknown-key", "forbidden"];
const query: QueryParameter[] = Object.entries(releaseParameters).map(([name, schema]) => ({ name, schema }));

const ofOwners: Record<string, Call> = {
	"GET /v1/sites/:site/releases": {
		text: {
			en: "The site's releases, oldest first, with what they have spent.",
			nb: "Nettstedets frigivelser, eldste først, med det de har brukt.",
		},
		roles: ["owner"],
		answer: { status: 200, type: json, schema: ownedReleases },
		problems: owners,
	},
	"POST /v1/sites/:site/releases/plan": {
		text: {
			en: "What a release would show, how wide its intervals would be, and what it would spend. Nothing is kept.",
			nb: "Hva en frigivelse ville vise, hvor brede intervallene ville bli, og hva den ville bruke. Ingenting lagres.",
		},
		roles: ["owner"],
		body: { type: json, schema: planSchema },
		answer: { status: 200, type: json, schema: releasePlan },
		problems: [...owners, ...sent],
	},
	"POST /v1/sites/:site/releases": {
		text: {
			en: "Create a release. It begins with the next period; what it shows is fixed from then on.",
			nb: "Opprett en frigivelse. Den begynner med neste periode; det den viser, ligger fast fra da av.",
		},
		roles: ["owner"],
		body: { type: json, schema: releaseSchema },
		answer: { status: 200, type: json, schema: ownedRelease },
		problems: [...owners, ...sent],
	},
	"GET /v1/sites/:site/releases/:release": {
		text: { en: "One release, as its owner sees it.", nb: "Én frigivelse, slik eieren ser den." },
		roles: ["owner"],
		answer: { status: 200, type: json, schema: ownedRelease },
		problems: [...owners, "not-found"],
	},
	"PUT /v1/sites/:site/releases/:release": {
		text: {
			en: "Change name, audience, where it may be embedded, or its webhook; what is left out stays as it is.",
			nb: "Endre navn, mottaker, hvor den kan bygges inn, eller webhook; det som utelates, blir som før.",
		},
		roles: ["owner"],
		body: { type: json, schema: releaseChangesSchema },
		answer: { status: 200, type: json, schema: ownedRelease },
		problems: [...owners, "not-found", ...sent],
	},
	"DELETE /v1/sites/:site/releases/:release": {
		text: {
			en: "End a release for good: nothing more is drawn, and nobody reads it any more.",
			nb: "Avslutt en frigivelse for godt: ingenting mer trekkes, og ingen leser den lenger.",
		},
		roles: ["owner"],
		answer: { status: 200, type: json, schema: ownedRelease },
		problems: [...owners, "not-found"],
	},
	"GET /v1/releases/:release": {
		text: {
			en: "What a release shows, and which dates are out.",
			nb: "Hva en frigivelse viser, og hvilke datoer som er ute.",
		},
		roles: ["partner", "owner"],
		answer: { status: 200, type: json, schema: releaseAbout },
		problems: readers,
	},
};

export const releaseCalls: Record<string, Call> = {
	...ofOwners,
	...Object.fromEntries(
		Object.entries(releaseRoutes).flatMap(([name, { text, shape }]): [string, Call][] => {
			const path = `GET /v1/releases/:release/stats/${name}`;
			const call: Omit<Call, "answer"> = {
				text,
				query,
				roles: ["partner", "owner"],
				problems: [...readers, "not-found", "bad-query"],
			};
			const asCsv = {
				en: `${text.en} As CSV: value, low, high, method.`,
				nb: `${text.nb} Som CSV: verdi, nedre, øvre, metode.`,
			};
			return [
				[path, { ...call, answer: { status: 200, type: json, schema: shape } }],
				[`${path}.csv`, { ...call, text: asCsv, answer: { status: 200, type: "text/csv" } }],
			];
		}),
	),
};
