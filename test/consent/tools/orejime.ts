/** Orejime itself. Trap: while its consents are cleared, a purpose that is on by default reads as a yes for a moment. */
import "orejime/dist/orejime-standard-en.js";
import { type Drive, page, setCookie } from "../drive.ts";

interface Orejime {
	manager: { acceptAll(): void; declineAll(): void; clearConsents(): void };
}

const manager = () => (page.orejime as Orejime).manager;

export const drive: Drive = {
	stub: () => {
		page.orejime = {};
	},
	start: () => {
		const purposes = [{ id: "sporlos", title: "Sporløs", cookies: [], default: true }];
		page.orejime = (page.loadOrejime as (config: object) => Orejime)({ privacyPolicyUrl: "/personvern", purposes });
	},
	grant: () => manager().acceptAll(),
	refuse: () => manager().declineAll(),
	withdraw: () => manager().declineAll(),
	reset: () => manager().clearConsents(),
	expire: () => {
		setCookie("eu-consent");
	},
};
