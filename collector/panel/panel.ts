/**
 * "My data": loaded when the visitor asks for it, or has asked for an erasure that is not finished. Changes what a visitor may
 * change: purposes, erasures, the grant itself. Leaves out how it looks (dialog.ts).
 */
import type { Purpose } from "../../schema/purposes.ts";
import type { BannerSettings, GateSettings } from "../../schema/site.ts";
import type { Gate } from "../gate/gate.ts";
import { chooseLanguage } from "../gate/language.ts";
import type { Choice } from "../gate/record.ts";
import type { PageApi } from "../package.ts";
import { openShelf } from "../storage.ts";
import { makeConsentRecord, type Published, readPublished } from "./consent-record.ts";
import { type Contributed, type Kept, newestOf, readAll, readVisits } from "./contribution.ts";
import { type Dialog, openDialog } from "./dialog.ts";
import { type Erasures, openErasures } from "./erasures.ts";
import { panelLanguages } from "./messages/languages.ts";
import type { Words } from "./messages/nb.ts";

export interface PanelOptions {
	/** Notice and colours are there with the banner alone. */
	gate: Gate & { readonly settings: GateSettings & Partial<BannerSettings> };
	/** The visitor wants to see it. */
	isAsked: boolean | undefined;
}

/** What the dialog shows and what it can do. */
export interface Panel extends PanelOptions {
	erasures: Erasures;
	/** Everything kept on this device now. */
	kept(): Kept;
	visits(): Contributed[][];
	isOpen(visit: Contributed[]): boolean;
	choice(): Choice | undefined;
	/** Address of the published text. */
	policyUrl: string;
	published: Promise<{ policy: Published; isTrue: boolean }>;
	setPurposes(purposes: Purpose[]): void;
	/** `stops`: the grant ends with it. */
	erase(pages: Contributed[], stops: boolean): void;
	/** What a withdrawal has left in memory is not wanted for erasing. */
	leave(): void;
	changeChoice(): void;
	/** Everything kept, and the record of consent. */
	download(): Promise<unknown>;
}

let erasures: Erasures | undefined;
let dialog: Dialog | undefined;

export async function open(options: PanelOptions): Promise<void> {
	const { gate, isAsked } = options;
	const { settings, endpoint } = gate;
	const { site } = settings;
	erasures ??= openErasures(site, `${endpoint}/v1/erasures`);
	if (erasures.waiting()) erasures.goOn();
	if (!isAsked || dialog?.element.open) return;

	const shelf = openShelf(site, new AbortController().signal);
	const kept = () => readAll(site, gate.leftBehind);
	const choice = () => kept().choice as Choice | undefined;
	const policyUrl = `${endpoint}/v1/sites/${site}/policies/${choice()?.policy ?? settings.policy}`;
	// Where the page speaks none of ours, the one in which the visitor was asked.
	const language = chooseLanguage(gate.tagged.lang ?? document.documentElement.lang, [
		...Object.keys(settings.notice?.languages ?? {}),
		...panelLanguages,
	]);
	const { words } = await gate.fetchCode<{ words: Words }>(`panel-${language}`);
	const running = erasures;
	const panel: Panel = {
		...options,
		erasures: running,
		kept,
		visits: () => readVisits(kept()),
		isOpen: (visit) => {
			const { view } = shelf.read<{ view: string }>("visit") ?? {};
			return gate.state === "granted" && visit.some((page) => newestOf(page).view === view);
		},
		choice,
		policyUrl,
		// Of a site that was deleted the answer is known: what is not asked for stands in nobody's console.
		published: settings.grantDays ? readPublished(policyUrl, choice()?.policy ?? settings.policy) : Promise.reject(410),
		setPurposes: (purposes) => {
			if (!purposes[0]) return gate.refuse();
			gate.grant(purposes);
			// Some gates end a grant before the next one: what was contributed stays the visitor's to see.
			for (const [key, value] of gate.leftBehind) if (/:(seen|bounded|view:)/.test(key)) localStorage[key] ??= value;
			gate.leftBehind = [];
		},
		erase: (pages, stops) => {
			const isAll = panel.visits().flat().length === pages.length;
			if (stops) gate.refuse();
			// Begins anew: what would follow the erased visit would have no beginning.
			else if (panel.isOpen(pages)) {
				const purposes = choice()?.purposes ?? [];
				gate.refuse(); // the same again would change nothing
				panel.setPurposes(purposes);
				if (isAll) shelf.write("seen"); // who is not counted any more may be counted again
			}
			const views = new Set(pages.map((page) => newestOf(page).view));
			gate.leftBehind = gate.leftBehind.filter(([key]) => !isAll && !views.has(key.split(":")[3] ?? ""));
			running.add(pages);
		},
		leave: () => {
			gate.leftBehind = [];
		},
		download: async () => {
			const given = choice();
			const published = await panel.published.catch(() => undefined);
			const notice = published?.policy.notice ?? settings.notice;
			const { origin } = location;
			const consented = given && { settings, choice: given, notice, language, url: policyUrl, origin };
			return { kept: kept(), ...(consented && { consent: makeConsentRecord(consented) }) };
		},
		changeChoice: () => {
			dialog?.element.close();
			(window as Window & { sporlos?: PageApi }).sporlos?.openChoices();
		},
	};
	dialog = openDialog(panel, words, language);
}
