/**
 * What only the server knows (periods, books, country, device), asked for once an hour and kept on the device.
 * Leaves out: anything about the visit.
 */
import { configMs } from "../schema/limits.ts";
import type { SiteConfig } from "../schema/site.ts";
import { hourMs } from "./limits.ts";
import type { Shelf } from "./storage.ts";

/** A moment in the site's time. */
export interface Moment {
	period: string;
	/** When the period began, ms. */
	begins: number;
	/** Hour of the week. */
	hour: number;
}

export interface Setting {
	config: SiteConfig;
	moment: Moment;
}

interface Kept {
	/** The device's clock when the server was asked, ms. */
	asked: number;
	config: SiteConfig;
}

/** The moment at `now` (device's clock), or undefined where the config does not reach that far. */
export function settingAt({ asked, config }: Kept, now: number): Setting | undefined {
	const instant = now - asked + config.now;
	const hours = config.hour + Math.floor((instant - config.hourBegan) / hourMs);
	for (const [period, begins, ends] of config.periods)
		if (begins <= instant && instant < ends) return { config, moment: { period, begins, hour: hours % 168 } };
	return undefined;
}

/** The config and the present moment, or undefined where neither the server nor the shelf can tell. */
export async function askConfig(
	shelf: Shelf,
	url: string,
	now: number,
	signal: AbortSignal,
): Promise<Setting | undefined> {
	const kept = shelf.read<Kept>("setting");
	const known = kept && settingAt(kept, now);
	if (known && Math.abs(now - kept.asked) < configMs) return known;
	try {
		const response = await fetch(url, { signal });
		const fresh = { asked: now, config: await response.json() };
		const setting = settingAt(fresh, now); // throws on what is not a config
		shelf.write("setting", fresh);
		return setting;
	} catch {
		return known;
	}
}
