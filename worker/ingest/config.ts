/** The answer of the config route: what only a server knows about a request, copied by the collector into its reports. */
import Bowser from "bowser";
import { isbot } from "isbot";
import { channelPatterns } from "../../schema/channels.ts";
import { addDays, boundsOf, datesOf, hourBegan, hourOfWeek, periodAt, periodOfDate } from "../../schema/period.ts";
import { type Device, devices } from "../../schema/report.ts";
import { aimsOf, searchPattern } from "../../schema/settings.ts";
import type { SiteConfig } from "../../schema/site.ts";
import type { Site } from "../sites/sites.ts";

/** Country of a request Cloudflare did not place, and of every request on a local server. */
const unknownCountry = "ZZ";

const dayMs = 86_400_000;

interface Client {
	device: Device;
	browser: string;
	os: string;
}

/** Letters a family name may have in a report. */
const familyName = (name: string | undefined) => name?.replace(/[^A-Za-z0-9 .+-]/g, "").slice(0, 40) || "Other";

/** Device class, browser and OS family of a User-Agent. bowser throws on an empty one. */
export function clientOf(userAgent: string): Client {
	if (!userAgent) return { device: "other", browser: "Other", os: "Other" };
	const { browser, os, platform } = Bowser.parse(userAgent);
	const device = devices.find((name) => name === platform.type) ?? "other";
	return { device, browser: familyName(browser.name), os: familyName(os.name) };
}

/** What a collector is told that still asks for a site that was deleted: as to robots, that there is nothing to do. */
export function configOfDeleted(site: string, now: number): SiteConfig {
	return {
		v: 1,
		site,
		now,
		active: false,
		periods: [["deleted", 0, now + dayMs]],
		hour: 0,
		hourBegan: now,
		books: 1,
		channels: [],
		aims: [],
		hashRoutes: false,
		search: searchPattern([]),
		country: unknownCountry,
		device: "other",
		browser: "Other",
		os: "Other",
	};
}

/** The configuration for one visitor. */
export function configFor(site: Site, request: Request, now: number): SiteConfig {
	const userAgent = request.headers.get("User-Agent") ?? "";
	const current = periodAt(now, site.grain, site.timeZone);
	const lastDate = datesOf(current, site.grain)?.last ?? "";
	const following = periodOfDate(addDays(lastDate, 1), site.grain);
	const country = (request as { cf?: { country?: unknown } }).cf?.country;
	return {
		v: 1,
		site: site.id,
		now,
		// Browsers name themselves; what does not is a script.
		active: userAgent !== "" && !isbot(userAgent) && request.headers.get("Sec-GPC") !== "1",
		periods: [current, following].flatMap((period): SiteConfig["periods"] => {
			const bounds = boundsOf(period, site.grain, site.timeZone);
			return bounds ? [[period, bounds.start, bounds.end]] : [];
		}),
		hour: hourOfWeek(now, site.timeZone),
		hourBegan: hourBegan(now, site.timeZone),
		books: site.books,
		channels: channelPatterns,
		aims: aimsOf(site.settings),
		hashRoutes: site.settings.hashRoutes,
		search: searchPattern(site.settings.search),
		country: typeof country === "string" && /^[A-Z]{2}$/.test(country) ? country : unknownCountry,
		...clientOf(userAgent),
	};
}
