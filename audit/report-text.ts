/** The report for the terminal. Leaves out screenshots and the list of every request. */
import type { Audited, Evidence } from "./evidence.ts";
import type { Finding, Verdict } from "./judge.ts";
import { rules } from "./rules.ts";

const plural = (count: number, one: string) => `${count} ${one}${count === 1 ? "" : one.endsWith("h") ? "es" : "s"}`;

/** The last line, which is also the answer in short. */
export function sumUp({ breaches, notices, unchecked }: Verdict): string {
	const parts = [
		breaches === 0 ? "no breach" : plural(breaches, "breach"),
		plural(notices, "notice"),
		...(unchecked.length > 0 ? [`${plural(unchecked.length, "state")} not checked`] : []),
	];
	return parts.join(", ");
}

export function countsOf(one: Evidence): string {
	if (one.missing) return `not checked: ${one.missing}`;
	return `${plural(one.requests.length, "request")}, ${one.stored.length} kept on the device; ${one.how}`;
}

function describe({ subject, detail, states }: Finding): string {
	return `    ${subject}\n      ${detail} [${states.join(", ")}]`;
}

export function reportText(record: Audited, verdict: Verdict): string {
	const { address, browser, tools, evidence } = record;
	const byRule = Map.groupBy(verdict.findings, ({ rule }) => rule);
	const sections = [...byRule].flatMap(([rule, findings]) => {
		const { level, title, why } = rules[rule];
		return [`${level.toUpperCase()}: ${title} (${rule})`, `  ${why}`, ...findings.map(describe), ""];
	});
	return [
		`${address}, seen with ${browser}`,
		`Consent tool: ${tools.join(", ") || "none of those that can be asked"}`,
		"",
		...evidence.map((one) => `  ${one.state.padEnd(10)} ${countsOf(one)}`),
		"",
		...sections,
		sumUp(verdict),
	].join("\n");
}
