/**
 * Usercentrics v2: what its service for Sporløs was told by hand; the last line of its history says whether that was so.
 * https://usercentrics.com/docs/web/features/v2/events_v2/events_v2/
 */
import type { Adapter } from "./adapter.ts";

interface Service {
	name: string;
	consent: { status: boolean; history: { type: "explicit" | "implicit" }[] };
}

declare const UC_UI: { getServicesBaseInfo(): Service[] };

const serviceOf = (name: string) => UC_UI.getServicesBaseInfo().find((service) => service.name === name)?.consent;

export const adapter: Adapter = {
	named: "Sporløs",
	decided: (name) => serviceOf(name)?.history.at(-1)?.type === "explicit",
	allows: (name) => serviceOf(name)?.status === true,
	onChange: (wake) => {
		window.addEventListener("UC_UI_INITIALIZED", wake);
		window.addEventListener("UC_UI_CMP_EVENT", wake);
	},
};
