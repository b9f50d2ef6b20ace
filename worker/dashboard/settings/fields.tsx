/** Fields of a form with what they mean below them, and what is wrong with them beside. What was typed stays. Leaves out what they are about. */
import type { Child } from "hono/jsx";
import type { Typed } from "../sharing/typed.ts";
import type { Wrong } from "./forms.ts";

/** One form on a page: its id goes before those of its fields, which have the same names in other forms. */
export interface Form {
	id: string;
	typed: Typed;
	wrong: Wrong;
}

interface FieldInput {
	form: Form;
	name: string;
	text: Child;
	hint?: Child;
	lang?: string | undefined;
}

const idOf = ({ form, name }: Pick<FieldInput, "form" | "name">) => `${form.id}-${name}`;

/** What a control is described by. */
function described({ form, name, hint }: Omit<FieldInput, "text">) {
	const id = idOf({ form, name });
	const isWrong = form.wrong[name] !== undefined;
	const by = [...(isWrong ? [`${id}-wrong`] : []), ...(hint ? [`${id}-hint`] : [])];
	return {
		id,
		name,
		"aria-invalid": isWrong ? ("true" as const) : undefined,
		"aria-describedby": by.length > 0 ? by.join(" ") : undefined,
		// A form that comes back opens where there is something to put right.
		autofocus: Object.keys(form.wrong)[0] === name,
	};
}

export function WrongText({ form, name }: { form: Form; name: string }) {
	const said = form.wrong[name];
	if (said === undefined) return null;
	return (
		<p class="wrong-text" id={`${idOf({ form, name })}-wrong`} role="alert">
			{said}
		</p>
	);
}

function Around(props: FieldInput & { isWide?: boolean; children: Child }) {
	const { form, name, text, hint, isWide = false, children } = props;
	return (
		<div class={isWide ? "field wide" : "field"}>
			<label for={idOf(props)}>{text}</label>
			{children}
			<WrongText form={form} name={name} />
			{hint && (
				<p class="hint-text" id={`${idOf(props)}-hint`}>
					{hint}
				</p>
			)}
		</div>
	);
}

export function TextField(
	props: FieldInput & { max?: number; required?: boolean; mode?: "numeric" | "email" | "tel" },
) {
	const { form, name, max = 200, required = true, mode, lang } = props;
	return (
		<Around {...props}>
			<input
				{...described(props)}
				value={form.typed[name] ?? ""}
				maxlength={max}
				required={required}
				autocomplete="off"
				inputmode={mode}
				lang={lang}
			/>
		</Around>
	);
}

export function TextArea(props: FieldInput & { max?: number; required?: boolean }) {
	const { form, name, max = 4_000, required = true, lang } = props;
	// The first line break after the tag is the parser's, not the text's.
	return (
		<Around {...props} isWide={true}>
			<textarea {...described(props)} maxlength={max} required={required} lang={lang} spellcheck={lang !== undefined}>
				{`\n${form.typed[name] ?? ""}`}
			</textarea>
		</Around>
	);
}

export type Option = readonly [value: string, text: string];

export function Choice(
	props: FieldInput & { options: readonly Option[]; groups?: readonly (readonly [string, readonly Option[]])[] },
) {
	const { form, name, options, groups = [] } = props;
	const Options = ({ of }: { of: readonly Option[] }) => (
		<>
			{of.map(([value, text]) => (
				<option value={value} selected={form.typed[name] === value}>
					{text}
				</option>
			))}
		</>
	);
	return (
		<Around {...props}>
			<select {...described(props)}>
				<Options of={options} />
				{groups.map(([label, of]) => (
					<optgroup label={label}>
						<Options of={of} />
					</optgroup>
				))}
			</select>
		</Around>
	);
}

export function Box(props: FieldInput & { value?: string; type?: "checkbox" | "radio" }) {
	const { form, name, text, hint, value = "on", type = "checkbox" } = props;
	const id = type === "radio" ? `${idOf(props)}-${value}` : idOf(props);
	return (
		<div class="field wide">
			<label class="box" for={id}>
				<input {...described(props)} id={id} type={type} value={value} checked={form.typed[name] === value} />
				<span>{text}</span>
			</label>
			{type === "checkbox" && <WrongText form={form} name={name} />}
			{hint && (
				<p class="hint-text" id={`${idOf(props)}-hint`}>
					{hint}
				</p>
			)}
		</div>
	);
}
