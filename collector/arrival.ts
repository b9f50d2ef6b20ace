/** How the visitor came to an entry page: channel and referrer's host. Leaves out: campaign names, search words, paths. */
import { channelOfHost } from "../schema/channels.ts";
import { cleanHost } from "../schema/clean.ts";
import type { Channel } from "../schema/report.ts";

/** Not fbclid: Facebook puts it on every link, paid or not, so the referrer tells more. */
const campaignTag = /^(utm_(campaign|source|medium|id)|gclid|gbraid|wbraid|dclid|msclkid|ttclid|twclid|li_fat_id|mc_cid)$/;

export function tellArrival(referrer: string, address: URL): { channel: Channel; referrer?: string } {
	const tags = address.searchParams;
	const from = /^[a-z-]+:\/\/([^/]+)/.exec(referrer)?.[1] ?? "";
	const host = from === address.host ? "" : cleanHost(from);
	const part = host ? { referrer: host } : {};
	if (/^e-?mail$/i.test(tags.get("utm_medium") ?? "")) return { channel: "email", ...part };
	const known = channelOfHost(host || cleanHost(tags.get("utm_source") ?? ""));
	if (known === "assistant") return { channel: known, ...part }; // assistants tag their own links
	if ([...tags.keys()].some((tag) => campaignTag.test(tag))) return { channel: "campaign", ...part };
	return { channel: known ?? (host ? "referral" : "direct"), ...part };
}
