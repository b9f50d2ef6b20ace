/** What visitors have taken out of closed periods, as counts. Leaves out what was erased while open: nobody counts that. */
import type { Frame } from "../frame.ts";
import { Panel } from "../panels/panel.tsx";
import { FactList } from "./fact-list.tsx";
import type { PrivacyFacts } from "./facts.ts";
import type { PrivacyWords } from "./words.ts";

interface ErasuresInput {
	erasures: PrivacyFacts["erasures"];
	words: PrivacyWords;
	frame: Frame;
}

export function ErasuresPanel({ erasures: { waiting, done, last }, words, frame }: ErasuresInput) {
	const { erasures } = words;
	const { count, dates } = frame.format;
	const rows = [
		[erasures.waiting, count(waiting)],
		[erasures.done, count(done)],
		[erasures.last, last === null ? erasures.never : dates(last, last)],
	] as const;
	return (
		<Panel id="slettinger" class="told" title={erasures.title} subtitle={erasures.subtitle}>
			<FactList rows={rows} />
			<p>{erasures.note}</p>
			<p>{erasures.how}</p>
		</Panel>
	);
}
