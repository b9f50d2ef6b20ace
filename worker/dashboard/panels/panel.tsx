/** The card every panel sits in: heading, subtitle, content. */
import type { Child } from "hono/jsx";

export function Panel(props: {
	id: string;
	title: string;
	subtitle?: Child;
	aside?: Child;
	class?: string;
	children: Child;
}) {
	const titleId = `${props.id}-title`;
	return (
		<section class={`panel ${props.class ?? ""}`.trim()} id={props.id} aria-labelledby={titleId}>
			<header class="panel-head">
				<div>
					<h2 id={titleId}>{props.title}</h2>
					{props.subtitle && <p>{props.subtitle}</p>}
				</div>
				{props.aside}
			</header>
			{props.children}
		</section>
	);
}
