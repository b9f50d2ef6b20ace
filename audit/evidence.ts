/** What an audit gathers in each state of consent, before anybody judges it. Leaves out: gathering and judging. */

/** What the visitor has said, or how the browser came. */
export const states = ["undecided", "refused", "granted", "withdrawn", "bot", "gpc"] as const;
export type State = (typeof states)[number];

/** States in which nothing may be measured. */
export const closedStates: readonly State[] = states.filter((state) => state !== "granted");

/** A request as the browser's developer tools saw it, or only its NetLog. */
export interface Asked {
	/** ms since 1970. */
	at: number;
	url: string;
	method: string;
	/** As DevTools names it: script, image, fetch, ping, document … */
	kind: string;
	/** Address of the script that asked, where it was one. */
	by?: string;
	/** Size of the answer's body, bytes. */
	bytes?: number;
	status?: number;
	/** Sent along, as far as it could be read. */
	body?: string;
}

/** Something a script did, told by the spy in the page. */
export interface Act {
	at: number;
	/** `read`: asks the device. `fingerprint`: reads what tells devices apart. `listen`: watches the visitor. */
	kind: "read" | "fingerprint" | "listen" | "store" | "send";
	/** What was read, listened to, stored, or by which function it was sent. */
	what: string;
	/** Address of the script that did it; of the page, for one written in it. */
	by: string;
	/** Only for `send`: where to, and what. */
	url?: string;
	body?: string;
}

/** Something that lies on the device. */
export interface Stored {
	kind: "cookie" | "local storage" | "session storage" | "database" | "cache" | "service worker" | "file";
	host: string;
	name: string;
	value: string;
	/** How long it stays, in words. */
	lasts: string;
	/** It outlives the browser by more than a day. */
	isLasting: boolean;
}

/** A connection that only the NetLog shows. */
export interface Hidden {
	at: number;
	/** `lookup`: only the name was looked up. */
	kind: "connection" | "lookup" | "datagram" | "request";
	/** Host with its port, where there is one. */
	target: string;
}

/** What happened in one state. */
export interface Evidence {
	state: State;
	/** Which fresh browser profile: two states may share one. */
	profile: number;
	/** How the visitor's answer was given, in words. */
	how: string;
	/** Set where the state could not be reached: the reason. Everything else is empty then. */
	missing?: string;
	/** Pressing accept takes one press, declining more. */
	unequal?: boolean;
	/** What the page tells other tools that the visitor consents to. */
	signals: string[];
	/** A consent tool or a banner asked the visitor. */
	asks?: boolean;
	from: number;
	to: number;
	requests: Asked[];
	acts: Act[];
	stored: Stored[];
	hidden: Hidden[];
	/** JPEG, base64. */
	screenshot?: string;
}

/** Everything an audit has seen of a page. */
export interface Audited {
	url: string;
	/** Where the page really was, after redirects. */
	address: string;
	browser: string;
	/** ISO 8601. */
	date: string;
	/** Names of the consent tools that were found. */
	tools: string[];
	evidence: Evidence[];
}
