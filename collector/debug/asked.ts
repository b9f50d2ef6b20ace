/** What the address asked for, after a grant: the overlay of `?sporlos-debug`, or a picture of the page. Leaves out both. */
import { pictureWord } from "../../schema/picture-limits.ts";
import { type OverlayFacts, openOverlay } from "./overlay.ts";

export interface AskedFacts extends OverlayFacts {
	site: string;
}

const asked = new RegExp(`[?&#]${pictureWord}=(\\w+)\\.([\\w-]+)`);

export async function openAsked(facts: AskedFacts): Promise<void> {
	const [, device, token] = asked.exec(location.href) ?? [];
	if (device && token) (await import("../picture/box.ts")).openBox(facts, device, token);
	else if (/[?&]sporlos-debug/.test(location.search)) openOverlay(facts);
}
