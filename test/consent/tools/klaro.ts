/** Klaro itself. Trap: a service that is on by default, and a switch that was moved and not saved, already read as consents. */
import * as klaro from "klaro";
import { type Drive, page, setCookie } from "../drive.ts";

const manager = () => klaro.getManager();
const answer = (yes: boolean) => {
	manager().changeAll(yes);
	manager().saveAndApplyConsents();
};

export const drive: Drive = {
	stub: () => {
		page.klaro = klaro;
	},
	start: (as) => {
		page.klaro = klaro;
		const services = [{ name: "sporlos", purposes: ["analytics"], default: !!as }];
		klaro.setup({ version: 1, lang: "en", noNotice: true, services, translations: { en: {} } });
		if (as) manager().updateConsent("sporlos", true);
	},
	grant: () => answer(true),
	refuse: () => answer(false),
	withdraw: () => answer(false),
	reset: () => manager().resetConsents(),
	expire: () => {
		setCookie("klaro");
	},
};
