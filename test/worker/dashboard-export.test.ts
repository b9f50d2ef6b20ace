/** The download of a page of figures: an archive others can unpack, with what the Stats API answers to the same questions. */
import { beforeAll, describe, expect, test, vi } from "vitest";
import { startLogin } from "../../worker/access/logins.ts";
import { writeZip } from "../../worker/dashboard/export/zip.ts";
import { sections } from "../../worker/dashboard/sections.ts";
import { csvForms, writeCsv } from "../../worker/stats/csv.ts";
import { figureRoutes } from "../../worker/stats/table.ts";
import { signUp } from "./access-callers.ts";
import { startFresh } from "./migrations.ts";
import { call, makeVisit, send, testEnv, today, yesterday } from "./support.ts";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let key = "";
let cookie = "";

beforeAll(async () => {
	const { key: owner, policy } = await startFresh();
	key = owner;
	const account = await signUp("Kari", { site: "shop", role: "viewer", release: "" });
	cookie = `sporlos_login=${await startLogin(testEnv.DB, { account, how: "passkey", browser: "" })}`;
	for (let visit = 0; visit < 12; visit++)
		await send(
			makeVisit(policy, ["/", "/turer", "/=1+1"].slice(0, 1 + (visit % 3)), {
				parts: visit,
				device: visit % 2 ? "mobile" : "desktop",
				gap: 31,
				lcpMs: 900.5 + visit,
			}),
		);
});

type Bytes = Uint8Array<ArrayBuffer>;
const through = async (bytes: Bytes, way: CompressionStream | DecompressionStream): Promise<Bytes> =>
	new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(way)).arrayBuffer());

/** A check sum made by somebody else: gzip ends with it. */
async function crc32(bytes: Bytes): Promise<number> {
	const packed = await through(bytes, new CompressionStream("gzip"));
	return new DataView(packed.buffer).getUint32(packed.length - 8, true);
}

/** Reads an archive by its index, as unpackers do, and checks what the index says of each file. */
async function unzip(bytes: Bytes): Promise<Map<string, string>> {
	const view = new DataView(bytes.buffer);
	const long = (at: number) => view.getUint32(at, true);
	const short = (at: number) => view.getUint16(at, true);
	const text = (part: Bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(part);
	const end = bytes.length - 22;
	expect(long(end)).toBe(0x06054b50);
	const files = new Map<string, string>();
	let at = long(end + 16);
	expect(at + long(end + 12)).toBe(end);
	for (let file = 0; file < short(end + 10); file++) {
		expect(long(at)).toBe(0x02014b50);
		const [sum, packed, whole, nameLength, own] = [
			long(at + 16),
			long(at + 20),
			long(at + 24),
			short(at + 28),
			long(at + 42),
		];
		const name = text(bytes.slice(at + 46, at + 46 + nameLength));
		expect(long(own)).toBe(0x04034b50);
		// The same is said before the file itself.
		expect(bytes.slice(own + 4, own + 30)).toEqual(bytes.slice(at + 6, at + 32));
		const start = own + 30 + short(own + 26);
		const content = await through(bytes.slice(start, start + packed), new DecompressionStream("deflate-raw"));
		expect([content.length, await crc32(content)], name).toEqual([whole, sum]);
		expect(files.has(name), name).toBe(false);
		files.set(name, text(content));
		at += 46 + nameLength;
	}
	expect(at).toBe(end);
	return files;
}

const open = (path: string) => call(`/sites/shop${path}`, { headers: { Cookie: cookie } });

async function filesOf(path: string): Promise<Map<string, string>> {
	const answer = await open(path);
	expect(answer.status, path).toBe(200);
	expect(answer.headers.get("Content-Type")).toBe("application/zip");
	return unzip(new Uint8Array(await answer.arrayBuffer()));
}

/** What the file beside the figures says of the others: the call that answers the same. */
function callsIn(about: string): [name: string, path: string][] {
	const lines = about.split("\r\n").filter((line) => /^[\w-]+\.csv: /.test(line));
	return lines.map((line) => line.split(/: (.*)/).slice(0, 2) as [string, string]);
}

async function fromApi(path: string, csv: boolean): Promise<Response> {
	const asked = csv ? path.replace("?", ".csv?") : path;
	const answer = await call(`/v1/sites/shop/stats/${asked}`, { headers: { Authorization: `Bearer ${key}` } });
	expect(answer.status, path).toBe(200);
	return answer;
}

const range = () => `p=egen&fra=${yesterday()}&til=${today()}`;

describe("the download of a page", () => {
	test("holds for every page, in both languages, what the Stats API answers to the same questions, and nothing else", async () => {
		for (const { name, path } of sections) {
			for (const [language, query] of [
				["nb", range()],
				["en", `${range()}&enhet=mobil&side=/turer`],
			] as const) {
				const files = await filesOf(`/export.zip?of=${name}&${query}&lang=${language}`);
				const about = files.get(language === "nb" ? "les-meg.txt" : "read-me.txt") ?? "";
				const calls = callsIn(about);
				expect([...files.keys()].slice(1), name).toEqual(calls.map(([file]) => file));
				expect(calls.length, name).toBeGreaterThan(1);
				for (const [file, asked] of calls) {
					const lists = figureRoutes[asked.split("?")[0] ?? ""]?.lists;
					const whole = `${name} ${file}`;
					if (language === "en") expect(files.get(file), whole).toBe(await (await fromApi(asked, true)).text());
					else
						expect(files.get(file), whole).toBe(
							writeCsv(await (await fromApi(asked, false)).json(), lists, csvForms.nb),
						);
				}
				// Every panel's figures are there, under the call the panel names, whichever rows it had room for.
				const html = await (await open(`${path === "/" ? "" : path}?${query}&lang=${language}`)).text();
				const panels = [...html.matchAll(/data-answer="([^"]+)"/g)].map(([, of = ""]) => of.replaceAll("&amp;", "&"));
				for (const panel of panels) {
					const [route = "", wanted] = panel.split("?");
					const isKept = calls.some(([, asked]) => {
						const [of, given] = asked.split("?");
						const parameters = new URLSearchParams(given);
						return (
							of === route && [...new URLSearchParams(wanted)].every(([one, value]) => parameters.get(one) === value)
						);
					});
					expect(isKept, `${name}: ${panel}`).toBe(true);
				}
			}
		}
	});

	test("is linked to from every page, with the page's own range and filters", async () => {
		for (const { name, path } of sections) {
			const html = await (await open(`${path === "/" ? "" : path}?${range()}&enhet=mobil&lang=nb`)).text();
			const [, link = "", text] = /href="([^"]+export\.zip[^"]+)"[^>]*>([^<]+)</.exec(html) ?? [];
			expect(text).toBe("Last ned alt");
			const query = new URL(link.replaceAll("&amp;", "&"), "https://x.example").searchParams;
			expect(Object.fromEntries(query)).toMatchObject({
				of: name,
				p: "egen",
				fra: yesterday(),
				til: today(),
				enhet: "mobil",
				lang: "nb",
			});
			expect((await call(link.replaceAll("&amp;", "&"), { headers: { Cookie: cookie } })).status).toBe(200);
		}
	});

	test("is for spreadsheets of the reader's language, and harmless in them", async () => {
		const [nb, en] = await Promise.all(
			["nb", "en"].map((language) => filesOf(`/export.zip?of=pages&${range()}&lang=${language}`)),
		);
		const [norwegian = "", english = ""] = [nb?.get("pages.csv"), en?.get("pages.csv")];
		expect(norwegian.startsWith("\ufeffpage;views;")).toBe(true);
		expect(english.startsWith("page,views,")).toBe(true);
		for (const csv of [norwegian, english]) expect(csv).not.toMatch(/^[=+@-]/m);
		expect(writeCsv(hostile(), false, csvForms.nb)).toBe('\ufeffname;share\r\n\'=1+1;0,25\r\n"a;b";1\r\n');
		expect(nb?.get("les-meg.txt")).toContain("Tidssone Europe/Oslo");
		expect(nb?.get("les-meg.txt")).toContain("foreløpige tall");
	});

	test("is there for a site without visits, and for no page that there is not", async () => {
		const files = await filesOf("/export.zip?of=speed&p=egen&fra=2020-01-01&til=2020-01-02&lang=en");
		expect([...files.keys()]).toEqual(["read-me.txt", "summary.csv"]);
		for (const of of ["", "nothing", "__proto__"]) expect((await open(`/export.zip?of=${of}`)).status).toBe(404);
	});

	test("holds the owner's notes of the range where the page shows them, harmless in a spreadsheet", async () => {
		const write = (note: object) =>
			call("/v1/sites/shop/notes", {
				method: "POST",
				headers: { Authorization: `Bearer ${key}` },
				body: JSON.stringify(note),
			});
		for (const note of [{ text: '=HYPERLINK("x")' }, { text: "Gammelt", from: "2020-01-01" }])
			expect((await write(note)).status).toBe(200);
		const files = await filesOf(`/export.zip?of=overview&${range()}&lang=nb`);
		expect(files.get("notes.csv")).toMatch(
			/^\ufefffrom;to;text;page\r\n[\d-]{10};[\d-]{10};"'=HYPERLINK\(""x""\)";\r\n$/,
		);
		expect(files.get("les-meg.txt")).toContain("notes.csv: eierens notater i tidsrommet");
		expect((await filesOf(`/export.zip?of=paths&${range()}`)).has("notes.csv")).toBe(false);
	});

	test("of a goal that is drawn holds its line, and of one that there is none of the line of visits", async () => {
		const set = await call("/v1/sites/shop/settings", {
			method: "PUT",
			headers: { Authorization: `Bearer ${key}` },
			body: JSON.stringify({ goals: [{ name: "Kjøp nå!", kind: "page", match: "/takk" }] }),
		});
		expect(set.status).toBe(200);
		const goalFiles = (goal: string) =>
			filesOf(`/export.zip?of=overview&${range()}&lang=en&maal=${encodeURIComponent(goal)}`);
		const files = await goalFiles("Kjøp nå!");
		const about = files.get("read-me.txt") ?? "";
		expect(about).toContain("Goal: Kjøp nå!\r\n");
		const [file = "", asked = ""] = callsIn(about).find(([, path]) => path.startsWith("timeline")) ?? [];
		expect([file, new URLSearchParams(asked.split("?")[1]).get("goal")]).toEqual(["timeline-kj-p-n.csv", "Kjøp nå!"]);
		expect(files.get(file)).toBe(await (await fromApi(asked, true)).text());
		expect(files.get(file)?.split("\r\n")[0]).toContain(",reached,");
		expect((await goalFiles("ukjent")).get("timeline.csv")?.split("\r\n")[0]).not.toContain("reached");
	});

	test("is noted in the log of access, as other files of figures are", async () => {
		await filesOf("/export.zip?of=paths");
		const log = await call("/v1/sites/shop/log", { headers: { Authorization: `Bearer ${key}` } });
		const { entries } = await log.json<{ entries: { who: string; what: string; about: string }[] }>();
		expect(entries).toContainEqual(expect.objectContaining({ who: "Kari", what: "exported", about: "paths.zip" }));
	});
});

const hostile = () =>
	({
		rows: [
			{ name: "=1+1", share: 0.25 },
			{ name: "a;b", share: 1 },
		],
	}) as unknown as Parameters<typeof writeCsv>[0];

describe("an archive", () => {
	test("is read back as it was written: nothing, long texts, any letters, and its time", async () => {
		const long = Array.from({ length: 20_000 }, (_, line) => `${line}\r\n`).join("");
		const entries = [
			{ name: "tom.csv", text: "" },
			{ name: "blåbær.csv", text: "æøå 𝕏\r\n" },
			{ name: "lang.csv", text: long },
		];
		const bytes = await writeZip(entries, Date.UTC(2026, 10, 23, 13, 14, 16));
		expect([...(await unzip(bytes))]).toEqual(entries.map(({ name, text }) => [name, text]));
		expect(bytes.length).toBeLessThan(long.length);
		const view = new DataView(bytes.buffer);
		expect(view.getUint16(10, true)).toBe((13 << 11) | (14 << 5) | 8);
		expect(view.getUint16(12, true)).toBe((46 << 9) | (11 << 5) | 23);
		expect((await unzip(await writeZip([], 0))).size).toBe(0);
	});

	test("that was changed on the way is noticed", async () => {
		const bytes = await writeZip([{ name: "a.csv", text: "1,2,3\r\n".repeat(9) }], 1e12);
		const view = new DataView(bytes.buffer);
		view.setUint32(view.getUint32(bytes.length - 6, true) + 16, 0, true);
		await expect(unzip(bytes)).rejects.toThrow();
	});
});
