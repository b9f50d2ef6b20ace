/** The HTTP calls of notes, described: for whom each is, what is sent, answered and refused. */
import { noteAnswer, noteSchema, notesAnswer } from "../../schema/note.ts";
import type { ProblemKind } from "../problem.ts";
import type { Call } from "../stats/calls.ts";

const json = "application/json";
const guarded: ProblemKind[] = ["unknown-key", "forbidden", "unknown-site"];

export const noteCalls: Record<string, Call> = {
	"GET /v1/sites/:site/notes": {
		text: {
			en: "What owners have written down about the site, in the order of its dates. Partners never see it.",
			nb: "Det eierne har notert om nettstedet, etter dato. Partnere ser det aldri.",
		},
		roles: ["owner", "viewer"],
		answer: { status: 200, type: json, schema: notesAnswer },
		problems: guarded,
	},
	"POST /v1/sites/:site/notes": {
		text: {
			en: "Write a note on the site's trend lines, about a day or a span of days: a script can tell of what it deploys. The same note sent again is the one there is.",
			nb: "Skriv et notat på nettstedets kurver, om en dag eller et spenn av dager: et skript kan si fra om det det legger ut. Det samme notatet sendt igjen er det som finnes.",
		},
		roles: ["owner"],
		body: { type: json, schema: noteSchema },
		answer: { status: 200, type: json, schema: noteAnswer },
		problems: [...guarded, "malformed", "too-large", "outside-limits"],
	},
	"DELETE /v1/sites/:site/notes/:note": {
		text: { en: "Delete a note.", nb: "Slett et notat." },
		roles: ["owner"],
		answer: { status: 204 },
		problems: [...guarded, "not-found"],
	},
};

/** As in worker/stats/examples.ts. */
export const noteExamples: Record<string, { body?: unknown; answer?: unknown }> = {
	"POST /v1/sites/{site}/notes": {
		body: { text: "v2.4.0: new price page", page: "/priser" },
		answer: {
			id: "q0v3kS1m8ZrYwTbc",
			from: "2026-11-20",
			to: "2026-11-20",
			text: "v2.4.0: new price page",
			page: "/priser",
		},
	},
};
