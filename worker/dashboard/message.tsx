/** A page that only says something: sign-in needed, site not found, something went wrong. */
import type { Language } from "./format.ts";
import { messagesOf } from "./frame.ts";
import { type AssetPaths, Header, renderPage } from "./layout.tsx";
import type { Messages } from "./messages/nb.ts";

export type MessageKind = keyof Messages["message"];

export function renderMessage(input: {
	kind: MessageKind;
	language: Language;
	nonce: string;
	paths: AssetPaths;
	style: string;
	/** The page that was asked for, where signing in helps. */
	path: string;
}): string {
	const { kind, language, path } = input;
	const { message, signIn } = messagesOf(language);
	const { title, text } = message[kind];
	const wanted = kind === "sign-in" ? `?to=${encodeURIComponent(path)}` : "";
	return renderPage({
		...input,
		title: `${title} · Sporløs`,
		scripted: false,
		header: <Header name="Sporløs" language={language} languageLink={`?lang=${language === "nb" ? "en" : "nb"}`} />,
		children: (
			<main id="main" class="wrap" tabindex={-1}>
				<section class="panel message" aria-labelledby="message-title">
					<h1 id="message-title">{title}</h1>
					<p>{text}</p>
					{(kind === "sign-in" || kind === "expired") && (
						<p>
							<a class="more" href={`/sign-in${wanted}`}>
								{signIn}
							</a>
						</p>
					)}
				</section>
			</main>
		),
	});
}
