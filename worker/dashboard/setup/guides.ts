/**
 * How to put the line into pages made with common tools, and how far each way was tried. docs/embedding.md tells the same; a test
 * holds the two together. Leaves out drawing.
 */
import type { Language } from "../format.ts";

export interface Guide {
	/** As in the table of docs/embedding.md. */
	name: string;
	/** Gate file that goes with it, whoever else asks; the chosen one where nothing stands here. */
	file?: string;
	code(address: string): string;
	steps: Record<Language, string[]>;
	/** The English is the docs' last column. */
	tried: Record<Language, string>;
	/** Page that the names of menus were read from on 2026-11-23. */
	source?: string;
}

const line = (address: string) => `<script src="${address}" defer></script>`;

export const guides: readonly Guide[] = [
	{
		name: "plain HTML",
		code: line,
		steps: {
			nb: ["Lim inn linjen i malen som alle sidene deler, helst i <head>.", "Publiser, og sjekk her."],
			en: ["Paste the line into the layout that all pages share, preferably in <head>.", "Publish, and check here."],
		},
		tried: {
			nb: "test: demonstrasjonsbutikken, i tre nettlesermotorer",
			en: "test: the demo shop, in three engines",
		},
	},
	{
		name: "Next.js",
		code: (address) => `import Script from "next/script";\n\n<Script src="${address}" strategy="afterInteractive" />`,
		steps: {
			nb: [
				"Sett elementet i <body> i rotoppsettet, app/layout.",
				"Bytte av side uten ny lasting blir funnet av seg selv.",
			],
			en: ["Put the element into <body> of the root layout, app/layout.", "Routes are found by themselves."],
		},
		tried: { nb: "test: en bygd app, sidebytter telt", en: "test: a built app, routes counted" },
		source: "nextjs.org/docs/app/api-reference/components/script",
	},
	{
		name: "Astro",
		code: (address) => `<script is:inline src="${address}" defer></script>`,
		steps: {
			nb: ["Sett linjen i <head> i oppsettet, med is:inline.", "Sideoverganger følges."],
			en: ["Put the line into the layout's <head>, with is:inline.", "View transitions are followed."],
		},
		tried: {
			nb: "test: et bygd nettsted med klientruteren",
			en: "test: a built site with its client router",
		},
	},
	{
		name: "Google Tag Manager",
		code: line,
		steps: {
			nb: [
				"Lag en tagg av typen Custom HTML med linjen.",
				"Utløser: Initialization – All Pages. Consent Initialization er for det som setter samtykket.",
				"Advanced settings → Consent settings: No additional consent required. Filen spør selv, eller leser samtykkemodusen (consent-mode.js).",
				"Publiser versjonen.",
			],
			en: [
				"Make a Custom HTML tag with the line.",
				"Trigger: Initialization – All Pages. Consent Initialization is for what sets consent.",
				"Advanced settings → Consent settings: No additional consent required. The file asks by itself, or reads the consent mode (consent-mode.js).",
				"Publish the version.",
			],
		},
		tried: {
			nb: "test: et skript som settes inn sent av et annet; selve taggbehandleren er ikke prøvd",
			en: "test: a script put in late by another script; the manager itself was not",
		},
		source: "support.google.com/tagmanager/answer/10718549",
	},
	{
		name: "WordPress",
		code: (address) =>
			[
				"add_action('wp_enqueue_scripts', function () {",
				`\twp_enqueue_script('sporlos', '${address}', [], null, ['strategy' => 'defer']);`,
				"});",
			].join("\n"),
		steps: {
			nb: [
				"Legg koden i functions.php i et undertema, eller i et tillegg for kodesnutter (WordPress 6.3 eller nyere).",
				"Bruker nettstedet WP Consent API, velg wp-consent ovenfor; bruker det Complianz, velg complianz.",
				"Unnta filen fra tillegg som slår sammen eller utsetter skript, og tøm mellomlageret.",
			],
			en: [
				"Put the code into functions.php of a child theme, or into a snippet plug-in (WordPress 6.3 or later).",
				"If the site uses the WP Consent API, choose wp-consent above; if it uses Complianz, choose complianz.",
				"Exclude the file from plug-ins that join or delay scripts, and empty the cache.",
			],
		},
		tried: {
			nb: "etterligninger av begge samtykkeløsningene; WordPress selv er ikke prøvd",
			en: "stand-ins of both consent tools; WordPress itself was not",
		},
		source: "developer.wordpress.org/reference/functions/wp_enqueue_script",
	},
	{
		name: "Shopify",
		file: "shopify",
		code: line,
		steps: {
			nb: [
				"Online Store → Themes → … → Edit code, og åpne theme.liquid i Layout.",
				"Lim inn linjen før </head>, og lagre.",
				"Ikke som custom pixel: de kjører i en sandkasse som ikke ser siden. Kassesidene er Shopifys og måles ikke.",
			],
			en: [
				"Online Store → Themes → … → Edit code, and open theme.liquid in Layout.",
				"Paste the line before </head>, and save.",
				"Not as a custom pixel: those run in a sandbox that sees no page. Checkout pages are Shopify's and are not measured.",
			],
		},
		tried: {
			nb: "etterligning av Customer Privacy API",
			en: "stand-in of the Customer Privacy API",
		},
		source: "rybbit.com/docs/guides/shopify",
	},
	{
		name: "Wix",
		file: "wix",
		code: line,
		steps: {
			nb: [
				"Settings → Custom Code. Nettstedet må være publisert og ha et eget domene.",
				"Plassering: head. Sider: alle, og last koden én gang.",
				"Type: essential, fordi filen selv spør Wix om samtykke og ikke måler noe før et ja. Wix fraråder essential for måleskript; med analytics holder Wix linjen tilbake til noen har sagt ja.",
			],
			en: [
				"Settings → Custom Code. The site has to be published and have a domain of its own.",
				"Place: head. Pages: all, and load code once.",
				"Type: essential, because the file asks Wix for consent by itself and measures nothing before a yes. Wix advises against essential for measuring scripts; with analytics Wix holds the line back until somebody has said yes.",
			],
		},
		tried: { nb: "etterligning av Wix med fellene dens", en: "stand-in of Wix with its traps" },
		source: "dev.wix.com/docs/overview/site-features-tools/about-custom-code",
	},
	{
		name: "Webflow",
		code: line,
		steps: {
			nb: [
				"Site settings → Custom code → Head code (krever et betalt abonnement).",
				"Lim inn linjen, lagre og publiser.",
			],
			en: ["Site settings → Custom code → Head code (a paid site plan).", "Paste the line, save and publish."],
		},
		tried: { nb: "nei", en: "no" },
	},
	{
		name: "Squarespace",
		code: line,
		steps: {
			nb: [
				"Settings → Advanced → Code Injection → Header (ikke i abonnementet Personal).",
				"Lim inn linjen, og lagre.",
			],
			en: ["Settings → Advanced → Code Injection → Header (not in the Personal plan).", "Paste the line, and save."],
		},
		tried: { nb: "nei", en: "no" },
		source: "squareranked.com/squarespace-schema/json-ld-injection",
	},
];
