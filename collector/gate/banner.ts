/**
 * The built-in banner: says what the site's notice says, asks with two equal buttons, and stays as a small button that
 * opens the choices again. Only pressing a button decides anything. Leaves out: choosing among purposes (banner-purposes.ts),
 * and what this browser has contributed (the panel).
 */
import type { BannerWords } from "../../schema/banner-words.ts";
import type { Purpose } from "../../schema/purposes.ts";
import type { BannerSettings, NoticeText } from "../../schema/site.ts";
import css from "./banner.css";
import pageCss from "./banner-page.css";
import { createPurposesDialog } from "./banner-purposes.ts";
import { fill, make, makeButton, makeFoot } from "./elements.ts";
import type { Gate } from "./gate.ts";
import { chooseLanguage } from "./language.ts";
import { type Choice, readChoice, readKept } from "./record.ts";

/** Allowed under a strict content policy, unlike a style element or attribute. */
function makeSheet(text: string): CSSStyleSheet {
	const sheet = new CSSStyleSheet();
	sheet.replaceSync(text);
	return sheet;
}

/** Puts the banner on the page as soon as there is a body; returns the function that opens the choices. */
export function createBanner(gate: Gate, settings: BannerSettings): () => void {
	const { languages, purposes, contact, link } = settings.notice;
	const language = chooseLanguage(gate.tagged.lang ?? document.documentElement.lang, Object.keys(languages));
	const text = languages[language] as NoticeText;
	const words = settings.words[language] as BannerWords;

	const host = document.createElement("sporlos-choices");
	host.lang = language;
	const root = host.attachShadow({ mode: "open" });
	root.adoptedStyleSheets = [makeSheet(css + settings.style)];

	const panel = make("section", [], { ariaLabel: words.label, tabIndex: -1 });
	const opener = makeButton([make("span", words.label)], () => open(), "open");
	/** Announced politely. */
	const status = make("output", []);
	const dialog = createPurposesDialog(words, purposes, (wanted) => decide(wanted));
	root.append(panel, opener, dialog.element, status);

	/** Where nothing can be stored, it is known here alone. */
	let chosen: readonly Purpose[] = [];
	const decide = (wanted: readonly Purpose[]) => {
		const isEnd = gate.state === "granted" && !wanted[0];
		chosen = wanted;
		if (wanted[0]) gate.grant(wanted);
		else gate.refuse();
		dialog.element.close(); // gives the focus back to the button that opened it
		if (isEnd && gate.leftBehind.some(([key]) => key.includes(":view:"))) offer();
		else close();
		status.textContent = words.thanks;
	};
	const openMine = () => {
		close();
		gate.openPanel(true);
	};
	/** What was counted before a withdrawal can be erased too. */
	const offer = () => {
		const foot = makeFoot([makeButton(words.close, close), makeButton(words.erase, openMine)]);
		fill(panel, [make("div", [make("p", words.refused, { className: "note" }), foot], { dir: "auto" })]);
		panel.focus();
	};
	const show = (isOpen: boolean) => {
		panel.hidden = !isOpen;
		opener.hidden = isOpen;
		host.toggleAttribute("open", isOpen);
		if (!isOpen) return;
		const isGranted = gate.state === "granted";
		const isDecided = gate.state !== "undecided";
		const granted = isGranted ? (readChoice(settings)?.purposes ?? chosen) : [];
		const kept = readKept(settings.site, "choice") as Choice | undefined;
		const no = () => makeButton(isGranted ? words.withdraw : words.decline, () => decide([]));
		const names = granted.map((purpose) => words.purposes[purpose][0]).join(", ");
		const now = gate.isSilenced ? words.silenced : isGranted ? `${words.granted}: ${names}` : words.refused;
		const content = [
			kept &&
				kept.policy !== settings.policy &&
				text.changes &&
				make("p", [make("b", words.changed), `: ${text.changes}`], { className: "note" }),
			isDecided && make("p", now, { className: "note" }),
			make("h2", text.title),
			...[text.text, text.recipients, text.retention].map((part) => make("p", part)),
			make("p", [
				`${words.contact}: `,
				make("a", contact, { href: `mailto:${contact}` }),
				link && " · ",
				link && make("a", words.more, { href: link }),
			]),
			makeFoot(
				gate.isSilenced
					? [makeButton(words.close, close)]
					: [no(), isGranted ? makeButton(words.close, close) : makeButton(words.accept, () => decide(purposes))],
				!gate.isSilenced && purposes[1] && makeButton(words.choose, () => dialog.open(granted, no()), "more"),
				isDecided && makeButton(words.mine, openMine, "more"),
			),
		];
		fill(panel, [make("div", content, { dir: "auto" })]); // as the words run, not as the page does
	};
	/** Only a banner that was opened by hand takes the focus, and gives it back. */
	const open = () => {
		show(true);
		panel.focus();
	};
	const close = () => {
		const hadFocus = root.activeElement;
		show(false);
		if (hadFocus) opener.focus();
	};
	panel.onkeydown = ({ key }) => {
		if (key === "Escape" && gate.state !== "undecided") close();
	};

	const mount = () => {
		show(gate.state === "undecided");
		document.body.before(host); // not inside: what swaps the body without a load (Astro, Turbo) would take the choices away
		document.adoptedStyleSheets.push(makeSheet(pageCss));
	};
	if (document.body) mount();
	else document.addEventListener("DOMContentLoaded", mount, { once: true });
	return open;
}
