/**
 * Known places a visit can come from, by channel: a host, or its name without the country or `.com`; subdomains count too.
 * The config route hands the patterns out, so that they weigh nothing in the collector. Leaves out: campaign tags, which the
 * collector reads from the address.
 * Source: the best known of Matomo's lists of search engines, social networks and AI assistants
 * (https://github.com/matomo-org/searchengine-and-social-list), Kvasir, and common web mail.
 */
import type { Channel } from "./report.ts";

/** The first match counts: gemini.google.com is an assistant, mail.google.com is mail. */
const places = {
	assistant:
		"chatgpt openai claude.ai perplexity copilot.microsoft gemini.google notebooklm.google deepseek mistral.ai grok.com meta.ai you.com",
	email: "mail.google mail.yahoo outlook.live outlook.office proton.me com.google.android.gm",
	search:
		"google bing yahoo duckduckgo ecosia qwant startpage search.brave kagi yandex baidu kvasir seznam naver mojeek com.google.android.googlequicksearchbox",
	social:
		"facebook fb.me messenger whatsapp instagram threads x.com twitter t.co linkedin lnkd.in com.linkedin.android pinterest reddit youtube youtu.be tiktok bsky.app snapchat telegram t.me discord tumblr flickr vimeo vk xing weibo quora news.ycombinator",
} as const satisfies Partial<Record<Channel, string>>;

/** [channel, regular expression for the host], in the order in which to try them. */
export const channelPatterns: [Channel, string][] = Object.entries(places).map(([channel, names]) => [
	channel as Channel,
	`(^|\\.)(${names.replaceAll(".", "\\.").replaceAll(" ", "|")})(\\.com?)?(\\.[a-z]{2,3})?$`,
]);
