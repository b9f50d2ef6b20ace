/** How the visitor came to an entry page: channel, referrer's host, campaign. Leaves out: search words, paths. */
import { cleanHost, cleanWords } from "../schema/clean.ts";
import type { Channel } from "../schema/report.ts";
import type { SiteConfig } from "../schema/site.ts";

/** `host` and `query` (names and values) are of the page's own address. */
export function tellArrival(
	referrer: string,
	host: string,
	query: [name: string, value: string][],
	channels: SiteConfig["channels"],
): { channel: Channel; referrer?: string; campaign?: string } {
	const tag = (names: string) => query.find(([name]) => new RegExp(`^(${names})$`).test(name))?.[1] ?? "";
	const from = referrer.split("/")[2] ?? "";
	const named = from === host ? "" : cleanHost(from);
	const source = named || tag("utm_source");
	const campaign = cleanWords(tag("utm_campaign"));
	const known = channels.find(([, pattern]) => new RegExp(pattern).test(source))?.[0];
	let channel = known ?? (named ? "referral" : "direct");
	// Assistants tag their own links. Not fbclid: Facebook puts it on every link, so the referrer tells more.
	if (known !== "assistant" && tag("utm_\\w+|gclid|[gw]braid|msclkid")) channel = "campaign";
	if (tag("utm_medium") === "email") channel = "email";
	return { channel, ...(named && { referrer: named }), ...(campaign && { campaign }) };
}
