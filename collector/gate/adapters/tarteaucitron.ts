/**
 * tarteaucitron: its service with the key `sporlos`. Settings that turn silence into a yes (a default state, low privacy, no
 * consent needed, visitors from elsewhere) leave the same mark as a yes: with any of them nothing counts as an answer.
 * https://github.com/AmauriC/tarteaucitron.js
 */
import type { Adapter } from "./adapter.ts";

declare const tarteaucitron: {
	state: Record<string, boolean | "wait" | undefined>;
	services: Record<string, { needConsent: boolean; defaultState?: unknown }>;
	parameters: { highPrivacy: boolean; serviceDefaultState?: unknown };
	user: { bypass?: boolean };
};

export const adapter: Adapter = {
	named: "sporlos",
	decided: (key) => {
		const { state, services, parameters, user } = tarteaucitron;
		const { needConsent, defaultState = parameters.serviceDefaultState } = services[key] ?? {};
		const isAsked = needConsent && parameters.highPrivacy && !user.bypass && defaultState !== true;
		return isAsked && typeof state[key] === "boolean";
	},
	allows: (key) => tarteaucitron.state[key] === true,
	onChange: (wake) => document.addEventListener("tac.consent_updated", wake),
};
