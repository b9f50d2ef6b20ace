/** The three steps of a set-up as cards, what is wrong, the check, and what was seen. Leaves out the line and the guides (line.tsx). */
import type { Child } from "hono/jsx";
import { dateOf } from "../../../schema/period.ts";
import { hints, type Setup, type StepState } from "../../setup/judge.ts";
import { Glyph } from "../charts/marks.tsx";
import { formatOf, type Language } from "../format.ts";
import { Panel } from "../panels/panel.tsx";
import { type FaultKind, faultWords } from "./fault-words.ts";
import { type SetupWords, setupWords } from "./words.ts";

export interface SetupInput {
	setup: Setup;
	site: { id: string; timeZone: string };
	/** Origin the Worker answers at. */
	origin: string;
	/** Addresses of the files that a browser loads, for the script to try. */
	probes: readonly string[];
	/** Names of all gate files, without .js. */
	sources: readonly string[];
	language: Language;
}

/** Shape and word; colour only besides. */
export function State({ state, words }: { state: StepState; words: SetupWords }) {
	return (
		<p class={`word ${state === "done" ? "good" : state === "wrong" ? "poor" : "flat"}`}>
			<Glyph verdict={state === "wrong" ? "poor" : "good"} hollow={state === "waiting"} /> {words.states[state]}
		</p>
	);
}

/** Hour and minute where the site is. */
function timeText(instant: number, { timeZone }: SetupInput["site"], language: Language): string {
	const locale = language === "nb" ? "nb-NO" : "en-GB";
	return new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone }).format(instant);
}

export function Steps({ setup, site, language }: SetupInput) {
	const words = setupWords[language];
	const { dates, count } = formatOf(language);
	const [line, report, period] = setup.steps;
	const day = setup.closes === undefined ? undefined : dateOf(setup.closes, site.timeZone);
	const known = Object.keys(setup.seen).length > 0 ? line : setup.look ? "found" : "before";
	const cards: [title: string, state: StepState, text: string][] = [
		[words.snippet, line, words.snippetText[line === "done" ? known : line]],
		[words.report, report, words.reportText[report]],
		[
			words.period,
			period,
			period === "done"
				? words.periodText.done
				: setup.isJoining
					? words.periodText.joining(count(setup.k))
					: report === "done" && day
						? words.periodText.closes(dates(day, day))
						: words.periodText.waiting,
		],
	];
	return (
		<ol class="steps" aria-label={words.steps}>
			{cards.map(([title, state, text]) => (
				<li class={`panel ${state}`}>
					<h2>{title}</h2>
					<State state={state} words={words} />
					<p>{text}</p>
				</li>
			))}
		</ol>
	);
}

interface Fault {
	kind: FaultKind;
	about: string;
	where?: string;
}

function FaultItem({ fault, language }: { fault: Fault; language: Language }) {
	const words = setupWords[language];
	const [title, toDo] = faultWords[language][fault.kind];
	const isHint = hints.includes(fault.kind);
	return (
		<li data-fault={fault.kind}>
			<h3>
				<Glyph verdict={isHint ? "needs" : "poor"} />{" "}
				<span class={`word ${isHint ? "needs" : "poor"}`}>{isHint ? words.hint : words.wrong}</span> {title}
			</h3>
			{fault.where && (
				<p class="meta">
					<bdi>{fault.where}</bdi>
				</p>
			)}
			<p>
				{toDo}
				{fault.about && (
					<>
						{" "}
						<code>
							<bdi>{fault.about}</bdi>
						</code>
					</>
				)}
			</p>
		</li>
	);
}

/** `back` is where the form's answer leads to: the overview, or the page of the set-up. */
export function Check(input: SetupInput & { back: "overview" | "setup" }) {
	const { setup, site, language, back } = input;
	const words = setupWords[language];
	const { look } = setup;
	const faults: Fault[] = [...setup.onPage, ...setup.onTheWay];
	return (
		<Panel id="sjekk" title={words.checkTitle} class="check">
			{faults.length > 0 && (
				<ul class="faults">
					{faults.map((fault) => (
						<FaultItem fault={fault} language={language} />
					))}
				</ul>
			)}
			{faults.length === 0 && <p>{look ? words.nothing : words.notLooked}</p>}
			{look && look.files.length > 0 && <p>{words.found(look.files.join(", "))}</p>}
			<div class="halves">
				<div>
					<form method="post" action={`/sites/${site.id}/setup/look?lang=${language}&back=${back}`} class="look">
						<label>
							{words.path}
							<input name="path" value={look?.path ?? "/"} maxlength={200} pattern="/.*" required />
						</label>
						<button type="submit">{words.look}</button>
					</form>
					<p class="meta">
						{look && <>{words.lookedAt(timeText(look.at, site, language), look.path)} </>}
						{words.lookText}
					</p>
					<h3>{words.browser}</h3>
					<Browser {...input} />
				</div>
				<Seen {...input} />
			</div>
		</Panel>
	);
}

function Seen({ setup, site, language }: SetupInput) {
	const words = setupWords[language];
	const rows = (["gate", "config", "report"] as const).map((kind): [string, Child] => {
		const hour = setup.seen[kind];
		const files = kind === "gate" && setup.files.length > 0 ? ` (${setup.files.join(", ")})` : "";
		return [
			words.seenNames[kind],
			hour === undefined ? words.notSeen : words.seenAt(timeText(hour, site, language)) + files,
		];
	});
	return (
		<div>
			<h3>{words.seen}</h3>
			<dl class="seen">
				{rows.map(([name, value]) => (
					<>
						<dt>{name}</dt>
						<dd>{value}</dd>
					</>
				))}
			</dl>
			<p class="meta">{words.seenNote}</p>
		</div>
	);
}

/** The page's script (islands/probe.ts) puts what it finds in place of the text. */
function Browser({ probes, language }: SetupInput) {
	const words = setupWords[language];
	return (
		<p
			role="status"
			data-probe={probes.join(" ")}
			data-loaded={words.browserLoaded}
			data-blocked={words.browserBlocked}
			data-silent={words.browserSilent}
		>
			{words.browserTrying}
		</p>
	);
}
