/** The operator's page of one site: alerts, the books, refused requests, and the place it all runs in. It needs no script. */
import type { Child } from "hono/jsx";
import type { SiteStatus, Status } from "../../operator/status.ts";
import { type ProblemKind, problems } from "../../problem.ts";
import { type Format, formatOf, type Language } from "../format.ts";
import { type AssetPaths, renderPage } from "../layout.tsx";
import { Panel } from "../panels/panel.tsx";
import { SiteHeader } from "../site-header.tsx";
import { type OperationWords, operationWords } from "./words.ts";

export interface OperationInput {
	site: { id: string; name: string };
	status: Status;
	language: Language;
	nonce: string;
	paths: AssetPaths;
	style: string;
}

/** What this page alone needs of a look. */
const look = `
.operation{max-width:960px}
.operation h1{margin:24px 0 16px;font-size:28px;line-height:1.2}
.operation h3{font-size:15px}
.operation dl{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,3fr);gap:8px 16px;font-size:14.5px}
.operation dt{color:var(--ink2)}
.operation :is(dd,td){overflow-wrap:anywhere}
.operation .alert{padding-left:12px;border-left:4px solid var(--poor);margin-bottom:12px}
@media(max-width:480px){.operation dl{grid-template-columns:minmax(0,1fr);gap:2px}.operation dd{margin-bottom:8px}}
`;

const kibi = 1024;
/** Bytes in the largest unit that leaves a number of 1 or more. */
function sizeOf(bytes: number, format: Format): string {
	const units = ["B", "KiB", "MiB", "GiB"];
	const at = Math.min(units.length - 1, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(kibi)));
	return `${format.count(bytes / kibi ** at)} ${units[at]}`;
}

/** An instant in UTC, to the minute. */
const minuteOf = (instant: string) => instant.slice(0, 16).replace("T", " ");

export function renderOperation({ site, status, language, ...page }: OperationInput): string {
	const words = operationWords[language];
	const format = formatOf(language);
	const book = status.books[site.id];
	const refused = Object.entries(status.refused.kinds) as [ProblemKind, number][];
	return renderPage({
		...page,
		language,
		style: page.style + look,
		title: `${words.title} · ${site.name} · Sporløs`,
		scripted: false,
		header: (
			<SiteHeader
				site={{ ...site, isOwner: true }}
				language={language}
				languageLink={`?lang=${language === "nb" ? "en" : "nb"}`}
				page="operation"
			/>
		),
		children: (
			<main id="main" class="wrap operation" tabindex={-1}>
				<h1>{words.title}</h1>
				<Panel id="alerts" title={words.alerts}>
					{status.alerts.length === 0 && <p>{words.noAlerts}</p>}
					{status.alerts.map(({ kind, subject, failures, since }) => (
						<div class="alert">
							<h3>{kind === "upkeep" ? words.upkeep : words[kind](subject)}</h3>
							<p>{words.failures(format.count(failures), minuteOf(since))}</p>
						</div>
					))}
				</Panel>
				{book && (
					<Panel id="books" title={words.book} subtitle={words.bookNote}>
						<dl>
							{bookRows(book, words, format).map(([name, value]) => (
								<>
									<dt>{name}</dt>
									<dd>{value}</dd>
								</>
							))}
						</dl>
					</Panel>
				)}
				<Panel id="refused" title={words.refused} subtitle={words.refusedNote(status.refused.since)}>
					{refused.length === 0 ? (
						<p>{words.noRefusals}</p>
					) : (
						<Refusals refused={refused} words={words} format={format} />
					)}
				</Panel>
				<Panel id="place" title={words.place}>
					<dl>
						<dt>{words.version}</dt>
						<dd>{status.version}</dd>
						<dt>{words.migrations}</dt>
						<dd>{status.migrations.join(", ")}</dd>
						{Object.entries(status.databases).map(([name, { bytes }]) => (
							<>
								<dt>
									{words.database} {name}
								</dt>
								<dd>{sizeOf(bytes, format)}</dd>
							</>
						))}
					</dl>
				</Panel>
				<p>
					<a class="more" href={`/sites/${site.id}`}>
						{words.back}
					</a>
				</p>
			</main>
		),
	});
}

function Refusals(props: { refused: [ProblemKind, number][]; words: OperationWords; format: Format }): Child {
	const { refused, words, format } = props;
	return (
		<table>
			<thead>
				<tr>
					<th scope="col">{words.kind}</th>
					<th scope="col" class="number">
						{words.count}
					</th>
				</tr>
			</thead>
			<tbody>
				{refused.map(([kind, n]) => (
					<tr>
						<td lang="en">
							{kind}: {problems[kind][1]}
						</td>
						<td class="number">{format.count(n)}</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}

function bookRows(book: SiteStatus, words: OperationWords, format: Format): [string, string][] {
	const { figures, none } = words;
	const list = (labels: string[]) => (labels.length === 0 ? none : labels.join(", "));
	const last = book.lastClosing;
	return [
		[figures.pending, format.count(book.pending)],
		[figures.open, list(book.open)],
		[figures.overdue, list(book.overdue)],
		[figures.lastClosing, last ? words.closedAt(last.period, minuteOf(last.closed)) : none],
		[figures.late, format.count(book.late)],
		[figures.erasing, format.count(book.erasing)],
		[figures.reports, format.count(book.reports)],
		[figures.receipts, format.count(book.receipts)],
		[figures.bytes, sizeOf(book.bytes, format)],
		[figures.cells, format.count(book.cells)],
	];
}
