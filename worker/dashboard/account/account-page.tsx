/** Somebody's own account: what they can see, their passkeys and recovery codes, and where they are signed in. */
import type { LoginWay } from "../../../schema/access.ts";
import { dayOf } from "../../../schema/period.ts";
import { Panel } from "../panels/panel.tsx";
import { type AccountFrame, PasskeyForm, PostButton, Rows, renderAccountPage } from "./frame.tsx";
import { accountWords } from "./words.ts";

export interface Account {
	name: string;
	/** Sites and reports they can open, each with its further pages. */
	places: { href: string; text: string; role: string; more: { href: string; text: string }[] }[];
	/** Id of a site that was deleted just now. */
	deleted?: string | undefined;
	/** Whether they may add a site. */
	mayAdd: boolean;
	passkeys: { id: string; name: string; created: number; seen: string | null }[];
	codes: number;
	logins: { id: string; how: LoginWay; browser: string; created: number; seen: string }[];
	/** Of the login that asks. */
	own: string;
	/** Codes just made, to be shown this once. */
	newCodes?: string[];
}

export function renderAccount(frame: AccountFrame, account: Account): string {
	const words = accountWords[frame.language];
	return renderAccountPage(frame, {
		title: words.account,
		name: account.name,
		children: (
			<>
				{account.deleted !== undefined && (
					<p class="notice" role="status">
						{words.deleted(account.deleted)}
					</p>
				)}
				{account.newCodes && (
					<section class="notice" aria-labelledby="new-codes">
						<h2 id="new-codes">{words.newCodes}</h2>
						<p>{words.newCodesNote}</p>
						<ul class="codes">
							{account.newCodes.map((code) => (
								<li>{code}</li>
							))}
						</ul>
					</section>
				)}
				{account.passkeys.length === 0 && account.codes === 0 && <p class="notice">{words.welcome}</p>}
				<Panel id="access" title={words.access}>
					{account.places.length === 0 && <p class="none">{words.noPlaces}</p>}
					<ul class="links">
						{account.places.map(({ href, text, role, more }) => (
							<li>
								<a class="place" href={href}>
									<bdi>{text}</bdi>
								</a>{" "}
								<span class="meta">{role}</span>
								{more.length > 0 && (
									<span class="ways-on">
										{more.map((link) => (
											<a href={link.href}>{link.text}</a>
										))}
									</span>
								)}
							</li>
						))}
					</ul>
					{account.mayAdd && (
						<p>
							<a class="more" href={`/sites/new?lang=${frame.language}`}>
								{words.addSite}
							</a>
						</p>
					)}
				</Panel>
				<Panel id="passkeys" title={words.passkeys} subtitle={words.passkeysNote}>
					<Rows
						heads={[words.device, words.made, words.seen, ""]}
						none={words.noPasskeys}
						rows={account.passkeys.map(({ id, name, created, seen }) => [
							name,
							dayOf(created),
							seen ?? words.never,
							<PostButton action="/account/passkeys/remove" fields={{ id }} text={words.remove} about={name} />,
						])}
					/>
					<PasskeyForm
						action="/account/passkeys"
						make={true}
						button={words.addPasskey}
						noScript={words.noScript}
						notHere={words.notHere}
						failed={words.passkeyFailed}
					/>
				</Panel>
				<Panel id="codes" title={words.codes} subtitle={words.codesNote}>
					<p>{words.codesLeft(account.codes)}</p>
					<form method="post" action="/account/codes">
						<button type="submit">{words.makeCodes}</button>
					</form>
				</Panel>
				<Panel id="logins" title={words.logins}>
					<Rows
						heads={[words.device, words.how, words.made, words.seen, ""]}
						none={words.none}
						rows={account.logins.map(({ id, how, browser, created, seen }) => [
							id === account.own ? `${browser} (${words.thisOne})` : browser,
							words.ways[how],
							dayOf(created),
							seen,
							<PostButton action="/account/logins/end" fields={{ id }} text={words.end} about={browser} />,
						])}
					/>
				</Panel>
			</>
		),
	});
}
