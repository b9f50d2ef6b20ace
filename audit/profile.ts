/**
 * A fresh browser for one journey: a profile of its own, as a visitor has, because a private window makes no connections
 * ahead of time; with the log of its network stack, which is complete when it has closed. Leaves out what is done in it.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";
import { browserArgs, findBrowser } from "../test/support/browser.ts";
import { agentOf, screen, timeZone, viewport } from "./disguise.ts";
import type { State } from "./evidence.ts";

export interface Profile {
	context: BrowserContext;
	/** Closes the browser, and answers what its NetLog holds. */
	close(): Promise<string>;
}

/** Some makers' browsers refuse cookies of other sites by themselves; most visitors' browsers do not. */
const preferences = { profile: { block_third_party_cookies: false, cookie_controls_mode: 0 } };

/** `args`: further ones for the browser. */
export async function openProfile(state: State, language: string, args: string[] = []): Promise<Profile> {
	const folder = await mkdtemp(join(tmpdir(), "sporlos-audit-"));
	const log = join(folder, "net-log.json");
	await mkdir(join(folder, "profile/Default"), { recursive: true });
	await writeFile(join(folder, "profile/Default/Preferences"), JSON.stringify(preferences));
	const context = await chromium.launchPersistentContext(join(folder, "profile"), {
		executablePath: findBrowser(),
		args: [
			...browserArgs,
			"--disable-blink-features=AutomationControlled", // some scripts stay silent where they see a robot
			`--log-net-log=${log}`,
			...args,
		],
		ignoreDefaultArgs: ["--enable-automation", "--disable-back-forward-cache"],
		userAgent: agentOf(state),
		locale: language,
		timezoneId: timeZone,
		viewport,
		screen,
		ignoreHTTPSErrors: true,
		...(state === "gpc" && { extraHTTPHeaders: { "Sec-GPC": "1" } }),
	});
	return {
		context,
		async close() {
			try {
				await context.close();
				return await readFile(log, "utf8");
			} finally {
				await rm(folder, { recursive: true, force: true, maxRetries: 3 });
			}
		},
	};
}
