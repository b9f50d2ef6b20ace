/**
 * IAB TCF 2.2 and 2.3: consent (never legitimate interest) to storing on the device and to measuring and understanding
 * audiences. Where the GDPR is not said to apply, nobody was asked. https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework
 */
import type { Adapter } from "./adapter.ts";

interface TcData {
	eventStatus: string;
	gdprApplies?: boolean;
	purpose: { consents: Record<number, boolean> };
}

declare const __tcfapi: (
	command: "addEventListener",
	version: 2,
	run: (data: TcData | null, isDone: boolean) => void,
) => void;

let last: TcData | null;
/** Its window may stay up from the start: nothing counts before the first answer, or the one that was kept. */
let isAnswered = false;

export const adapter: Adapter = {
	named: "1,8,9",
	decided: () => !!__tcfapi && isAnswered && last?.gdprApplies === true,
	allows: (purposes) => purposes.split(",").every((purpose) => last?.purpose.consents[+purpose] === true),
	onChange: (wake) =>
		__tcfapi("addEventListener", 2, (data, isDone) => {
			last = isDone ? data : null;
			isAnswered ||= !!last && last.eventStatus !== "cmpuishown";
			wake();
		}),
};
