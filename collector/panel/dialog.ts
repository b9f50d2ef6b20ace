/** How "my data" looks and is used: a native dialog in a shadow root, so that neither page nor panel changes the other's look. */
import { receiptMs } from "../../schema/limits.ts";
import { fill, make, makeButton } from "../gate/elements.ts";
import { drawAbout } from "./about.ts";
import { type Contributed, newestOf } from "./contribution.ts";
import { describeDate, describePlace, describeView } from "./describe.ts";
import type { Words } from "./messages/nb.ts";
import css from "./panel.css";
import type { Panel } from "./panel.ts";

export interface Dialog {
	element: HTMLDialogElement;
}

export function openDialog(panel: Panel, words: Words, language: string): Dialog {
	const { gate, erasures } = panel;
	const host = document.createElement("sporlos-data");
	host.lang = language;
	const root = host.attachShadow({ mode: "open" });
	const sheet = new CSSStyleSheet();
	sheet.replaceSync(css + (gate.settings.style ?? ""));
	root.adoptedStyleSheets = [sheet];

	const title = make("h2", `${words.dataAt} ${location.hostname}`, { tabIndex: -1, autofocus: true, id: "title" });
	const lead = make("p", words.lead);
	panel.published.catch((code) => code === 410 && lead.replaceChildren(words.siteGone));
	const status = make("p", [], { tabIndex: -1, role: "status" });
	const actions = make("div", [], { className: "actions" });
	const visits = make("div", [], { className: "visits" });
	const choices = make("section", []);
	const close = makeButton("×", () => element.close(), "close");
	close.ariaLabel = words.closing;
	const element = make("dialog", [
		make("header", [title, close]),
		lead,
		status,
		actions,
		make("div", [visits, make("div", [choices, ...drawAbout(panel, words, language)], { className: "about" })], {
			className: "columns",
		}),
	]);
	element.setAttribute("aria-labelledby", "title");

	/** Says it, and takes the focus where what had it is gone. */
	const say = (text: string) => {
		status.textContent = text;
		draw();
		if (!root.activeElement) status.focus();
	};
	const showProgress = () => {
		const count = erasures.waiting();
		const now = count ? `${words.erasing}${words.colon}${count}. ${words.goesOn}` : words.allErased;
		status.textContent = erasures.failed && !count ? words.notErased : now;
	};
	const erase = (pages: Contributed[], stops: boolean) => {
		panel.erase(pages, stops);
		say("");
		showProgress();
	};
	/** The open visit is only erased together with a new beginning, or with the end. */
	const confirm = (pages: Contributed[]) => {
		const isGranted = gate.state === "granted";
		fill(actions, [
			make("p", words.areYouSure),
			isGranted && makeButton(words.eraseAndStop, () => erase(pages, true), "danger"),
			makeButton(panel.isOpen(pages) ? words.eraseAndGoOn : words.eraseThese, () => erase(pages, false), "danger"),
			makeButton(words.neverMind, () => say("")),
		]);
		(actions.lastChild as HTMLElement).focus();
		actions.scrollIntoView({ block: "nearest" });
	};
	const withdraw = () => {
		gate.refuse();
		say("");
	};

	const drawActions = (all: Contributed[]) => {
		const isGranted = gate.state === "granted";
		const isAsking = !!all[0] && !!gate.leftBehind[0] && !isGranted;
		const leave = () => {
			panel.leave();
			say("");
		};
		fill(actions, [
			isAsking && make("p", words.hasStopped),
			all[0] && makeButton(words.eraseAll, () => (isAsking ? erase(all, false) : confirm(all)), "danger"),
			isAsking && makeButton(words.leaveIt, leave),
			isGranted && makeButton(words.withdrawNow, withdraw),
			makeButton(words.downloadAll, download),
		]);
	};
	const download = async () => {
		const file = JSON.stringify(await panel.download(), null, "\t");
		const href = URL.createObjectURL(new Blob([file], { type: "application/json" }));
		make("a", "", { href, download: `${gate.settings.site}.json` }).click();
		setTimeout(() => URL.revokeObjectURL(href), 1000);
	};

	const began = (page: Contributed) => page.began ?? page.at;
	const drawPage = (page: Contributed) => {
		const report = newestOf(page);
		const facts = describeView(report, words, language);
		return make("li", [
			make("time", describeDate(began(page), language, { timeStyle: "short" })),
			make("div", [
				make("b", report.place.page),
				page.isOut && make("em", words.notSent),
				make("p", facts.join(" · ")),
				make("details", [
					make("summary", words.wholeReport),
					make("pre", JSON.stringify(report, null, 1), { tabIndex: 0 }),
				]),
			]),
		]);
	};
	const drawVisit = (visit: Contributed[]) => {
		const [first] = visit;
		if (!first) return undefined;
		const when = describeDate(began(first), language, { dateStyle: "full", timeStyle: "short" });
		const button = makeButton(words.eraseVisit, () => confirm(visit));
		button.ariaLabel = words.eraseVisit + words.colon + when;
		return make("section", [
			make("header", [
				make("h3", `${words.visitOf} ${when}`),
				panel.isOpen(visit) && make("em", words.underWay),
				button,
			]),
			make("p", words.deviceLine + words.colon + describePlace(newestOf(first), words, language)),
			!gate.leftBehind[0] &&
				make("p", `${words.forgottenOn} ${describeDate(Math.max(...visit.map(({ at }) => at)) + receiptMs, language)}`),
			make("ol", visit.map(drawPage)),
		]);
	};

	const drawChoices = () => {
		const granted = panel.choice()?.purposes ?? [];
		const isGranted = gate.state === "granted";
		const now = gate.isSilenced ? words.isSilent : words.stateNames[gate.state as keyof Words["stateNames"]];
		const boxes = gate.settings.purposes.map((purpose) => {
			const [name, meaning] = words.purposeNames[purpose];
			const box = make("input", [], { type: "checkbox", value: purpose, checked: granted.includes(purpose) });
			box.role = "switch";
			box.onchange = () => {
				panel.setPurposes(boxes.filter(({ box: { checked } }) => checked).map(({ purpose }) => purpose));
				if (isGranted && gate.state === "granted") {
					status.textContent = words.choiceSaved;
					drawVisits();
				} else say("");
			};
			return { purpose, box, row: make("label", [make("b", name), box, make("small", meaning)]) };
		});
		element.querySelector(".record")?.toggleAttribute("hidden", !isGranted);
		const { notice } = gate.settings;
		// With a consent tool the visitor has no other place to take back a no to us; the tool has to say yes as well.
		const isTool = !notice && panel.choice() && panel.choice()?.by !== "manual";
		fill(choices, [
			make("h3", words.yourChoices),
			!isGranted && make("p", now),
			...(isGranted || (isTool && !gate.isSilenced) ? boxes.map(({ row }) => row) : []),
			!isGranted && !gate.isSilenced && !!notice && makeButton(words.changeIt, panel.changeChoice),
		]);
	};

	const drawVisits = () => {
		const list = panel.visits();
		drawActions(list.flat());
		fill(visits, list[0] ? list.map(drawVisit) : [make("p", words.nothingHere)]);
	};
	const draw = () => {
		drawVisits();
		drawChoices();
	};
	erasures.onchange = showProgress;
	element.onclose = () => host.remove();
	draw();
	if (erasures.waiting()) showProgress();
	root.append(element);
	document.documentElement.append(host);
	element.showModal();
	return { element };
}
