/** What has the focus is never covered by the banner or its small button, with the keyboard alone through a whole page. */
import { describe, expect, test } from "vitest";
import { keepPicture } from "../support/pictures.ts";
import { pageWith } from "../support/sink.ts";
import { useVisitor } from "../support/visitor.ts";

const lines = Array.from({ length: 60 }, (_, line) => `<p><a href="/side-${line}">Lenke ${line}</a></p>`).join("");
const bottom = `<footer style="position:fixed;bottom:0;left:0"><a href="/hjelp">Hjelp</a></footer>`;

const visitor = useVisitor((sink) => {
	const gate = `<script src="${sink.app}/gate/test/banner.js" defer></script>`;
	return {
		"/links": { body: pageWith(gate, `<main><h1>Side</h1>${lines}</main>`) },
		"/fixed": { body: pageWith(gate, `<main><h1>Side</h1><p><a href="/a">A</a></p></main>${bottom}`) },
	};
});

/** How much of what has the focus, 0…1, is on the screen and not below the banner or its button. */
const seen = () =>
	visitor.page.evaluate(() => {
		const { activeElement: focused } = document;
		const banner = document.querySelector("sporlos-choices");
		if (!focused || focused === banner || focused === document.body) return 1;
		const { left, right, top, bottom, width, height } = focused.getBoundingClientRect();
		if (top < 0 || bottom > innerHeight) return 0;
		const covers = [...(banner?.shadowRoot?.querySelectorAll("section, .open span") ?? [])].map((cover) => {
			const over = cover.getBoundingClientRect();
			const across = Math.min(right, over.right) - Math.max(left, over.left);
			const down = Math.min(bottom, over.bottom) - Math.max(top, over.top);
			return (Math.max(0, across) * Math.max(0, down)) / (width * height);
		});
		return 1 - Math.max(...covers);
	});

async function walk(steps: number): Promise<number> {
	let least = 1;
	for (let step = 0; step < steps; step++) {
		await visitor.page.keyboard.press("Tab");
		least = Math.min(least, await seen());
	}
	return least;
}

describe("what has the focus", () => {
	for (const [width, height] of [
		[1280, 800],
		[320, 568],
	] as const)
		test(`is seen whole while the question is open, ${width} px`, async () => {
			visitor.page = await visitor.open("/second");
			await visitor.page.setViewportSize({ width, height });
			await visitor.page.goto(`${visitor.sink.site}/links`);
			await visitor.page.getByRole("region").waitFor();
			expect(await walk(5 + 60)).toBe(1);
			expect(await visitor.page.evaluate(() => document.activeElement?.textContent)).toBe("Lenke 59");
			await keepPicture(visitor.page, `banner-room-${width}`);
		});

	for (const [path, steps, least] of [
		["/links", 60, 0.9],
		["/fixed", 2, 0.5], // where it is fixed to the very edge, nothing can scroll it clear
	] as const)
		test(`is seen beside the small button to the very end of ${path}`, async () => {
			visitor.page = await visitor.open(path);
			await visitor.page.setViewportSize({ width: 320, height: 568 });
			await visitor.page.getByRole("button", { name: "Avslå" }).click();
			expect(await walk(steps)).toBeGreaterThanOrEqual(least);
			await keepPicture(visitor.page, `banner-room-end${path.replace("/", "-")}`);
		});

	test("may be the small button itself, which then stands where it belongs", async () => {
		visitor.page = await visitor.open("/links");
		await visitor.page.getByRole("button", { name: "Avslå" }).click();
		const opener = visitor.page.getByRole("button", { name: "Personvernvalg" });
		const bottom = async () => Math.round((await opener.boundingBox())?.y ?? 0);
		const there = await bottom();
		await visitor.page.keyboard.press("Tab");
		expect(await bottom()).toBeGreaterThan(there);
		await visitor.page.keyboard.press("Shift+Tab");
		expect(await bottom()).toBe(there);
	});

	test("is nothing the banner asks about: nothing listens in the page", async () => {
		visitor.page = await visitor.open("/links");
		await visitor.page.getByRole("button", { name: "Avslå" }).click();
		const session = await visitor.context.newCDPSession(visitor.page);
		const listenersOf = async (expression: string) => {
			const { result } = await session.send("Runtime.evaluate", { expression });
			const { listeners } = await session.send("DOMDebugger.getEventListeners", { objectId: result.objectId ?? "" });
			return listeners.map(({ type }) => type);
		};
		for (const target of ["window", "document", "document.documentElement", "document.body"])
			expect(await listenersOf(target)).toEqual([]);
	});
});
