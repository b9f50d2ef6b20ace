/** The banner in a real browser: what it offers, what it never decides, and how it looks. */
import { describe, expect, test } from "vitest";
import { pageWith } from "../support/sink.ts";
import { until } from "../support/until.ts";
import { useVisitor } from "../support/visitor.ts";

const visitor = useVisitor((sink) => {
	const banner = `<script src="${sink.app}/gate/test/banner.js"`;
	return {
		"/in-head": { body: pageWith(`${banner}></script>`, "<h1>Side</h1>") },
		"/async": { body: pageWith(`${banner} async data-lang="en"></script>`, "<h1>Side</h1>") },
	};
});

const press = (name: string, page = visitor.page) => page.getByRole("button", { name }).click();

describe("the banner", () => {
	test("is there with the script in the head, async, or deferred, in the language asked for", async () => {
		visitor.page = await visitor.open("/in-head");
		expect(await visitor.page.getByRole("region", { name: "Personvernvalg" }).count()).toBe(1);
		visitor.page = await visitor.open("/async");
		await visitor.page.getByRole("region", { name: "Privacy choices" }).waitFor();
		expect(await visitor.page.getByText("May we measure").count()).toBe(1);
	});

	test("takes no focus, and neither Escape nor scrolling nor clicking beside it decides anything", async () => {
		visitor.page = await visitor.open();
		await visitor.page.getByRole("region").waitFor();
		expect(await visitor.page.evaluate(() => document.activeElement?.localName)).toBe("body");
		await visitor.page.keyboard.press("Tab");
		await visitor.page.keyboard.press("Escape");
		await visitor.page.mouse.wheel(0, 500);
		await visitor.page.click("#buy");
		expect(await visitor.page.getByRole("region").count()).toBe(1);
		expect(await visitor.stored()).toEqual({});
	});

	test("offers yes and no alike in look and size, with the keyboard too, and says what was chosen", async () => {
		visitor.page = await visitor.open();
		await visitor.page.emulateMedia({ reducedMotion: "reduce" });
		const look = (name: string) =>
			visitor.page.getByRole("button", { name }).evaluate((button) => {
				const { width, height, top } = button.getBoundingClientRect();
				const { color, backgroundColor, font, border } = getComputedStyle(button);
				return { width: Math.round(width), height, top, color, backgroundColor, font, border };
			});
		const yes = await look("Godta");
		expect(await look("Avslå")).toEqual(yes);
		expect(yes.height).toBeGreaterThanOrEqual(44);
		await visitor.page.getByRole("button", { name: "Avslå" }).focus();
		await visitor.page.keyboard.press("Enter");
		expect(await visitor.page.getByRole("status").textContent()).toContain("lagret");
		await press("Personvernvalg");
		expect(await visitor.page.getByText("Du har sagt nei").count()).toBe(1);
		await visitor.page.keyboard.press("Escape");
		expect(await visitor.page.getByRole("region").count()).toBe(0);
	});

	test("leads to my data after a decision, and asks the server for it only then", async () => {
		visitor.page = await visitor.open();
		const mine = visitor.page.getByRole("button", { name: "Mine data" });
		expect(await mine.count()).toBe(0);
		await press("Avslå");
		await press("Personvernvalg");
		expect(visitor.sink.requests.map(({ path }) => path)).toEqual(["/gate/test/banner.js"]);
		await mine.click();
		const panel = visitor.page.getByRole("dialog");
		await panel.waitFor();
		expect(await visitor.page.getByRole("region").count()).toBe(0);
		await visitor.page.keyboard.press("Escape");
		await panel.waitFor({ state: "hidden" });
		const focused = () => document.querySelector("sporlos-choices")?.shadowRoot?.activeElement?.textContent;
		expect(await visitor.page.evaluate(focused)).toBe("Personvernvalg");
	});

	test("offers to erase where something was contributed before a withdrawal, once", async () => {
		await visitor.accept();
		await until("a view on the device", async () =>
			Object.keys(await visitor.stored())
				.join()
				.includes(":view:"),
		);
		await press("Personvernvalg");
		await press("Trekk tilbake");
		const region = visitor.page.getByRole("region");
		expect(await region.getByRole("button").allTextContents()).toEqual(["Lukk", "Slett også mine data"]);
		await visitor.page.keyboard.press("Escape");
		expect(await region.count()).toBe(0);
		await press("Personvernvalg");
		await press("Avslå"); // again: nothing was granted meanwhile
		expect(await region.count()).toBe(0);
	});

	test("moves nothing on the page and fits 320 pixels", async () => {
		visitor.page = await visitor.context.newPage();
		await visitor.page.setViewportSize({ width: 320, height: 560 });
		await visitor.page.goto(visitor.sink.site);
		const region = visitor.page.getByRole("region");
		await region.waitFor();
		const box = await region.boundingBox();
		expect(box && box.x >= 0 && box.y >= 0 && box.x + box.width <= 320 && box.y + box.height <= 560).toBe(true);
		await press("Godta");
		// A shift of the test's own shows that shifts are told: whatever came before it has been told by then, too.
		const shifts = await visitor.page.evaluate(
			() =>
				new Promise<number>((resolve) => {
					type Shift = PerformanceEntry & { value: number };
					const told: Shift[] = [];
					let own = Number.POSITIVE_INFINITY;
					new PerformanceObserver((list) => {
						told.push(...(list.getEntries() as Shift[]));
						const before = told.filter(({ startTime }) => startTime < own);
						if (before.length < told.length) resolve(before.reduce((sum, { value }) => sum + value, 0));
					}).observe({ type: "layout-shift", buffered: true });
					requestAnimationFrame(() =>
						requestAnimationFrame((frame) => {
							own = frame;
							document.body.prepend(document.createElement("hr"));
						}),
					);
				}),
		);
		expect(shifts).toBe(0);
	});
});
