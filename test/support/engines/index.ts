/** Opens an engine by its name. */
import type { Engine, EngineName } from "./engine.ts";
import { openPuppeteer } from "./puppeteer.ts";
import { openWebKit } from "./webkit.ts";

export { type Desk, openDesk } from "./desk.ts";
export { demand, type Engine, type EngineName, engineNames, type Profile, type Tab, versionOf } from "./engine.ts";

/** Throws one sentence where something is missing. */
export function openEngine(name: EngineName): Promise<Engine> {
	return name === "webkit" ? openWebKit() : openPuppeteer(name);
}
