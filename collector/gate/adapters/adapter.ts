/** What the gate asks of a consent tool, and two ways of asking that several share. Leaves out: the tools, one file each. */

/**
 * A consent tool as the gate sees it. Nothing it told is remembered: each time something wakes the gate, it asks anew. Where
 * the tool is not there (yet), the functions may throw; the gate tries again.
 */
export interface Adapter {
	/** What measuring is called in the tool unless `data-category` of the gate's script says otherwise. */
	named: string;
	/** True where this visitor has answered, and not a default, a region or a bot rule. Undefined: the tool is not there. */
	decided(category: string): boolean | undefined;
	/** True where the answer is a yes to measuring. No tool tells our three purposes apart: its yes is one to all. */
	allows(category: string): boolean;
	/** Wakes the gate whenever the answer may have changed. Called again and again until it does not throw. */
	onChange(wake: () => void): void;
}

export function readCookie(name: string): string | undefined {
	for (const pair of document.cookie.split("; ")) if (pair.startsWith(`${name}=`)) return pair.slice(name.length + 1);
	return undefined;
}
