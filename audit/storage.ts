/** Everything that lies on the device, of all origins that a page's frames have. Leaves out who put it there. */
import type { BrowserContext, Page } from "playwright-core";
import type { PageCode } from "./bundle.ts";
import type { Stored } from "./evidence.ts";

const dayMs = 86_400_000;

function lifeOf(expires: number): Pick<Stored, "lasts" | "isLasting"> {
	if (expires < 0) return { lasts: "until the browser is closed", isLasting: false };
	const days = (expires * 1000 - Date.now()) / dayMs;
	return { lasts: days < 1 ? "less than a day" : `${Math.round(days)} days`, isLasting: days > 1 };
}

async function readCookies(context: BrowserContext): Promise<Stored[]> {
	const cookies = await context.cookies();
	return cookies.map(({ name, value, domain, expires }) => {
		return { kind: "cookie", host: domain.replace(/^\./, ""), name, value, ...lifeOf(expires) };
	});
}

export async function readStored(page: Page, code: PageCode): Promise<Stored[]> {
	const stored = await readCookies(page.context());
	const seen = new Set<string>();
	for (const frame of page.frames()) {
		const kept = await frame.evaluate<[Stored["kind"], string, string][]>(code.listStored).catch(() => []);
		for (const [kind, name, value] of kept) {
			const host = URL.canParse(frame.url()) ? new URL(frame.url()).hostname : "";
			const key = `${host} ${kind} ${name}`;
			if (!host || seen.has(key)) continue;
			seen.add(key);
			const isLasting = kind !== "session storage";
			const lasts = isLasting ? "until somebody deletes it" : "until the tab is closed";
			stored.push({ kind, host, name, value, lasts, isLasting });
		}
	}
	return stored;
}
