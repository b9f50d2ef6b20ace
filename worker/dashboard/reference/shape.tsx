/** A JSON Schema for people: what kind of value it is, and the fields in it with what is said of them. */
import type { Child } from "hono/jsx";
import type { JsonSchema } from "../../stats/json-schema.ts";
import type { ReferenceWords } from "./words.ts";

export const shapeId = (name: string) => `shape-${name}`;

/** Text in which `code` is marked. */
export function Prose({ text }: { text: string }) {
	return <>{text.split("`").map((part, i) => (i % 2 === 1 ? <code>{part}</code> : part))}</>;
}

const nameOf = (schema: JsonSchema) => (typeof schema.$ref === "string" ? (schema.$ref.split("/").at(-1) ?? "") : "");
const list = (schema: unknown) => (schema ?? []) as JsonSchema[];

/** A kind of value in words, with a link to a shape that has a name. */
export function kindOf(schema: JsonSchema, words: ReferenceWords): Child {
	const name = nameOf(schema);
	if (name) return <a href={`#${shapeId(name)}`}>{name}</a>;
	if (schema.const !== undefined) return <code>{JSON.stringify(schema.const)}</code>;
	if (Array.isArray(schema.enum))
		return schema.enum.map((value, i) => [i > 0 ? " · " : "", <code>{String(value)}</code>]);
	if (schema.anyOf) return anyOf(list(schema.anyOf), words);
	const [type = "", or] = [schema.type ?? ""].flat();
	if (schema.format === "date") return words.date;
	return (
		<>
			{type === "array" ? arrayOf(schema, words) : (words.kinds[type] ?? type)}
			{schema.additionalProperties
				? [" ", words.byName, " ", kindOf(schema.additionalProperties as JsonSchema, words)]
				: ""}
			{boundsOf(schema)}
			{or === "null" && ` ${words.orNull}`}
		</>
	);
}

function anyOf(options: JsonSchema[], words: ReferenceWords): Child {
	const isNull = ({ type }: JsonSchema) => type === "null";
	const kinds = options.filter((option) => !isNull(option)).map((option) => kindOf(option, words));
	return (
		<>
			{kinds.map((kind, i) => (i > 0 ? [` ${words.or} `, kind] : kind))}
			{options.some(isNull) && ` ${words.orNull}`}
		</>
	);
}

function arrayOf(schema: JsonSchema, words: ReferenceWords): Child {
	const first = list(schema.prefixItems);
	if (first.length > 0) return ["[", ...first.map((item, i) => [i > 0 ? ", " : "", kindOf(item, words)]), "]"];
	return [words.listOf, " ", kindOf((schema.items ?? {}) as JsonSchema, words)];
}

function boundsOf({ minimum, maximum }: JsonSchema): string {
	if (minimum === undefined && maximum === undefined) return "";
	return maximum === undefined ? ` ≥ ${String(minimum)}` : ` ${String(minimum ?? "")}…${String(maximum)}`;
}

interface Field {
	name: string;
	schema: JsonSchema;
}

/** Fields of an object and of the objects and lists without a name in it, by the way to them. */
function fieldsOf(schema: JsonSchema, way = ""): Field[] {
	const properties = Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>);
	return properties.flatMap(([name, field]) => [{ name: way + name, schema: field }, ...insideOf(field, way + name)]);
}

function insideOf(field: JsonSchema, name: string): Field[] {
	if (field.properties) return fieldsOf(field, `${name}.`);
	if (field.items) return insideOf(field.items as JsonSchema, `${name}[]`);
	return list(field.anyOf).flatMap((option) => insideOf(option, name));
}

export function Fields({ schema, words }: { schema: JsonSchema; words: ReferenceWords }) {
	const fields = fieldsOf(schema);
	if (fields.length === 0) return <p>{kindOf(schema, words)}</p>;
	return (
		<dl>
			{fields.map(({ name, schema: field }) => (
				<>
					<dt>
						<code>{name}</code>
					</dt>
					<dd>
						<span class="kind">{kindOf(field, words)}</span>
						{typeof field.description === "string" && (
							<>
								{" "}
								<Prose text={field.description} />
							</>
						)}
					</dd>
				</>
			))}
		</dl>
	);
}
