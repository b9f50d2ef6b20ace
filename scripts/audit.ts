/**
 * `npm run audit -- URL`: what a page does before consent, after refusal, grant and withdrawal, to a robot and to a browser
 * that says no. Exit status 1 where something happened that may not, 2 where the question cannot be answered, else 0.
 * Leaves out: looking and judging, which audit/ does.
 */
import { writeFile } from "node:fs/promises";
import { audit } from "../audit/audit.ts";
import { judge } from "../audit/judge.ts";
import { reportHtml } from "../audit/report-html.ts";
import { reportJson } from "../audit/report-json.ts";
import { reportText } from "../audit/report-text.ts";
import { readWish, Unanswerable } from "../audit/wish.ts";
import { ensureBrowser } from "./browser.ts";
import { Failure, runCommand } from "./failure.ts";

async function write(file: string, text: string): Promise<void> {
	await writeFile(file, text).catch(() => {
		throw new Failure(`The file ${file} cannot be written.`);
	});
	console.error(`written: ${file}`);
}

/** True where nothing happened that may not. */
async function answer(args: string[]): Promise<boolean> {
	const { way, leniency, json, html } = readWish(args);
	ensureBrowser();
	const record = await audit(way, undefined, (line) => console.error(line));
	const verdict = judge(record, leniency);
	console.log(reportText(record, verdict));
	if (json !== undefined) await write(json, reportJson(record, verdict));
	if (html !== undefined) await write(html, await reportHtml(record, verdict));
	return verdict.breaches === 0;
}

await runCommand(async () => {
	try {
		process.exit((await answer(process.argv.slice(2))) ? 0 : 1);
	} catch (error) {
		if (!(error instanceof Unanswerable)) throw error;
		console.error(error.message);
		process.exit(2);
	}
});
