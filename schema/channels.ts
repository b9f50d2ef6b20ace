/**
 * Known hosts a visit can come from, by channel. A name without a dot stands for that name under any top-level domain
 * (google.no, google.co.uk); subdomains count too. Leaves out: campaign tags, which the collector reads from the address.
 * Source: the hosts with real traffic in Matomo's searchengine-and-social-list (SearchEngines, Socials, AIAssistants;
 * https://github.com/matomo-org/searchengine-and-social-list), plus Kvasir, Sesam's successors and web mail used in Norway.
 */
import type { Channel } from "./report.ts";

const hosts = {
	// Before search: gemini.google.com is an assistant, mail.google.com is mail.
	assistant:
		"chatgpt.com openai.com claude.ai perplexity.ai copilot.microsoft.com gemini.google.com deepseek.com mistral.ai grok.com meta.ai you.com",
	email: "mail.google.com outlook.live.com outlook.office.com mail.yahoo.com mail.proton.me webmail com.google.android.gm",
	search:
		"google bing duckduckgo.com yahoo yandex ecosia.org qwant.com startpage.com search.brave.com kagi.com baidu.com kvasir.no naver.com seznam.cz mojeek.com swisscows.com metager.org ask.com com.google.android.googlequicksearchbox",
	social:
		"facebook.com fb.me instagram.com t.co twitter.com x.com linkedin.com lnkd.in com.linkedin.android pinterest reddit.com youtube.com youtu.be tiktok.com threads.net threads.com bsky.app mastodon snapchat.com vk.com tumblr.com flickr.com vimeo.com discord.com t.me telegram.org whatsapp.com messenger.com xing.com weibo.com quora.com news.ycombinator.com jodel.com",
} as const satisfies Partial<Record<Channel, string>>;

/** Channel of a known host, or undefined for any other. */
export function channelOfHost(host: string): Channel | undefined {
	const dotted = `.${host}`;
	const isKnown = (name: string) =>
		name.includes(".") ? dotted.endsWith(`.${name}`) : new RegExp(`\\.${name}(\\.[a-z]{2,3}){1,2}$`).test(dotted);
	for (const [channel, names] of Object.entries(hosts)) {
		if (names.split(" ").some(isKnown)) return channel as Channel;
	}
	return undefined;
}
