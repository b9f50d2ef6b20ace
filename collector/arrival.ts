/** How the visitor came to an entry page: channel and referrer's host. Leaves out: campaign names, search words, paths. */
import { cleanHost } from "../schema/clean.ts";
import type { Channel } from "../schema/report.ts";
import type { SiteConfig } from "../schema/site.ts";

/** The second argument is the page's own address. */
export function tellArrival(
	referrer: string,
	{ host, search }: Pick<Location, "host" | "search">,
	channels: SiteConfig["channels"],
): { channel: Channel; referrer?: string } {
	const tag = (names: string) => new RegExp(`[?&](${names})=([^&]*)`).exec(search)?.[2] ?? "";
	const from = referrer.split("/")[2] ?? "";
	const named = from === host ? "" : cleanHost(from);
	const source = named || tag("utm_source");
	const known = channels.find(([, pattern]) => new RegExp(pattern).test(source))?.[0];
	let channel = known ?? (named ? "referral" : "direct");
	// Assistants tag their own links. Not fbclid: Facebook puts it on every link, so the referrer tells more.
	if (known !== "assistant" && tag("utm_\\w+|gclid|[gw]braid|msclkid")) channel = "campaign";
	if (tag("utm_medium") === "email") channel = "email";
	return named ? { channel, referrer: named } : { channel };
}
