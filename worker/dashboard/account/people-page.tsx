/** Who may see a site: its people, invitations, keys and log. For the owner. */
import type { Role } from "../../../schema/access.ts";
import { dayOf } from "../../../schema/period.ts";
import type { LogEntry } from "../../access/log.ts";
import { Panel } from "../panels/panel.tsx";
import { nameOf } from "../site-links.ts";
import { type AccountFrame, PostButton, Rows, renderAccountPage } from "./frame.tsx";
import { accountWords } from "./words.ts";

export interface People {
	site: { id: string; name: string };
	people: { account: string; name: string; role: Role; release: string; granted: number; seen: string | null }[];
	invitations: { id: string; name: string; role: Role; release: string; expires: number }[];
	keys: { name: string; role: Role; release: string; created: number; seen: string | null }[];
	log: LogEntry[];
	/** For whom releases are, by their ids. */
	audiences: ReadonlyMap<string, string>;
	/** Made just now, to be shown this once. */
	link?: string;
	key?: string;
	/** The form that was not understood, and what stood in it. */
	faulty?: { form: "invite" | "key"; name: string; email: string };
}

/** The roles a form offers, the least first. */
const invitable = ["viewer", "owner"] as const;
const ofKeys = ["viewer", "operator", "owner"] as const;

export function renderPeople(frame: AccountFrame, input: People): string {
	const words = accountWords[frame.language];
	const { site, people, invitations, keys, log, audiences, link, key, faulty } = input;
	const at = `/sites/${site.id}/people`;
	const roleText = ({ role, release }: { role: Role; release: string }) =>
		[words.offer[role], audiences.get(release)].filter(Boolean).join(": ");
	const typed = (form: "invite" | "key") => (faulty?.form === form ? faulty : undefined);
	return renderAccountPage(frame, {
		title: nameOf("people", frame.language),
		site,
		page: "people",
		children: (
			<>
				<p class="ways-out">
					<a href={`/sites/${site.id}`}>{words.back}</a>
				</p>
				{link !== undefined && (
					<section class="notice" aria-labelledby="new-link">
						<h2 id="new-link">{words.invited}</h2>
						<p>{words.invitedNote}</p>
						<code class="secret">{link}</code>
					</section>
				)}
				{key !== undefined && (
					<section class="notice" aria-labelledby="new-key">
						<h2 id="new-key">{words.newKey}</h2>
						<p>{words.newKeyNote}</p>
						<code class="secret">{key}</code>
					</section>
				)}
				<Panel id="people" title={words.whoSees} subtitle={words.peopleNote}>
					<Rows
						heads={[words.name, words.role, words.granted, words.seen, ""]}
						none={words.none}
						rows={people.map(({ account, name, role, release, granted, seen }) => [
							<bdi>{name}</bdi>,
							roleText({ role, release }),
							dayOf(granted),
							seen ?? words.never,
							<PostButton
								action={`${at}/end`}
								fields={{ account, role, release }}
								text={words.end}
								about={`${name}, ${roleText({ role, release })}`}
							/>,
						])}
					/>
				</Panel>
				<Panel id="invite" title={words.invite} subtitle={<a href={`/sites/${site.id}/sharing`}>{words.inviteNote}</a>}>
					{invitations.length > 0 && (
						<Rows
							heads={[words.waiting, words.role, words.expires, ""]}
							none={words.none}
							rows={invitations.map(({ id, name, role, release, expires }) => [
								<bdi>{name}</bdi>,
								roleText({ role, release }),
								dayOf(expires),
								<PostButton action={`${at}/invitations/end`} fields={{ id }} text={words.end} about={name} />,
							])}
						/>
					)}
					<form method="post" action={`${at}/invite`}>
						<NameAndRole
							words={words}
							roles={invitable.map((role) => [role, words.offer[role]])}
							typed={typed("invite")}
							id="invite"
						>
							<label>
								{words.email}
								<input name="email" type="email" maxlength={320} value={typed("invite")?.email} />
							</label>
						</NameAndRole>
						<p>
							<button type="submit">{words.inviteButton}</button>
						</p>
					</form>
				</Panel>
				<Panel id="keys" title={words.keys} subtitle={words.keysNote}>
					<Rows
						heads={[words.name, words.role, words.granted, words.seen, ""]}
						none={words.none}
						rows={keys.map(({ name, role, release, created, seen }) => [
							<bdi>{name}</bdi>,
							roleText({ role, release }),
							dayOf(created),
							seen ?? words.never,
							<PostButton action={`${at}/keys/end`} fields={{ name }} text={words.end} about={name} />,
						])}
					/>
					<form method="post" action={`${at}/keys`}>
						<NameAndRole
							words={words}
							roles={ofKeys.map((role) => [role, words.keyRoles[role]])}
							typed={typed("key")}
							id="key"
						/>
						<p>
							<button type="submit">{words.addKey}</button>
						</p>
					</form>
				</Panel>
				<Panel
					id="log"
					title={words.log}
					subtitle={words.logNote}
					aside={
						<a class="more" href={`/v1/sites/${site.id}/log.csv`} download>
							{words.logFile}
						</a>
					}
				>
					<Rows
						heads={[words.when, words.who, words.what, ""]}
						none={words.none}
						rows={log.map(({ at: instant, who, what, about }) => [
							new Date(instant).toISOString().slice(0, 16).replace("T", " "),
							<bdi>{who}</bdi>,
							words.events[what],
							<bdi>{about}</bdi>,
						])}
					/>
				</Panel>
			</>
		),
	});
}

function NameAndRole(props: {
	words: (typeof accountWords)["nb"];
	roles: [string, string][];
	typed: { name: string } | undefined;
	id: string;
	children?: unknown;
}) {
	const { words, roles, typed, id } = props;
	return (
		<>
			{typed && (
				<p class="notice wrong" role="alert" id={`${id}-wrong`}>
					{words.faulty}
				</p>
			)}
			<div class="fields">
				<label>
					{words.name}
					<input
						name="name"
						required
						maxlength={80}
						autocomplete="off"
						value={typed?.name}
						aria-invalid={typed ? "true" : undefined}
						aria-describedby={typed ? `${id}-wrong` : undefined}
					/>
				</label>
				<label>
					{words.role}
					<select name="role">
						{roles.map(([role, text]) => (
							<option value={role}>{text}</option>
						))}
					</select>
				</label>
				{props.children}
			</div>
		</>
	);
}
