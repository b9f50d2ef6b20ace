/**
 * Checks a value against a JSON Schema as the API's description uses it. Stricter than the standard in one way: an object holds
 * nothing that is not named, so that an answer cannot have a field nobody described. A keyword not known here throws.
 */
import type { JsonSchema } from "../../worker/stats/json-schema.ts";

type Check = (
	value: unknown,
	rule: unknown,
	schema: JsonSchema,
	deeper: (schema: JsonSchema, value: unknown, at: string) => string[],
) => string[];

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === "object" && value !== null && !Array.isArray(value);

function typeOf(value: unknown): string[] {
	if (value === null) return ["null"];
	if (Array.isArray(value)) return ["array"];
	if (typeof value === "number") return Number.isInteger(value) ? ["number", "integer"] : ["number"];
	return [typeof value];
}

const complain = (isFine: boolean, text: string) => (isFine ? [] : [`: ${text}`]);
/** How long a text or list is; nothing else has a length that could be wrong. */
const lengthOf = (value: unknown) => (typeof value === "string" || Array.isArray(value) ? value.length : undefined);
const fits = (value: unknown, pattern: unknown) =>
	typeof value !== "string" || new RegExp(String(pattern), "u").test(value);

const formats: Record<string, string> = {
	date: "^\\d{4}-\\d{2}-\\d{2}$",
	"date-time": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$",
};

const checks: Record<string, Check> = {
	type: (value, rule) =>
		complain(
			[rule].flat().some((type) => typeOf(value).includes(String(type))),
			`not ${rule}`,
		),
	const: (value, rule) => complain(value === rule, `not ${rule}`),
	enum: (value, rule) => complain((rule as unknown[]).includes(value), `${String(value)} is none of the list`),
	minimum: (value, rule) => complain(typeof value !== "number" || value >= Number(rule), `below ${rule}`),
	maximum: (value, rule) => complain(typeof value !== "number" || value <= Number(rule), `above ${rule}`),
	minLength: (value, rule) => complain((lengthOf(value) ?? Number.POSITIVE_INFINITY) >= Number(rule), "too short"),
	maxLength: (value, rule) => complain((lengthOf(value) ?? 0) <= Number(rule), "too long"),
	minItems: (value, rule) => complain((lengthOf(value) ?? Number.POSITIVE_INFINITY) >= Number(rule), "too few"),
	maxItems: (value, rule) => complain((lengthOf(value) ?? 0) <= Number(rule), "too many"),
	pattern: (value, rule) => complain(fits(value, rule), `does not fit ${rule}`),
	format: (value, rule) => complain(fits(value, formats[String(rule)] ?? "^$"), `no ${rule}`),
	required: (value, rule) =>
		(rule as string[]).flatMap((name) =>
			complain(!isObject(value) || Object.hasOwn(value, name), `${name} is missing`),
		),
	properties: (value, rule, { additionalProperties }, deeper) =>
		Object.entries(isObject(value) ? value : {}).flatMap(([name, inner]) => {
			const schema = (rule as Record<string, JsonSchema>)[name];
			if (schema) return deeper(schema, inner, `.${name}`);
			return complain(isObject(additionalProperties), `${name} is not described`);
		}),
	additionalProperties: (value, rule, { properties }, deeper) =>
		isObject(rule) && isObject(value)
			? Object.entries(value).flatMap(([name, inner]) =>
					Object.hasOwn((properties ?? {}) as object, name) ? [] : deeper(rule, inner, `.${name}`),
				)
			: [],
	prefixItems: (value, rule, _, deeper) =>
		Array.isArray(value) ? (rule as JsonSchema[]).flatMap((schema, i) => deeper(schema, value[i], `[${i}]`)) : [],
	items: (value, rule, { prefixItems = [] }, deeper) =>
		Array.isArray(value)
			? value.slice((prefixItems as unknown[]).length).flatMap((item, i) => deeper(rule as JsonSchema, item, `[${i}]`))
			: [],
	anyOf: (value, rule, _, deeper) =>
		complain(
			(rule as JsonSchema[]).some((option) => deeper(option, value, "").length === 0),
			"is none of the kinds it can be",
		),
	description: (_, rule) => complain(typeof rule === "string" && rule !== "", "an empty description"),
};

/** What is wrong with a value, each with the way to it; nothing where it fits. */
export function faultsOf(
	components: Record<string, JsonSchema>,
	schema: JsonSchema,
	value: unknown,
	at = "",
): string[] {
	const deeper = (inner: JsonSchema, of: unknown, way: string) => faultsOf(components, inner, of, at + way);
	return Object.entries(schema).flatMap(([keyword, rule]) => {
		if (keyword === "$ref") {
			const target = components[String(rule).split("/").at(-1) ?? ""];
			return target ? deeper(target, value, "") : [`${at}: ${rule} leads nowhere`];
		}
		const check = checks[keyword];
		if (!check) throw new Error(`unknown keyword ${keyword}`);
		return check(value, rule, schema, deeper).map((fault) => (fault.startsWith(":") ? at + fault : fault));
	});
}
