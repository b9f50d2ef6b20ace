/**
 * Usercentrics v3: what its service for Sporløs was told by hand. A consent of type IMPLICIT is a default, and no answer. The
 * tool answers in a promise, so that a withdrawal is seen right after its event, not within it.
 * https://usercentrics.com/docs/web/features/api/control-functionality/
 */
import type { Adapter } from "./adapter.ts";

interface Service {
	name: string;
	consent: { given: boolean; type: "EXPLICIT" | "IMPLICIT" };
}

declare const __ucCmp: { getConsentDetails(): Promise<{ services: Record<string, Service> }> };

let services: Service[] = [];
const serviceOf = (name: string) => services.find((service) => service.name === name)?.consent;

export const adapter: Adapter = {
	named: "Sporløs",
	decided: (name) => !!__ucCmp && serviceOf(name)?.type === "EXPLICIT",
	allows: (name) => serviceOf(name)?.given === true,
	onChange: (wake) => {
		const ask = () =>
			__ucCmp.getConsentDetails().then((details) => {
				services = Object.values(details.services);
				wake();
			});
		ask();
		window.addEventListener("UC_UI_INITIALIZED", ask);
		window.addEventListener("UC_UI_CMP_EVENT", ask);
	},
};
