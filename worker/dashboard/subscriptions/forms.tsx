/** The forms of the page about summaries and alerts: one more receiver, and the limits. What was typed stays. */
import type { Child } from "hono/jsx";
import { type LimitName, limitNames, limitRules, messageLanguages, ways } from "../../../schema/subscription.ts";
import { Panel } from "../panels/panel.tsx";
import type { Part } from "./page.tsx";

function Choice(props: {
	label: string;
	name: string;
	options: readonly (readonly [string, string])[];
	chosen: string;
}) {
	return (
		<label>
			{props.label}
			<select name={props.name}>
				{props.options.map(([value, text]) => (
					<option value={value} selected={value === props.chosen}>
						{text}
					</option>
				))}
			</select>
		</label>
	);
}

export function Adding({ part: { input, frame, words, at } }: { part: Part }) {
	const { typed, said, hasMail, rhythms } = input;
	const first = { way: hasMail ? "email" : "webhook", summary: rhythms[0] ?? "none", language: frame.language };
	const isWrong = said?.kind === "wrongAddress";
	return (
		<Panel id="add" title={words.add}>
			{!hasMail && <p class="notice">{words.noMail}</p>}
			<form method="post" action={at("add")}>
				<div class="fields">
					<Choice
						label={words.way}
						name="way"
						options={ways.map((way) => [way, words.ways[way]])}
						chosen={typed?.way ?? first.way}
					/>
					<label>
						{words.addressLabel}
						<input
							name="address"
							required
							maxlength={500}
							autocomplete="off"
							inputmode="email"
							value={typed?.address}
							aria-invalid={isWrong ? "true" : undefined}
							aria-describedby={isWrong ? "said" : undefined}
						/>
					</label>
					<Choice
						label={words.summary}
						name="summary"
						options={(["none", ...rhythms] as const).map((rhythm) => [rhythm, words.rhythms[rhythm]])}
						chosen={typed?.summary ?? first.summary}
					/>
					<Choice
						label={words.language}
						name="language"
						options={messageLanguages.map((language) => [language, words.languages[language]])}
						chosen={typed?.language ?? first.language}
					/>
				</div>
				<label class="box">
					<input type="checkbox" name="alerts" checked={typed?.alerts ?? true} /> {words.alerts}
				</label>
				<div class="submit">
					<button type="submit" class="main">
						{words.addButton}
					</button>
				</div>
			</form>
		</Panel>
	);
}

export function Limits({ part: { input, words, at } }: { part: Part }) {
	const { limits } = input;
	const field = (name: LimitName): Child => (
		<label>
			{words.limitLabels[name]}
			<input
				name={name}
				type="number"
				min={String(limitRules[name].min)}
				max={String(limitRules[name].max)}
				step="1"
				value={limits[name] === null ? "" : String(limits[name])}
			/>
		</label>
	);
	return (
		<Panel id="limits" title={words.limits} subtitle={words.limitsNote}>
			<form method="post" action={at("limits")}>
				<div class="fields limits">{limitNames.map(field)}</div>
				<div class="submit">
					<button type="submit">{words.save}</button>
				</div>
			</form>
		</Panel>
	);
}
