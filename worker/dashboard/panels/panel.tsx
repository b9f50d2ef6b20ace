/** The card every panel sits in: heading, subtitle, content. */
import type { Child } from "hono/jsx";

/** After a sentence a sentence, after a part of one another part. */
function alsoSaid(before: Child, text: string): string {
	if (!before) return text;
	const isSentence = typeof before === "string" && before.endsWith(".");
	return isSentence ? ` ${text.charAt(0).toUpperCase()}${text.slice(1)}.` : ` · ${text}`;
}

export function Panel(props: {
	id: string;
	title: string;
	subtitle?: Child;
	/** See comparedText. */
	compared?: string | undefined;
	aside?: Child;
	class?: string;
	/** The call its figures come from, as callOf writes it, and the list in its answer, unless that is the rows. */
	answer?: string;
	list?: string;
	children: Child;
}) {
	const titleId = `${props.id}-title`;
	return (
		<section
			class={`panel ${props.class ?? ""}`.trim()}
			id={props.id}
			aria-labelledby={titleId}
			data-answer={props.answer}
			data-list={props.list}
		>
			<header class="panel-head">
				<div>
					<h2 id={titleId}>{props.title}</h2>
					{(props.subtitle || props.compared) && (
						<p>
							{props.subtitle}
							{props.compared && alsoSaid(props.subtitle, props.compared)}
						</p>
					)}
				</div>
				{props.aside}
			</header>
			{props.children}
		</section>
	);
}
