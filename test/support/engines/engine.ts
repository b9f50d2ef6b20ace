/** The engines: what can be done with each of them, where their programs are, and what is missing on this machine. */
import { execFileSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { findBrowser } from "../browser.ts";

export const engineNames = ["chromium", "firefox", "webkit"] as const;
export type EngineName = (typeof engineNames)[number];

/** A tab driven by an automation protocol; clicks, keys and wheel are input that pages trust. */
export interface Tab {
	/** As an address typed. Resolves when the page has loaded. */
	go(url: string): Promise<void>;
	/** Resolves when the click is done, not what follows from it; `pressing` runs just before each time the button goes down. */
	click(selector: string, pressing?: () => void, times?: number): Promise<void>;
	/** Types into a field. */
	type(selector: string, text: string): Promise<void>;
	/** Turns the wheel, px. */
	scroll(byPx: number): Promise<void>;
	/** Resolves once the engine has begun. */
	back(): Promise<void>;
	forward(): Promise<void>;
	reload(): Promise<void>;
	/** Of a JavaScript expression in the page; for looking, never for acting. */
	evaluate<T>(expression: string): Promise<T>;
	/** Brings the tab to the front. */
	show(): Promise<void>;
	/** As a visitor closes a tab. */
	close(): Promise<void>;
	/** Kills the page's own process; only where `can.crash`. */
	crash(): Promise<void>;
}

/** A browser that has never been anywhere. */
export interface Profile {
	open(): Promise<Tab>;
	/** SIGKILL of the whole browser. */
	kill(): Promise<void>;
	/** Closes the browser. */
	close(): Promise<void>;
}

export interface Engine {
	name: EngineName;
	version: string;
	/** `tabs`: brings one tab in front of another. `download`: without a change of the window. */
	can: { crash: boolean; download: boolean; tabs: boolean; wheel: boolean };
	/** `alone`: with a process of its own, so that it can be killed. */
	newProfile(alone?: boolean): Promise<Profile>;
	close(): Promise<void>;
}

/** Path of the program, or undefined where it is not installed. */
function find(name: string): string | undefined {
	const folders = (process.env.PATH ?? "").split(":").concat("/usr/bin", "/usr/lib/firefox-esr");
	return folders.map((folder) => `${folder}/${name}`).find((path) => existsSync(path));
}

export function programOf(name: EngineName): string | undefined {
	if (name === "firefox") return find("firefox-esr") ?? find("firefox");
	if (name === "webkit") return globSync("/usr/lib/*/webkit2gtk-4.*/MiniBrowser").sort().at(-1);
	return existsSync(findBrowser()) ? findBrowser() : undefined;
}

export const findWebDriver = () => find("WebKitWebDriver");

/** One sentence for each thing these engines need and this machine lacks. */
export function listMissing(names: readonly EngineName[], { screen = true } = {}): string[] {
	const install = (what: string, packages: string) => `${what} is missing: install Debian's ${packages}.`;
	const needed: [unknown, string, string][] = [
		...names.map((name): [unknown, string, string] => [
			programOf(name),
			{ chromium: "Chromium", firefox: "Firefox", webkit: "WebKitGTK's MiniBrowser" }[name],
			{ chromium: "chromium", firefox: "firefox-esr", webkit: "webkit2gtk-driver" }[name],
		]),
		[!names.includes("webkit") || findWebDriver(), "WebKitWebDriver", "webkit2gtk-driver"],
		[!screen || find("Xvfb"), "Xvfb", "xvfb"],
		[!screen || find("xdotool"), "xdotool", "xdotool"],
	];
	return needed.filter(([found]) => !found).map(([, what, packages]) => install(what, packages));
}

/** Throws one sentence where something is missing. */
export function demand(names: readonly EngineName[], options?: { screen?: boolean }): void {
	const missing = listMissing(names, options);
	if (missing.length > 0) throw new Error(missing.join(" "));
}

/** What the installed program says its version is. */
export function versionOf(name: EngineName): string {
	// MiniBrowser has none to tell; the name of its library's package has.
	const [command = "", ...args] =
		name === "webkit" ? ["dpkg-query", "-W", "webkit2gtk-driver"] : [programOf(name) ?? "", "--version"];
	const output = execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
	const number = /\d+(\.\d+)+/.exec(name === "webkit" ? (output.split("\t")[1] ?? "") : output)?.[0] ?? output.trim();
	return `${{ chromium: "Chromium", firefox: "Firefox", webkit: "WebKitGTK" }[name]} ${number}`;
}
