/** What somebody sees who follows a link in a message: the question whether they want it, and the way out. Nobody has to sign in. */
import { type AccountFrame, renderAccountPage } from "../account/frame.tsx";
import { type Gets, getsText, letterWords } from "../mail/words.ts";
import { subscriptionWords } from "./words.ts";

export interface LinkPage {
	kind: "confirm" | "leave";
	/** Undefined where the link holds no longer. */
	about: (Gets & { site: string }) | undefined;
	/** True where it was just done. */
	done?: boolean;
}

export function renderLinkPage(frame: AccountFrame, { kind, about, done }: LinkPage): string {
	const words = subscriptionWords[frame.language];
	const of = {
		confirm: { title: words.confirmTitle, lead: words.confirmLead, button: words.confirmButton, done: words.confirmed },
		leave: { title: words.leaveTitle, lead: words.leaveLead, button: words.leaveButton, done: words.left },
	}[kind];
	return renderAccountPage(frame, {
		title: of.title,
		isNarrow: true,
		children: done ? (
			<p class="notice" role="status">
				{of.done}
			</p>
		) : about ? (
			<section class="panel">
				<p>{of.lead}</p>
				<p>
					<strong>{getsText(about, letterWords[frame.language])}</strong>
				</p>
				<p>
					{words.about}: <bdi>{about.site}</bdi>
				</p>
				<form method="post">
					<button type="submit" class="main">
						{of.button}
					</button>
				</form>
				{kind === "confirm" && <p class="hint">{words.confirmNote}</p>}
			</section>
		) : (
			<p class="notice wrong">{words.gone}</p>
		),
	});
}
