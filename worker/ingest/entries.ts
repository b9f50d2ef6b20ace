/** Checked reports → entries for the book: consent, policy version, period and book fit the site; hashes are made. */
import { lateMs } from "../../schema/limits.ts";
import { boundsOf } from "../../schema/period.ts";
import type { Report } from "../../schema/report.ts";
import { hashSecret } from "../access/secrets.ts";
import type { Entry } from "../book/storage.ts";
import { grantDaysOf } from "../policies/publish.ts";
import { Problem } from "../problem.ts";
import type { Site } from "../sites/sites.ts";
import { consentHolds } from "./parse.ts";
import { scrub } from "./scrub.ts";

/** A visitor's clock is corrected by ours; this much may remain. */
const clockSlackMs = 5 * 60_000;

/** Throws the refusal of the first report that does not fit. */
export function checkAgainstSite(reports: Report[], site: Site, now: number): void {
	for (const report of reports) {
		checkConsent(report, site, now);
		if ((report.book ?? 0) >= site.books) throw new Problem("outside-limits", "The site has no book of this number.");
		const bounds = boundsOf(report.period, site.grain, site.timeZone);
		if (!bounds) throw new Problem("outside-limits", `Periods of this site are written as a ${site.grain}.`);
		if (bounds.start > now + clockSlackMs) throw new Problem("outside-limits", "The period lies in the future.");
	}
}

function checkConsent(report: Report, site: Site, now: number): void {
	const { policy, purposes } = report.consent;
	const refuse = (detail: string) => new Problem("no-consent", detail);
	if (!consentHolds(report, grantDaysOf(site.notice), now)) throw refuse("The grant is too old or lies in the future.");
	if (site.superseded.has(policy)) throw new Problem("superseded");
	if (!site.valid.has(policy)) throw refuse("No such version of the notice.");
	const asked = site.policies.find(({ version }) => version === policy)?.notice.purposes;
	if (!purposes.every((purpose) => asked?.includes(purpose))) throw refuse("The notice does not ask for this purpose.");
}

/** Whether the period ended so long ago that it is sealed or about to be. */
export function isTooLate(report: Report, site: Site, now: number): boolean {
	const bounds = boundsOf(report.period, site.grain, site.timeZone);
	return !bounds || bounds.end + lateMs < now;
}

/** Cleaned reports, with the goals and steps of their site only, and the two hashes by which the book knows them. */
export async function makeEntries(reports: Report[], aims?: ReadonlySet<string>): Promise<Entry[]> {
	return Promise.all(
		reports.map(async (raw) => {
			const report = scrub(raw, aims);
			const [key, content] = await Promise.all([
				keyOf(report.site, report.view),
				hashSecret(`${report.view}|${JSON.stringify(report)}`),
			]);
			return { key, content: content.slice(0, 22), report };
		}),
	);
}

/** What a book knows a view by. */
export async function keyOf(site: string, view: string): Promise<string> {
	return (await hashSecret(`${site}|${view}`)).slice(0, 22);
}
