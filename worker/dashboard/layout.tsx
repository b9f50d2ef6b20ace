/** The page around every view: head, policy of what may run, header, footer of words. Leaves out what the view shows. */
import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { Icon, Logo } from "./charts/marks.tsx";
import { weightRange } from "./font.ts";
import type { Language } from "./format.ts";
import { messagesOf } from "./frame.ts";
import type { MenuLink } from "./site-links.ts";

export interface AssetPaths {
	script: string;
	font: string;
}

export interface PageInput {
	title: string;
	language: Language;
	nonce: string;
	paths: AssetPaths;
	/** The stylesheet, minified; ours, so it goes in as it is. */
	style: string;
	header: Child;
	children: Child;
	/** False where nothing on the page needs the script. */
	scripted: boolean;
	/** True where the page's own script asks for the content again: it has the rest, and its policy knows no other nonce. */
	contentOnly?: boolean;
}

/** Only our own style, script and font, by nonce or host; nothing may make markup from text, and only `framers` may frame it. */
export function contentPolicy(nonce: string, framers: readonly string[] = []): string {
	return [
		"default-src 'none'",
		`style-src 'nonce-${nonce}'`,
		`script-src 'nonce-${nonce}'`,
		"font-src 'self'",
		"img-src 'self' data:",
		"connect-src 'self'",
		"form-action 'self'",
		"base-uri 'none'",
		`frame-ancestors ${framers.length > 0 ? framers.join(" ") : "'none'"}`,
		"require-trusted-types-for 'script'",
		"trusted-types 'none'",
	].join("; ");
}

const icon =
	"data:image/svg+xml," +
	encodeURIComponent(
		"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 22 16' fill='none' stroke='#3b74c0' stroke-width='2'><path d='M2 13 8 3l4 6 2.5-3.5L20 13'/></svg>",
	);

function fontFace(path: string): string {
	return `@font-face{font-family:Hg;src:url(${JSON.stringify(path)}) format("woff2");font-weight:${weightRange};font-display:swap}`;
}

export function renderPage(input: PageInput): string {
	const { title, language, nonce, paths, style, header, children, scripted } = input;
	if (input.contentOnly)
		return `<!doctype html>${(
			<>
				<title>{title}</title>
				{header}
				{children}
			</>
		)}`;
	const page = (
		<html lang={messagesOf(language).lang}>
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta name="color-scheme" content="light dark" />
				<meta name="robots" content="noindex" />
				<title>{title}</title>
				<link rel="icon" href={icon} />
				<link rel="preload" href={paths.font} as="font" type="font/woff2" crossorigin="" />
				<style nonce={nonce}>{raw(fontFace(paths.font) + style)}</style>
				{scripted && <script type="module" src={paths.script} nonce={nonce} />}
			</head>
			<body>
				<a class="skip" href="#main">
					{messagesOf(language).skip}
				</a>
				{header}
				{children}
			</body>
		</html>
	);
	return `<!doctype html>${page}`;
}

export interface HeaderInput {
	name: string;
	language: Language;
	/** Link to the same page in the other language. */
	languageLink: string;
	/** `key`: the letter that leads there. */
	sections?: { href: string; text: string; current?: boolean; key?: string }[];
	sectionsLabel?: string;
	/** The site's other pages, behind its name. */
	menu?: readonly MenuLink[];
	/** True on pages that only somebody signed in sees. */
	signedIn?: boolean;
}

export function Header({
	name,
	language,
	languageLink,
	sections = [],
	sectionsLabel,
	menu = [],
	signedIn,
}: HeaderInput) {
	const text = messagesOf(language);
	return (
		<header class="site">
			<div class="wrap">
				{menu.length === 0 ? (
					<span class="brand">
						<Logo /> <bdi>{name}</bdi>
					</span>
				) : (
					<details class="menu plain brand" id="menu-site" name="menus">
						<summary>
							<Logo /> <bdi>{name}</bdi>
							<span class="vh">: {text.siteMenu}</span>
							<Icon name="down" />
						</summary>
						<ul class="pop">
							{menu.map(({ href, text: word, isCurrent }) => (
								<li>
									<a href={href} aria-current={isCurrent ? "page" : undefined}>
										{word}
									</a>
								</li>
							))}
						</ul>
					</details>
				)}
				{sections.length > 0 && (
					<nav aria-label={sectionsLabel}>
						{sections.map(({ href, text: word, current, key }) => (
							<a href={href} aria-current={current ? "page" : undefined} data-key={key}>
								{word}
							</a>
						))}
					</nav>
				)}
				<a
					class="language"
					href={languageLink}
					lang={language === "nb" ? "en" : "nb"}
					hreflang={language === "nb" ? "en" : "nb"}
				>
					{text.otherLanguage}
				</a>
				{signedIn && (
					<>
						<a class="language" href="/account">
							{text.account}
						</a>
						<form method="post" action="/sign-out">
							<button type="submit">{text.signOut}</button>
						</form>
					</>
				)}
			</div>
		</header>
	);
}
