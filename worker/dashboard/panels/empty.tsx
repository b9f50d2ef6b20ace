/** What stands in place of figures that do not exist: what to do for a first visit, or a way out of an empty view. */
import type { Frame } from "../frame.ts";

export function FirstRun({ snippet, frame }: { snippet: string; frame: Frame }) {
	const { text } = frame;
	const [paste, open, look] = text.firstRun.steps;
	return (
		<section class="panel first-run" aria-labelledby="first-run-title">
			<h2 id="first-run-title">{text.firstRun.title}</h2>
			<p>{text.firstRun.intro}</p>
			<ol>
				<li>
					{paste}
					<pre>
						<code>{snippet}</code>
					</pre>
				</li>
				<li>{open}</li>
				<li>{look}</li>
			</ol>
			<p class="waiting">
				<span class="pulse" aria-hidden="true" /> {text.firstRun.waiting}
			</p>
			<p class="meta">{text.firstRun.consent}</p>
		</section>
	);
}

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
