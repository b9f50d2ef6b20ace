/** The versions of a site's notice on the command line: listing them, and publishing one from a file. */
import { dayOf } from "../schema/period.ts";
import type { Publication } from "../schema/policy.ts";
import { checkPublication, notePublished, type PolicyRow, publish, versionsOf } from "../worker/policies/publish.ts";
import { Problem } from "../worker/problem.ts";
import type { Site } from "../worker/sites/stored.ts";
import { Failure } from "./failure.ts";
import { readNotice } from "./notice-file.ts";

/** The notice in a file as one that may follow `latest`. Throws a Failure that says what is wrong with it. */
export async function readPublication(file: string, material = true, latest?: PolicyRow): Promise<Publication> {
	const checked = checkPublication({ material, notice: await readNotice(file) }, latest);
	if (!checked.ok) throw new Failure(checked.detail);
	return checked.value;
}

/** A line a version, the newest first. */
export function policyLines({ policies, valid }: Site): string[] {
	return policies.toReversed().map(({ version, material, published }) => {
		const state = valid.has(version) ? "grants hold" : "superseded";
		return [version, dayOf(published), material ? "material" : "editorial", state].join("\t");
	});
}

/** Publishes what the file says, and tells what that does. */
export async function publishFile(
	db: D1Database,
	site: string,
	file: string,
	isEditorial: boolean,
	by: string,
): Promise<string[]> {
	const latest = (await versionsOf(db, site)).at(-1);
	const next = await readPublication(file, !isEditorial, latest);
	const row = await publish(db, site, next, latest, Date.now()).catch((error: unknown) => {
		throw error instanceof Problem ? new Failure("Another version was published meanwhile: look at it first.") : error;
	});
	await notePublished(db, row, by);
	return [
		row.version,
		`published for good; ${next.material ? "visitors are asked again" : "earlier grants still hold"}`,
	];
}
