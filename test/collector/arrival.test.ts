/** How a visit came about. */
import { describe, expect, test } from "vitest";
import { tellArrival } from "../../collector/arrival.ts";
import { channelPatterns } from "../../schema/channels.ts";

const arrive = (referrer: string, search = "") =>
	tellArrival(referrer, "www.fjordbua.example", [...new URLSearchParams(search)], channelPatterns);

describe("an arrival", () => {
	test.each([
		["", "", { channel: "direct" }],
		["https://www.fjordbua.example/turer", "", { channel: "direct" }],
		["https://www.google.com/", "", { channel: "search", referrer: "google.com" }],
		["https://www.google.co.uk/", "", { channel: "search", referrer: "google.co.uk" }],
		["https://duckduckgo.com/", "", { channel: "search", referrer: "duckduckgo.com" }],
		["android-app://com.google.android.gm/", "", { channel: "email", referrer: "com.google.android.gm" }],
		["https://mail.google.com/", "", { channel: "email", referrer: "mail.google.com" }],
		["https://gemini.google.com/", "", { channel: "assistant", referrer: "gemini.google.com" }],
		["https://l.facebook.com/l.php?u=x", "?fbclid=1", { channel: "social", referrer: "l.facebook.com" }],
		["https://t.co/abc", "", { channel: "social", referrer: "t.co" }],
		["https://taco.com/", "", { channel: "referral", referrer: "taco.com" }],
		["https://notgoogle.com/", "", { channel: "referral", referrer: "notgoogle.com" }],
		["https://shop.fjordbua.example/", "", { channel: "referral", referrer: "shop.fjordbua.example" }],
		["", "?utm_source=chatgpt.com", { channel: "assistant" }],
		["", "?utm_source=nyhetsbrev&utm_medium=email", { channel: "email" }],
		["https://www.google.com/", "?gclid=x", { channel: "campaign", referrer: "google.com" }],
		["", "?a=1&utm_campaign=sommer", { channel: "campaign", campaign: "sommer" }],
		["", "?utm_campaign=v%C3%A5r+og+sommer", { channel: "campaign", campaign: "vår og sommer" }],
		["", "?utm_campaign=kari%40fjordbua.example", { channel: "campaign", campaign: ":id" }],
		["", "?utm_campaign=%", { channel: "campaign", campaign: "%" }],
		["", "?utm_campaign=", { channel: "direct" }],
	])("from %o with %o is %o", (referrer, search, told) => {
		expect(arrive(referrer, search)).toEqual(told);
	});
});
