/** The report as one file for people, with a screenshot of every state. It asks for nothing from anywhere. */
import { html, raw } from "hono/html";
import type { Audited } from "./evidence.ts";
import type { Verdict } from "./judge.ts";
import { countsOf, sumUp } from "./report-text.ts";
import { rules } from "./rules.ts";

const css = `
	:root { color-scheme: light dark; --line: light-dark(#d8dcd9, #3a403d); --quiet: light-dark(#55605a, #a5b0aa); --breach: light-dark(#a3271c, #ff9a8f); }
	body { margin: 2rem auto; padding: 0 1rem; max-width: 62rem; font: 1rem/1.5 system-ui, sans-serif; }
	h1 { font-size: 1.5rem; overflow-wrap: anywhere; } h2 { margin-top: 2.5rem; font-size: 1.25rem; } h3 { margin-bottom: 0; font-size: 1rem; }
	table { width: 100%; border-collapse: collapse; } th, td { padding: .4rem .6rem .4rem 0; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; overflow-wrap: anywhere; }
	.findings { table-layout: fixed; } .findings th:last-child { width: 20%; }
	.sum { font-size: 1.25rem; } .breach { color: var(--breach); font-weight: 600; } .quiet { color: var(--quiet); margin-top: 0; }
	.pictures { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(18rem, 1fr)); }
	figure { margin: 0; } img { width: 100%; border: 1px solid var(--line); }`;

export async function reportHtml(record: Audited, verdict: Verdict): Promise<string> {
	const { address, browser, date, tools, evidence } = record;
	const sections = [...Map.groupBy(verdict.findings, ({ rule }) => rule)].map(([rule, findings]) => {
		const { level, title, why, seen } = rules[rule];
		const rows = findings.map(
			({ subject, detail, states }) =>
				html`<tr><td>${subject}</td><td>${detail}</td><td>${states.join(", ")}</td></tr>`,
		);
		return html`<h3><span class="${level}">${level === "breach" ? "Breach" : "Notice"}:</span> ${title}</h3>
			<p class="quiet">${why} Seen by: ${seen}.</p>
			<table class="findings"><thead><tr><th>What</th><th>How</th><th>States</th></tr></thead><tbody>${rows}</tbody></table>`;
	});
	const states = evidence.map((one) => html`<tr><th scope="row">${one.state}</th><td>${countsOf(one)}</td></tr>`);
	const pictures = evidence
		.filter(({ screenshot }) => screenshot)
		.map(
			({ state, screenshot = "" }) =>
				html`<figure><img alt="The page, ${state}" src="data:image/jpeg;base64,${raw(screenshot)}"><figcaption>${state}</figcaption></figure>`,
		);
	const page = await html`<!doctype html>
		<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
		<title>Audit of ${address}</title><style>${raw(css)}</style></head><body>
		<h1>${address}</h1>
		<p class="sum ${verdict.breaches > 0 ? "breach" : ""}">${sumUp(verdict)}</p>
		<p class="quiet">${date.slice(0, 16).replace("T", " ")} UTC, ${browser}. Consent tool: ${tools.join(", ") || "none of those that can be asked"}.</p>
		<table><tbody>${states}</tbody></table>
		<h2>Findings</h2>${sections.length > 0 ? sections : html`<p>None.</p>`}
		<h2>Pictures</h2><div class="pictures">${pictures}</div>
		</body></html>`;
	return String(page);
}
