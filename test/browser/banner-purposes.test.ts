/** Choosing among the purposes in the banner's dialog: what is on beforehand, what leaving it decides, what a choice leads to. */
import { describe, expect, test } from "vitest";
import type { PageApi } from "../../collector/package.ts";
import { until } from "../support/until.ts";
import { useVisitor } from "../support/visitor.ts";

const visitor = useVisitor();
const press = (name: string) => visitor.page.getByRole("button", { name }).click();
const state = () => visitor.page.evaluate(() => (window as unknown as { sporlos: PageApi }).sporlos.state());
const dialog = () => visitor.page.getByRole("dialog", { name: "Velg formål" });
const purpose = (name: string) => visitor.page.getByRole("checkbox", { name });
const ticked = async () => {
	const boxes = await visitor.page.getByRole("checkbox").all();
	return Promise.all(boxes.map((box) => box.isChecked()));
};

async function openDialog(): Promise<void> {
	visitor.page = await visitor.open();
	await press("Velg formål");
	await dialog().waitFor();
}

describe("the banner's purposes", () => {
	test("are offered one by one, with what each means, and none is ticked", async () => {
		await openDialog();
		expect(await ticked()).toEqual([false, false, false]);
		expect(await dialog().textContent()).toContain("Aldri det du skriver");
		expect(await visitor.stored()).toEqual({});
	});

	test("that are saved are granted, and no others", async () => {
		await openDialog();
		await purpose("Ytelse").check();
		await press("Lagre valgene");
		const report = await until("a report", () => visitor.sink.counted()[0]);
		expect(report.consent).toMatchObject({ by: "banner", purposes: ["performance"] });
		expect(report).not.toHaveProperty("visit");
		expect(await visitor.page.getByRole("status").textContent()).toContain("lagret");
		await press("Personvernvalg");
		expect(await visitor.page.getByRole("region").textContent()).toContain("Du har godtatt: Ytelse");
		await press("Velg formål");
		expect(await ticked()).toEqual([true, false, false]);
	});

	test("saved with none of them ticked are a refusal", async () => {
		await openDialog();
		await press("Lagre valgene");
		expect(await state()).toBe("refused");
		expect(visitor.sink.requests.map(({ path }) => path)).toEqual(["/gate/test/banner.js"]);
	});

	test("can be declined right there", async () => {
		await openDialog();
		await purpose("Besøk").check();
		await dialog().getByRole("button", { name: "Avslå" }).click();
		expect(await state()).toBe("refused");
		expect(await visitor.page.getByRole("button", { name: "Personvernvalg" }).count()).toBe(1);
	});

	test("can be withdrawn one by one", async () => {
		await visitor.accept();
		await until("a report", () => visitor.sink.counted()[0]);
		await press("Personvernvalg");
		await press("Velg formål");
		expect(await ticked()).toEqual([true, true, true]);
		await purpose("Bruk av sidene").uncheck();
		await purpose("Ytelse").uncheck();
		await press("Lagre valgene");
		const kept = JSON.parse((await visitor.stored())["sporlos:test:choice"] ?? "{}");
		expect(kept.purposes).toEqual(["visits"]);
		expect(await state()).toBe("granted");
	});

	test.each([
		["Escape", () => visitor.page.keyboard.press("Escape")],
		["closing", () => press("Lukk")],
	])("are not decided by %s, and the focus goes back to where it was", async (_, leave) => {
		await openDialog();
		await purpose("Ytelse").check();
		await leave();
		await dialog().waitFor({ state: "hidden" });
		expect(await state()).toBe("undecided");
		expect(await visitor.stored()).toEqual({});
		expect(await visitor.page.getByRole("region").count()).toBe(1);
		const focused = () => document.querySelector("sporlos-choices")?.shadowRoot?.activeElement?.textContent;
		expect(await visitor.page.evaluate(focused)).toBe("Velg formål");
		await press("Velg formål");
		expect(await ticked()).toEqual([false, false, false]);
	});

	test("take part in a walk with the keyboard alone", async () => {
		visitor.page = await visitor.open();
		const { keyboard } = visitor.page;
		const walked: (string | undefined)[] = [];
		const here = () =>
			visitor.page.evaluate(() => {
				const focused = document.querySelector("sporlos-choices")?.shadowRoot?.activeElement;
				return (focused?.closest("label")?.querySelector("b") ?? focused)?.textContent ?? undefined;
			});
		const tab = async () => {
			await keyboard.press("Tab");
			walked.push(await here());
		};
		for (let presses = 0; presses < 5; presses++) await tab();
		expect(walked).toEqual([
			"post@fjordbua.example",
			"Les hele personvernerklæringen",
			"Avslå",
			"Godta",
			"Velg formål",
		]);
		await keyboard.press("Enter");
		await dialog().waitFor();
		walked.length = 0;
		walked.push(await here());
		for (let presses = 0; presses < 5; presses++) await tab();
		expect(walked).toEqual(["Ytelse", "Besøk", "Bruk av sidene", "Avslå", "Lagre valgene", "Lukk"]);
		await keyboard.press("Shift+Tab");
		await keyboard.press("Shift+Tab");
		await keyboard.press("Shift+Tab");
		await keyboard.press("Space");
		await keyboard.press("Tab");
		await keyboard.press("Tab");
		await keyboard.press("Enter");
		expect(await state()).toBe("granted");
		expect(await here()).toBe("Personvernvalg");
		await keyboard.press("Enter");
		expect(await visitor.page.getByRole("region").textContent()).toContain("Du har godtatt: Bruk av sidene");
	});
});
