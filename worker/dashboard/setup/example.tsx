/**
 * What an unvisited site's overview will look like: the real panels over the example's answers (scripts/example.ts), marked as such,
 * and inert, because there is nothing behind its links.
 */
import type { Child } from "hono/jsx";
import { example } from "../../../dist/assets.ts";
import { addDays } from "../../../schema/period.ts";
import type { Range, Stats, Summary } from "../../stats/answers.ts";
import type { Language } from "../format.ts";
import { makeFrame } from "../frame.ts";
import { overview } from "../overview.tsx";
import { parseView } from "../range.ts";
import { setupWords } from "./words.ts";

type Answers = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** By the name of the figures, then by the day their range begins. Read once in an isolate: it is long. */
let read: Answers | undefined;
function answersOf(): Answers {
	read ??= JSON.parse(example) as Answers;
	return read;
}

export async function drawExample(language: Language): Promise<Child> {
	const words = setupWords[language];
	const answers = answersOf();
	const [summary] = Object.values(answers.summary ?? {}) as [Summary];
	const stats = Object.fromEntries(
		Object.entries(answers).map(([name, byStart]) => [name, async ({ from }: Range) => byStart[from]]),
	) as unknown as Stats;
	const view = parseView(new URLSearchParams(), addDays(summary.range.to, 1));
	const content = await overview.draw({
		stats,
		frame: makeFrame(view, language),
		summary,
		home: "",
		privacy: () => Promise.reject(new Error("The overview asks for nothing of the kind.")),
		isOwner: false,
		notes: async () => [],
		linkTo: () => "#",
	});
	return (
		<section class="example" aria-labelledby="example-title">
			<h2 class="title" id="example-title">
				{words.example} <span class="badge">{words.exampleMark}</span>
			</h2>
			<p class="lead">{words.exampleLead}</p>
			<div inert>{content}</div>
		</section>
	);
}
