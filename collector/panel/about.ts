/** The panel's standing parts: who sees what, the record of consent and its check, whom to ask, what is kept and what never is. */
import { fill, make } from "../gate/elements.ts";
import type { Words } from "./messages/nb.ts";
import type { Panel } from "./panel.ts";

const dayMs = 86_400_000;

export function drawAbout(panel: Panel, words: Words, language: string): HTMLElement[] {
	const { published } = panel;
	const { settings, endpoint } = panel.gate;
	const date = new Intl.DateTimeFormat(language, { dateStyle: "long" });
	const list = (lines: string[]) =>
		make(
			"ul",
			lines.map((line) => make("li", line)),
		);
	const recipients = make("li", "");
	const check = make("p", words.checking);
	const contact = make("p", []);
	const due = make("p", []);
	const choice = panel.choice();
	const given = !!choice?.purposes[0] && [
		make("h3", words.record),
		make("p", `${date.format(choice.at)} · ${words.by} ${choice.by} · ${words.version} ${choice.policy}`),
		check,
	];

	const say = (notice = settings.notice) => {
		const { languages = {}, contact: address, phone, answerDays } = notice ?? {};
		recipients.textContent = (languages[language] ?? Object.values(languages)[0])?.recipients ?? "";
		recipients.hidden = !recipients.textContent;
		fill(contact, [
			address && make("a", address, { href: `mailto:${address}` }),
			phone && " · ",
			phone && make("a", `${words.sms} ${phone}`, { href: `sms:${phone}` }),
		]);
		due.textContent = answerDays ? `${words.answer} ${date.format(Date.now() + answerDays * dayMs)}` : "";
	};
	say();
	published.then(
		({ policy, isTrue }) => {
			check.textContent = isTrue ? words.matches : words.differs;
			if (!settings.notice) say(policy.notice);
		},
		() => {
			check.textContent = words.unchecked;
		},
	);
	return [
		make("section", [
			make("h3", words.who),
			make("ul", [
				recipients,
				make("li", `${words.sentTo} ${new URL(endpoint, location.href).host}`),
				make("li", words.partners),
				make("li", words.noAddress),
			]),
		]),
		...(given ? [make("section", given, { className: "record" })] : []),
		make("section", [make("h3", words.contact), contact, due]),
		make("details", [make("summary", words.kept), list(words.keptList)]),
		make("details", [make("summary", words.never), list(words.neverList)]),
	];
}
