/** The banner in every engine: there, equal, and gone again with the keyboard's way left clear. Run where EVERY_ENGINE is set. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Engine, engineNames, openEngine } from "../support/engines/index.ts";
import { pageWith, type Sink, startSink } from "../support/sink.ts";
import { until } from "../support/until.ts";

let sink: Sink;
let engine: Engine | undefined;
beforeAll(async () => {
	sink = await startSink(({ app }) => ({
		"/": { body: pageWith(`<script src="${app}/gate/test/banner.js"></script>`, '<h1>Side</h1><input id="field">') },
	}));
});
afterAll(() => sink.close());
afterEach(() => engine?.close());

const root = 'document.querySelector("sporlos-choices").shadowRoot';
const buttons = `[...${root}.querySelectorAll(".pair button")].filter((button) => button.checkVisibility())`;
const looks = `${buttons}.slice(0, 2).map((button) => {
	const { width, height } = button.getBoundingClientRect();
	const { color, backgroundColor, font } = getComputedStyle(button);
	return [Math.round(width), Math.round(height), color, backgroundColor, font].join(" ");
})`;
const openerTop = `Math.round(${root}.querySelector(".open span").getBoundingClientRect().top - innerHeight)`;

test.each(engineNames)(
	"in %s it asks with two equal buttons, offers the purposes, and ducks from the keyboard",
	async (name) => {
		engine = await openEngine(name);
		sink.clearAll();
		const profile = await engine.newProfile();
		const tab = await profile.open();
		await tab.go(`${sink.site}/`);
		const [no = "", yes] = await tab.evaluate<string[]>(looks);
		expect(no).toBe(yes);
		expect(no).toContain("rgb(31, 78, 140)");
		await tab.evaluate(`${root}.querySelector(".more").click()`);
		expect(await tab.evaluate(`${root}.querySelector("dialog").matches(":modal")`)).toBe(true);
		expect(await tab.evaluate(`${root}.querySelectorAll("input:checked").length`)).toBe(0);
		await tab.evaluate(`${root}.querySelector("dialog .pair button").click()`);
		expect(await tab.evaluate("sporlos.state()")).toBe("refused");
		expect(await tab.evaluate(openerTop)).toBeLessThan(-40);
		await tab.type("#field", "Ola");
		await until("the button to duck", async () => (await tab.evaluate<number>(openerTop)) > -10);
		expect(sink.requests.map(({ path }) => path)).toEqual(["/gate/test/banner.js"]);
		await profile.close();
	},
	180_000,
);
