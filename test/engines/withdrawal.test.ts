/** What a withdrawal leaves behind, in every engine: the visitor's no, and nothing else. Run where EVERY_ENGINE is set. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Engine, engineNames, openEngine } from "../support/engines/index.ts";
import { pageWith, type Sink, startSink } from "../support/sink.ts";
import { until } from "../support/until.ts";
import { listeningNow, watchmanScript } from "../support/watchman.ts";

let sink: Sink;
let engine: Engine | undefined;
beforeAll(async () => {
	sink = await startSink(({ app }) => ({
		"/watched": {
			body: pageWith(
				`${watchmanScript}<script src="${app}/gate/test/manual.js"></script>`,
				'<h1>Side</h1><form><input id="field"><button id="button" type="button">Knapp</button></form><p style="height:3000px">Lang</p>',
			),
		},
	}));
});
afterAll(() => sink.close());
afterEach(() => engine?.close());

const stored = `JSON.stringify([Object.keys(localStorage), Object.keys(sessionStorage), document.cookie])`;

test.each(engineNames)(
	"in %s no listener, timer, observer, storage or request is left",
	async (name) => {
		engine = await openEngine(name);
		sink.clearAll();
		const profile = await engine.newProfile();
		const tab = await profile.open();
		await tab.go(`${sink.site}/watched`);
		expect(await tab.evaluate(listeningNow)).toEqual([]);
		await tab.evaluate("sporlos.grant()");
		await until("a report", () => sink.posts().length);
		await until("the sensors", async () => (await tab.evaluate<string[]>(listeningNow)).length > 20);
		await tab.click("#button");
		await tab.type("#field", "Ola");
		expect(await tab.evaluate<string[]>(listeningNow)).toContainEqual(expect.stringContaining("interval"));

		await tab.evaluate("sporlos.withdraw()");
		sink.requests.length = 0;
		expect(await tab.evaluate(listeningNow)).toEqual([]);
		expect(JSON.parse(await tab.evaluate<string>(stored))).toEqual([["sporlos:test:choice"], [], ""]);
		await tab.click("#button");
		await tab.evaluate("scrollTo(0, 1e5)");
		const since = await tab.evaluate<number>("performance.now()");
		await until("a while", async () => (await tab.evaluate<number>("performance.now()")) > since + 4_000);
		await tab.go(`${sink.site}/watched`);
		await tab.click("#button");
		expect(sink.requests.map(({ path }) => path).filter((path) => path !== "/gate/test/manual.js")).toEqual([]);
		expect(JSON.parse(await tab.evaluate<string>(stored))).toEqual([["sporlos:test:choice"], [], ""]);
		await profile.close();
	},
	180_000,
);
