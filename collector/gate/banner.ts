/**
 * The built-in banner: says what the site's notice says, asks with two equal buttons, and stays as a small button that
 * opens the choices again. Only pressing a button decides anything. Leaves out: choosing among purposes.
 */
import type { GateSettings } from "../../schema/site.ts";
import css from "./banner.css";
import type { Gate } from "./gate.ts";
import { chooseLanguage } from "./language.ts";
import { en } from "./messages/en.ts";
import { nb } from "./messages/nb.ts";

function make<Name extends keyof HTMLElementTagNameMap>(
	name: Name,
	content: (Node | string | undefined)[] | string,
	properties: Partial<HTMLElementTagNameMap[Name]> = {},
): HTMLElementTagNameMap[Name] {
	const element = Object.assign(document.createElement(name), properties);
	element.append(...[content].flat().filter((part) => part !== undefined));
	return element;
}

/** Puts the banner on the page as soon as there is a body; returns the function that opens the choices. */
export function createBanner(gate: Gate, { notice }: GateSettings): () => void {
	if (!notice) return () => {};
	const { languages, contact, link } = notice;
	const language = chooseLanguage(gate.attributes.lang ?? document.documentElement.lang, Object.keys(languages));
	const text = languages[language];
	const words = language === "nb" ? nb : en;

	const host = document.createElement("sporlos-choices");
	host.lang = language;
	const root = host.attachShadow({ mode: "open" });
	const sheet = new CSSStyleSheet(); // allowed under a strict CSP, unlike a style element or attribute
	sheet.replaceSync(css);
	root.adoptedStyleSheets = [sheet];

	const panel = make("section", [], { tabIndex: -1, ariaLabel: words.label });
	panel.role = "region";
	const opener = make("button", [make("span", words.label)], { className: "open", type: "button" });
	const status = make("p", []);
	status.role = "status";
	root.append(panel, opener, status);

	const show = (isOpen: boolean) => {
		panel.hidden = !isOpen;
		opener.hidden = isOpen;
		if (!isOpen) return;
		const isGranted = gate.state === "granted";
		const isDecided = gate.state !== "undecided";
		const now = gate.isSilenced ? words.silenced : isGranted ? words.granted : words.refused;
		const button = (label: string, decide: () => void) => {
			const press = () => {
				decide();
				close();
				status.textContent = gate.isSilenced ? "" : words.thanks;
			};
			return make("button", label, { type: "button", onclick: press });
		};
		panel.replaceChildren(
			make("h2", text?.title ?? words.label),
			make("p", text?.text ?? ""),
			make("p", text?.recipients ?? ""),
			make("p", text?.retention ?? ""),
			make("p", [
				`${words.contact}: `,
				make("a", contact, { href: `mailto:${contact}` }),
				link && " · ",
				link && make("a", words.more, { href: link }),
			]),
			isDecided ? make("p", now, { className: "now" }) : "",
			make(
				"div",
				gate.isSilenced
					? [button(words.close, () => {})]
					: [
							button(isGranted ? words.withdraw : words.decline, gate.refuse),
							button(isGranted ? words.keep : words.accept, () => isGranted || gate.grant()),
						],
			),
		);
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
	opener.onclick = open;
	panel.onkeydown = ({ key }) => {
		if (key === "Escape" && gate.state !== "undecided") close();
	};

	const mount = () => {
		show(gate.state === "undecided");
		document.body.before(host); // not inside: what swaps the body without a load (Astro, Turbo) would take the choices away
	};
	if (document.body) mount();
	else document.addEventListener("DOMContentLoaded", mount, { once: true });
	return open;
}
