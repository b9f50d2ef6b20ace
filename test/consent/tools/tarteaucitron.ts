/** tarteaucitron itself, its further files served by the page. Trap: settings under which no answer is kept as a yes. */
import { type Drive, page, setCookie } from "../drive.ts";

interface Tarteaucitron {
	state: Record<string, unknown>;
	services: Record<string, object>;
	job: string[];
	init(parameters: object): void;
	userInterface: { respondAll(yes: boolean): void };
}

const tool = () => page.tarteaucitron as Tarteaucitron;

export const drive: Drive = {
	stub: () => {
		tool().state = {};
	},
	start: async (as) => {
		tool().init({
			highPrivacy: !as,
			serviceDefaultState: as ? true : "wait",
			useExternalCss: true,
			googleConsentMode: false,
		});
		while (!Object.keys(tool().services ?? {}).length) await new Promise((go) => setTimeout(go, 10));
		tool().services.sporlos = {
			key: "sporlos",
			type: "analytic",
			name: "Sporløs",
			needConsent: true,
			cookies: [],
			js: () => {},
		};
		tool().job.push("sporlos");
		while (!document.getElementById("sporlosAllowed")) await new Promise((go) => setTimeout(go, 10));
	},
	grant: () => tool().userInterface.respondAll(true),
	refuse: () => tool().userInterface.respondAll(false),
	withdraw: () => tool().userInterface.respondAll(false),
	reset: () => {
		setCookie("tarteaucitron");
		tool().state.sporlos = "wait";
	},
	expire: () => {
		setCookie("tarteaucitron");
	},
};
