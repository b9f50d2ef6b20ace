/**
 * The visitor's choice on the device: a grant, or a refusal. The only thing that is ever stored without a grant is a
 * refusal. Leaves out: what follows from the choice.
 */
import { refusalDays } from "../../schema/limits.ts";
import type { Purpose } from "../../schema/purposes.ts";
import type { GateSettings } from "../../schema/site.ts";

const dayMs = 86_400_000;

export interface Choice {
	/** Policy version the visitor saw. */
	policy: string;
	/** By which mechanism: banner, manual. */
	by: string;
	/** None: a refusal. */
	purposes: Purpose[];
	/** ms since 1970. */
	at: number;
}

const prefixOf = (site: string) => `sporlos:${site}:`;
const keyOf = (site: string) => `${prefixOf(site)}choice`;

/** The choice in force, or undefined: none, expired, unparsable, or a grant under another policy version. */
export function readChoice({ site, policy, grantDays }: GateSettings): Choice | undefined {
	try {
		const choice: Choice = JSON.parse(localStorage[keyOf(site)]);
		const isGrant = choice.purposes.length > 0;
		const days = (Date.now() - choice.at) / dayMs;
		const isInForce = days > -1 && days < (isGrant ? grantDays : refusalDays);
		return isInForce && (!isGrant || choice.policy === policy) ? choice : undefined;
	} catch {
		return undefined;
	}
}

/** True where the choice could be kept. */
export function keepChoice(site: string, choice: Choice): boolean {
	try {
		localStorage[keyOf(site)] = JSON.stringify(choice);
		return true;
	} catch {
		return false;
	}
}

/** Removes everything the collector stored; the choice stays. */
export function forgetVisits(site: string): void {
	try {
		for (const key of Object.keys(localStorage)) {
			if (key.startsWith(prefixOf(site)) && key !== keyOf(site)) localStorage.removeItem(key);
		}
	} catch {
		// blocked: nothing was stored
	}
}
