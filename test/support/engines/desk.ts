/**
 * A browser as a person has it: its own window on a screen, a mouse and a keyboard, and no automation protocol attached,
 * because with one some ways of leaving a page look different. Leaves out: seeing; the pages tell where things are.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "../until.ts";
import { type Display, openDisplay, screenPx } from "./display.ts";
import { demand, type EngineName, programOf } from "./engine.ts";
import { commandLine, familyOf, killAll } from "./processes.ts";

export interface Desk {
	engine: EngineName;
	click(at: readonly [x: number, y: number]): Promise<void>;
	/** Keys by their names in X: `ctrl+w`, `alt+Left`, `F5`. */
	press(key: string): Promise<void>;
	/** Writes an address into the address bar and goes there. */
	typeAddress(url: string): Promise<void>;
	/** Opens an empty tab, in front. */
	newTab(): Promise<void>;
	/** The browser's own Back and Forward. */
	back(): Promise<void>;
	forward(): Promise<void>;
	/** SIGKILL of the browser with all its processes. */
	kill(): Promise<void>;
	/** SIGKILL of the processes that hold pages. False where this engine has none that can be told. */
	killPages(): boolean;
	/** Ends everything and forgets the profile. */
	stop(): Promise<void>;
}

/** Firefox without its welcome, its questions and its own traffic. */
const firefoxSettings: Record<string, string | number | boolean> = {
	"browser.aboutwelcome.enabled": false,
	"browser.preonboarding.enabled": false,
	"termsofuse.bypassNotification": true,
	"datareporting.policy.dataSubmissionEnabled": false,
	"browser.shell.checkDefaultBrowser": false,
	"browser.startup.homepage_override.mstone": "ignore",
	"browser.tabs.warnOnClose": false,
	"browser.warnOnQuit": false,
	"browser.warnOnQuitShortcut": false,
	"browser.sessionstore.resume_from_crash": false,
	"browser.newtabpage.enabled": false,
	"browser.startup.page": 0,
	"browser.urlbar.suggest.searches": false,
	"app.update.auto": false,
	"app.normandy.enabled": false,
	"toolkit.telemetry.reportingpolicy.firstRun": false,
	"network.captive-portal-service.enabled": false,
	"network.connectivity-service.enabled": false,
	"extensions.getAddons.cache.enabled": false,
	"services.settings.server": "http://127.0.0.1:9/",
	"browser.translations.automaticallyPopup": false,
};

const [width, height] = screenPx;
/** How long a hand takes from the keys that lead to the address bar to the first letter. */
const focusMs = 400;

/** MiniBrowser has no keys for Back and Forward, but buttons at the left end of its toolbar. */
const webkitButtons = { back: [18, 18], forward: [50, 18] } as const;

async function commandOf(engine: EngineName, folder: string): Promise<string[]> {
	if (engine === "webkit") return [`--geometry=${width}x${height}`];
	if (engine === "firefox") {
		const lines = Object.entries(firefoxSettings).map(
			([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
		);
		await writeFile(join(folder, "user.js"), lines.join("\n"));
		return ["--no-remote", "--profile", folder, "--width", String(width), "--height", String(height)];
	}
	return [
		"--no-sandbox",
		"--test-type", // else a bar complains of the line above
		"--disable-gpu",
		"--disable-quic",
		"--no-first-run",
		"--no-default-browser-check",
		"--disable-background-networking",
		"--disable-component-update",
		"--disable-sync",
		"--password-store=basic",
		`--user-data-dir=${folder}`,
		"--window-position=0,0",
		`--window-size=${width},${height}`,
	];
}

const holdsPages: Record<EngineName, RegExp> = {
	chromium: /--type=renderer(?!.*--extension-process)/,
	firefox: /-isForBrowser.*\btab\b|\btab$/,
	webkit: /WebKitWebProcess/,
};

/** Opens a fresh profile with one tab for each address; the last one is in front. */
export async function openDesk(engine: EngineName, urls: string[]): Promise<Desk> {
	demand([engine]);
	const display = await openDisplay();
	const folder = await mkdtemp(join(tmpdir(), "sporlos-desk-"));
	const env = { ...process.env, DISPLAY: display.name, HOME: folder, XDG_RUNTIME_DIR: folder, NO_AT_BRIDGE: "1" };
	const browser = spawn(programOf(engine) ?? "", [...(await commandOf(engine, folder)), ...urls], {
		env,
		stdio: "ignore",
	});
	const gone = once(browser, "exit");
	const kill = async () => {
		killAll(familyOf(browser.pid ?? 0));
		await gone;
	};
	const window = await until("the browser's window", () => findWindow(display, browser), 30_000);
	const { hand } = display;
	if (engine === "webkit") await hand("windowsize", window, width, height);
	await hand("windowfocus", window);
	const press = async (key: string) => void (await hand("key", "--clearmodifiers", key));
	const click = async ([x, y]: readonly [number, number]) => void (await hand("mousemove", x, y, "click", 1));
	return {
		engine,
		press,
		click,
		back: () => (engine === "webkit" ? click(webkitButtons.back) : press("alt+Left")),
		forward: () => (engine === "webkit" ? click(webkitButtons.forward) : press("alt+Right")),
		typeAddress: async (url) => {
			await press("ctrl+l");
			await new Promise((done) => setTimeout(done, focusMs)); // it asks the page first, and nobody says when it is done
			await hand("type", "--delay", 5, url);
			await press("Return");
		},
		newTab: () => press("ctrl+t"),
		kill,
		killPages: () => {
			const pages = familyOf(browser.pid ?? 0).filter((pid) => holdsPages[engine].test(commandLine(pid)));
			killAll(pages);
			return pages.length > 0;
		},
		stop: async () => {
			if (browser.exitCode === null && browser.signalCode === null) await kill();
			await display.stop();
			await rm(folder, { recursive: true, force: true, maxRetries: 5 });
		},
	};
}

/** The largest window on the screen, once there is one; a browser has small hidden ones too. */
async function findWindow({ hand }: Display, browser: ChildProcess): Promise<string | undefined> {
	if (browser.exitCode !== null) throw new Error("The browser ended before it had a window.");
	const ids = await hand("search", "--onlyvisible", "--name", ".").catch(() => "");
	for (const id of ids.split("\n").filter(Boolean)) {
		const [, w = "0"] = /Geometry: (\d+)x/.exec(await hand("getwindowgeometry", id).catch(() => "")) ?? [];
		if (Number(w) > 500) return id;
	}
	return undefined;
}
