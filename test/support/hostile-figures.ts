/** Names that try to do harm, in every list of what is clicked, filled in and said. */
import type { Stats } from "../../worker/stats/answers.ts";
import { figureOf } from "./fixture-figures.ts";

export const hostileNames = [
	"<script>alert(1)</script>",
	"\"'><img src=x onerror=alert(1)>",
	"</option></select><svg/onload=alert(1)>",
	"\u202egnp.exe",
	'=HYPERLINK("http://evil.example")',
	"x".repeat(2000),
];

/** The same figures, with the hostile names in place of elements, fields, forms, events and the like. */
export function withHostileNames(stats: Stats): Stats {
	const happened = { times: 90, views: 80 };
	const unmeasured = { lcp: figureOf("lcp", 1900, 0), inp: figureOf("inp", 110, 0) };
	return {
		...stats,
		elements: async (asked) => ({
			...(await stats.elements(asked)),
			rows: hostileNames.map((element) => ({
				page: `/${element}`,
				element,
				...{ clicks: 90, views: 40, rage: 2, dead: 4, afterError: 1 },
				...unmeasured,
			})),
			forms: hostileNames.map((form) => ({
				page: `/${form}`,
				form,
				...{ started: 50, submitted: 10, abandoned: 40 },
				fields: [{ field: form, abandoned: 40 }],
			})),
		}),
		events: async (asked) => ({
			...(await stats.events(asked)),
			rows: hostileNames.map((event) => ({
				event,
				...happened,
				properties: [{ property: event, value: event, ...happened }],
			})),
			downloads: hostileNames.map((file) => ({ file, ...happened })),
			errors: hostileNames.map((error) => ({ error, ...happened })),
		}),
		leaving: async (asked) => ({
			...(await stats.leaving(asked)),
			targets: hostileNames.map((host) => ({ host, views: 9 })),
		}),
	};
}
