/** Notes on real D1: who writes and reads them, what is refused, where they stand in the dashboard, and where they never do. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { maxNotes } from "../../schema/limits.ts";
import type { Note } from "../../schema/note.ts";
import { addDays } from "../../schema/period.ts";
import { marksOf } from "../../worker/dashboard/notes/marks.ts";
import { backUp } from "../../worker/operator/backup.ts";
import { restore } from "../../worker/operator/restore.ts";
import { panelOf } from "../support/dashboard-html.ts";
import { hostileNames } from "../support/hostile-figures.ts";
import { textOf } from "../support/page-text.ts";
import { keyOf, loginOf, openReleases, releaseId } from "./access-callers.ts";
import { databases, startFresh } from "./migrations.ts";
import { call, makeVisit, openSite, send, settings, testEnv, today } from "./support.ts";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let key = "";
let policy = "";
beforeEach(async () => {
	({ key, policy } = await startFresh());
});

const at = "/v1/sites/shop/notes";
const as = (headers: Record<string, string> | undefined) => headers ?? {};
const sendNote = (body: unknown, to = at) =>
	call(to, { method: "POST", headers: { Authorization: `Bearer ${key}` }, body: JSON.stringify(body) });
async function write(body: unknown): Promise<Note> {
	const answer = await sendNote(body);
	expect(answer.status, await answer.clone().text()).toBe(200);
	return answer.json();
}
async function list(headers?: Record<string, string>): Promise<Note[]> {
	const answer = await call(at, { headers: headers ?? { Authorization: `Bearer ${key}` } });
	expect(answer.status).toBe(200);
	return (await answer.json<{ notes: Note[] }>()).notes;
}

describe("a note by key", () => {
	test("of a script needs a text only: it is then about today, and sent again it is the same one", async () => {
		const before = today();
		const note = await write({ text: "v2.4.0" });
		expect([before, today()]).toContain(note.from);
		expect(note).toEqual({ id: note.id, from: note.from, to: note.from, text: "v2.4.0", page: null });
		expect(await write({ ...note, id: undefined })).toEqual(note);
		expect(await list(as(await keyOf("viewer")))).toEqual([note]);
	});
	test("can be about a span and a page; line breaks become spaces, and the page is named as it is counted", async () => {
		await write({ from: "2026-11-20", text: "\tKampanje\r\n uke 47 ", page: "/ordre/123456/kvittering/?x=1" });
		await write({ from: "2026-11-01", to: "2026-11-05", text: "Kampanje" });
		expect((await list()).map(({ id: _, ...rest }) => rest)).toEqual([
			{ from: "2026-11-01", to: "2026-11-05", text: "Kampanje", page: null },
			{ from: "2026-11-20", to: "2026-11-20", text: "Kampanje uke 47", page: "/ordre/:id/kvittering" },
		]);
	});
	test("with anything else in it is refused in words", async () => {
		for (const [body, words] of [
			[{}, "text is missing."],
			[{ text: " \n " }, "text is missing."],
			[{ text: "x".repeat(121) }, "text has at most 120 characters."],
			[{ text: 7 }, "text is a text."],
			[{ text: "x", from: "2026-02-30" }, "from is a date: yyyy-mm-dd."],
			[{ text: "x", from: "i går" }, "from is a date: yyyy-mm-dd."],
			[{ text: "x", from: "2026-11-02", to: "2026-11-01" }, "from must not be later than to."],
			[{ text: "x", from: "2020-01-01", to: "2026-11-01" }, "A note is about at most 800 days."],
			[{ text: "x", page: "priser" }, "page is a path of the site, from the first slash on."],
			[{ text: "x", colour: "red" }, "A note has text"],
			[[], "text is missing."],
			[null, "A note has text"],
		] as const) {
			const answer = await sendNote(body);
			expect(answer.status, words).toBe(422);
			expect((await answer.json<{ detail: string }>()).detail).toContain(words);
		}
		expect(await list()).toEqual([]);
	});
	test("that is not JSON, or one more than a site may have, is refused", async () => {
		const broken = await call(at, { method: "POST", headers: { Authorization: `Bearer ${key}` }, body: "{" });
		expect(broken.status).toBe(400);
		const many = `INSERT INTO note WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${maxNotes})
			SELECT 'shop', 'n' || i, '2026-11-01', '2026-11-01', 'note ' || i, NULL FROM n`;
		await testEnv.DB.prepare(many).run();
		expect((await sendNote({ text: "one more" })).status).toBe(422);
		expect((await sendNote({ from: "2026-11-01", text: "note 7" })).status).toBe(200);
	});
	test("is deleted once, and only from its own site", async () => {
		const { key: others } = await openSite({ ...settings, id: "other" });
		const { id } = await write({ text: "v1" });
		const remove = (site: string, as: string) =>
			call(`/v1/sites/${site}/notes/${id}`, { method: "DELETE", headers: { Authorization: `Bearer ${as}` } });
		expect((await remove("other", others)).status).toBe(404);
		expect(await list()).toHaveLength(1);
		expect((await remove("shop", key)).status).toBe(204);
		expect((await remove("shop", key)).status).toBe(404);
	});
});

const home = "/sites/shop/notes";
async function post(fields: Record<string, string>, path = home): Promise<Response> {
	const headers = as(await loginOf("owner"));
	return call(path, { method: "POST", headers, body: new URLSearchParams(fields), redirect: "manual" });
}
const read = async (who: "owner" | "viewer", path = home) =>
	(await call(path, { headers: as(await loginOf(who)), redirect: "manual" })).text();

describe("the page of notes", () => {
	test("lets an owner write, change and delete without script", async () => {
		const fields = { id: "", from: "2026-11-20", to: "", text: "Ny prisside", page: "/priser" };
		const written = await post(fields);
		expect([written.status, written.headers.get("Location")]).toEqual([303, `${home}?lang=nb`]);
		const [note] = await list();
		expect(note).toMatchObject({ from: "2026-11-20", to: "2026-11-20", text: "Ny prisside", page: "/priser" });
		const id = note?.id ?? "";
		const form = panelOf(await read("owner", `${home}?note=${id}&lang=en`), "note");
		for (const value of [id, "2026-11-20", "Ny prisside", "/priser"]) expect(form).toContain(`value="${value}"`);
		expect(form).toContain("Change the note");
		expect((await post({ ...fields, id, to: "2026-11-22", page: "" })).status).toBe(303);
		expect(await list()).toEqual([{ ...note, to: "2026-11-22", page: null }]);
		expect((await post({ id }, `${home}/remove`)).status).toBe(303);
		expect(await list()).toEqual([]);
	});
	test("changed into what another one says leaves one of them", async () => {
		await write({ from: "2026-11-01", text: "a" });
		const { id } = await write({ from: "2026-11-02", text: "b" });
		await post({ id, from: "2026-11-01", to: "", text: "a", page: "/" });
		expect(await list()).toEqual([{ id, from: "2026-11-01", to: "2026-11-01", text: "a", page: "/" }]);
	});
	test("says beside the field what is wrong, and keeps what was typed", async () => {
		const fields = { id: "", from: "2026-11-20", to: "", text: "Det jeg skrev", page: "" };
		for (const [field, change, words] of [
			["from", { from: "" }, "Skriv en dato"],
			["to", { to: "2026-11-01" }, "ikke er før den første"],
			["text", { text: "" }, "Skriv fra 1 til 120 tegn"],
			["page", { page: "priser" }, "Skriv stien til siden"],
		] as const) {
			const answer = await post({ ...fields, ...change }, `${home}?lang=nb`);
			const html = await answer.text();
			expect(answer.status).toBe(200);
			expect(html).toContain(`aria-describedby="wrong-${field}"`);
			expect(textOf(html.slice(html.indexOf(`id="wrong-${field}"`)))).toContain(words);
			if (field !== "text") expect(html).toContain('value="Det jeg skrev"');
		}
		// Somebody else has deleted it meanwhile: what was typed becomes a new one.
		const gone = await (await post({ ...fields, id: "gone" }, `${home}?lang=nb`)).text();
		expect(textOf(gone)).toMatch(/Nytt notat Notatet ble ikke lagret/);
		expect(await list()).toEqual([]);
	});
	test("is for viewers to read only", async () => {
		await write({ from: "2026-11-20", text: "Ny prisside" });
		const html = await read("viewer");
		expect(textOf(html)).toContain("20. nov. 2026 Ny prisside");
		expect(html).not.toMatch(/action="\/sites|name="text"/);
		expect(await read("viewer", "/sites/shop")).not.toContain("Skriv et notat");
		const headers = as(await loginOf("viewer"));
		const tried = await call(home, {
			method: "POST",
			headers,
			body: new URLSearchParams({ text: "x", from: today() }),
		});
		expect(tried.status).toBe(404);
		expect(await list()).toHaveLength(1);
	});
});

describe("notes beside figures", () => {
	/** Today when the test began. */
	let day = "";
	const range = () => `p=egen&fra=${addDays(day, -3)}&til=${day}&c=ingen&lang=nb`;
	const timelineOf = (html: string) => html.slice(html.indexOf('class="timeline"'), html.indexOf("</figure>"));
	beforeEach(async () => {
		day = today();
		for (let visit = 0; visit < 40; visit++)
			await send(makeVisit(policy, ["/", "/turer"], { parts: visit, period: visit % 2 ? addDays(day, -1) : day }));
	});

	test("stand on the lines of the overview, of speed and of a page's sheet: as marks, in a list and in the table", async () => {
		await write({ from: addDays(day, -1), text: "Ny prisside", page: "/turer" });
		await write({ from: addDays(day, -9), to: addDays(day, -3), text: "Kampanje" });
		await write({ from: addDays(day, -9), text: "Lenge siden" });
		await write({ from: day, text: "Annen side", page: "/annet" });
		for (const [path, notes] of [
			["", ["Kampanje", "Ny prisside", "Annen side"]],
			["/speed", ["Kampanje", "Ny prisside", "Annen side"]],
			["/pages?side=/turer", ["Kampanje", "Ny prisside"]],
		] as const) {
			const html = await read("owner", `/sites/shop${path}${path.includes("?") ? "&" : "?"}${range()}`);
			const chart = timelineOf(html);
			expect(chart.match(/class="note-mark"/g), path).toHaveLength(notes.length);
			const items = [...chart.matchAll(/<li>(.*?)<\/li>/gs)].map(([, item = ""]) => textOf(item).trim());
			expect(items.map((item) => notes.find((text) => item.includes(text)))).toEqual(notes);
			const cells = [...chart.matchAll(/<td><bdi>([^<]*)<\/bdi><\/td>/g)].map(([, text = ""]) => text);
			expect(cells.filter(Boolean)).toEqual(notes);
			expect(cells.indexOf("Ny prisside")).toBe(2);
			expect(chart).toContain(
				`href="/sites/shop/pages?${range().replace("&lang", "&side=/turer&lang").replaceAll("&", "&amp;")}"`,
			);
			expect(textOf(chart)).toContain("Skriv et notat");
			expect(textOf(html)).not.toContain("Lenge siden");
		}
	});
	test("are text, whatever they hold", async () => {
		for (const text of hostileNames)
			await write({ from: day, text: text.slice(0, 120), page: `/${text.slice(0, 100)}` });
		for (const path of [home, `/sites/shop?${range()}`]) {
			const html = await read("owner", path);
			expect(html).not.toMatch(/<script>alert|<img|<svg\/onload|"[^"]*javascript:/);
			expect(html).toContain("&lt;script&gt;alert(1)");
		}
	});
	test("are never shown to partners, by key or signed in", async () => {
		await openReleases();
		await write({ from: "2026-11-01", text: "Hemmelig kampanje" });
		const [partnersKey, login] = [as(await keyOf("partner")), as(await loginOf("partner"))];
		for (const path of [at, home, "/sites/shop"])
			for (const headers of [partnersKey, login]) {
				const answer = await call(path, { headers });
				expect(answer.status).toBeGreaterThanOrEqual(401);
				expect(await answer.text()).not.toContain("Hemmelig");
			}
		for (const path of ["", "/figures.csv"]) {
			const answer = await call(`/releases/${releaseId}${path}`, { headers: login });
			expect(answer.status).toBe(200);
			expect(await answer.text()).not.toContain("Hemmelig");
		}
	});
});

test("notes are in a site's backup, and come back from it once", async () => {
	const note = await write({ from: "2026-11-20", to: "2026-11-22", text: "Ny prisside", page: "/priser" });
	const lines: string[] = [];
	const [central, ...shards] = databases;
	if (!central) throw new Error("no database");
	for await (const line of backUp([central, ...shards], "shop", { keys: false, now: Date.now() })) lines.push(line);
	({ key } = await startFresh());
	for (let times = 0; times < 2; times++)
		await restore([central, ...shards], async function* () {
			yield* lines;
		});
	expect(await list()).toEqual([note]);
});

describe("marks on a line", () => {
	const days = (n: number) => Array.from({ length: n }, (_, at) => addDays("2026-10-01", at));
	const note = (from: string, text = "x", to = from): Note => ({ id: from + text, from, to, text, page: null });

	test("stand on the period that a note begins in, days, weeks or months, and not beside the line", () => {
		const places = (notes: Note[], dates: string[]) => marksOf(notes, dates).map(({ index, spans }) => [index, spans]);
		expect(places([note("2026-10-03")], days(7))).toEqual([[2, []]]);
		expect(places([note("2026-10-14")], ["2026-10-05", "2026-10-12", "2026-10-19"])).toEqual([[1, []]]);
		expect(places([note("2026-09-20", "x", "2026-10-02")], days(7))).toEqual([[0, [[0, 1]]]]);
		expect(places([note("2026-10-06", "x", "2026-12-24")], days(7))).toEqual([[5, [[5, 6]]]]);
		expect(places([note("2026-09-30")], days(7))).toEqual([]);
		expect(places([note("2026-10-03")], [])).toEqual([]);
	});
	test("merge where they stand too near, so that fifty are still readable, and none is left out", () => {
		const fifty = Array.from({ length: 50 }, (_, at) => note(addDays("2026-10-01", Math.floor(at * 1.8)), `v${at}`));
		const marks = marksOf(fifty, days(91));
		expect(marks.length).toBeLessThanOrEqual(17);
		const apart = marks.slice(1).map(({ index }, at) => index - (marks[at]?.index ?? 0));
		expect(Math.min(...apart) / 90).toBeGreaterThanOrEqual(1 / 16);
		const numbers = marks.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, at) => first + at));
		expect(numbers).toEqual(fifty.map((_, at) => at + 1));
	});
	test("have their words beside them where there is room, shortened, and never over another mark", () => {
		const [one] = marksOf([note("2026-10-15", "Ny forside")], days(28));
		expect(one?.words).toEqual({ text: "Ny forside", side: "right" });
		const [late] = marksOf([note("2026-10-27", "Ny forside")], days(28));
		expect(late?.words?.side).toBe("left");
		const [long] = marksOf([note("2026-10-02", "x".repeat(120))], days(28));
		expect(long?.words?.text).toBe(`${"x".repeat(39)}…`);
		const close = marksOf([note("2026-10-14", "En lang forklaring"), note("2026-10-16", "En annen")], days(28));
		expect(close.map(({ words }) => words?.side)).toEqual(["left", "right"]);
		const between = marksOf(
			["2026-10-10", "2026-10-12", "2026-10-14"].map((day) => note(day, "En lang forklaring")),
			days(28),
		);
		expect(between.map(({ words }) => words?.side)).toEqual(["left", undefined, "right"]);
	});
});
