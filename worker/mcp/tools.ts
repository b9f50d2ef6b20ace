/**
 * The tools an assistant is offered, made from the tables of routes: one for each kind of figures that the key may read, and one that
 * puts figures together. A tool asks the same routes by the same key, so it can tell nothing that they do not. Leaves out messages.
 */
import * as v from "valibot";
import { said } from "../../schema/words.ts";
import type { Right } from "../access/rights.ts";
import { releaseAbout } from "../release/answers.ts";
import { releaseOf } from "../release/definition.ts";
import { releaseParameters } from "../release/range.ts";
import { releaseRoutes } from "../release/table.ts";
import type { Pages, Summary } from "../stats/answers.ts";
import { type JsonSchema, SchemaWriter } from "../stats/json-schema.ts";
import { isTaken, type ParameterName, parameters, type Takes } from "../stats/range.ts";
import { figureRoutes } from "../stats/table.ts";
import { releaseCaveats, siteCaveats } from "./caveats.ts";
import { findSlowPages, mostPages, slowPages, slowPagesCaveats } from "./slow-pages.ts";

type Query = Record<string, string>;
type Figures = Record<string, unknown>;
/** Asks a route of the site or the release, by the path below it. Throws what it refuses. */
export type AskRoute = <T = Figures>(path: string, query: Query) => Promise<T>;

/** A tool as it is listed. */
export interface ListedTool {
	name: string;
	description: string;
	inputSchema: JsonSchema;
	outputSchema: JsonSchema;
	annotations: { readOnlyHint: true; openWorldHint: false };
}

export interface Tool {
	name: string;
	/** Names of what can be asked. */
	parameters: readonly string[];
	/** Written when it is first asked for: most isolates never are. */
	readonly listed: ListedTool;
	answer(query: Query, ask: AskRoute): Promise<{ figures: Figures; caveats: string[] }>;
}

export interface Desk {
	/** Below which the key's routes are. */
	path: string;
	tools: readonly Tool[];
}

/** Rows of a list unless more are asked for: what an assistant can keep in mind. */
const usualRows = "50";
/** All hours of a week belong together. */
const rowsOf: Record<string, string> = { hours: "168" };

const caveatsField = said(
	v.array(v.string()),
	"What has to be said along with these figures.",
	"Det som må sies sammen med disse tallene.",
);

interface Made {
	name: string;
	text: string;
	input: Record<string, v.GenericSchema>;
	required?: string[];
	shape: v.GenericSchema;
	answer: Tool["answer"];
}

function makeTool(made: Made): Tool {
	let listed: ListedTool | undefined;
	return {
		name: made.name,
		parameters: Object.keys(made.input),
		get listed() {
			listed ??= describeTool(made);
			return listed;
		},
		answer: made.answer,
	};
}

/** Named schemas stand in the document itself: a client knows no other. */
const writerOf = () => new SchemaWriter("en", "#/$defs/");

function describeTool({ name, text, input, required = [], shape }: Made): ListedTool {
	const writer = writerOf();
	const properties = Object.fromEntries(
		Object.entries(input).map(([parameter, schema]) => [parameter, writer.write(schema, true)]),
	);
	return {
		name,
		description: text,
		inputSchema: { type: "object", properties, required, additionalProperties: false },
		outputSchema: answerSchema(shape),
		annotations: { readOnlyHint: true, openWorldHint: false },
	};
}

/** The described shape of an answer, standing alone, with the caveats beside the figures. */
function answerSchema(shape: v.GenericSchema): JsonSchema {
	const writer = writerOf();
	const written = writer.write(shape);
	const { [String(written.$ref).split("/").at(-1) ?? ""]: own = written, ...$defs } = writer.components;
	const caveats = writer.write(caveatsField);
	const properties = { ...(own.properties as Record<string, JsonSchema>), caveats };
	return { ...own, properties, required: [...(own.required as string[]), "caveats"], $defs };
}

/** The parameters of a route that takes these. */
function inputOf(takes: Takes): Record<string, v.GenericSchema> {
	const names = (Object.keys(parameters) as ParameterName[]).filter((name) => isTaken(takes, name));
	return Object.fromEntries(names.map((name) => [name, parameters[name]]));
}

const ofFigures = Object.entries(figureRoutes).map(([name, route]) => {
	const limit = rowsOf[name] ?? usualRows;
	const hasRows = route.offset || route.lists || route.page === "required";
	return makeTool({
		name: `stats_${name}`,
		text: hasRows ? `${route.text.en} Without limit, ${limit} rows of each list.` : route.text.en,
		input: inputOf(route),
		...(route.page === "required" ? { required: ["page"] } : {}),
		shape: route.shape,
		async answer(query, ask) {
			const figures = await ask(`/stats/${name}`, { limit, ...query });
			return { figures, caveats: siteCaveats(figures) };
		},
	});
});

const ofSlowPages = makeTool({
	name: "slow_pages_losing_visitors",
	text: "Which pages lose people because they are slow? Pages whose LCP or INP is not good and that are left more often than the whole site, those that lose most first; and visits that ended after one page, by how fast that page was. Shows what goes together, not what causes what. Without limit, 10 rows.",
	input: inputOf({ device: true }),
	shape: slowPages,
	async answer({ limit, ...query }, ask) {
		const [list, summary] = await Promise.all([
			ask<Pages>("/stats/pages", { ...query, limit: String(mostPages) }),
			// Checked there: the list itself is cut here.
			ask<Summary>("/stats/summary", limit === undefined ? query : { ...query, limit }),
		]);
		const found = findSlowPages(list, summary, limit === undefined ? undefined : Number(limit));
		return { figures: found, caveats: [...siteCaveats(found), ...slowPagesCaveats(found)] };
	},
});

const ofSite: readonly Tool[] = [...ofFigures, ofSlowPages];

const ofAbout = makeTool({
	name: "release",
	text: "What this release shows, to whom, with how much noise, and which dates are out.",
	input: {},
	shape: releaseAbout,
	async answer(query, ask) {
		const figures = await ask("", query);
		return { figures, caveats: releaseCaveats(figures) };
	},
});

const ofReleases = Object.entries(releaseRoutes).map(([name, route]) => ({
	groups: route.groups,
	tool: makeTool({
		name: `release_${name}`,
		text: `${route.text.en} Estimates with 95 % intervals.`,
		input: releaseParameters,
		shape: route.shape,
		async answer(query, ask) {
			const figures = await ask(`/stats/${name}`, query);
			return { figures, caveats: releaseCaveats(figures) };
		},
	}),
}));

/** What a key of this right can be asked with; undefined where it reads no figures. */
export async function deskOf(d1: D1Database, { role, site, release: id }: Right): Promise<Desk | undefined> {
	if (role === "owner" || role === "viewer") return { path: `/v1/sites/${site}`, tools: ofSite };
	const release = role === "partner" ? await releaseOf(d1, id) : undefined;
	if (!release || release.ended !== null) return undefined;
	const shown = ofReleases.filter(({ groups }) => groups.some((group) => release.terms.groups.includes(group)));
	return { path: `/v1/releases/${id}`, tools: [ofAbout, ...shown.map(({ tool }) => tool)] };
}
