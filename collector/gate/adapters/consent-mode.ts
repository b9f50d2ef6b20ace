/**
 * Google Consent Mode v2, as tools write it into the data layer: only an `update` is an answer, a `default` never is.
 * Google's tag manager drops old entries: the last answer is remembered.
 * https://developers.google.com/tag-platform/security/guides/consent
 */
import type { Adapter } from "./adapter.ts";

type Entry = [what?: string, kind?: string, settings?: Record<string, string>];

declare const dataLayer: Entry[];

/** Undefined without any consent command. */
let answer: string | undefined;

export const adapter: Adapter = {
	named: "analytics_storage",
	decided: (category) => {
		for (const entry of dataLayer) {
			if (entry?.[0] === "consent") answer = (entry[1] === "update" && entry[2]?.[category]) || (answer ?? "");
		}
		return answer === undefined ? answer : answer !== "";
	},
	allows: () => answer === "granted",
	onChange: (wake) => {
		const { push } = dataLayer;
		dataLayer.push = (...entries) => {
			const length = push.apply(dataLayer, entries);
			wake();
			return length;
		};
	},
};
