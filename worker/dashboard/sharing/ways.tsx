/** The forms of one release: invite, embed, tell a webhook, end it. What was typed stays, and what is wrong is said beside its field. */
import type { Part } from "./page.tsx";

/** How long links for embedding hold, in days. */
export const embedDays = [30, 90, 365] as const;

export function Inviting({ part }: { part: Part }) {
	const { words, at, shared, input } = part;
	const faulty =
		input.faulty?.release === shared.release.release && input.faulty.field === "name" ? input.faulty : undefined;
	const field = `name-${shared.release.release}`;
	return (
		<details open={faulty !== undefined}>
			<summary>{words.invite}</summary>
			<p>{words.inviteNote}</p>
			<form method="post" action={at("invite")}>
				<div class="fields">
					<label>
						{words.name}
						<input
							name="name"
							required
							maxlength={80}
							autocomplete="off"
							value={faulty?.typed}
							aria-invalid={faulty ? "true" : undefined}
							aria-describedby={faulty ? field : undefined}
						/>
						{faulty && (
							<span class="wrong-text" id={field} role="alert">
								{words.wrong.name}
							</span>
						)}
					</label>
					<label>
						{words.email}
						<input name="email" type="email" maxlength={320} autocomplete="off" />
					</label>
				</div>
				<div class="submit">
					<button type="submit" class="main">
						{words.inviteButton}
					</button>
					<button type="submit" formaction={at("keys")}>
						{words.keyButton}
					</button>
				</div>
				<p class="hint-text">{words.keyNote}</p>
			</form>
		</details>
	);
}

export function Embedding({ part }: { part: Part }) {
	const { words, at, shared, input } = part;
	const { release, webhook } = shared;
	const faulty = input.faulty?.release === release.release ? input.faulty : undefined;
	const wrongId = `embed-${release.release}`;
	const wrong = (field: "frames" | "webhook") =>
		faulty?.field === field ? { "aria-invalid": "true" as const, "aria-describedby": wrongId } : {};
	const note = (field: "frames" | "webhook") =>
		faulty?.field === field && (
			<span class="wrong-text" id={wrongId} role="alert">
				{words.wrong[field]}
			</span>
		);
	const frames = faulty?.field === "frames" ? faulty.typed : release.frames.join("\n");
	const address = faulty?.field === "webhook" ? faulty.typed : (release.webhook ?? "");
	return (
		<details open={faulty?.field === "frames" || faulty?.field === "webhook"}>
			<summary>{words.embed}</summary>
			<p>{words.embedNote}</p>
			<form method="post" action={at("settings")}>
				<label class="wide">
					{words.frames}
					<textarea name="frames" {...wrong("frames")}>
						{frames}
					</textarea>
					{note("frames")}
				</label>
				<label class="wide">
					{words.webhook}
					<input name="webhook" type="text" inputmode="url" maxlength={500} value={address} {...wrong("webhook")} />
					{note("webhook")}
				</label>
				<div class="submit">
					<button type="submit">{words.save}</button>
				</div>
			</form>
			{webhook && (
				<>
					<p>{words.webhookKey}</p>
					<code class="secret">{webhook.key}</code>
					<p>
						{webhook.told && `${words.told(webhook.told)}. `}
						{words.waiting(String(webhook.waiting))}.
					</p>
				</>
			)}
			{release.frames.length > 0 && (
				<>
					<form method="post" action={at("embed")}>
						<div class="fields">
							<label>
								{words.embedDays}
								<select name="days">
									{embedDays.map((days) => (
										<option value={String(days)}>{words.days(days)}</option>
									))}
								</select>
							</label>
						</div>
						<div class="submit">
							<button type="submit">{words.embedButton}</button>
						</div>
					</form>
					<form method="post" action={at("renew")}>
						<div class="submit">
							<button type="submit">{words.renew}</button>
						</div>
						<p class="hint-text">{words.renewNote}</p>
					</form>
				</>
			)}
		</details>
	);
}

export function Ending({ part: { words, at } }: { part: Part }) {
	return (
		<details>
			<summary>{words.end}</summary>
			<p>{words.endNote}</p>
			<form method="post" action={at("end")}>
				<label class="box">
					<input type="checkbox" name="sure" required /> {words.endSure}
				</label>
				<div class="submit">
					<button type="submit">{words.endNow}</button>
				</div>
			</form>
		</details>
	);
}
