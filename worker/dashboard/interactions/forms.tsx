/** Forms, and the fields people gave up at: names of forms and fields only. */
import { otherName } from "../../../schema/tree-rules.ts";
import type { FormRow } from "../../stats/answers.ts";
import { Bar } from "../charts/bar.tsx";
import { callOf, type Frame } from "../frame.ts";
import { comparedText, pastOf } from "../panels/compared.ts";
import { Delta, shareChange } from "../panels/delta.tsx";
import { shareText } from "../panels/figure-text.tsx";
import { type Item, RankedList } from "../panels/lists.tsx";
import { Panel } from "../panels/panel.tsx";
import { unnamedFields } from "./rows.ts";
import type { InteractionWords } from "./words.ts";

const openForms = 3;

const nameOf = ({ page, form }: FormRow) => `${page}\n${form}`;

interface FormInput {
	words: InteractionWords;
	frame: Frame;
}

function Fields({ form, at, words, frame }: FormInput & { form: FormRow; at: number }) {
	const { format } = frame;
	const unnamed = unnamedFields(form);
	const id = `skjema-${at}`;
	const items = form.fields.map(
		({ field, abandoned }): Item => ({
			row: field,
			name: <bdi class="element">{field}</bdi>,
			length: abandoned / form.abandoned,
			figure: <span data-of={`abandoned/forms.${at}.abandoned`}>{shareText(abandoned, form.abandoned, frame)}</span>,
			tone: "exit",
		}),
	);
	if (unnamed > 0)
		items.push({
			name: words.forms.rest,
			length: unnamed / form.abandoned,
			figure: <span data-of="">{shareText(unnamed, form.abandoned, frame)}</span>,
			tone: "exit",
			hidden: true,
		});
	if (items.length === 0) return null;
	return (
		<div data-list={`forms.${at}.fields`}>
			<p class="meta" id={id}>
				{words.forms.last} ({format.count(form.abandoned)})
			</p>
			<RankedList items={items} label={id} />
		</div>
	);
}

function Form({
	form,
	before,
	at,
	words,
	frame,
}: FormInput & { form: FormRow; before: FormRow | undefined; at: number }) {
	const { text, format } = frame;
	const hidden = form.form === otherName || form.page === otherName;
	return (
		<li class={hidden ? "form hatched" : "form"} data-row={nameOf(form)}>
			<h3>{hidden ? words.forms.hidden : <bdi class="element">{form.form}</bdi>}</h3>
			{frame.view.page === undefined && (
				<p class="meta">{form.page === otherName ? text.pages.hidden : <bdi>{form.page}</bdi>}</p>
			)}
			<dl class="totals">
				<div>
					<dt>{words.forms.started}</dt>
					<dd data-of="started">{format.count(form.started)}</dd>
				</div>
				<div>
					<dt>{words.forms.submitted}</dt>
					<dd data-of="submitted">{format.count(form.submitted)}</dd>
				</div>
				<div class="exit">
					<dt>{words.forms.abandoned}</dt>
					<dd>
						<span data-of="abandoned/started">{shareText(form.abandoned, form.started, frame)}</span>{" "}
						<Delta
							change={shareChange([form.abandoned, form.started], before && [before.abandoned, before.started], frame)}
							frame={frame}
						/>
					</dd>
				</div>
			</dl>
			<Bar share={form.started ? form.abandoned / form.started : 0} tone="exit" />
			{form.abandoned > 0 && !hidden && <Fields form={form} at={at} words={words} frame={frame} />}
		</li>
	);
}

export function FormsPanel({
	forms,
	before,
	words,
	frame,
}: FormInput & { forms: readonly FormRow[]; before: readonly FormRow[] | undefined }) {
	const past = pastOf(before, nameOf);
	const { format, text, view } = frame;
	const drawn = forms.map((form, at) => (
		<Form form={form} before={past.get(nameOf(form))} at={at} words={words} frame={frame} />
	));
	return (
		<Panel
			id="skjemaer"
			answer={callOf("elements", { page: view.page })}
			list="forms"
			title={words.forms.title}
			subtitle={words.forms.subtitle(`${view.page ?? text.allPages}, ${words.scope}`)}
			compared={comparedText(frame)}
		>
			{forms.length === 0 ? <p class="none">{words.forms.none}</p> : <ol class="forms">{drawn.slice(0, openForms)}</ol>}
			{forms.length > openForms && (
				<details id="flere-skjemaer">
					<summary>{words.more(format.count(forms.length - openForms))}</summary>
					<ol class="forms">{drawn.slice(openForms)}</ol>
				</details>
			)}
		</Panel>
	);
}
