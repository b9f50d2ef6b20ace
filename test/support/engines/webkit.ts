/**
 * WebKitGTK by plain WebDriver calls: each profile has a driver and a MiniBrowser of its own, on one screen nobody sees.
 * Leaves out: tabs in front of others, which its driver does not bring there.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { findFreePort } from "../app.ts";
import { until } from "../until.ts";
import { type Display, openDisplay } from "./display.ts";
import { demand, type Engine, findWebDriver, type Profile, programOf, type Tab } from "./engine.ts";
import { familyOf, killAll } from "./processes.ts";

/** The name WebDriver gives elements in its JSON. */
const elementName = "element-6066-11e4-a52e-4f735466cecf";

type Call = <T>(method: "GET" | "POST" | "DELETE", path: string, body?: object) => Promise<T>;

async function startDriver(display: Display): Promise<{ call: Call; kill(): Promise<void> }> {
	const port = await findFreePort();
	const driver = spawn(findWebDriver() ?? "", [`--port=${port}`], {
		env: { ...process.env, DISPLAY: display.name, NO_AT_BRIDGE: "1" },
		stdio: "ignore",
	});
	const gone = once(driver, "exit");
	const call: Call = async (method, path, body) => {
		const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
			method,
			...(body ? { body: JSON.stringify(body) } : {}),
		});
		const { value } = (await answer.json()) as { value: never };
		if (!answer.ok) throw new Error(`WebDriver ${method} ${path}: ${JSON.stringify(value)}`);
		return value;
	};
	await until("WebKitWebDriver", () => call("GET", "/status").then(Boolean, () => false));
	return {
		call,
		kill: async () => {
			killAll(familyOf(driver.pid ?? 0));
			await gone;
		},
	};
}

/** Nothing was clicked: an animation of the page's lies over it, or has taken its place. */
function unlessCovered(error: Error): false {
	if (!/element not interactable|stale element|click intercepted/.test(error.message)) throw error;
	return false;
}

function tabOf(call: Call, session: string): Tab {
	const find = (selector: string) =>
		call<Record<string, string>>("POST", `${session}/element`, { using: "css selector", value: selector });
	return {
		go: (url) => call("POST", `${session}/url`, { url }),
		click: async (selector, pressing, times = 1) => {
			for (let left = times; left > 0; left--) {
				pressing?.();
				await until(`${selector} under the pointer`, async () => {
					const element = (await find(selector))[elementName];
					return call("POST", `${session}/element/${element}/click`, {}).then(() => true, unlessCovered);
				});
			}
		},
		type: async (selector, text) => {
			await call("POST", `${session}/element/${(await find(selector))[elementName]}/value`, { text });
		},
		scroll: async () => {
			throw new Error("WebKitWebDriver has no wheel");
		},
		back: () => call("POST", `${session}/back`, {}),
		forward: () => call("POST", `${session}/forward`, {}),
		reload: () => call("POST", `${session}/refresh`, {}),
		evaluate: (expression) => call("POST", `${session}/execute/sync`, { script: `return (${expression})`, args: [] }),
		show: async () => {},
		close: () => call("DELETE", `${session}/window`),
		crash: async () => {
			throw new Error("WebKitWebDriver crashes no pages");
		},
	};
}

async function newProfile(display: Display): Promise<Profile & { version: string }> {
	const { call, kill } = await startDriver(display);
	const { sessionId, capabilities } = await call<{ sessionId: string; capabilities: { browserVersion: string } }>(
		"POST",
		"/session",
		{
			capabilities: {
				alwaysMatch: { "webkitgtk:browserOptions": { binary: programOf("webkit"), args: ["--automation"] } },
			},
		},
	);
	const session = `/session/${sessionId}`;
	return {
		version: `WebKitGTK ${capabilities.browserVersion}`,
		open: async () => tabOf(call, session),
		kill,
		close: async () => {
			await call("DELETE", session).catch(() => {}); // gone with its last window
			await kill();
		},
	};
}

export async function openWebKit(): Promise<Engine> {
	demand(["webkit"]);
	const display = await openDisplay();
	const first = await newProfile(display);
	await first.close();
	return {
		name: "webkit",
		version: first.version,
		can: { crash: false, download: false, tabs: false, wheel: false },
		newProfile: () => newProfile(display),
		close: () => display.stop(),
	};
}
