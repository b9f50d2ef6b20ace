/** How the banner looks, in every state and setting a visitor may have it in. Its pictures are kept to be looked at. */
import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { bannerWords } from "../../collector/gate/messages/index.ts";
import { bannerStyle } from "../../schema/banner-style.ts";
import type { Notice } from "../../schema/site.ts";
import { violations } from "../support/axe.ts";
import { keepPicture } from "../support/pictures.ts";
import { notice, pageWith } from "../support/sink.ts";
import { until } from "../support/until.ts";
import { useVisitor } from "../support/visitor.ts";

const languages = Object.keys(bannerWords) as (keyof typeof bannerWords)[];
const body = `<main><h1>Fjordbua</h1><p>Sjøhus, båter og stille kvelder.</p></main>`;
const csp =
	"default-src 'none'; connect-src http://localhost:*; require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'";

/** `/nb`, `/nb/rtl`, `/nb/large`: a page in that language, from right to left, with letters twice as large. */
const visitor = useVisitor((sink) => {
	const page = (language: string, attribute: string, script: string) => ({
		body: pageWith(
			`<meta name="color-scheme" content="light dark"><script src="${sink.app}/gate/test/banner.js" ${script}></script>`,
			body,
		).replace('lang="nb"', `lang="${language}" ${attribute}`),
		headers: { "content-security-policy": `${csp}; script-src ${sink.app}; style-src 'nonce-a'` },
	});
	return Object.fromEntries(
		languages.flatMap((language) => [
			[`/${language}`, page(language, "", "")],
			[`/${language}/rtl`, page(language, 'dir="rtl"', "")],
		]),
	);
});

/** The notice in every language the banner speaks; where there is no translation at hand, in the longest. */
const everywhere: Notice = {
	...notice,
	languages: {
		...Object.fromEntries(languages.map((language) => [language, notice.languages.nb])),
		...notice.languages,
	},
} as Notice;

interface Setting {
	media?: Parameters<Page["emulateMedia"]>[0];
	width?: number;
	height?: number;
	notice?: Notice;
	style?: string;
}

async function open(path: string, { media = {}, width = 1280, height = 800, ...settings }: Setting = {}) {
	Object.assign(visitor.sink.settings, { notice: everywhere, style: bannerStyle() }, settings);
	visitor.page = await visitor.open("/second");
	await visitor.page.setViewportSize({ width, height });
	await visitor.page.emulateMedia(media);
	await visitor.page.goto(visitor.sink.site + path);
	await region().waitFor();
}

const region = () => visitor.page.getByRole("region");
const dialog = () => visitor.page.getByRole("dialog");
const button = (name: string, within: Page | Locator = visitor.page) => within.getByRole("button", { name });
const overflow = () => visitor.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

/** What is in the banner and does not fit into its own width, or sticks out of the window. */
const misfits = () =>
	visitor.page.evaluate(() => {
		const parts = document.querySelector("sporlos-choices")?.shadowRoot?.querySelectorAll<HTMLElement>("*") ?? [];
		return [...parts].flatMap((part) => {
			const { left, right } = part.getBoundingClientRect();
			const fits = part.scrollWidth <= part.clientWidth + 1 || getComputedStyle(part).display === "inline";
			return part.localName !== "output" && part.clientWidth && !(fits && left >= 0 && right <= innerWidth)
				? [part.outerHTML]
				: [];
		});
	});

const box = async (name: string, within = region()) => {
	const { x, y, width, height } = (await button(name, within).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
	return { x, y, width: Math.round(width), height };
};

/** Side by side or one below the other, as large as each other, and large enough. */
async function expectEqual(no: string, yes: string, within: Locator): Promise<void> {
	const [left, right] = [await box(no, within), await box(yes, within)];
	expect(right).toMatchObject({ width: left.width, height: left.height });
	expect(left.x === right.x || left.y === right.y).toBe(true);
	expect(left.height).toBeGreaterThanOrEqual(44);
}

async function look(name: string): Promise<void> {
	expect(await violations(visitor.page)).toEqual([]);
	expect(await overflow()).toBeLessThanOrEqual(0);
	expect(await misfits()).toEqual([]);
	await keepPicture(visitor.page, `banner-${name}`);
}

describe("the banner's look", () => {
	for (const language of ["nb", "en"] as const)
		for (const colorScheme of ["light", "dark"] as const)
			for (const width of [1280, 320])
				test(`gives axe nothing to say: ${language}, ${colorScheme}, ${width} px, in every state`, async () => {
					const { choose, save, label, withdraw, close } = bannerWords[language];
					const name = `${language}-${colorScheme}-${width}`;
					await open(`/${language}`, { media: { colorScheme }, width, height: width === 320 ? 568 : 800 });
					await look(`${name}-first`);
					await button(choose).click();
					await look(`${name}-purposes`);
					await visitor.page.getByRole("checkbox").first().check();
					await button(save).click();
					await look(`${name}-button`);
					await button(label).click();
					await look(`${name}-granted`);
					await until("something contributed", async () =>
						Object.keys(await visitor.stored())
							.join()
							.includes(":view:"),
					);
					await button(withdraw).click();
					await look(`${name}-offer`);
					await button(close).click();
					await button(label).click();
					await look(`${name}-withdrawn`);
				});

	test.each(languages)("fits 320 pixels in %s, with two equal buttons, in the dialog too", async (language) => {
		const { accept, decline, choose, save } = bannerWords[language];
		await open(`/${language}`, { width: 320, height: 568 });
		expect(await region().getAttribute("aria-label")).toBe(bannerWords[language].label);
		expect(await misfits()).toEqual([]);
		await expectEqual(decline, accept, region());
		await button(choose).click();
		expect(await misfits()).toEqual([]);
		await expectEqual(decline, save, dialog());
	});

	test.each([
		["in a window of a quarter of the size, as at 400 %", 320, 256],
		["in a low window", 640, 320],
	])("leaves every word and both buttons within reach %s", async (_, width, height) => {
		await open("/nb", { width, height });
		expect(await misfits()).toEqual([]);
		for (const name of ["Avslå", "Godta", "Velg formål"]) {
			await button(name).scrollIntoViewIfNeeded();
			const { y, height: tall } = await box(name);
			expect(y >= 0 && y + tall <= height).toBe(true);
		}
		await keepPicture(visitor.page, `banner-${width}x${height}`);
	});

	test("grows with the letters a visitor has asked for", async () => {
		await open("/nb", { width: 640, height: 400 });
		const before = await box("Godta");
		const session = await visitor.context.newCDPSession(visitor.page);
		await session.send("Page.enable");
		await session.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
		await visitor.page.reload();
		await region().waitFor();
		expect((await box("Godta")).height).toBeGreaterThan(before.height);
		expect(await misfits()).toEqual([]);
		expect(await overflow()).toBeLessThanOrEqual(0);
		await keepPicture(visitor.page, "banner-large-letters");
	});

	test("stands on the other side of a page from right to left, and reads as its words do", async () => {
		const side = async () => {
			const { x, width } = (await region().boundingBox()) ?? { x: 0, width: 0 };
			return {
				left: x,
				right: 1280 - x - width,
				direction: await region()
					.locator("h2")
					.evaluate((title) => getComputedStyle(title).direction),
			};
		};
		await open("/nb");
		expect(await side()).toMatchObject({ left: 16, direction: "ltr" });
		await open("/nb/rtl");
		expect(await side()).toMatchObject({ right: 16, direction: "ltr" });
		const arabic = {
			title: "هل يمكننا قياس استخدام هذا الموقع؟",
			text: "نود قياس سرعة الصفحات ومدة عرضها.",
			recipients: "نحن فقط نرى الأرقام.",
			retention: "يمكنك سحب الموافقة في أي وقت.",
		};
		await open("/nb/rtl", { notice: { ...notice, languages: { nb: arabic } } });
		expect(await side()).toMatchObject({ right: 16, direction: "rtl" });
		expect(await misfits()).toEqual([]);
		await keepPicture(visitor.page, "banner-rtl");
	});

	test("keeps its edges and its state in forced colours", async () => {
		await open("/nb", { media: { forcedColors: "active" } });
		await look("forced-colours-first");
		await button("Velg formål").click();
		await visitor.page.getByRole("checkbox").first().check();
		await look("forced-colours-purposes");
	});

	test("does not move, and so has nothing to hold still for those who ask for that", async () => {
		await open("/nb");
		await button("Velg formål").click();
		expect(await visitor.page.evaluate(() => document.getAnimations().length)).toBe(0);
	});

	test("is not printed", async () => {
		await open("/nb");
		await visitor.page.emulateMedia({ media: "print" });
		expect(await visitor.page.locator("sporlos-choices").evaluate((host) => getComputedStyle(host).display)).toBe(
			"none",
		);
	});

	test("follows the page, not the device, where the page is light only", async () => {
		await open("/nb", { media: { colorScheme: "dark" } });
		const ground = () => region().evaluate((element) => getComputedStyle(element).backgroundColor);
		expect(await ground()).toBe("rgb(21, 29, 27)");
		await visitor.page.evaluate(() => document.querySelector("meta[name=color-scheme]")?.remove());
		expect(await ground()).toBe("rgb(255, 255, 255)");
	});

	test("has the colours a site has set, on both buttons alike", async () => {
		const colours = { text: "#2b0a3d", background: "#fff7e6", action: "#7a1f5c", onAction: "#ffffff" };
		await open("/nb", { style: bannerStyle({ colours }) });
		const paint = (name: string) =>
			button(name).evaluate((element) => {
				const { color, backgroundColor } = getComputedStyle(element);
				return [color, backgroundColor];
			});
		expect(await paint("Godta")).toEqual(["rgb(255, 255, 255)", "rgb(122, 31, 92)"]);
		expect(await paint("Avslå")).toEqual(await paint("Godta"));
		await look("own-colours");
	});

	test("breaks no content policy and no rule of Trusted Types, whatever is opened", async () => {
		await open("/nb");
		await button("Velg formål").click();
		await button("Lukk").click();
		await button("Avslå").click();
		await button("Personvernvalg").click();
		expect(visitor.complaints).toEqual([]);
	});

	test("tells a screen reader what it is, what it says and what can be done", async () => {
		await open("/nb");
		expect(await region().ariaSnapshot()).toMatchInlineSnapshot(`
			"- region "Personvernvalg":
			  - heading "Kan vi måle hvordan siden brukes?" [level=2]
			  - paragraph: Vi i Fjordbua vil gjerne måle svartider, hvor lenge sidene vises og hva som brukes, for å gjøre dem bedre.
			  - paragraph: Bare vi ser tallene.
			  - paragraph: Tallene kan ikke føres tilbake til deg. Du kan trekke samtykket når som helst med knappen «Personvernvalg».
			  - paragraph:
			    - text: "Spørsmål:"
			    - link "post@fjordbua.example":
			      - /url: mailto:post@fjordbua.example
			    - text: ·
			    - link "Les hele personvernerklæringen":
			      - /url: /personvern
			  - button "Avslå"
			  - button "Godta"
			  - button "Velg formål""
		`);
		await button("Velg formål").click();
		expect(await dialog().ariaSnapshot()).toMatchInlineSnapshot(`
			"- dialog "Velg formål":
			  - heading "Velg formål" [level=2]
			  - text: Ytelse
			  - checkbox "Ytelse Hvor raskt sidene vises og svarer hos deg."
			  - text: Hvor raskt sidene vises og svarer hos deg. Besøk
			  - checkbox "Besøk Hvilke sider du ser, hvor lenge, og hvordan du går videre."
			  - text: Hvilke sider du ser, hvor lenge, og hvordan du går videre. Bruk av sidene
			  - checkbox "Bruk av sidene Klikk, rulling og skjemaer. Aldri det du skriver."
			  - text: Klikk, rulling og skjemaer. Aldri det du skriver.
			  - button "Avslå"
			  - button "Lagre valgene"
			  - button "Lukk""
		`);
	});
});

describe("a new version of the notice", () => {
	const changes = "Vi måler nå også hvilke skjemaer som sendes.";
	const { nb } = notice.languages;
	const renewed = { ...notice, languages: { nb: { ...nb, changes } } } as Notice;
	const answered = (policy: string) =>
		visitor.context.addInitScript(
			`localStorage["sporlos:test:choice"] ??= '${JSON.stringify({ policy, by: "banner", purposes: ["visits"], at: Date.now() })}'`,
		);

	test("begins with what is new, for those who have answered an earlier one", async () => {
		await answered("policy-old");
		await open("/nb", { notice: renewed });
		expect(await region().locator("p").first().textContent()).toBe(`Nytt siden du svarte sist: ${changes}`);
		await look("changes");
	});

	test("says nothing of it to those who are asked for the first time", async () => {
		await open("/nb", { notice: renewed });
		expect(await region().textContent()).not.toContain(changes);
	});
});
