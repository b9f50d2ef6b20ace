/** What the Worker puts into a site's banner: its words in the notice's languages and no others, and the site's colours. */
import { beforeEach, expect, test } from "vitest";
import { words } from "../../dist/assets.ts";
import { startFresh } from "./migrations.ts";
import { call, publishNext, settings } from "./support.ts";

let key = "";
const gate = async (query = "") => (await call(`/gate/shop/banner.js${query}`)).text();
const speaks = (source: string) => Object.keys(words).filter((name) => source.includes(words[name]?.thanks ?? "?"));

beforeEach(async () => {
	({ key } = await startFresh());
});

test("a gate file has the banner's words in the languages of the notice, or in the one that is asked for", async () => {
	expect(speaks(await gate())).toEqual(["nb"]);
	const { nb } = settings.notice.languages;
	const text = { ...nb, changes: "Nå også på andre språk." } as NonNullable<typeof nb>;
	await publishNext({ languages: { nb: text, fr: text, nn: text } });
	expect(speaks(await gate())).toEqual(["nb", "nn", "fr"]);
	expect(speaks(await gate("?lang=fr"))).toEqual(["fr"]);
	expect(speaks(await gate("?lang=xx"))).toEqual(["nb", "nn", "fr"]);
});

test("a site's colours are in its banner, on a dark screen too where it has set none for that", async () => {
	expect(await gate()).toContain("--background:light-dark(#ffffff,#151d1b)");
	const colours = { text: "#111111", background: "#fff7e6", action: "#7a1f5c", onAction: "#ffffff" };
	const answer = await call("/v1/sites/shop/settings", {
		method: "PUT",
		headers: { Authorization: `Bearer ${key}` },
		body: JSON.stringify({ banner: { colours } }),
	});
	expect(answer.status).toBe(200);
	expect(await gate()).toContain("--background:light-dark(#fff7e6,#fff7e6)");
	const manual = await (await call("/gate/shop/manual.js")).text();
	expect(manual).not.toContain("--background");
});
