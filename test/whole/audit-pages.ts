/**
 * Pages that break the audit's rules, each with what must be found: all of it and nothing else. The page's own host is 127.0.0.1, somebody else's is localhost. Leaves out looking at them.
 */
import type { State } from "../../audit/evidence.ts";

const lasting = "Max-Age=172800; SameSite=None; Secure";
export const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60">${"<path d='M0 0h60v60z'/>".repeat(9)}</svg>`;

const foreignFiles: { [path: string]: [type: string, body: string, cookie?: string] } = {
	"/empty.js": ["text/javascript", ""],
	"/store.js": ["text/javascript", "localStorage.setItem('theme', 'dark')"],
	"/watch.js": ["text/javascript", "document.addEventListener('click', () => {})"],
	"/frame": ["text/html", "<!doctype html><title>Frame</title>"],
	"/cookie": ["image/svg+xml", picture, `who=somebody; ${lasting}`],
	"/picture": ["image/svg+xml", picture],
	"/icon": ["image/svg+xml", picture],
};

export function answerForeign({ url }: Request): Response {
	const [type, body, cookie] = foreignFiles[new URL(url).pathname] ?? ["application/json", "{}"];
	const headers = new Headers({ "content-type": type, "access-control-allow-origin": "*" });
	if (cookie) headers.set("set-cookie", cookie);
	return new Response(body, { headers });
}

/** A banner that keeps the answer. `buttons`: its first layer. */
const banner = (buttons: string, onAccept: string) => `
	<div id="ask" style="position:fixed;bottom:0"><p>Vi bruker informasjonskapsler.</p>${buttons}</div>
	<footer><a href="#" id="again">Personvernvalg</a></footer>
	<script>
		const ask = document.getElementById("ask");
		const accepted = () => { ${onAccept} };
		ask.hidden = !!localStorage.getItem("answer");
		if (localStorage.getItem("answer") === "yes") accepted();
		const say = (answer) => { localStorage.setItem("answer", answer); ask.hidden = true; if (answer === "yes") accepted(); };
		document.getElementById("again").onclick = () => { ask.hidden = false; };
	</script>`;
const yes = `<button onclick="say('yes')">Godta alle</button>`;
const no = `<button onclick="say('no')">Avslå</button>`;

/** Tells the page's server who the browser says it is, to scripts. */
const introduce =
	"fetch(['/is', /Googlebot|Chrome/.exec(navigator.userAgent)[0], navigator.globalPrivacyControl].join('/'));";

export interface Case {
	/** What the audit must find, each as `rule: subject`, with `own` and `other` for the hosts: all of it and nothing else. */
	finds: string[];
	body: (other: string) => string;
	states?: State[];
}

export const cases: { [name: string]: Case } = {
	"an innocent page": {
		finds: [],
		body: () => `<img src="/own.svg" alt=""><script>addEventListener("scroll", () => {}); ${introduce}</script>`,
	},
	"a page that lets somebody else's host take part": {
		finds: [
			"foreign-script: other/empty.js",
			"foreign-script: other/store.js",
			"foreign-script: other/watch.js",
			"foreign-sending: other/collect",
			"foreign-sending: other/pixel",
			"foreign-sending: other/left",
			"foreign-frame: other/frame",
			"foreign-cookie: cookie who (localhost)",
			"foreign-storage: local storage theme (127.0.0.1)",
			"foreign-content: other/cookie",
			"foreign-content: other/picture",
			"foreign-content: other/icon",
			"watching: other/watch.js",
		],
		body: (at) => `<link rel="icon" href="${at}/icon">
			<script src="${at}/empty.js"></script><script src="${at}/store.js"></script><script src="${at}/watch.js"></script>
			<img alt="" src="${at}/pixel?page=1"><img alt="" src="${at}/cookie"><img alt="" src="${at}/picture">
			<iframe src="${at}/frame"></iframe>
			<script>
				fetch("${at}/collect");
				addEventListener("pagehide", () => navigator.sendBeacon("${at}/left"));
			</script>`,
	},
	"a page that connects ahead of time": {
		finds: ["hidden-connection: other", "name-lookup: nobody.invalid"],
		body: (at) => `<link rel="preconnect" href="${at}"><link rel="dns-prefetch" href="//nobody.invalid">`,
	},
	"a page that uses WebRTC": {
		finds: ["hidden-connection: other", "device-read: own/3"],
		body: (at) => `<script>
			const peer = new RTCPeerConnection({ iceServers: [{ urls: "stun:${new URL(at).host}" }] });
			peer.createDataChannel("x");
			peer.setLocalDescription();
		</script>`,
	},
	"a page that measures by itself": {
		finds: [
			"tracker-storage: cookie _ga (127.0.0.1)",
			"identifier-storage: local storage seen (127.0.0.1)",
			"identifier-sent: own/api/mark",
			"device-sent: own/api/device",
			"fingerprint: own/4",
			"yes-passed-on: TCF purpose 1",
			"yes-passed-on: Google consent mode analytics_storage",
			"own-beacon: own/log",
			"other-storage: session storage cart (127.0.0.1)",
			"device-read: own/4",
		],
		body: () => `<script>
			${introduce}
			document.cookie = "_ga=GA1.1; max-age=172800";
			sessionStorage.setItem("cart", "empty");
			localStorage.seen ??= crypto.randomUUID();
			fetch("/api/mark", { method: "POST", body: localStorage.seen });
			const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
			const { width, height } = screen;
			fetch("/api/device", { method: "POST", body: JSON.stringify({ timeZone, width, height }) });
			document.createElement("canvas").toDataURL();
			new OfflineAudioContext(1, 44100, 44100);
			navigator.sendBeacon("/log", "x");
			window.dataLayer = [["consent", "default", { analytics_storage: "granted", ad_storage: "denied" }]];
			const purpose = { consents: { 1: true, 2: false } };
			window.__tcfapi = (command, version, tell) => tell({ gdprApplies: true, purpose }, true);
		</script>`,
		states: ["undecided", "bot"],
	},
	"a banner that is honoured": {
		finds: ["other-storage: local storage answer (127.0.0.1)"],
		body: (at) =>
			banner(
				yes + no,
				`document.head.append(Object.assign(document.createElement("script"), { src: "${at}/empty.js" }))`,
			),
		states: ["undecided", "refused", "granted", "withdrawn"],
	},
	"a mark that outlives consent": {
		finds: ["kept-after-withdrawal: cookie _ga (127.0.0.1)", "other-storage: local storage answer (127.0.0.1)"],
		body: () => banner(yes + no, "document.cookie = '_ga=GA1.1; max-age=172800'"),
		states: ["granted", "withdrawn"],
	},
	"a banner on which declining takes two presses": {
		finds: ["other-storage: local storage answer (127.0.0.1)", "unequal-answers: the banner"],
		body: () => {
			const more = `<button onclick="more.hidden = false">Innstillinger</button><div id="more" hidden>${no}</div>`;
			return banner(yes + more, "");
		},
		states: ["refused"],
	},
	"a banner that does not hear the browser's no": {
		finds: ["asks-despite-signal: the banner"],
		body: () => banner(`${yes}${no}<script>${introduce}</script>`, ""),
		states: ["gpc"],
	},
};
