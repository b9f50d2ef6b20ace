/**
 * What only the server knows (periods, books, country, device), asked for once an hour and kept on the device.
 * Leaves out: anything about the visit.
 */
import { configMs } from "../schema/limits.ts";
import type { SiteConfig } from "../schema/site.ts";
import type { Shelf } from "./storage.ts";

const hourMs = 3_600_000;

interface Kept {
	/** The device's clock when it was asked, ms. */
	asked: number;
	/** What to add to the device's clock to get the server's. */
	skew: number;
	config: SiteConfig;
}

/** A moment in the site's time: its period and hour of the week. */
export interface Moment {
	period: string;
	hour: number;
}

/** The moment at `now` (server's clock), or undefined where the config does not reach that far. */
export function momentOf(config: SiteConfig, now: number): Moment | undefined {
	const period = config.periods.find(([, begins, ends]) => begins <= now && now < ends)?.[0];
	const hour = (config.hour + Math.floor((now - config.hourBegan) / hourMs)) % 168;
	return period ? { period, hour: (hour + 168) % 168 } : undefined;
}

export interface Setting {
	config: SiteConfig;
	moment: Moment;
}

/** The config and the present moment, or undefined where neither the server nor the shelf can tell. */
export async function askConfig(
	shelf: Shelf,
	url: string,
	now: number,
	signal: AbortSignal,
): Promise<Setting | undefined> {
	const settle = ({ config, skew }: Kept) => {
		const moment = momentOf(config, now + skew);
		return moment && { config, moment };
	};
	const kept = shelf.read<Kept>("config");
	const known = kept && settle(kept);
	if (known && Math.abs(now - kept.asked) < configMs) return known;
	try {
		const response = await fetch(url, { credentials: "omit", signal });
		if (!response.ok) return known;
		const config: SiteConfig = await response.json();
		const fresh: Kept = { asked: now, skew: config.now - now, config };
		shelf.write("config", fresh);
		return settle(fresh);
	} catch {
		return known;
	}
}
