/** What the two sides agree on about a site: the notice, the settings a gate file carries, and the answer of the config route. */
import * as v from "valibot";
import type { BannerWords } from "./banner-words.ts";
import type { Purpose } from "./purposes.ts";
import { channels, devices } from "./report.ts";
import { named, said } from "./words.ts";

export interface NoticeText {
	/** Heading of the banner's first layer. */
	title: string;
	/** Who measures, why and what, in the site's own words. */
	text: string;
	/** Who receives figures. */
	recipients: string;
	/** How long, and how to withdraw. */
	retention: string;
	/** What is new in this version; in a gate file, what is new since grants that may still be around. */
	changes?: string;
}

/** A site's notice: what a visitor says yes or no to. */
export interface Notice {
	/** Keyed by language (nb, en); the first one is the site's default. */
	languages: Record<string, NoticeText>;
	purposes: Purpose[];
	/** E-mail address for questions and rights. */
	contact: string;
	/** Telephone number that takes text messages, as +4712345678. */
	phone?: string;
	/** Questions are answered within so many days. */
	answerDays?: number;
	/** A grant lasts this long; 180 days where nothing is said. */
	grantDays?: number;
	/** Page with the whole privacy notice, on the site itself. */
	link?: string;
}

/** Rendered into a gate file in place of the identifier `__SPORLOS_GATE__`. */
export interface GateSettings {
	site: string;
	/** The policy version a grant is bound to, and earlier ones under which a grant still holds. */
	policy: string;
	earlier?: string[];
	/** A grant lasts this long. */
	grantDays: number;
	/** What the notice asks for. */
	purposes: Purpose[];
	/** Where the collector's files are below the endpoint, e.g. `/code/1a2b3c4d/`. */
	code: string;
	/** Only in banner.js. */
	notice?: Notice;
}

/** What the gate file of a consent tool has. */
export type ToolSettings = Omit<GateSettings, "notice">;

/** What banner.js has besides. */
export interface BannerSettings extends GateSettings {
	notice: Notice;
	/** The banner's own words, for each language of the notice. */
	words: Record<string, BannerWords>;
	/** The banner's colours, as a rule of its style sheet. */
	style: string;
}

/** What can reach a goal or a step of a funnel. */
export const aimKinds = ["page", "event", "click", "form", "download", "outbound"] as const;
export type AimKind = (typeof aimKinds)[number];

const text = v.string();
const instant = v.pipe(v.number(), v.integer());
const aimStep = said(
	v.tuple([text, v.picklist(aimKinds), text]),
	"Key as it is counted, what reaches it, regular expression for that page, event, element, form, file or host.",
	"Nøkkelen den telles under, hva som når den, regulært uttrykk for siden, hendelsen, elementet, skjemaet, filen eller verten.",
);
export type AimStep = v.InferOutput<typeof aimStep>;

/** What `GET /v1/sites/:site/config` answers. */
export const siteConfig = named(
	"SiteConfig",
	v.object({
		v: v.literal(1),
		site: text,
		now: said(instant, "The server's clock, ms since 1970.", "Tjenerens klokke, ms siden 1970."),
		active: said(
			v.boolean(),
			"False for bots: the collector then does nothing.",
			"Usann for roboter: samleren gjør da ingenting.",
		),
		periods: said(
			v.array(v.tuple([text, instant, instant])),
			"Label, begin and end of the current period and the one after it; ms since 1970.",
			"Navn, begynnelse og slutt for denne perioden og den neste; ms siden 1970.",
		),
		hour: said(instant, "Hour of the week at `now`.", "Timen i uken ved `now`."),
		hourBegan: said(instant, "The instant that hour began.", "Øyeblikket da timen begynte."),
		books: said(
			instant,
			"Number of books; the collector draws one per visit.",
			"Antall bøker; samleren trekker én per besøk.",
		),
		channels: said(
			v.array(v.tuple([v.picklist(channels), text])),
			"Channel and regular expression for a referring host, in the order in which to try them.",
			"Kanal og regulært uttrykk for en henvisende vert, i rekkefølgen de prøves.",
		),
		aims: said(
			v.array(v.array(aimStep)),
			"Goals and funnels, each as its steps in order; a goal has one. A step counts once the one before it was reached in the visit.",
			"Mål og trakter, hver som stegene i rekkefølge; et mål har ett. Et steg telles når det forrige er nådd i besøket.",
		),
		hashRoutes: said(
			v.boolean(),
			"True where the part of the address behind # names pages.",
			"Sann når delen av adressen etter # navngir sider.",
		),
		search: said(
			text,
			"Regular expression for the names of query parameters that hold the words of a search on the site.",
			"Regulært uttrykk for navnene på parametere som inneholder et søk på nettstedet.",
		),
		country: text,
		device: v.picklist(devices),
		browser: text,
		os: text,
	}),
);
export type SiteConfig = v.InferOutput<typeof siteConfig>;
