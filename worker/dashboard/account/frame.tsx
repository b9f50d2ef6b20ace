/** What the pages about people share: the frame around them, their look, tables with a button in each row, and forms. Leaves out what each says. */
import type { Child } from "hono/jsx";
import type { Language } from "../format.ts";
import { type AssetPaths, Header, renderPage } from "../layout.tsx";
import { SiteHeader } from "../site-header.tsx";

export interface AccountFrame {
	language: Language;
	nonce: string;
	paths: AssetPaths;
	style: string;
	/** Whether somebody is signed in: then the header offers the way out. */
	signedIn: boolean;
	/** Where the page is, for one that is drawn in answer to a form. */
	path?: string;
}

const look = `
.account{max-width:960px}
.account.narrow-page{max-width:560px}
.account h1{margin:24px 0 16px;font-size:28px;line-height:1.2;letter-spacing:-0.015em;overflow-wrap:anywhere}
.account .panel>p{max-width:66ch}
.account .panel>h2{font-size:17px;line-height:1.4}
.account .panel>form:not(:first-of-type),.account :is(p,.scroller)+form,.account .fields+p{margin-top:16px}
.account .hint:empty{margin:0}
.account .hint:not(:empty){margin-top:12px}
.account form+.hint{margin-bottom:0}
.account .lead,.account .hint{margin-bottom:16px;color:var(--ink2)}
.account .fields{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(220px,100%),1fr));gap:12px 16px;align-items:end;margin-top:16px}
.account label{display:grid;gap:4px;color:var(--ink2);font-size:14px}
.account :is(input,select){min-height:44px;width:100%;padding:8px 12px;border:1px solid var(--control);border-radius:8px;background:var(--surface);color:var(--ink);font:inherit}
.account main button,.account form button{min-height:44px;padding:8px 16px;border:1px solid var(--control);border-radius:8px;background:var(--surface);color:var(--ink);font:inherit;cursor:pointer}
.account form button.main{border-color:var(--accent);background:var(--accent);color:var(--on-accent);font-weight:620}
.account td form button{min-height:36px;padding:4px 12px}
.account td:last-child{text-align:right}
.account td:has(form){position:sticky;right:0;background:var(--surface)}
.account .ways-out{margin:-4px 0 16px}
.account .ways-out a{color:var(--accent)}
.account td,.account td button{white-space:nowrap}
.account .notice{margin-bottom:16px;padding:12px 16px;border-left:4px solid var(--accent);background:var(--accent-soft)}
.account .notice.wrong{border-color:var(--poor)}
.account .secret{display:block;margin:8px 0;padding:12px;border-radius:8px;background:var(--sunken);font-size:14.5px;overflow-wrap:anywhere;user-select:all}
.account .codes{columns:2;list-style:none}
.account .codes li{padding:4px 0;font-family:ui-monospace,monospace}
.account .panel+.panel{margin-top:16px}
.account .links a{color:var(--accent)}
.account .links li{padding:6px 0}
.account .links .place{font-weight:620}
.account .links .ways-on{display:flex;flex-wrap:wrap;gap:0 20px;font-size:14.5px}
.account .links a{display:inline-flex;align-items:center;min-height:var(--target)}
@media(max-width:480px){.account .codes{columns:1}}
`;

/** A whole page about people. `isNarrow`: one question, nothing to compare. */
export function renderAccountPage(
	frame: AccountFrame,
	{
		title,
		name = "Sporløs",
		site,
		page: sitePage = "",
		isNarrow = false,
		children,
	}: {
		title: string;
		name?: string;
		/**
		 * The site the page is about, the owner's unless it says otherwise, and where below /sites/:site it stands: then the header
		 * leads to its other pages.
		 */
		site?: { id: string; name: string; isOwner?: boolean };
		page?: string;
		isNarrow?: boolean;
		children: Child;
	},
): string {
	const { language, signedIn, style, path = "", ...page } = frame;
	const languageLink = `${path}?lang=${language === "nb" ? "en" : "nb"}`;
	return renderPage({
		...page,
		language,
		style: style + look,
		title: [title, site?.name ?? name, "Sporløs"].filter((part, at, all) => all.indexOf(part) === at).join(" · "),
		scripted: true,
		header: site ? (
			<SiteHeader site={{ isOwner: true, ...site }} language={language} languageLink={languageLink} page={sitePage} />
		) : (
			<Header name={name} language={language} languageLink={languageLink} signedIn={signedIn} />
		),
		children: (
			<main id="main" class={`wrap account${isNarrow ? " narrow-page" : ""}`} tabindex={-1}>
				<h1>{title}</h1>
				{children}
			</main>
		),
	});
}

/** A table whose rows can end with a form; `none` is said where there are no rows. It scrolls sideways where there is no room. */
export function Rows({ heads, rows, none }: { heads: string[]; rows: Child[][]; none: string }) {
	if (rows.length === 0) return <p class="none">{none}</p>;
	return (
		<figure class="scroller" tabindex={0} aria-label={heads.filter(Boolean).join(", ")}>
			<table>
				<thead>
					<tr>
						{heads.map((head) => (
							<th scope="col">{head || <span class="vh">…</span>}</th>
						))}
					</tr>
				</thead>
				<tbody>
					{rows.map((row) => (
						<tr>
							{row.map((cell) => (
								<td>{cell}</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</figure>
	);
}

/** One button that posts its fields. `about` tells people who do not see the row what it is for. */
export function PostButton(props: { action: string; fields: Record<string, string>; text: string; about: string }) {
	return (
		<form method="post" action={props.action}>
			{Object.entries(props.fields).map(([name, value]) => (
				<input type="hidden" name={name} value={value} />
			))}
			<button type="submit" aria-label={`${props.text}: ${props.about}`}>
				{props.text}
			</button>
		</form>
	);
}

/** A passkey form: its button works through the page's script (islands/passkeys.ts), which shows it in place of what is said without. */
export function PasskeyForm(props: {
	/** Where the options come from, and where the answer goes to. */
	action: string;
	make: boolean;
	button: string;
	noScript: string;
	notHere: string;
	failed: string;
}) {
	return (
		<>
			<form
				method="post"
				action={props.action}
				data-passkey={props.make ? "make" : "show"}
				data-failed={props.failed}
				data-not-here={props.notHere}
				hidden
			>
				<button type="submit" class="main">
					{props.button}
				</button>
				<p role="status" class="hint" />
			</form>
			<p class="hint">{props.noScript}</p>
		</>
	);
}
