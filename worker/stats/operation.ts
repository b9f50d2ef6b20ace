/** One HTTP call as an OpenAPI operation: parameters, body, answer, and every refusal of it as problem details. */
import * as v from "valibot";
import { named, said, type Words } from "../../schema/words.ts";
import { type ProblemKind, problems } from "../problem.ts";
import type { Call } from "./calls.ts";
import { examples } from "./examples.ts";
import type { JsonSchema, SchemaWriter } from "./json-schema.ts";
import { figureRoutes } from "./table.ts";

interface Parameter {
	name: string;
	in: "path" | "query";
	required: boolean;
	description?: string;
	schema: JsonSchema;
}
export type Content = Record<string, { schema?: JsonSchema; example?: unknown }>;
export interface Operation {
	operationId: string;
	summary: string;
	tags: [string];
	security: Record<string, string[]>[];
	parameters: Parameter[];
	requestBody?: { required: true; content: Content };
	responses: Record<string, { description: string; content?: Content }>;
}

const problem = named(
	"Problem",
	v.object({
		type: said(v.string(), "`urn:sporlos:problem:` and the kind.", "`urn:sporlos:problem:` og typen."),
		title: said(v.string(), "What is wrong, and what to do.", "Hva som er galt, og hva en kan gjøre."),
		status: v.pipe(v.number(), v.integer()),
		detail: v.exactOptional(v.string()),
		seq: v.exactOptional(
			said(
				v.pipe(v.number(), v.integer()),
				"Of `not-counted`: the `seq` of the report that was.",
				"Ved `not-counted`: `seq` til rapporten som ble talt.",
			),
		),
	}),
);

const done = { en: "Done.", nb: "Utført." };
const seldom = { en: "Any other refusal.", nb: "Ethvert annet avslag." };
const keyOf = {
	owner: { en: "owner", nb: "eier" },
	viewer: { en: "viewer", nb: "leser" },
	operator: { en: "operator", nb: "drifter" },
	partner: { en: "partner", nb: "partner" },
};
const needsKey = { en: "Key of", nb: "Nøkkel for" };

export function operationOf(
	writer: SchemaWriter,
	language: keyof Words,
	{ method, path, tag, call }: { method: string; path: string; tag: string; call: Call },
): Operation {
	const { roles, body, answer, query = [] } = call;
	const example = examples[`${method} ${path}`];
	const who = roles ? ` ${needsKey[language]}: ${roles.map((role) => keyOf[role][language]).join(", ")}.` : "";
	return {
		operationId: idOf(method, path),
		summary: call.text[language] + who,
		tags: [tag],
		security: roles ? [{ key: [] }] : [],
		parameters: [
			...[...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => pathParameter(name)),
			...query.map(({ name, schema, required = false }) => {
				const { description, ...written } = writer.write(schema, true);
				return {
					name,
					in: "query" as const,
					required,
					...(typeof description === "string" ? { description } : {}),
					schema: written,
				};
			}),
		],
		...(body
			? {
					requestBody: {
						required: true,
						content: { [body.type]: contentOf(writer.write(body.schema, true), example?.body) },
					},
				}
			: {}),
		responses: {
			[answer.status]: {
				description: done[language],
				...(answer.type
					? { content: { [answer.type]: contentOf(answer.schema && writer.write(answer.schema), example?.answer) } }
					: {}),
			},
			...refusals(call.problems, writer),
			default: { description: seldom[language], content: problemContent(writer) },
		},
	};
}

function contentOf(schema: JsonSchema | undefined, example: unknown): Content[string] {
	return { ...(schema ? { schema } : {}), ...(example === undefined ? {} : { example }) };
}

const problemContent = (writer: SchemaWriter): Content => ({
	"application/problem+json": { schema: writer.write(problem) },
});

/** The problems of a call by their status, each with its own words. */
function refusals(kinds: ProblemKind[], writer: SchemaWriter): Operation["responses"] {
	const byStatus: Operation["responses"] = {};
	for (const kind of kinds) {
		const [status, title] = problems[kind];
		const before = byStatus[status]?.description;
		byStatus[status] = {
			description: `${before ? `${before}\n` : ""}\`${kind}\`: ${title}`,
			content: problemContent(writer),
		};
	}
	return byStatus;
}

function pathParameter(name: string): Parameter {
	const schema = name === "figures" ? { type: "string", enum: Object.keys(figureRoutes) } : { type: "string" };
	return { name, in: "path", required: true, schema };
}

/** getSiteStatsSummary, postReports: made from method and path, so that clients made from the description have readable names. */
function idOf(method: string, path: string): string {
	const parts = path.split(/[^A-Za-z0-9]+/).filter((part) => part !== "" && part !== "v1");
	return method.toLowerCase() + parts.map((part) => part.slice(0, 1).toUpperCase() + part.slice(1)).join("");
}
