/** Who is measured, and with which script element on the page. Leaves out: measuring. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import type { Page } from "playwright-core";
import { installIn } from "../support/installed.ts";

const folder = join(import.meta.dirname, "../peers");

/** Other people's scripts, lightest first: file in test/peers, and the package it comes from. */
export const peers = {
	"web-vitals": "web-vitals",
	plausible: "@plausible-analytics/tracker",
	clarity: "clarity-js",
	faro: "@grafana/faro-web-sdk",
	sentry: "@sentry/browser",
	posthog: "posthog-js",
} as const;

export type Peer = keyof typeof peers;
export type Name = "blank" | "sporlos manual" | "sporlos banner" | Peer;

export interface Contestant {
	name: Name;
	/** Where its pages are. */
	path: string;
	/** Path of its first script on the counter's origin; a blank page has none. */
	script: string | undefined;
	/** Says yes on the page, where somebody has to. */
	grant?(page: Page): Promise<void>;
}

export const contestants: Contestant[] = [
	{ name: "blank", path: "/blank", script: undefined },
	{
		name: "sporlos manual",
		path: "/sporlos-manual",
		script: "/gate/test/manual.js",
		grant: (page) => page.evaluate("sporlos.grant()"),
	},
	{
		name: "sporlos banner",
		path: "/sporlos-banner",
		script: "/gate/test/banner.js",
		grant: (page) => page.getByRole("button", { name: "Godta" }).click(),
	},
	...(Object.keys(peers) as Peer[]).map((name) => ({ name, path: `/${name}`, script: `/${name}.js` })),
];

/** What PostHog's server tells a page of a project in which every optional product is off. */
const posthogSettings = {
	token: "bench",
	supportedCompression: ["gzip", "gzip-js"],
	hasFeatureFlags: false,
	sessionRecording: false,
	surveys: false,
	heatmaps: false,
	captureDeadClicks: false,
	capturePerformance: false,
	autocaptureExceptions: false,
};

/** Installs exactly what test/peers/package-lock.json names, unless it is there. */
export function installPeers(): void {
	installIn(folder, "other people's scripts to compare with");
}

/** Version of each peer's package. */
export async function peerVersions(): Promise<Record<Peer, string>> {
	const root = join(folder, "../..");
	const versions = Object.entries(peers).map(async ([name, packageName]) => {
		const home = name === "web-vitals" ? root : folder;
		const { version } = JSON.parse(await readFile(join(home, "node_modules", packageName, "package.json"), "utf8"));
		return [name, version];
	});
	return Object.fromEntries(await Promise.all(versions));
}

/** The peers' scripts by path on the counter, sending to `origin`. */
export async function bundlePeers(origin: string): Promise<Map<string, string>> {
	const bundles = Object.keys(peers).map(async (name): Promise<[string, string]> => {
		const { outputFiles } = await build({
			entryPoints: [join(folder, `${name}.js`)],
			bundle: true,
			write: false,
			minify: true,
			format: "iife",
			target: "es2022",
			define: { SINK: JSON.stringify(origin) },
			charset: "utf8",
			legalComments: "none",
			logLevel: "error",
		});
		return [`/${name}.js`, outputFiles[0]?.text ?? ""];
	});
	const settings = JSON.stringify({ bench: { config: posthogSettings, siteApps: [] } });
	return new Map([
		...(await Promise.all(bundles)),
		["/array/bench/config.js", `window._POSTHOG_REMOTE_CONFIG = ${settings}`],
	]);
}
