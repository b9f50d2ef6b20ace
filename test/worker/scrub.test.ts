import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Report } from "../../schema/report.ts";
import { bookOf } from "../../worker/book/books.ts";
import { makeEntries } from "../../worker/ingest/entries.ts";
import { startFresh } from "./migrations.ts";
import { toldCells } from "./shown.ts";
import { makeReport, makeView, send, testEnv, today } from "./support.ts";

let policy = "";

beforeEach(async () => {
	({ policy } = await startFresh());
});

describe("what ingest makes of a report's names", () => {
	test("every name of every part is cleaned again, and what becomes the same counts together", async () => {
		const report = makeReport(policy, { how: "outbound" });
		const [entry] = await makeEntries([
			{
				...report,
				visit: {
					...(report.visit as NonNullable<Report["visit"]>),
					campaign: "ola@example.no",
					goals: ["b\u0000ad", "kjøp"],
				},
				leaving: { how: "outbound", certain: true, host: "WWW.Bank.example:443" },
				speed: {
					lcpOf: { element: "main img 12345", render: 3 },
					inpOf: { element: "\u0007" },
					routes: [
						["/api/kunde/12345678?t=1", 80, 2, 1],
						["/api/kunde/87654321", 80, 1, 0],
						["/api/kunde/87654321", 81, 1, 0],
					],
					parties: [
						["CDN.example", 80, 1, 0],
						["not a host", 80, 1, 0],
					],
				},
				interaction: {
					scroll: 3,
					clicks: [
						["main a 12345", 2, 1],
						["main a 54321", 1, 0, 1],
					],
					forms: [
						["form 12345", 0, "felt 99999"],
						["form 54321", 1, ""],
					],
					errors: [
						["TypeError @ /app/12345678/main.js:12345", 2],
						["Feil for ola@example.no", 1],
						["Error @ CDN.example", 1],
					],
					outbound: [["WWW.Kart.example", 1]],
					downloads: [["/faktura/12345678/kvittering.pdf?x=1", 1]],
				},
				own: {
					events: [["kjøp", 1]],
					properties: [
						["kjøp\tkunde=ola@example.no", 1],
						["kjøp\tkunde=kari@example.no", 1],
						["ukjent\tx=1", 1],
						["kjøp\tuten", 1],
					],
				},
			},
		]);
		expect(entry?.report).toMatchObject({
			visit: { campaign: ":id", goals: ["kjøp"] },
			leaving: { host: "bank.example" },
			speed: {
				lcpOf: { element: "main img 0", render: 3 },
				inpOf: {},
				routes: [
					["/api/kunde/:id", 80, 3, 1],
					["/api/kunde/:id", 81, 1, 0],
				],
				parties: [["cdn.example", 80, 1, 0]],
			},
			interaction: {
				clicks: [["main a 0", 3, 1, 1]],
				forms: [["form 0", 1, "felt 0"]],
				errors: [
					["TypeError @ /app/:id/main.js:12345", 2],
					["Error @ cdn.example", 1],
				],
				outbound: [["kart.example", 1]],
				downloads: [["/faktura/:id/kvittering.pdf", 1]],
			},
			own: { events: [["kjøp", 1]], properties: [["kjøp\tkunde=:id", 2]] },
		});
	});

	test("cleaning what is clean already changes nothing", async () => {
		const reports = Array.from({ length: 50 }, (_, i) => makeReport(policy, { parts: i, how: "outbound" }));
		const once = (await makeEntries(reports)).map(({ report }) => report);
		expect((await makeEntries(once)).map(({ report }) => report)).toEqual(once);
	});

	test("only goals and steps that the site has set are counted", async () => {
		const report = makeReport(policy);
		report.visit = { ...report.visit, goals: ["bestilt", "handel\t1", "oppdiktet"] } as NonNullable<Report["visit"]>;
		const goals = async () => {
			await send({ ...report, view: makeView() });
			const shown = await bookOf(testEnv, "shop").read([{ tree: "goal" }], today(), today());
			return toldCells(shown).map(({ key }) => key);
		};
		expect(await goals()).toEqual([]);
		const aims = { goals: [{ name: "bestilt", kind: "page", match: "/takk" }] };
		await testEnv.DB.prepare("UPDATE site SET settings = ?").bind(JSON.stringify(aims)).run();
		vi.setSystemTime(Date.now() + 60_000); // the settings are kept for a while
		expect(await goals().finally(() => vi.useRealTimers())).toEqual(["bestilt"]);
	});
});
