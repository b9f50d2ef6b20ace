/** Cleaning repeated on the server: names as the collector should have sent them, whatever it did send. */
import { cleanElement, cleanHost, cleanPath } from "../../schema/clean.ts";
import type { Report } from "../../schema/report.ts";
import { firstMark, touched } from "../../schema/trees.ts";

/** A cleaned copy; sets are clipped to what the report really touches. */
export function scrub(report: Report): Report {
	const clean: Report = { ...report, place: { ...report.place, page: cleanPath(report.place.page) } };
	if (report.visit) {
		const { before, referrer, ...rest } = report.visit;
		const host = referrer ? cleanHost(referrer) : "";
		clean.visit = {
			...rest,
			...(before === undefined ? {} : { before: cleanPath(before) }),
			...(host ? { referrer: host } : {}),
		};
	}
	if (report.leaving) {
		const { host, ...rest } = report.leaving;
		const name = host && report.leaving.how === "outbound" ? cleanHost(host) : "";
		clean.leaving = { ...rest, ...(name ? { host: name } : {}) };
	}
	if (report.interaction) {
		const clicks = new Map<string, number>();
		for (const [element, n] of report.interaction.clicks) {
			const name = cleanElement(element);
			if (name) clicks.set(name, (clicks.get(name) ?? 0) + n);
		}
		clean.interaction = { ...report.interaction, clicks: [...clicks] };
	}
	const marks = new Set(touched(clean).map(([tree, key]) => firstMark(tree, key)));
	clean.first = [...new Set(report.first)].filter((mark) => marks.has(mark));
	return clean;
}
