/** The owner's page about sharing: each release, who sees it and when they last did, what of the noise budget is spent, and the ways to end it. */
import type { Child } from "hono/jsx";
import { dayOf } from "../../../schema/period.ts";
import type { OwnedRelease } from "../../release/answers.ts";
import { type AccountFrame, PostButton, Rows, renderAccountPage } from "../account/frame.tsx";
import { type Format, formatOf, type Language } from "../format.ts";
import { Panel } from "../panels/panel.tsx";
import { Budget } from "./budget.tsx";
import { look } from "./look.ts";
import { startText } from "./period-text.ts";
import { Embedding, Ending, Inviting } from "./ways.tsx";
import { type SharingWords, sharingWords } from "./words.ts";

export interface Shared {
	release: OwnedRelease;
	people: { account: string; name: string; granted: number; seen: string | null }[];
	invitations: { id: string; name: string; expires: number }[];
	keys: { name: string; created: number; seen: string | null }[];
	/** Periods the webhook has taken, and those it is to get. */
	webhook?: { key: string; told: string | null; waiting: number };
}

/** Something of one release that is shown right after it was made, and never again. */
export interface Made {
	release: string;
	kind: "invitation" | "key" | "embed";
	text: string;
}

export interface SharingInput {
	site: { id: string; name: string };
	shared: Shared[];
	ended: OwnedRelease[];
	made?: Made;
	/** The form of a release that was not understood: its field, and what was typed. */
	faulty?: { release: string; field: "name" | "frames" | "webhook"; typed: string };
}

export interface Part {
	shared: Shared;
	input: SharingInput;
	words: SharingWords;
	format: Format;
	language: Language;
	/** Where one of the release's forms is posted to, in the page's language. */
	at(form: string): string;
}

export function renderSharing(frame: AccountFrame, input: SharingInput): string {
	const words = sharingWords[frame.language];
	const format = formatOf(frame.language);
	const { site, shared, ended } = input;
	const home = `/sites/${site.id}/sharing`;
	const asked = `?lang=${frame.language}`;
	return renderAccountPage(
		{ ...frame, style: frame.style + look, path: home },
		{
			title: words.title,
			site,
			page: "sharing",
			children: (
				<div class="account sharing">
					<p class="lead">{words.lead}</p>
					<p class="ways">
						<a class="main" href={`${home}/new${asked}`}>
							{words.create}
						</a>
						<a href={`/sites/${site.id}/people${asked}`}>{words.others}</a>
					</p>
					{shared.length === 0 && <p class="none">{words.none}</p>}
					{shared.map((one) => (
						<ReleasePanel
							part={{
								shared: one,
								input,
								words,
								format,
								language: frame.language,
								at: (form) => `${home}/${one.release.release}/${form}${asked}`,
							}}
						/>
					))}
					{ended.length > 0 && (
						<Panel id="ended" title={words.endedTitle}>
							<ul>
								{ended.map(({ name, audience, ended: when }) => (
									<li>
										<bdi>{name}</bdi> · <bdi>{audience}</bdi> · {words.ended(when?.slice(0, 10) ?? "")}
									</li>
								))}
							</ul>
						</Panel>
					)}
				</div>
			),
		},
	);
}

function ReleasePanel({ part }: { part: Part }) {
	const { shared, words, format, language } = part;
	const { release } = shared;
	const { released } = release;
	return (
		<Panel
			id={`release-${release.release}`}
			title={release.name}
			subtitle={
				<>
					<bdi>{release.audience}</bdi> ·{" "}
					{released ? words.released(format.dates(released.from, released.to)) : words.nothingYet}
				</>
			}
			aside={<a href={`/releases/${release.release}?lang=${language}`}>{words.open}</a>}
		>
			<MadeNow part={part} />
			{!released && <p>{words.starts(startText(release.starts, release.grain, format))}</p>}
			<h3>{words.who}</h3>
			<Who part={part} />
			<h3>{words.budget}</h3>
			<Spent part={part} />
			<Inviting part={part} />
			<Embedding part={part} />
			<Ending part={part} />
		</Panel>
	);
}

function MadeNow({ part: { input, shared, words } }: { part: Part }) {
	const { made } = input;
	if (made?.release !== shared.release.release) return null;
	const titles = { invitation: words.newLink, key: words.newKey, embed: words.newEmbed };
	return (
		<section class="notice" aria-labelledby="made">
			<h3 id="made">{titles[made.kind]}</h3>
			<p>{words.newLinkNote}</p>
			<code class="secret">{made.text}</code>
		</section>
	);
}

function Who({ part: { shared, words, at } }: { part: Part }) {
	const { people, invitations, keys } = shared;
	const end = (what: string, fields: Record<string, string>, about: string) => (
		<PostButton action={at(`${what}/end`)} fields={fields} text={words.endNow} about={about} />
	);
	const who = (name: string, what: string) => (
		<>
			<bdi>{name}</bdi>
			<span class="meta">{what}</span>
		</>
	);
	const rows: Child[][] = [
		...people.map(({ account, name, granted, seen }) => [
			who(name, words.person),
			dayOf(granted),
			seen ?? words.never,
			end("people", { account }, name),
		]),
		...keys.map(({ name, created, seen }) => [
			who(name, words.key),
			dayOf(created),
			seen ?? words.never,
			end("keys", { name }, name),
		]),
		...invitations.map(({ id, name, expires }) => [
			who(name, words.invited(dayOf(expires))),
			"–",
			words.never,
			end("invitations", { id }, name),
		]),
	];
	return <Rows heads={[words.name, words.since, words.seen, ""]} rows={rows} none={words.nobody} />;
}

function Spent({ part: { shared, words, format } }: { part: Part }) {
	const { spent, budget } = shared.release;
	const named = (name: "month" | "year") => ({
		name: words.spent[name](spent[name].periods, format.count(spent[name].periods)),
		epsilon: spent[name].epsilon,
	});
	const spendings = [{ name: words.planned.period, epsilon: budget.epsilon }, named("month"), named("year")];
	return <Budget spendings={spendings} words={words} format={format} />;
}
