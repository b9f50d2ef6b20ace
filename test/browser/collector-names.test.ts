/** The build shortens the collector's own names: none of them may be one that a browser, a report or storage knows. */
import { expect, test } from "vitest";
import { gateCache, ownNames, panelOwnNames } from "../../collector/build.ts";
import { until } from "../support/until.ts";
import { useVisitor } from "../support/visitor.ts";

const visitor = useVisitor();
const names = [...ownNames, ...Object.keys(gateCache), ...panelOwnNames];

test("no name that is shortened belongs to the browser", async () => {
	visitor.page = await visitor.open();
	const taken = await visitor.page.evaluate((names) => {
		const known = new Set<string>();
		const learn = (value: unknown) => {
			for (const name of Object.getOwnPropertyNames(Object(value))) known.add(name);
		};
		learn(window);
		for (const name of Object.getOwnPropertyNames(window)) {
			if (!/^[A-Z]/.test(name)) continue;
			const { prototype } = (window as unknown as Record<string, { prototype: unknown }>)[name] ?? {};
			learn(prototype);
		}
		for (let value: unknown = document.createElement("a"); value; value = Object.getPrototypeOf(value)) learn(value);
		return names.filter((name) => known.has(name));
	}, names);
	expect(taken).toEqual([]);
});

test("none is sent, kept or asked for", async () => {
	await visitor.accept("/?utm_campaign=sommer&q=1");
	await visitor.watched("/");
	await until("a report", () => visitor.sink.counted()[0]);
	await visitor.page.click("#buy");
	await visitor.page.click("#next");
	await until("the next", () => visitor.sink.counted()[1]);
	const { words: _, ...settings } = visitor.sink.settings; // sentences in eight languages, not names
	const words = new Set(JSON.stringify([visitor.sink.posts(), settings, await visitor.stored()]).match(/\w+/g));
	expect(words.has("consent")).toBe(true);
	expect(names.filter((name) => words.has(name))).toEqual([]);
});
