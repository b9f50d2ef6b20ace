/**
 * The rules: what a page may not do without consent (`breach`), and what a person should look at (`notice`). The table is
 * the one of docs/audit.md. Leaves out finding them.
 */

export interface Rule {
	level: "breach" | "notice";
	/** What happened. */
	title: string;
	why: string;
	/** Where the audit sees it. */
	seen: string;
}

export const rules = {
	"foreign-script": {
		level: "breach",
		title: "A script of somebody else's host is loaded",
		why: "Its owner learns address, browser and page of the visit, and the script may do anything on it.",
		seen: "network",
	},
	"foreign-sending": {
		level: "breach",
		title: "Something is sent to somebody else's host",
		why: "A script, beacon, socket or counting pixel (a picture of 150 bytes or less) reports the visit.",
		seen: "network",
	},
	"foreign-frame": {
		level: "breach",
		title: "A frame of somebody else's host is opened",
		why: "It is a visit to that host, with its cookies and scripts.",
		seen: "network",
	},
	"hidden-connection": {
		level: "breach",
		title: "A connection is made that no request of the page shows",
		why: "Preconnect, prefetch and WebRTC hand over the visitor's address before anything is asked for.",
		seen: "NetLog",
	},
	"foreign-cookie": {
		level: "breach",
		title: "Somebody else's host has set a cookie",
		why: "It is sent along from every site that asks that host for anything.",
		seen: "cookies",
	},
	"foreign-storage": {
		level: "breach",
		title: "A script of somebody else's host keeps something on the device",
		why: "Keeping it is not needed for what the visitor asked of the site.",
		seen: "spy and storage",
	},
	"tracker-storage": {
		level: "breach",
		title: "Something is kept under the name of a known measuring tool",
		why: "Measuring needs consent, whoever's host does it.",
		seen: "storage",
	},
	"identifier-storage": {
		level: "breach",
		title: "A lasting mark is kept that is different in every browser",
		why: "A value of its own for each fresh browser, kept for more than a day, recognises a visitor.",
		seen: "storage of several fresh profiles, compared",
	},
	"identifier-sent": {
		level: "breach",
		title: "A mark that is kept on the device is sent out",
		why: "This is how visits are joined, also through the site's own host.",
		seen: "network, spy and storage",
	},
	"device-sent": {
		level: "breach",
		title: "Facts about the device are sent out",
		why: "Screen, window, time zone or the browser's self-description in a message: one to somebody else, two or more to the site itself.",
		seen: "network and spy: the audit's browser has an unusual screen",
	},
	fingerprint: {
		level: "breach",
		title: "A script reads what tells devices apart",
		why: "Canvas, graphics card, sound, fonts, battery and the like: one by somebody else's script, two or more by the site's own.",
		seen: "spy",
	},
	"kept-after-withdrawal": {
		level: "breach",
		title: "A mark is still there after consent was withdrawn",
		why: "What was kept because of the consent has lost its reason.",
		seen: "storage before and after",
	},
	"yes-passed-on": {
		level: "breach",
		title: "The page tells other tools yes although the visitor did not",
		why: "Tools that ask the page (IAB TCF, Google consent mode) then measure.",
		seen: "the page's own answer",
	},
	"foreign-content": {
		level: "notice",
		title: "Pictures, styles, fonts or films come from somebody else's host",
		why: "Its owner learns of the visit. Serve them yourself, or allow the host if it works for you.",
		seen: "network",
	},
	"name-lookup": {
		level: "notice",
		title: "A name is looked up ahead of any request",
		why: "Name servers learn that somebody may go there.",
		seen: "NetLog",
	},
	"own-beacon": {
		level: "notice",
		title: "The site itself is sent a beacon",
		why: "A beacon needs no answer, so it mostly reports. Harmless if it says nothing about the visitor.",
		seen: "network and spy",
	},
	"other-storage": {
		level: "notice",
		title: "Something is kept on the device",
		why: "Only what is strictly necessary may be: you must be able to say for what.",
		seen: "storage",
	},
	"device-read": {
		level: "notice",
		title: "A script asks the device about itself",
		why: "Reading from the device needs consent unless the page cannot work without it.",
		seen: "spy: once by somebody else's script, three things or more by the site's own",
	},
	watching: {
		level: "notice",
		title: "Somebody else's script watches the visitor",
		why: "It listens for clicks, keys, scrolling or leaving on the whole page.",
		seen: "spy",
	},
	"unequal-answers": {
		level: "notice",
		title: "Declining takes more presses than accepting",
		why: "Saying no must be as easy as saying yes.",
		seen: "the banner's buttons",
	},
	"asks-despite-signal": {
		level: "notice",
		title: "The visitor is asked although the browser has said no (GPC)",
		why: "The answer is there already.",
		seen: "the banner's buttons",
	},
} as const satisfies Record<string, Rule>;

export type RuleName = keyof typeof rules;

/** One thing that was seen in one state. */
export interface Sighting {
	rule: RuleName;
	/** Who or what. */
	subject: string;
	/** How it showed. */
	detail: string;
}
