/** The notice: what is in force, and every version there was, each with the text that was published and the grants given to it. */
import { refusalDays } from "../../../schema/limits.ts";
import { dateOf } from "../../../schema/period.ts";
import type { Grants } from "../../stats/answers.ts";
import { callOf, type Frame } from "../frame.ts";
import { Panel } from "../panels/panel.tsx";
import { FactList } from "./fact-list.tsx";
import type { Promises } from "./facts.ts";
import { versionRows } from "./rows.ts";
import type { PrivacyWords } from "./words.ts";

interface NoticeInput {
	site: Promises;
	grants: Grants["rows"];
	words: PrivacyWords;
	frame: Frame;
}

export function NoticePanel(input: NoticeInput) {
	const { site, words } = input;
	return (
		<Panel
			id="tekst"
			title={words.notice.title}
			subtitle={words.notice.subtitle}
			aside={
				<a class="more" href={`/v1/sites/${site.id}/policies`}>
					{words.notice.all}
				</a>
			}
		>
			<InForce {...input} />
			<Versions {...input} />
		</Panel>
	);
}

const dayOf = (instant: number, { site, frame }: NoticeInput) => {
	const date = dateOf(instant, site.timeZone);
	return frame.format.dates(date, date);
};

function InForce(input: NoticeInput) {
	const { site, words, frame } = input;
	const { notice } = words;
	const { languages, purposes, contact, answerDays } = site.notice;
	const [lang, said] =
		Object.entries(languages).find(([name]) => name === frame.language) ?? Object.entries(languages)[0] ?? [];
	const published = site.policies.find(({ version }) => version === site.policy)?.published;
	const rows = [
		[notice.purposes, purposes.map((purpose) => words.collected.purposes[purpose].name).join(", ")],
		[notice.yes, notice.days(site.grantDays)],
		[notice.no, notice.days(refusalDays)],
		[notice.contact, answerDays === undefined ? contact : `${contact}, ${notice.answer(answerDays)}`],
	] as const;
	return (
		<div class="in-force">
			{said && (
				<h3 lang={lang}>
					<bdi>{said.title}</bdi>
				</h3>
			)}
			{published !== undefined && <p class="meta">{notice.inForce(dayOf(published, input))}</p>}
			<FactList rows={rows} />
			{said && (
				<details id="hele-teksten">
					<summary>{notice.read}</summary>
					{[said.text, said.recipients, said.retention, said.changes].map((part) => part && <p lang={lang}>{part}</p>)}
				</details>
			)}
		</div>
	);
}

function Versions(input: NoticeInput) {
	const { site, grants, words, frame } = input;
	const { notice } = words;
	const { count } = frame.format;
	const { versions, hidden } = versionRows(site, grants);
	return (
		<table class="versions" data-answer={callOf("grants")}>
			<thead>
				<tr>
					<th scope="col">{notice.version}</th>
					<th scope="col">{notice.published}</th>
					<th scope="col" class="middling">
						{notice.change}
					</th>
					<th scope="col" class="middling">
						{notice.consent}
					</th>
					<th scope="col" class="number">
						{notice.given}
					</th>
				</tr>
			</thead>
			<tbody>
				{versions.map(({ version, published, kind, holds, grants: given }) => (
					<tr data-row={given === undefined ? undefined : `policy=${version}`}>
						<th scope="row">
							<a href={`/v1/sites/${site.id}/policies/${version}`}>
								<bdi>{version}</bdi>
							</a>
							<span class="narrow meta">
								{notice.kinds[kind]}, {holds ? notice.holds : notice.replaced}
							</span>
						</th>
						<td data-of="">{dayOf(published, input)}</td>
						<td class="middling">{notice.kinds[kind]}</td>
						<td class="middling">{holds ? notice.holds : notice.replaced}</td>
						<td class="number" data-of={given === undefined ? "" : "grants"}>
							{count(given ?? 0)}
						</td>
					</tr>
				))}
				{hidden !== undefined && (
					<tr class="hatched" data-row="policy=(other)">
						<th scope="row">{notice.hidden}</th>
						<td />
						<td class="middling" />
						<td class="middling" />
						<td class="number" data-of="grants">
							{count(hidden)}
						</td>
					</tr>
				)}
			</tbody>
		</table>
	);
}
