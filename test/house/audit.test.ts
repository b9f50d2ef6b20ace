import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { screen } from "../../audit/disguise.ts";
import { readNetLog } from "../../audit/net-log.ts";
import { siteOf, tellParties } from "../../audit/parties.ts";
import { factsIn, tokensOf, unpack } from "../../audit/payload.ts";
import { rules } from "../../audit/rules.ts";
import { readWish, Unanswerable } from "../../audit/wish.ts";
import { words } from "../../audit/words.ts";

const root = join(import.meta.dirname, "../..");

describe("whose a host is", () => {
	test.each([
		["www.example.no", "example.no"],
		["a.b.example.co.uk", "example.co.uk"],
		["shop.oslo.kommune.no", "oslo.kommune.no"],
		["me.github.io", "me.github.io"],
		["127.0.0.1", "127.0.0.1"],
		["localhost", "localhost"],
	])("%s is registered as %s", (host, site) => {
		expect(siteOf(host)).toBe(site);
	});

	test("the consent tool's own files are not foreign, its owner's other files are", () => {
		const parties = tellParties(["https://shop.example/"], ["Sporløs"], ["cdn.example"]);
		expect(parties.of("https://static.shop.example/x.js")).toBe("own");
		expect(parties.of("https://stats.example.no/gate/demo/banner.js?lang=nb")).toBe("tool");
		expect(parties.of("https://stats.example.no/code/1a2b/collector.js")).toBe("foreign");
		expect(parties.of("https://a.cdn.example/font.woff2")).toBe("allowed");
		expect(parties.of("blob:https://shop.example/1-2")).toBe("own");
		expect(parties.of("data:text/plain,x")).toBe("nobody");
	});

	test("a tool that was not found on the page excuses nothing", () => {
		expect(tellParties(["https://shop.example/"], [], []).of("https://consent.cookiebot.com/uc.js")).toBe("foreign");
	});
});

describe("the words on buttons", () => {
	const says = (kind: keyof typeof words, label: string) => new RegExp(words[kind], "u").test(label.toLowerCase());
	test.each([
		["Accept all", "Reject all"],
		["Allow cookies", "Only necessary cookies"],
		["Godta alle", "Avslå alle"],
		["Godta", "Bare nødvendige"],
		["Eg godtek", "Nei"],
		["Acceptera alla", "Endast nödvändiga"],
		["Tillad alle", "Kun nødvendige"],
		["Alle akzeptieren", "Ablehnen"],
		["Tout accepter", "Tout refuser"],
		["Aceptar todas", "Rechazar todas"],
		["Accetta tutti", "Rifiuta"],
		["Alles accepteren", "Weigeren"],
		["Aceitar todos", "Recusar"],
		["Hyväksy kaikki", "Vain välttämättömät"],
		["Akceptuj wszystkie", "Odrzuć wszystkie"],
	])("“%s” accepts and “%s” declines, and neither the other way round", (accept, decline) => {
		expect([says("accept", accept), says("decline", accept)]).toEqual([true, false]);
		expect([says("decline", decline), says("accept", decline)]).toEqual([true, false]);
	});

	test("words inside a sentence press nothing", () => {
		expect(says("accept", "Accept the terms of sale")).toBe(false);
		expect(says("decline", "No refunds")).toBe(false);
	});
});

describe("what is sent", () => {
	const told = JSON.stringify({ $screen_height: screen.height, $screen_width: screen.width, tz: "Europe/Oslo" });
	test.each([
		["plain", told],
		["percent-encoded", `data=${encodeURIComponent(told)}`],
		["base64", `data=${Buffer.from(told).toString("base64")}`],
		["gzip", `base64:${gzipSync(told).toString("base64")}`],
	])("facts about the device are found in %s messages", (_, body) => {
		expect(factsIn(unpack(body), "no such agent")).toEqual(["screen size", "time zone"]);
	});

	test("a time is no mark, a random value is one", () => {
		expect(tokensOf('{"at":1795000000000,"theme":"dark","day":"2026-11-22T20:00"}')).toEqual([]);
		expect(tokensOf("%7B%22id%22%3A%22019a8f3c-77aa%22%7D")).toEqual(["019a8f3c-77aa"]);
	});
});

test("the NetLog tells preconnects, look-ups and datagrams of pages, also when it ends in the middle", () => {
	const types = {
		HOST_RESOLVER_MANAGER_REQUEST: 1,
		SOCKET_POOL_CONNECT_JOB_CREATED: 2,
		UDP_CONNECT: 3,
		UDP_BYTES_SENT: 4,
	};
	const event = (type: number, params: object, id = 1) =>
		JSON.stringify({ time: "50", type, source: { id }, phase: 1, params });
	const key = "https://shop.example same_site";
	const lines = [
		event(1, { host: "https://tracker.example", network_anonymization_key: key }),
		event(1, { host: "https://browser.example", network_anonymization_key: "null" }),
		event(2, { group_id: "pm/https://tracker.example:443 <https://shop.example same_site>" }),
		event(2, { group_id: "https://browser.example:443 <https://browser.example same_site>" }),
		event(3, { address: "203.0.113.7:3478" }, 9),
		event(4, { byte_count: 20 }, 9),
		event(3, { address: "192.0.2.1:53" }, 10),
		event(4, { byte_count: 20 }, 10),
		'{"time":"51","ty',
	];
	const log = `{"constants":${JSON.stringify({ timeTickOffset: 1000, logEventTypes: types })},\n"events": [\n${lines.join(",\n")}`;
	expect(readNetLog(log, "www.shop.example")).toEqual([
		{ at: 1050, kind: "lookup", target: "tracker.example" },
		{ at: 1050, kind: "connection", target: "tracker.example:443" },
		{ at: 1050, kind: "datagram", target: "203.0.113.7:3478" },
	]);
});

describe("npm run audit", () => {
	const sentenceFor = (...args: string[]) => {
		try {
			readWish(args);
			return "no complaint";
		} catch (error) {
			return error instanceof Unanswerable ? error.message.split("\n")[0] : String(error);
		}
	};
	test.each([
		["no page", [], "Name one page to look at."],
		["two pages", ["a.example", "b.example"], "Name one page to look at."],
		["a file", ["file:///etc/hosts"], '"file:///etc/hosts" is not the address of a web page.'],
		["an unknown option", ["a.example", "--quick"], "Unknown option '--quick'."],
		["a wait that is none", ["a.example", "--wait", "soon"], "--wait must be a number of seconds, 0.1 to 60."],
		[
			"an address as a host",
			["a.example", "--allow", "https://b.example/"],
			'--allow takes a host such as cdn.example.com, not "https://b.example/".',
		],
	])("refuses %s with a sentence", (_, args, sentence) => {
		expect(sentenceFor(...args)).toBe(sentence);
	});

	test("ends with status 2 then", () => {
		const { status, stdout } = spawnSync(process.execPath, [join(root, "scripts/audit.ts")], { timeout: 20_000 });
		expect([status, String(stdout)]).toEqual([2, ""]);
	});

	test("takes a bare host, and selectors that are pressed one after the other", () => {
		const { way } = readWish(["shop.example", "--withdraw", "#a", "--withdraw", "#b"]);
		expect(way).toMatchObject({ url: "https://shop.example", selectors: { withdraw: ["#a", "#b"], accept: [] } });
	});
});

test("docs/audit.md lists the rules as they are", () => {
	const rows = readFileSync(join(root, "docs/audit.md"), "utf8")
		.split("\n")
		.filter((line) => /^\| `[a-z-]+` \| (breach|notice) /.test(line));
	const wanted = Object.entries(rules).map(
		([name, { level, title, why, seen }]) => `| \`${name}\` | ${level} | ${title} | ${why} | ${seen} |`,
	);
	expect(rows).toEqual(wanted);
});
