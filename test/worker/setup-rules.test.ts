/** What a content policy lets through, which addresses are private, and which tool a page has: the rules by which a set-up is judged. */
import { describe, expect, test } from "vitest";
import { misheard, toolsOf } from "../../worker/setup/consent-tools.ts";
import { forbidding } from "../../worker/setup/content-policy.ts";
import { isPrivate } from "../../worker/sites/own-pages.ts";

describe("a content policy", () => {
	const page = new URL("https://www.example.no/om");
	const url = new URL("https://stats.example.no/gate/shop/banner.js");
	const script = (policy: string, more: object = {}) => forbidding([policy], { use: "script", url, page, ...more });

	test.each([
		"",
		"img-src 'self'",
		"script-src *",
		"script-src https:",
		"script-src http:",
		"script-src stats.example.no",
		"script-src STATS.example.no",
		"script-src https://stats.example.no",
		"script-src http://stats.example.no",
		"script-src http://stats.example.no:80",
		"script-src stats.example.no:443",
		"script-src stats.example.no:*",
		"script-src *.example.no",
		"script-src https://stats.example.no/gate/",
		"script-src https://stats.example.no/gate/shop/banner.js",
		"script-src 'none' stats.example.no",
		"script-src-elem stats.example.no; script-src 'self'; default-src 'none'",
		"script-src stats.example.no; script-src 'none'",
		"SCRIPT-SRC stats.example.no",
		"sandbox allow-scripts; script-src *",
	])("lets the script through: %s", (policy) => {
		expect(script(policy)).toBeUndefined();
	});

	test.each([
		["script-src 'none'", "script-src"],
		["script-src", "script-src"],
		["script-src 'self'", "script-src"],
		["script-src example.no", "script-src"],
		["script-src *.stats.example.no", "script-src"],
		["script-src wss:", "script-src"],
		["script-src stats.example.no:8443", "script-src"],
		["script-src https://stats.example.no/other/", "script-src"],
		["script-src 'unsafe-inline'", "script-src"],
		["script-src 'strict-dynamic' https:", "script-src"],
		["script-src-elem 'self'; script-src *", "script-src-elem"],
		["default-src 'self'; connect-src *", "default-src"],
		["sandbox; script-src *", "sandbox"],
		["script-src *, script-src 'self'", "script-src"],
	])("stops it: %s", (policy, directive) => {
		expect(script(policy)).toBe(directive);
	});

	test("lets a script with its nonce through, whatever else it says of hosts", () => {
		expect(script("script-src 'nonce-a1' 'strict-dynamic'", { nonce: "a1" })).toBeUndefined();
		expect(script("script-src 'nonce-a1'", { nonce: "b2" })).toBe("script-src");
		expect(script("script-src 'nonce-a1'")).toBe("script-src");
	});

	test("holds a page's own port and scheme: https never stands for http, and http stands for https", () => {
		const asked = (address: string, from: string) =>
			forbidding(["connect-src 'self'"], { use: "connect", url: new URL(address), page: new URL(from) });
		expect(asked("https://a.no/x", "https://a.no/")).toBeUndefined();
		expect(asked("https://a.no/x", "http://a.no/")).toBeUndefined();
		expect(asked("http://a.no/x", "https://a.no/")).toBe("connect-src");
		expect(asked("https://a.no:8443/x", "https://a.no/")).toBe("connect-src");
		expect(asked("http://a.no:8080/x", "http://a.no:8080/")).toBeUndefined();
	});

	test("is one of several, and all have to let it through", () => {
		expect(forbidding(["script-src *", "script-src 'self'"], { use: "script", url, page })).toBe("script-src");
	});
});

test("private addresses are known in every form, and public ones are not taken for them", () => {
	const host = (address: string) => new URL(`http://${address}/`).hostname;
	for (const address of [
		...["127.0.0.1", "127.1", "2130706433", "0x7f.1", "0.0.0.0", "10.0.0.7", "100.64.0.1", "169.254.169.254"],
		...["172.16.0.1", "172.31.255.255", "192.168.1.1", "198.18.0.1", "224.0.0.1", "255.255.255.255"],
		...[
			"[::]",
			"[::1]",
			"[fd00::1]",
			"[fe80::1]",
			"[::ffff:10.0.0.1]",
			"[64:ff9b::a00:1]",
			"[2002:a00:1::]",
			"[2001::1]",
		],
		...["localhost", "LOCALHOST.", "a.localhost", "intranet", "printer.local", "db.internal", "nas.lan", "x.home.arpa"],
	])
		expect(isPrivate(host(address)), address).toBe(true);
	for (const address of [
		...["example.no", "www.example.no.", "172.32.0.1", "172.15.0.1", "192.169.0.1", "100.128.0.1", "8.8.8.8"],
		...["[2a00:1450::1]", "[2606:4700::1111]", "localhost.example.no", "local.no"],
	])
		expect(isPrivate(host(address)), address).toBe(false);
});

test("the consent tool of a page is told by its scripts, and whether the gate file listens to it", () => {
	const page = ["https://cdn.cookielaw.org/scripttemplates/otSDKStub.js", "https://www.example.no/app.js"];
	expect(toolsOf(page)).toEqual(["onetrust"]);
	expect(toolsOf(["https://www.example.no/app.js"])).toEqual([]);
	expect(misheard("onetrust", ["onetrust"])).toBeUndefined();
	expect(misheard("banner", ["onetrust"])).toBe("onetrust");
	expect(misheard("klaro", ["onetrust"])).toBe("onetrust");
	expect(misheard("banner", [])).toBeUndefined();
	for (const general of ["auto", "manual", "tcf", "gpp", "consent-mode"])
		expect(misheard(general, ["onetrust"])).toBeUndefined();
});
