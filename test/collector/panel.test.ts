import { describe, expect, test } from "vitest";
import { makeConsentRecord } from "../../collector/panel/consent-record.ts";
import { type Kept, middleOf, newestOf, readVisits } from "../../collector/panel/contribution.ts";
import { describePlace, describeView } from "../../collector/panel/describe.ts";
import { words as en } from "../../collector/panel/messages/en.ts";
import { words as fr } from "../../collector/panel/messages/fr.ts";
import { words as nb } from "../../collector/panel/messages/nb.ts";
import { bucketOf } from "../../schema/buckets.ts";
import { leavingMethods } from "../../schema/leaving.ts";
import { channels, type Report } from "../../schema/report.ts";
import { makeEntryReport } from "../support/reports.ts";

const minuteMs = 60_000;

/** A view of the ledger: begun in this minute, number so and so of its visit. */
function page(view: string, minute: number, index: number | undefined): Kept {
	const report = { ...makeEntryReport("policy-one"), view };
	const visit = index === undefined ? undefined : { ...report.visit, index, continued: false };
	const { visit: _, ...outside } = report;
	return { [`view:${view}`]: { began: minute * minuteMs, at: 0, reports: [visit ? { ...outside, visit } : outside] } };
}

const namesOf = (kept: Kept) => readVisits(kept).map((visit) => visit.map((each) => newestOf(each).view));

describe("visits in the ledger", () => {
	test("are told apart by the order of their views, newest first", () => {
		const kept = { ...page("d", 90, 2), ...page("b", 2, 2), ...page("a", 1, 1), ...page("c", 80, 1) };
		expect(namesOf(kept)).toEqual([
			["c", "d"],
			["a", "b"],
		]);
	});

	test("with a hole, because the page cleared its storage, are shown in parts", () => {
		expect(namesOf({ ...page("a", 1, 1), ...page("c", 3, 3), ...page("d", 4, 4) })).toEqual([["c", "d"], ["a"]]);
	});

	test("views outside a visit stand alone", () => {
		expect(namesOf({ ...page("a", 1, undefined), ...page("b", 2, undefined) })).toEqual([["b"], ["a"]]);
	});

	test("what is not a view, or is none any more, is passed over", () => {
		const broken: Kept = { "view:x": "?", "view:y": null, "view:z": { at: 1, reports: [] }, visit: { view: "a" } };
		expect(namesOf({ ...broken, ...page("a", 1, 1) })).toEqual([["a"]]);
	});

	test("what nobody has acknowledged says so", () => {
		const kept = { ...page("a", 1, 1), ...page("b", 2, 2), "out:b": 1 };
		expect(readVisits(kept)[0]?.map(({ isOut }) => isOut)).toEqual([false, true]);
	});
});

describe("a view in plain words", () => {
	test("says where it came from, how fast and how long it was shown, what was used and how it was left", () => {
		const report: Report = {
			...makeEntryReport("policy-one"),
			visit: { index: 1, channel: "search", referrer: "duckduckgo.com", continued: false, goals: ["Bestilt"] },
			time: { visible: bucketOf(134_000), engaged: 0 },
			speed: { lcp: bucketOf(1900), routes: [["/api/tider", 3, 2, 0]] },
			interaction: {
				scroll: 10,
				clicks: [
					["nav>a", 1],
					["button.buy", 2],
				],
			},
			leaving: { how: "outbound", certain: true, host: "yr.no" },
		};
		expect(describeView(report, nb, "nb")).toEqual([
			"fra søkemotor duckduckgo.com",
			"vist etter ca. 2 sek",
			"synlig ca. 2,3 min",
			"rullet til 100\u00a0%",
			"klikk: nav>a, button.buy",
			"mål: Bestilt",
			"forespørsler: /api/tider",
			"forlatt: til et annet nettsted (yr.no)",
		]);
		expect(describeView(report, en, "en")[1]).toBe("shown after about 2 secs");
	});

	test("has words for every channel and every way to leave", () => {
		expect(Object.keys(nb.channelNames).sort()).toEqual([...channels].sort());
		expect(Object.keys(nb.howNames).sort()).toEqual([...leavingMethods].sort());
	});

	test("names device, country and language, and passes on what has no name", () => {
		const report = makeEntryReport("policy-one");
		const place = { ...report.place, device: "mobile", browser: "Firefox", os: "Android", country: "NO" } as const;
		expect(describePlace({ ...report, place: { ...place, language: "de" } }, nb, "nb")).toBe(
			"mobil, Firefox, Android, Norge, tysk",
		);
		expect(describePlace({ ...report, place: { ...place, language: "c" } }, fr, "fr")).toBe(
			"téléphone, Firefox, Android, Norvège, c",
		);
	});

	test("writes numbers and colons as its language does", () => {
		const report: Report = {
			...makeEntryReport("policy-one"),
			visit: { index: 1, continued: false, goals: ["Réservé"] },
			time: { visible: bucketOf(1900), engaged: 0 },
			interaction: { scroll: 5, clicks: [] },
		};
		expect(describeView(report, fr, "fr")).toEqual(
			expect.arrayContaining([
				"visible pendant environ 2\u202fs",
				"défilée jusqu’à 50\u00a0%",
				"objectifs\u00a0: Réservé",
			]),
		);
	});

	test("a time is as exact as its bucket", () => {
		for (const ms of [1, 14, 200, 1900, 134_000]) expect(bucketOf(middleOf(bucketOf(ms)))).toBe(bucketOf(ms));
	});
});

test("the record of consent has the four sections of ISO/IEC TS 27560, and who refused has agreed to nothing", () => {
	const at = Date.parse("2026-11-22T10:00:00Z");
	const consented = {
		settings: { site: "test", policy: "policy-one", grantDays: 180, purposes: ["visits"] as const, code: "" },
		notice: undefined,
		language: "nb",
		url: "https://stats.example/v1/sites/test/policies/policy-one",
		origin: "https://example",
	};
	const choice = { policy: "policy-one", by: "banner", at };
	const record = makeConsentRecord({ ...consented, choice: { ...choice, purposes: ["visits"] } });
	expect(record).toMatchObject({
		record_id: `test/policy-one/${at}`,
		pii_processing: { privacy_notice: consented.url, purposes: [{ purpose: "visits", lawful_basis: "consent" }] },
		party_identification: [{ party_id: "test", party_url: "https://example" }],
		events: [{ event_time: "2026-11-22T10:00:00.000Z", validity_duration: "P180D", event_state: "consent given" }],
	});
	const text = { title: "Må vi?", text: "Vi tel.", recipients: "Vi", retention: "180 dagar" };
	const asked = { languages: { en: { ...text, recipients: "We" }, nn: text }, contact: "vi@example" };
	const told = makeConsentRecord({
		...consented,
		notice: { ...asked, purposes: ["visits"] },
		choice: { ...choice, purposes: ["visits"] },
	});
	expect(told.pii_processing).toMatchObject({ language: "nn", purposes: [{ recipient_third_parties: "Vi" }] });
	const refused = makeConsentRecord({ ...consented, choice: { ...choice, purposes: [] } });
	expect(refused.pii_processing.purposes).toEqual([]);
	expect(refused.events[0]?.event_state).toBe("consent refused or withdrawn");
	expect(record.pii_processing.purposes[0]?.pii_information.map(({ pii_type }) => pii_type)).toEqual([
		"visit",
		"time",
		"leaving",
	]);
});
