/** The application and a browser for all tests of a file. Leaves out visitors: each test makes its own. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { type App, startApp } from "./app.ts";
import { launchBrowser } from "./browser.ts";

export interface WholeApp {
	app: App;
	browser: Browser;
}

/** Without sample visits, so that every figure is the test's own. */
export function useWholeApp(): WholeApp {
	const whole = {} as WholeApp;
	beforeAll(async () => {
		[whole.app, whole.browser] = await Promise.all([startApp({ sample: false }), launchBrowser()]);
	});
	afterAll(async () => {
		await whole.browser?.close();
		await whole.app?.stop();
	});
	return whole;
}
