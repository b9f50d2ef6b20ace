/** What the audit's browser looks like: a visitor in Europe, with numbers that are easy to recognise in what a page sends. */
import { userAgent } from "../test/support/browser.ts";
import type { State } from "./evidence.ts";

export const screen = { width: 1363, height: 907 };
export const viewport = { width: 1361, height: 769 };
/** Consent tools ask visitors in Europe. */
export const timeZone = "Europe/Oslo";

const robot = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

export const agentOf = (state: State) => (state === "bot" ? robot : userAgent);
