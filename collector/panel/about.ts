/** The panel's standing parts: who sees what, the record of consent and its check, whom to ask, what is kept and what never is. */
import { type Content, fill, make } from "../gate/elements.ts";
import { chooseLanguage } from "../gate/language.ts";
import { describeDate } from "./describe.ts";
import type { Words } from "./messages/nb.ts";
import type { Panel } from "./panel.ts";

const dayMs = 86_400_000;

export function drawAbout(panel: Panel, words: Words, language: string): Content[] {
	const { published } = panel;
	const { settings, endpoint } = panel.gate;
	const list = (lines: string[]) =>
		make(
			"ul",
			lines.map((line) => make("li", line)),
		);
	const recipients = make("li", "");
	const check = make("p", words.textChecking);
	const contact = make("p", []);
	const due = make("p", []);
	const choice = panel.choice();

	const say = (notice = settings.notice) => {
		const { languages = {}, contact: address, phone, answerDays } = notice ?? {};
		recipients.lang = chooseLanguage(language, Object.keys(languages));
		recipients.textContent = languages[recipients.lang]?.recipients ?? "";
		recipients.hidden = !recipients.textContent;
		fill(contact, [
			address && make("a", address, { href: `mailto:${address}` }),
			phone && " · ",
			phone && make("a", `${words.textMessage} ${phone}`, { href: `sms:${phone}` }),
		]);
		due.textContent = answerDays ? `${words.answerBy} ${describeDate(Date.now() + answerDays * dayMs, language)}` : "";
	};
	say();
	published.then(
		({ policy, isTrue }) => {
			check.textContent = isTrue ? words.textMatches : words.textDiffers;
			if (!settings.notice) say(policy.notice);
		},
		() => {
			check.textContent = words.textUnchecked;
		},
	);
	return [
		make("section", [
			make("h3", words.whoSees),
			make("ul", [
				recipients,
				make("li", `${words.sentTo} ${new URL(endpoint, location.href).host}`),
				make("li", words.partnersSee),
				make("li", words.noAddress),
			]),
		]),
		choice?.purposes[0] &&
			make(
				"section",
				[
					make("h3", words.yourConsent),
					make(
						"p",
						`${describeDate(choice.at, language)} · ${words.givenBy} ${choice.by} · ${words.textVersion} ${choice.policy}`,
					),
					check,
				],
				{ className: "record" },
			),
		make("section", [make("h3", words.askUs), contact, due]),
		make("details", [make("summary", words.keptHere), list(words.keptList)]),
		make("details", [make("summary", words.neverTaken), list(words.neverList)]),
	];
}
