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

/** The choice in force, or undefined: none, expired, unparsable, or a grant under a policy version that it does not hold for. */
export function readChoice({ site, policy, earlier = [], grantDays }: GateSettings): Choice | undefined {
	try {
		const choice = readKept(site, "choice") as Choice;
		const isGrant = choice.purposes[0];
		const days = (Date.now() - choice.at) / dayMs;
		const isInForce = days > -1 && days < (isGrant ? grantDays : refusalDays);
		return isInForce && (!isGrant || [policy, ...earlier].includes(choice.policy)) ? choice : undefined;
	} catch {
		return undefined;
	}
}

/** The choice again where it could not be kept. */
export function keepChoice(site: string, choice: Choice): Choice | undefined {
	try {
		localStorage[`${prefixOf(site)}choice`] = JSON.stringify(choice);
	} catch {
		return choice;
	}
	return undefined;
}

/** What is kept under a name, or undefined: nothing, unparsable, or storage is blocked. */
export function readKept(site: string, name: string): unknown {
	try {
		return JSON.parse(localStorage[prefixOf(site) + name]);
	} catch {
		return undefined;
	}
}

/**
 * Removes everything the collector stored, and returns it. The choice stays, and what the visitor asked to have erased. Where
 * only the purposes change, what was contributed stays too, and what a period has counted of this browser.
 */
export function forgetVisits(site: string, isChange?: boolean): [string, string][] {
	const goes = new RegExp(`^${prefixOf(site)}(?!choice|erase${isChange ? "|seen|bounded|view:" : ""})`);
	try {
		return Object.entries<string>(localStorage).filter(([key]) => goes.test(key) && delete localStorage[key]);
	} catch {
		return []; // blocked: nothing was stored
	}
}
