/** What stands in place of figures where a view has none: a way out of it. Leaves out a site that nobody has visited (setup/first-run.tsx). */
import type { Frame } from "../frame.ts";

export function NothingHere({ frame }: { frame: Frame }) {
	const { text, view, link } = frame;
	return (
		<section class="panel first-run" aria-labelledby="nothing-title">
			<h2 id="nothing-title">{view.device ? text.empty.filtered : text.empty.title}</h2>
			<p>{text.empty.text}</p>
			<p>
				<a href={link({ span: "28d", page: undefined, device: undefined })}>{text.empty.reset}</a>
			</p>
		</section>
	);
}
