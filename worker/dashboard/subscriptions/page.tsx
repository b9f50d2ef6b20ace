/** The owner's page about summaries and alerts: what is wrong now, who gets what, what did not arrive, and the limits. */
import type { Child } from "hono/jsx";
import { dayOf } from "../../../schema/period.ts";
import type { AlertLimits } from "../../../schema/subscription.ts";
import type { Outgoing, Request, SiteAlert, Subscription } from "../../subscriptions/shapes.ts";
import { type AccountFrame, PostButton, renderAccountPage } from "../account/frame.tsx";
import { formatOf } from "../format.ts";
import { alertText, alertTitle, instantText } from "../mail/alert-text.ts";
import { getsText, letterWords } from "../mail/words.ts";
import { Panel } from "../panels/panel.tsx";
import { Adding, Limits } from "./forms.tsx";
import { look } from "./look.ts";
import { failureText, type SubscriptionWords, subscriptionWords } from "./words.ts";

export interface Typed {
	way: string;
	address: string;
	summary: string;
	alerts: boolean;
	language: string;
}

export type Said =
	| { kind: "asked" | "added" | "saved" | "testSent" }
	| { kind: "wrongAddress" | "wrongNothing" | "wrongTooMany" | "wrongLimit" }
	| { kind: "notSent"; failure: string };

export interface SubscriptionsInput {
	site: { id: string; name: string; timeZone: string };
	/** Whether this place sends e-mail. */
	hasMail: boolean;
	rhythms: readonly ("weekly" | "monthly")[];
	subscriptions: readonly (Subscription & { key?: string })[];
	requests: readonly Request[];
	failures: readonly Outgoing[];
	alerts: readonly SiteAlert[];
	limits: AlertLimits;
	said?: Said;
	/** What stood in the form that was not understood. */
	typed?: Typed;
}

export interface Part {
	input: SubscriptionsInput;
	frame: AccountFrame;
	words: SubscriptionWords;
	/** Where a form is posted to, in the page's language. */
	at(form: string): string;
}

export function renderSubscriptions(frame: AccountFrame, input: SubscriptionsInput): string {
	const words = subscriptionWords[frame.language];
	const { site, said } = input;
	const path = `/sites/${site.id}/subscriptions`;
	const part: Part = { input, frame, words, at: (form) => `${path}/${form}?lang=${frame.language}` };
	return renderAccountPage(
		{ ...frame, style: frame.style + look, path },
		{
			title: words.title,
			site,
			page: "subscriptions",
			children: (
				<div class="account subscriptions">
					<p class="lead">{words.lead}</p>
					{said && <SaidNow said={said} words={words} />}
					<Alerts part={part} />
					<Receivers part={part} />
					{input.failures.length > 0 && <Failures part={part} />}
					<Adding part={part} />
					<Limits part={part} />
				</div>
			),
		},
	);
}

function SaidNow({ said, words }: { said: Said; words: SubscriptionWords }) {
	const isWrong = said.kind.startsWith("wrong") || said.kind === "notSent";
	return (
		<p class={`notice${isWrong ? " wrong" : ""}`} role={isWrong ? "alert" : "status"} id="said">
			{said.kind === "notSent" ? `${words.notSent}: ${failureText(said.failure, words)}.` : words[said.kind]}
		</p>
	);
}

function Alerts({ part: { input, frame, words } }: { part: Part }) {
	const { alerts, site, subscriptions } = input;
	const { language } = frame;
	const when = (instant: number) => instantText(instant, site.timeZone, language);
	const list = (rows: readonly SiteAlert[]) => (
		<ul class="alerts">
			{rows.map(({ finding, raised, ended }) => {
				const state = ended === null ? "raised" : "ended";
				return (
					<li class={ended === null ? "on" : ""}>
						<h3>{alertTitle(finding, state, language)}</h3>
						<p>{alertText(finding, state, site.timeZone, language)}</p>
						<p class="meta">{ended === null ? words.ongoing(when(raised)) : words.over(when(raised), when(ended))}</p>
					</li>
				);
			})}
		</ul>
	);
	const now = alerts.filter(({ ended }) => ended === null);
	const past = alerts.filter(({ ended }) => ended !== null);
	const isWatched = subscriptions.some((subscription) => subscription.alerts);
	return (
		<Panel id="now" title={words.now}>
			{now.length > 0 ? list(now) : <p>{isWatched ? words.nothing : words.nobody}</p>}
			{past.length > 0 && (
				<details>
					<summary>{words.past}</summary>
					{list(past)}
				</details>
			)}
		</Panel>
	);
}

/** One address, with what is to know about it and what can be done. */
function Entry({ title, meta, children }: { title: Child; meta: (string | false)[]; children?: Child }) {
	return (
		<li>
			<div>
				<p class="name">{title}</p>
				<p class="meta">{meta.filter(Boolean).join(" · ")}</p>
			</div>
			{children && <div class="buttons">{children}</div>}
		</li>
	);
}

function Receivers({ part: { input, frame, words, at } }: { part: Part }) {
	const { subscriptions, requests, site } = input;
	const gets = (of: Pick<Subscription, "summary" | "alerts">) => getsText(of, letterWords[frame.language]);
	const hooks = subscriptions.filter(({ key }) => key !== undefined);
	const sentText = ({ sent }: Subscription) =>
		sent === null ? words.never : words.sent(instantText(sent, site.timeZone, frame.language));
	return (
		<Panel id="who" title={words.who} subtitle={words.whoNote}>
			{subscriptions.length === 0 && <p class="none">{words.none}</p>}
			<ul class="entries">
				{subscriptions.map((one) => (
					<Entry title={<bdi>{one.address}</bdi>} meta={[gets(one), words.languages[one.language], sentText(one)]}>
						<PostButton action={at("test")} fields={{ id: one.id }} text={words.test} about={one.address} />
						<PostButton action={at("remove")} fields={{ id: one.id }} text={words.remove} about={one.address} />
					</Entry>
				))}
			</ul>
			{requests.length > 0 && (
				<>
					<h3>{words.waiting}</h3>
					<p>{words.waitingNote}</p>
					<ul class="entries">
						{requests.map((one) => (
							<Entry title={<bdi>{one.address}</bdi>} meta={[gets(one), words.expires(dayOf(one.expires))]}>
								<PostButton
									action={at("requests/remove")}
									fields={{ hash: one.hash }}
									text={words.remove}
									about={one.address}
								/>
							</Entry>
						))}
					</ul>
				</>
			)}
			{hooks.length > 0 && (
				<details>
					<summary>{words.hookKey}</summary>
					<p>{words.hookKeyNote}</p>
					{hooks.map(({ address, key }) => (
						<>
							<p>
								<bdi>{address}</bdi>
							</p>
							<code class="secret">{key}</code>
						</>
					))}
				</details>
			)}
		</Panel>
	);
}

function Failures({ part: { input, frame, words } }: { part: Part }) {
	const { failures, subscriptions, site } = input;
	const { language } = frame;
	const addressOf = (id: string) => subscriptions.find((one) => one.id === id)?.address ?? "";
	return (
		<Panel id="failed" title={words.failed}>
			<ul class="entries">
				{failures.map(({ content, subscription, failure, due, tries }) => (
					<Entry
						title={
							<>
								{content.kind === "summary"
									? words.summaryOf(content.period)
									: alertTitle(content.finding, content.state, language)}{" "}
								→ <bdi>{addressOf(subscription)}</bdi>
							</>
						}
						meta={[
							failureText(failure ?? "", words),
							due === null
								? words.givenUp(formatOf(language).count(tries))
								: words.next(instantText(due, site.timeZone, language)),
						]}
					/>
				))}
			</ul>
		</Panel>
	);
}
