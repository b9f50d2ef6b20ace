/**
 * A valibot schema as JSON Schema (2020-12, as OpenAPI 3.1 uses it), with its words in one language. Only the kinds this project
 * uses; another one throws, so that nothing is left out of the description unseen. Leaves out checks that only code can do.
 */
import type * as v from "valibot";
import type { Words } from "../../schema/words.ts";

export interface JsonSchema {
	type?: string | string[];
	[keyword: string]: unknown;
}

/** What schemas and the parts of their pipes have in common, as far as it is read here. */
interface Part {
	type: string;
	pipe?: Part[];
	entries?: Record<string, Part>;
	item?: Part;
	items?: Part[];
	rest?: Part;
	value?: Part;
	wrapped?: Part;
	default?: unknown;
	options?: (Part | string | number)[];
	literal?: unknown;
	requirement?: unknown;
	title?: string;
	metadata?: Words;
}

export class SchemaWriter {
	/** Schemas by their names, each described once. */
	readonly components: Record<string, JsonSchema> = {};
	readonly #language: keyof Words;
	readonly #where: string;

	/** `where`: the place of named schemas in the document this is written for. */
	constructor(language: keyof Words, where = "#/components/schemas/") {
		this.#language = language;
		this.#where = where;
	}

	/** `sent` by a client: what has a default may be left out, and what is not named is refused; answers always hold it. */
	write(schema: v.GenericSchema, sent = false): JsonSchema {
		return this.#write(schema as unknown as Part, sent);
	}

	#write(part: Part, sent: boolean): JsonSchema {
		const [base, ...actions] = part.pipe ?? [];
		if (!base) return this.#writeBase(part, sent);
		const name = actions.find(({ type }) => type === "title")?.title;
		if (name !== undefined && Object.hasOwn(this.components, name)) return this.#refer(name);
		const written = this.#write(base, sent);
		for (const action of actions) Object.assign(written, this.#keywordsOf(action, written));
		if (name === undefined) return written;
		this.components[name] = written;
		return this.#refer(name);
	}

	#refer(name: string): JsonSchema {
		return { $ref: this.#where + name };
	}

	#keywordsOf({ type, requirement, metadata }: Part, { type: of }: JsonSchema): JsonSchema {
		const length = of === "array" ? "Items" : "Length";
		switch (type) {
			case "metadata":
				return metadata ? { description: metadata[this.#language] } : {};
			case "integer":
				return { type: "integer" };
			case "min_value":
				return { minimum: requirement };
			case "max_value":
				return { maximum: requirement };
			case "min_length":
				return { [`min${length}`]: requirement };
			case "max_length":
				return { [`max${length}`]: requirement };
			case "regex":
				return { pattern: (requirement as RegExp).source };
			case "starts_with":
				return { pattern: `^${String(requirement)}` };
			case "iso_date":
				return { format: "date" };
			case "iso_timestamp":
				return { format: "date-time" };
			case "check":
			case "readonly":
			case "title":
				return {};
			default:
				throw new Error(`No way to describe the check ${type}.`);
		}
	}

	#writeBase(part: Part, sent: boolean): JsonSchema {
		const { entries = {}, items = [], options = [] } = part;
		const inner = (of: Part | undefined) => (of ? this.#write(of, sent) : {});
		switch (part.type) {
			case "string":
			case "number":
			case "boolean":
				return { type: part.type };
			case "literal":
				return { const: part.literal };
			case "picklist":
				return { type: typeof options[0], enum: options };
			case "union":
				return { anyOf: options.map((option) => inner(option as Part)) };
			case "nullable":
				return orNull(inner(part.wrapped));
			case "optional":
			case "exact_optional":
				return inner(part.wrapped);
			case "array":
				return { type: "array", items: inner(part.item) };
			case "tuple":
			case "strict_tuple":
				return { type: "array", prefixItems: items.map(inner), minItems: items.length, maxItems: items.length };
			case "tuple_with_rest":
				return { type: "array", prefixItems: items.map(inner), minItems: items.length, items: inner(part.rest) };
			case "record":
				return { type: "object", additionalProperties: inner(part.value) };
			case "object":
			case "strict_object":
				return {
					type: "object",
					properties: Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, inner(entry)])),
					required: Object.keys(entries).filter((name) => isRequired(entries[name], sent)),
					...(part.type === "strict_object" && sent ? { additionalProperties: false } : {}),
				};
			case "loose_object":
				if (Object.keys(entries).length > 0) throw new Error("A loose object is described without fields.");
				return { type: "object" };
			default:
				throw new Error(`No way to describe the kind ${part.type}.`);
		}
	}
}

function orNull(schema: JsonSchema): JsonSchema {
	if (typeof schema.type === "string" && !("enum" in schema)) return { ...schema, type: [schema.type, "null"] };
	return { anyOf: [schema, { type: "null" }] };
}

function isRequired(entry: Part | undefined, sent: boolean): boolean {
	if (entry?.type !== "optional" && entry?.type !== "exact_optional") return true;
	return !sent && entry.default !== undefined;
}
