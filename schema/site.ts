/** What the two sides agree on about a site: the notice, the settings a gate file carries, and the answer of the config route. */
import type { Purpose } from "./purposes.ts";
import type { Channel, Device } from "./report.ts";

export interface NoticeText {
	/** Heading of the banner's first layer. */
	title: string;
	/** Who measures, why and what, in the site's own words. */
	text: string;
	/** Who receives figures. */
	recipients: string;
	/** How long, and how to withdraw. */
	retention: string;
}

/** A site's notice: what a visitor says yes or no to. */
export interface Notice {
	/** Keyed by language (nb, en); the first one is the site's default. */
	languages: Record<string, NoticeText>;
	purposes: Purpose[];
	/** E-mail address for questions and rights. */
	contact: string;
	/** Page with the whole privacy notice, on the site itself. */
	link?: string;
}

/** Rendered into a gate file in place of the identifier `__SPORLOS_GATE__`. */
export interface GateSettings {
	site: string;
	/** Hash of the notice: the policy version a grant is bound to. */
	policy: string;
	/** A grant lasts this long. */
	grantDays: number;
	/** Path of the collector below the endpoint, e.g. `/code/1a2b3c4d/collector.js`. */
	collector: string;
	/** Only in banner.js. */
	notice?: Notice;
}

/** What `GET /v1/sites/:site/config` answers. */
export interface SiteConfig {
	v: 1;
	site: string;
	/** The server's clock, ms since 1970. */
	now: number;
	/** False for bots: the collector then does nothing. */
	active: boolean;
	/** [label, begins, ends] of the current period and the one after it; ms since 1970. */
	periods: [string, number, number][];
	/** Hour of the week at `now`, and the instant that hour began. */
	hour: number;
	hourBegan: number;
	/** Number of books; the collector draws one per visit. */
	books: number;
	/** [channel, regular expression for a referring host], in the order in which to try them; see channels.ts. */
	channels: [Channel, string][];
	country: string;
	device: Device;
	browser: string;
	os: string;
}
