/** "My data" in every engine: opened, used, and nothing left behind. Run where EVERY_ENGINE is set. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Engine, engineNames, openEngine } from "../support/engines/index.ts";
import { pageWith, type Sink, startSink } from "../support/sink.ts";
import { until } from "../support/until.ts";

let sink: Sink;
let engine: Engine | undefined;
beforeAll(async () => {
	sink = await startSink(({ app }) => ({
		"/mine": { body: pageWith(`<script src="${app}/gate/test/manual.js"></script>`, "<h1>Side</h1>") },
	}));
});
afterAll(() => sink.close());
afterEach(() => engine?.close());

const inPanel = (expression: string) => `document.querySelector("sporlos-data").shadowRoot.${expression}`;
const press = (label: string) =>
	inPanel(`querySelectorAll("button").forEach((button) => button.textContent === "${label}" && button.click())`);

test.each(engineNames)(
	"in %s everything contributed is shown and erased",
	async (name) => {
		engine = await openEngine(name);
		sink.clearAll();
		sink.answers["/v1/erasures"] = () => ({ status: 204 });
		const profile = await engine.newProfile();
		const tab = await profile.open();
		await tab.go(`${sink.site}/mine`);
		await tab.evaluate("sporlos.grant()");
		await until("a report", () => sink.posts().length);
		await tab.evaluate("sporlos.openMyData().then(() => 1)");
		await until("the panel", () => tab.evaluate<boolean>("!!document.querySelector('sporlos-data')"));
		expect(await tab.evaluate<boolean>(inPanel(`querySelector("dialog").open`))).toBe(true);
		expect(await tab.evaluate<string>(inPanel("activeElement.localName"))).toBe("h2");
		expect(await tab.evaluate<string>(inPanel(`querySelector("ol b").textContent`))).toBe("/mine");
		await tab.evaluate(press("Slett alt"));
		await tab.evaluate(press("Slett og stopp målingen"));
		await until("the erasure", () => sink.requests.some(({ path }) => path === "/v1/erasures"));
		await until(
			"nothing left",
			async () => (await tab.evaluate<string>("Object.keys(localStorage).join()")) === "sporlos:test:choice",
		);
		expect(await tab.evaluate<string>(inPanel(`querySelector("[role=status]").textContent`))).toBe("Slettet.");
		await profile.close();
	},
	180_000,
);
