/**
 * Nothing before a yes: every gate file on a page of its own, with the spy and the network log of the audit, next to the same
 * page without it. Gates that leak on purpose show that each look-out sees what it is there for.
 */

import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundlePageCode } from "../../audit/bundle.ts";
import { readNetLog } from "../../audit/net-log.ts";
import { openProfile } from "../../audit/profile.ts";
import { type Watch, watch } from "../../audit/watch.ts";
import { tools } from "../../collector/gate/adapters/index.ts";
import { askedHost } from "../support/asked-host.ts";
import { type Answer, pageWith, type Sink, startSink } from "../support/sink.ts";
import { until } from "../support/until.ts";
import { listening, postWatchman } from "../support/watchman.ts";

const gates = ["banner", "manual", "auto", ...tools];

/** Put at the end of a gate file: what a careless change could do, and how it must be noticed. */
const leaks: Record<string, { code: string; seen: RegExp }> = {
	"loads the collector early": { code: "import(C)", seen: /^request .*\/code\// },
	"asks for the config early": { code: "fetch(E + '/v1/sites/test/config')", seen: /^request .*\/config/ },
	"sends a beacon": { code: "navigator.sendBeacon(E + '/v1/reports', 'x')", seen: /^act send beacon/ },
	"loads a picture": { code: "new Image().src = E + '/x.gif'", seen: /^request .*x\.gif/ },
	preconnects: {
		code: "document.head.append(Object.assign(document.createElement('link'), { rel: 'preconnect', href: 'http://elsewhere.example' }))",
		seen: /^net log connection elsewhere\.example/,
	},
	"looks a name up": {
		code: "document.head.append(Object.assign(document.createElement('link'), { rel: 'dns-prefetch', href: 'http://name.localhost' }))",
		seen: /^net log lookup name\.localhost/,
	},
	"opens WebRTC": {
		code: "const p = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:9529' }] }); p.createDataChannel('x'); p.createOffer().then((o) => p.setLocalDescription(o))",
		seen: /^net log datagram/,
	},
	"stores something": {
		code: "localStorage['sporlos:test:visit'] = '{}'",
		seen: /^stored local storage sporlos:test:visit/,
	},
	"sets a cookie": { code: "document.cookie = 'sporlos=1'", seen: /^act store cookie sporlos/ },
	"opens a database": { code: "indexedDB.open('sporlos')", seen: /^stored database sporlos/ },
	"reads the device": { code: "navigator.userAgent", seen: /^act read navigator\.userAgent/ },
	"draws a fingerprint": { code: "document.createElement('canvas').toDataURL()", seen: /^act fingerprint canvas/ },
	"listens to clicks": { code: "addEventListener('click', () => {})", seen: /^listening click/ },
	"watches an element": {
		code: "document.body ?? document.documentElement; new ResizeObserver(() => {}).observe(document.documentElement)",
		seen: /^listening ResizeObserver/,
	},
	"observes performance": {
		code: "new PerformanceObserver(() => {}).observe({ type: 'paint' })",
		seen: /^listening PerformanceObserver/,
	},
	"leaves a name": { code: "window.sporlosQueue = []", seen: /^global sporlosQueue/ },
	"changes the page": { code: "document.documentElement.append(document.createElement('img'))", seen: /^element img/ },
};

interface Looked {
	from: number;
	to: number;
	globals: string[];
	elements: string[];
	stored: string[];
	listening: string[];
}

/** Pages on which the visitor has said no to Sporløs before they were loaded. */
const refused = ["banner", "manual", "wix"].map((name) => `${name} refused`);
const cases = ["none", ...gates, ...refused, ...Object.keys(leaks)];
const numberOf = (name: string) => cases.indexOf(name);
const looked = new Map<string, Looked>();
let sink: Sink;
let watched: Watch;
let netLog = "";
/** Who was asked for on connections to any name that is not of this test's own; nobody, where nothing was said. */
const strangers: string[] = [];
const elsewhere = createServer((socket) => {
	let host = "nobody";
	socket.on("data", (bytes) => {
		host = askedHost(bytes);
		socket.destroy(); // enough: the name is in the first bytes of HTTP and of TLS
	});
	socket.on("error", () => {});
	socket.on("close", () => strangers.push(host));
});
let strangersOfGates: string[] | undefined;

const hostOf = (origin: string, name: string, who: "page" | "gate") =>
	`${who}${numberOf(name)}.localhost:${new URL(origin).port}`;

beforeAll(async () => {
	const pages: Record<string, Answer> = {};
	sink = await startSink(() => pages);
	const manual = await (await fetch(`${sink.app}/gate/test/manual.js`)).text();
	await new Promise<void>((resolve) => elsewhere.listen(0, resolve));
	for (const name of cases) {
		const leak = leaks[name];
		const app = `http://${hostOf(sink.app, name, "gate")}`;
		const path = leak ? `/leaky/${numberOf(name)}/gate/test/manual.js` : `/gate/test/${name.split(" ")[0]}.js`;
		const script = name === "none" ? "" : `<script src="${app}${path}"></script>`;
		pages[`/${numberOf(name)}`] = {
			body: pageWith(script, '<main><h1>Side</h1><button id="buy">Kjøp</button></main>'),
		};
		const code = leak?.code.replace("C)", `"${app}${sink.settings.code}collector.js")`).replace("E +", `"${app}" +`);
		sink.answers[path] = () => ({ body: `${manual};{${code}}`, headers: { "content-type": "text/javascript" } });
	}
	const { port } = elsewhere.address() as AddressInfo;
	const profile = await openProfile("undecided", "nb-NO", [
		`--host-resolver-rules=MAP * 127.0.0.1:${port}, EXCLUDE *.localhost, EXCLUDE 127.0.0.1`,
	]);
	try {
		const { page, watched: watching } = await watch(profile.context, false);
		watched = watching;
		await postWatchman(page);
		const { listStored } = await bundlePageCode();
		for (const name of cases) {
			if (leaks[name]) strangersOfGates ??= [...strangers];
			const from = Date.now();
			await page.goto(`http://${hostOf(sink.site, name, "page")}/${numberOf(name)}`);
			if (refused.includes(name)) {
				await page.evaluate("sporlos.refuse()");
				await page.reload();
			}
			await page.click("h1");
			await page.mouse.wheel(0, 300);
			await page.keyboard.press("Tab");
			// A tool's gate has asked twice by then.
			await until("a while", () => page.evaluate(() => performance.now() > 1_100));
			const stored = await page.evaluate<[kind: string, name: string][]>(listStored);
			looked.set(name, {
				from,
				to: Date.now(),
				globals: await page.evaluate(() => Object.keys(window)),
				elements: await page.evaluate(() => [...document.querySelectorAll("*")].map(({ localName }) => localName)),
				stored: stored.map(([kind, name]) => `${kind} ${name}`),
				listening: (await listening(page)).map((entry) => entry.replace(/ #\d+$/, "")),
			});
		}
	} finally {
		netLog = await profile.close();
	}
}, 240_000);
afterAll(async () => {
	elsewhere.close();
	await sink?.close();
});

/** What is there that is not on the page without a gate. */
function more(list: string[] = [], without: string[] = []): string[] {
	const rest = [...without];
	return list.filter((entry) => {
		const at = rest.indexOf(entry);
		if (at >= 0) rest.splice(at, 1);
		return at < 0;
	});
}

/** Everything that a gate did, besides being loaded and giving the page its functions. */
function findingsOf(name: string): string[] {
	const [page, gate] = [hostOf(sink.site, name, "page"), hostOf(sink.app, name, "gate")];
	const own = (url: string) => new RegExp(`^https?://${gate}/(leaky/\\d+/)?gate/test/[\\w-]+\\.js$`).test(url);
	const isOfPage = (url: string) => new URL(url).host === page;
	const { from = 0, to = 0, globals, elements, stored, listening: now } = looked.get(name) ?? {};
	const none = looked.get("none");
	const requests = watched.requests().filter(({ url, by }) => new URL(url).host === gate || by?.includes(`//${gate}/`));
	const acts = watched.acts.filter(({ by }) => by.includes(`//${gate}/`));
	const during = ({ at }: { at: number }) => from <= at && at <= to; // a datagram does not tell whose it is
	const hidden = readNetLog(netLog, page.split(":")[0] ?? "").filter(during);
	const element = new Set(["script", "sporlos-choices"]);
	return [
		...requests.filter(({ url }) => !own(url)).map(({ url }) => `request ${url}`),
		...acts.map(({ kind, what }) => `act ${kind} ${what}`),
		...hidden
			.filter(({ kind, target }) =>
				kind === "request" ? !own(target) && !isOfPage(target) : ![page, gate].includes(target),
			)
			.filter(({ kind, target }) => kind !== "lookup" || ![page, gate].some((host) => host.startsWith(`${target}:`)))
			.map(({ kind, target }) => `net log ${kind} ${target}`),
		...more(stored, none?.stored).map((entry) => `stored ${entry}`),
		...more(now, none?.listening).map((entry) => `listening ${entry}`),
		...more(globals, none?.globals)
			.filter((entry) => entry !== "sporlos")
			.map((entry) => `global ${entry}`),
		...more(elements, none?.elements)
			.filter((entry) => !element.has(entry))
			.map((entry) => `element ${entry}`),
	];
}

/** What wakes the gate of a consent tool: the tool's own events, and a look twice a second. */
const wakes =
	/^listening (interval|consentPolicy\w+|Cookiebot\w+|OneTrustGroupsUpdated|UC_UI_\w+|cookieyes_\w+|cmplz_\w+|wp_listen_for_consent_change|visitorConsentCollected|cc:\w+|CookieInformationConsentGiven|tac\.consent_updated)$/;

describe("before a yes", () => {
	test.each(["banner", "manual"])("%s.js does nothing at all", (name) => {
		expect(findingsOf(name)).toEqual([]);
	});

	test.each(["auto", ...tools])("%s.js only waits to be woken", (name) => {
		expect(findingsOf(name).filter((finding) => !wakes.test(finding))).toEqual([]);
	});

	test("no gate connects to anything else", () => {
		// The browser asks its maker for this and that; no page is the cause.
		expect(strangersOfGates?.filter((name) => !/\.(google|googleapis|gvt1)\.com$/.test(name))).toEqual([]);
	});
});

describe("after a no", () => {
	test.each(refused)("%s: there is the no, and nothing else", (name) => {
		expect(findingsOf(name).filter((finding) => !wakes.test(finding))).toEqual([
			"stored local storage sporlos:test:choice",
		]);
	});
});

describe("a gate that leaks is seen:", () => {
	test.each(Object.entries(leaks))("it %s", (name, { seen }) => {
		expect(findingsOf(name)).toContainEqual(expect.stringMatching(seen));
	});
});

describe("a gate file holds the gate and nothing else", () => {
	const collectorFolder = `${import.meta.dirname}/../../collector`;
	const allowed = /^(collector\/gate\/|schema\/(purposes|limits)\.ts$)/;
	async function modulesOf(contents: string): Promise<string[]> {
		const { metafile } = await build({
			stdin: { contents, resolveDir: `${collectorFolder}/gate`, loader: "ts" },
			absWorkingDir: `${collectorFolder}/..`,
			bundle: true,
			write: false,
			metafile: true,
			format: "esm",
			loader: { ".css": "text" },
		});
		return Object.keys(metafile.inputs).filter((path) => path !== "<stdin>" && !allowed.test(path));
	}
	const entries = [
		...["banner", "manual"].map((name) => [name, `import "./${name}-gate.ts";`]),
		["auto", 'import "./tool-gate.ts"; import "./adapters/auto.ts";'],
		...tools.map((name) => [name, `import "./tool-gate.ts"; import "./adapters/${name}.ts";`]),
	] as [string, string][];

	test.each(entries)("%s.js", async (_, contents) => {
		expect(await modulesOf(contents)).toEqual([]);
	});

	test("a sensor in it would be seen", async () => {
		expect(await modulesOf('import "./manual-gate.ts"; import "../sensors/dwell.ts";')).toContain(
			"collector/sensors/dwell.ts",
		);
	});
});
