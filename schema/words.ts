/**
 * What a schema says about itself to people: its name, and a sentence in each language we speak. The description of the HTTP
 * calls and its reference page are made from it. Leaves out how (worker/stats/json-schema.ts).
 */
import * as v from "valibot";

/** A sentence in every language of the dashboard. */
export interface Words {
	en: string;
	nb: string;
}

/** The schema itself, with a sentence on what it holds. Checks and types stay as they are, which the cast tells the compiler. */
export function said<S extends v.GenericSchema>(schema: S, en: string, nb: string): S {
	return v.pipe(schema, v.metadata({ en, nb } satisfies Words)) as unknown as S;
}

/** The schema itself, under a name by which others refer to it instead of repeating it. */
export function named<S extends v.GenericSchema>(name: string, schema: S): S {
	return v.pipe(schema, v.title(name)) as unknown as S;
}
