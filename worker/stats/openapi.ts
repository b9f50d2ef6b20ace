/**
 * The description of every HTTP call as OpenAPI 3.1, made when it is first asked for: from the app's own routes, the table of
 * figures, the parameters calls are checked against, the schemas the types come from, and the closed list of problems.
 */
import { Hono } from "hono";
import type { Words } from "../../schema/words.ts";
import type { Env } from "../env.ts";
import { version } from "../version.ts";
import { type Call, calls, pages, type QueryParameter } from "./calls.ts";
import { type JsonSchema, SchemaWriter } from "./json-schema.ts";
import { type Operation, operationOf } from "./operation.ts";
import { isTaken, type ParameterName, parameters, type Takes } from "./range.ts";
import { figureRoutes } from "./table.ts";

export interface AppRoute {
	method: string;
	path: string;
}

export interface ApiDescription {
	openapi: "3.1.0";
	info: { title: string; version: string; description: string };
	externalDocs: { url: string };
	servers: { url: string }[];
	/** By path, then by method in small letters. */
	paths: Record<string, Record<string, Operation>>;
	components: {
		securitySchemes: Record<string, { type: "http"; scheme: "bearer"; description: string }>;
		schemas: Record<string, JsonSchema>;
	};
}

const about = {
	en: "Figures of visits that were consented to, and what the collector calls. Errors are problem details (RFC 9457).",
	nb: "Tall om besøk det er samtykket til, og det samleren kaller. Feil er problembeskrivelser (RFC 9457).",
};
const key = {
	en: "A key of the site, as `Authorization: Bearer …`.",
	nb: "En nøkkel for nettstedet, som `Authorization: Bearer …`.",
};
const csv = {
	en: "The same figures as CSV: one flat table, a line a row.",
	nb: "De samme tallene som CSV: én flat tabell, en linje per rad.",
};

/** The one route that answers for the whole table of figures. */
const figuresPath = "/v1/sites/:site/stats/:name";

/** Throws where a route of the app is not described, or something is described that is no route. */
export function describeApi(routes: readonly AppRoute[], language: keyof Words): ApiDescription {
	refuseGaps(routes);
	const writer = new SchemaWriter(language);
	const paths: ApiDescription["paths"] = {};
	const add = (method: string, path: string, tag: string, call: Call) => {
		const template = path.replaceAll(/:(\w+)/g, "{$1}");
		const operation = operationOf(writer, language, { method, path: template, tag, call });
		paths[template] = { ...paths[template], [method.toLowerCase()]: operation };
	};
	for (const [name, route] of Object.entries(figureRoutes))
		add("GET", figuresPath.replace(":name", name), "figures", {
			...figureCall(route.text, queryOf(route)),
			answer: { status: 200, type: "application/json", schema: route.shape },
		});
	add("GET", figuresPath.replace(":name", "{figures}.csv"), "figures", {
		...figureCall(csv, queryOf()),
		answer: { status: 200, type: "text/csv" },
	});
	for (const [name, call] of Object.entries(calls)) {
		const [method = "", path = ""] = name.split(" ");
		add(method, path, call.roles ? "site" : tagOf(path), call);
	}
	return {
		openapi: "3.1.0",
		info: { title: "Sporløs", version, description: about[language] },
		externalDocs: { url: "/reference" },
		servers: [{ url: "/" }],
		paths,
		components: {
			securitySchemes: { key: { type: "http", scheme: "bearer", description: key[language] } },
			schemas: writer.components,
		},
	};
}

/** Every route of the app, by method and path: wherever there is a description, what is described is what is served. */
export function describedRoutes(): string[] {
	return [...Object.keys(calls), ...pages, `GET ${figuresPath}`];
}

function refuseGaps(routes: readonly AppRoute[]): void {
	const served = new Set(
		routes.filter(({ method }) => method !== "ALL").map(({ method, path }) => `${method} ${path}`),
	);
	const described = new Set(describedRoutes());
	const missing = [...served].filter((name) => !described.has(name));
	if (missing.length > 0) throw new Error(`Describe in worker/stats/calls.ts: ${missing.join(", ")}.`);
	const gone = [...described].filter((name) => !served.has(name));
	if (gone.length > 0) throw new Error(`Described, but no route: ${gone.join(", ")}.`);
}

const tagOf = (path: string) => (/^\/(gate|code|v1\/(sites|reports))\b/.test(path) ? "collection" : "service");

function figureCall(text: Words, query: QueryParameter[]): Omit<Call, "answer"> {
	return {
		text,
		roles: ["owner", "viewer"],
		query,
		problems: ["unknown-key", "forbidden", "unknown-site", "bad-query"],
	};
}

/** The parameters a route takes; of CSV, which is described once for all routes, every one. */
function queryOf(takes?: Takes): QueryParameter[] {
	return (Object.keys(parameters) as ParameterName[])
		.filter((name) => !takes || isTaken(takes, name))
		.map((name) => ({ name, schema: parameters[name], required: name === "page" && takes?.page === "required" }));
}

/** `routesOf` tells the app's routes once all of them are there. */
export function openApiRoutes(routesOf: () => readonly AppRoute[]): Hono<{ Bindings: Env }> {
	let description: ApiDescription | undefined;
	const openApi = new Hono<{ Bindings: Env }>();
	openApi.get("/v1/openapi.json", (c) => {
		description ??= describeApi(routesOf(), "en");
		return c.json(description, 200, { "Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=3600" });
	});
	return openApi;
}
