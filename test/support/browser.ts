/** A real Chromium for tests: found on the machine, headless, but not introducing itself as a bot. */
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const installed = [
	"/usr/bin/chromium",
	"/usr/bin/chromium-browser",
	"/usr/bin/google-chrome",
	"/usr/bin/google-chrome-stable",
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
	"/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** An installed Chrome or Chromium, else Playwright's own download. */
export function findBrowser(): string {
	return installed.find((path) => existsSync(path)) ?? chromium.executablePath();
}

/** Headless says so in its User-Agent, and headless counts as a bot. */
export const userAgent =
	"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";

/** Of the address bar: every window would have them ready, as pages in a process of their own. */
const popups = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup"];

/** Quiet, and the same everywhere. */
export const browserArgs = [
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
	`--disable-features=${popups.join(",")}`,
	`--user-agent=${userAgent}`,
];

/** What Playwright switches off (its `chromiumSwitches`): of several lists the browser takes the last one alone. */
const offForPlaywright = [
	"AvoidUnnecessaryBeforeUnloadCheckSync",
	"DestroyProfileOnBrowserClose",
	"HttpsUpgrades",
	"HttpsFirstBalancedModeAutoEnable",
	"LensOverlay",
	"MediaRouter",
	"PaintHolding",
	"ThirdPartyStoragePartitioning",
	"AvoidCorsURLLoaderRestartOnRedirect",
	"TcpPortRandomizationWin",
	"OptimizationHints",
	"NetworkTimeServiceQuerying",
	"AimEnabled",
	"PreconnectToSearch",
];

/** The back/forward cache is on, as for every visitor; Playwright would switch it off. */
export function launchBrowser(): Promise<Browser> {
	return chromium.launch({
		executablePath: findBrowser(),
		args: [...browserArgs, `--disable-features=${[...popups, ...offForPlaywright].join(",")}`],
		ignoreDefaultArgs: ["--disable-back-forward-cache"],
	});
}
