/** The page for signing in, and the one that an invitation's link opens. */
import type { Role } from "../../../schema/access.ts";
import { type AccountFrame, PasskeyForm, renderAccountPage } from "./frame.tsx";
import { accountWords } from "./words.ts";

/** `to`: the page wanted, as a path. `isWrong`: a code was tried and was none. */
export function renderSignIn(frame: AccountFrame, { to, isWrong = false }: { to: string; isWrong?: boolean }): string {
	const words = accountWords[frame.language];
	const query = `?to=${encodeURIComponent(to)}`;
	return renderAccountPage(frame, {
		title: words.signIn,
		isNarrow: true,
		children: (
			<>
				<section class="panel" aria-label={words.withPasskey}>
					<p class="lead">{words.passkeyNote}</p>
					<PasskeyForm
						action={`/sign-in/passkey${query}`}
						make={false}
						button={words.withPasskey}
						noScript={words.noScript}
						notHere={words.notHere}
						failed={words.passkeyFailed}
					/>
				</section>
				<section class="panel" aria-labelledby="code-title">
					<h2 id="code-title">{words.codeTitle}</h2>
					<form method="post" action={`/sign-in/code${query}`}>
						<div class="fields">
							<label>
								{words.code}
								<input
									name="code"
									required
									maxlength={60}
									autocomplete="off"
									autocapitalize="none"
									spellcheck={false}
									aria-invalid={isWrong ? "true" : undefined}
									aria-describedby={isWrong ? "code-wrong" : undefined}
								/>
							</label>
							<button type="submit">{words.withCode}</button>
						</div>
						{isWrong && (
							<p class="notice wrong" id="code-wrong" role="alert">
								{words.wrongCode}
							</p>
						)}
					</form>
				</section>
				<p class="meta">{words.ownerNote}</p>
			</>
		),
	});
}

export interface Offer {
	site: string;
	role: Role;
	/** Who is signed in and would have this besides. */
	signedInAs?: string | undefined;
	/** False where it is for an e-mail address that Cloudflare Access does not vouch for. */
	isForThem: boolean;
}

export function renderInvitation(frame: AccountFrame, { site, role, signedInAs, isForThem }: Offer): string {
	const words = accountWords[frame.language];
	return renderAccountPage(frame, {
		title: words.invitation(site),
		isNarrow: true,
		children: (
			<section class="panel" aria-label={words.offer[role]}>
				<p class="lead">{words.offers(site)[role]}</p>
				{signedInAs !== undefined && <p class="lead">{words.signedInAs(signedInAs)}</p>}
				{isForThem ? (
					<form method="post">
						<button type="submit" class="main">
							{words.accept}
						</button>
					</form>
				) : (
					<p class="notice">{words.needsAddress}</p>
				)}
				<p class="hint">{words.acceptNote}</p>
			</section>
		),
	});
}
