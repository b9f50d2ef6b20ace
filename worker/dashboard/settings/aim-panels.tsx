/** Goals and funnels: each opens to a form of its own, and the last form adds one. */
import type { Child } from "hono/jsx";
import { maxFunnels, maxGoals } from "../../../schema/limits.ts";
import { type AimKind, aimKinds } from "../../../schema/site.ts";
import { Panel } from "../panels/panel.tsx";
import { Choice, type Form, type Option, TextField, WrongText } from "./fields.tsx";
import { stepNumbers, typedAim } from "./forms.ts";
import type { Drawn } from "./page.tsx";
import { Saved } from "./part-form.tsx";
import type { SettingsWords } from "./words.ts";

/** Rows of a funnel's form: what is there and room for more. */
const leastRows = 4;
const spareRows = 2;

const kindOptions = (words: SettingsWords) => aimKinds.map((kind): Option => [kind, words.goals.kinds[kind]]);

interface Step {
	kind: AimKind;
	match: string;
}

const StepText = ({ kind, match, words }: Step & { words: SettingsWords }) => (
	<>
		{words.goals.kinds[kind]} <bdi class="name">{match}</bdi>
	</>
);

/** The form of one aim. Removing it asks for nothing that stands in the fields. */
function AimForm(props: { action: string; was: string; words: SettingsWords; children: Child; isNew: boolean }) {
	const { action, was, words, children, isNew } = props;
	return (
		<form method="post" action={action}>
			<input type="hidden" name="was" value={was} />
			{children}
			{!isNew && (
				<p class="hint-text">
					{words.goals.renamed} {words.goals.gone}
				</p>
			)}
			<div class="submit">
				<button type="submit" class="main">
					{words.save}
				</button>
				{!isNew && (
					<button type="submit" name="remove" value="on" formnovalidate aria-label={`${words.remove}: ${was}`}>
						{words.remove}
					</button>
				)}
			</div>
		</form>
	);
}

/** A list of aims and the form for a new one, with whichever was faulty open. */
function Aims(props: {
	drawn: Drawn;
	part: "goals" | "funnels";
	aims: readonly { name: string; about: Child; typed: ReturnType<typeof typedAim> }[];
	max: number;
	fields(form: Form): Child;
	below?: Child;
}) {
	const { drawn, part, aims, max, fields, below } = props;
	const { words, at, lang, saved, input } = drawn;
	const { faulty } = input;
	const said = words[part];
	const formOf = (was: string, typed: Form["typed"], place: number): Form => {
		const isFaulty = faulty?.part === part && (faulty.typed.was ?? "") === was;
		return {
			id: `${part}-${place}`,
			typed: isFaulty ? faulty.typed : typed,
			wrong: isFaulty ? faulty.wrong : {},
		};
	};
	const isOpen = (form: Form) => Object.keys(form.wrong).length > 0;
	const blank = formOf("", typedAim(), 0);
	return (
		<Panel id={part} title={said.title} subtitle={said.subtitle}>
			<Saved {...{ part, saved, words }} />
			{aims.length === 0 && <p class="none">{said.none}</p>}
			{aims.map(({ name, about, typed }, index) => {
				const form = formOf(name, typed, index + 1);
				return (
					<details class="aim" open={isOpen(form)}>
						<summary>
							<span>
								<bdi class="aim-name">{name}</bdi> <span class="meta">{about}</span>
							</span>
							<span class="more">{words.change}</span>
						</summary>
						<AimForm action={`${at}/${part}?lang=${lang}`} was={name} words={words} isNew={false}>
							{fields(form)}
						</AimForm>
					</details>
				);
			})}
			{aims.length < max ? (
				<details class="aim new" id={`new-${part}`} open={isOpen(blank) || aims.length === 0}>
					<summary>{said.add}</summary>
					<AimForm action={`${at}/${part}?lang=${lang}`} was="" words={words} isNew={true}>
						{fields(blank)}
					</AimForm>
				</details>
			) : (
				<>
					<WrongText form={blank} name="name" />
					<p class="hint-text">{said.full}</p>
				</>
			)}
			{below}
		</Panel>
	);
}

function MatchHelp({ words }: { words: SettingsWords }) {
	const { goals } = words;
	return (
		<details class="aim" id="matches">
			<summary>{goals.help}</summary>
			<p>{goals.helpText}</p>
			<dl>
				{goals.examples.map(([kind, examples, what]) => (
					<>
						<dt>{kind}</dt>
						<dd>
							<span class="name">{examples}</span>
							<span class="meta">{what}</span>
						</dd>
					</>
				))}
			</dl>
		</details>
	);
}

export function GoalsPanel(drawn: Drawn) {
	const { words, input } = drawn;
	const { goals } = words;
	return (
		<Aims
			drawn={drawn}
			part="goals"
			max={maxGoals}
			aims={input.settings.goals.map((goal) => ({
				name: goal.name,
				about: <StepText kind={goal.kind} match={goal.match} words={words} />,
				typed: typedAim(goal),
			}))}
			fields={(form) => (
				<div class="pair">
					<TextField form={form} name="name" text={goals.name} max={60} />
					<Choice form={form} name="kind" text={goals.kind} options={kindOptions(words)} />
					<TextField form={form} name="match" text={goals.match} max={120} />
				</div>
			)}
			below={<MatchHelp words={words} />}
		/>
	);
}

export function FunnelsPanel(drawn: Drawn) {
	const { words, input } = drawn;
	const { funnels, goals } = words;
	const Rows = ({ form }: { form: Form }) => {
		const filled = stepNumbers.filter((row) => form.typed[`match-${row}`]).at(-1) ?? 0;
		const rows = stepNumbers.slice(0, Math.max(leastRows, filled + spareRows));
		return (
			<>
				{rows.map((row) => (
					<fieldset class="step">
						<legend>{funnels.step(row)}</legend>
						<div class="pair">
							<Choice form={form} name={`kind-${row}`} text={goals.kind} options={kindOptions(words)} />
							<TextField form={form} name={`match-${row}`} text={goals.match} max={120} required={false} />
						</div>
					</fieldset>
				))}
			</>
		);
	};
	return (
		<Aims
			drawn={drawn}
			part="funnels"
			max={maxFunnels}
			aims={input.settings.funnels.map((funnel) => ({
				name: funnel.name,
				about: funnel.steps.map((step, index) => (
					<>
						{index > 0 && " → "}
						<StepText kind={step.kind} match={step.match} words={words} />
					</>
				)),
				typed: typedAim(funnel),
			}))}
			fields={(form) => (
				<>
					<div class="pair">
						<TextField form={form} name="name" text={goals.name} max={60} />
					</div>
					<Rows form={form} />
					<WrongText form={form} name="steps" />
					<p class="hint-text">{funnels.blank}</p>
				</>
			)}
		/>
	);
}
