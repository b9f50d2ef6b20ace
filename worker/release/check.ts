/**
 * What an owner sends about releases, checked: one check for the HTTP routes and the page with the form. A refusal names the field
 * and says what to do. Leaves out what only the site can tell (definition.ts) and the sitemap (sitemap.ts).
 */
import * as v from "valibot";
import {
	type NewRelease,
	planSchema,
	type ReleaseChanges,
	type ReleaseTerms,
	releaseChangesSchema,
	releaseGroups,
	releaseSchema,
} from "../../schema/release.ts";
import type { Env } from "../env.ts";

export type Checked<T> = { ok: true; value: T } | { ok: false; field: string; detail: string };

function check<T>(schema: v.GenericSchema<unknown, T>, input: unknown): Checked<T> {
	const result = v.safeParse(schema, input);
	if (result.success) return { ok: true, value: result.output };
	const [{ message, path, received }] = result.issues;
	const [part, place] = path ?? [];
	const field = Object.hasOwn(releaseSchema.entries, String(part?.key)) ? String(part?.key) : "";
	if (field && received === "undefined") return { ok: false, field, detail: `${field} is missing.` };
	return {
		ok: false,
		field,
		detail: typeof place?.key === "number" ? `${field}, number ${place.key + 1}: ${message}` : message,
	};
}

/** Visitors are always released, and each group once, in our order. */
const inOrder = <T extends ReleaseTerms>(terms: T): T => ({
	...terms,
	groups: releaseGroups.filter((group) => group === "site" || terms.groups.includes(group)),
	countries: [...new Set(terms.countries)],
});

function withTerms<T extends ReleaseTerms>(env: Env, checked: Checked<T>): Checked<T> {
	if (!checked.ok) return checked;
	if (checked.value.samples && env.SAMPLES !== "1")
		return { ok: false, field: "samples", detail: "Sample visits are for local servers only: leave samples out." };
	return { ok: true, value: inOrder(checked.value) };
}

export const checkTerms = (env: Env, input: unknown): Checked<ReleaseTerms> => withTerms(env, check(planSchema, input));
export const checkNew = (env: Env, input: unknown): Checked<NewRelease> => withTerms(env, check(releaseSchema, input));
export const checkChanges = (input: unknown): Checked<ReleaseChanges> => check(releaseChangesSchema, input);
