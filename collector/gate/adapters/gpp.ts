/**
 * IAB GPP: the European section's consents to the purposes of tcf.ts. The sections of US states tell of objections, not of
 * consent, and never grant. https://github.com/InteractiveAdvertisingBureau/Global-Privacy-Platform
 */
import type { Adapter } from "./adapter.ts";

interface Section {
	PurposeConsents: boolean[];
}

interface PingData {
	signalStatus: string;
	applicableSections: number[];
	/** The specification's CMPs give a list of segments, the core first; IAB's own library one object. */
	parsedSections: { tcfeuv2?: Section | Section[] };
}

declare const __gpp: (command: "addEventListener", run: (event: { pingData: PingData }) => void) => void;

const european = 2;
let last: PingData | undefined;

export const adapter: Adapter = {
	named: "1,8,9",
	decided: () => !!__gpp && last?.signalStatus === "ready" && last.applicableSections.includes(european),
	allows: (purposes) => {
		const [section] = [last?.parsedSections.tcfeuv2].flat();
		return purposes.split(",").every((purpose) => section?.PurposeConsents[+purpose - 1] === true);
	},
	onChange: (wake) =>
		__gpp("addEventListener", ({ pingData }) => {
			last = pingData;
			wake();
		}),
};
