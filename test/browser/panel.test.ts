/** "My data" in a real browser: what it shows, what it changes at once, and that anybody can use it. */
import type { Page } from "playwright-core";
import { beforeEach, describe, expect, test } from "vitest";
import type { PageApi } from "../../collector/package.ts";
import { panelLanguages } from "../../collector/panel/messages/languages.ts";
import { hashPolicy, hashText, versionOf } from "../../schema/canonical.ts";
import type { Notice } from "../../schema/site.ts";
import { violations } from "../support/axe.ts";
import { keepPicture } from "../support/pictures.ts";
import { pageWith } from "../support/sink.ts";
import { until } from "../support/until.ts";
import { useVisitor } from "../support/visitor.ts";

/** As the adapter for Shopify reads it: the visitor has said yes. */
const shopify = `<script>window.Shopify = { customerPrivacy: {
	currentVisitorConsent: () => ({ analytics: "yes" }) } }</script>`;
const bothSchemes = `<meta name="color-scheme" content="light dark">`;
const visitor = useVisitor((sink) => {
	const banner = `<script src="${sink.app}/gate/test/banner.js" defer`;
	const strict = `script-src ${sink.app}; connect-src ${sink.app}; require-trusted-types-for 'script'; trusted-types 'none'`;
	return {
		"/english": { body: pageWith(`${banner} data-lang="en"></script>`) },
		"/bokmaal": { body: pageWith(`${banner}></script>${bothSchemes}`) },
		"/both": { body: pageWith(`${banner} data-lang="en"></script>${bothSchemes}`) },
		"/manual": { body: pageWith(`<script src="${sink.app}/gate/test/manual.js"></script>`) },
		"/tool": { body: pageWith(`${shopify}<script src="${sink.app}/gate/test/shopify.js"></script>`) },
		"/csp": {
			body: pageWith(`${banner}></script>`, "<h1>Side</h1>"),
			headers: { "content-security-policy": `default-src 'none'; ${strict}; base-uri 'none'` },
		},
	};
});

/** The stand-in has published the notice under a name of its own, which is no hash of it. */
const publish = (notice = visitor.sink.settings.notice, path = visitor.sink.settings.policy) => {
	const body = JSON.stringify({ follows: null, material: true, notice });
	visitor.sink.answers[`/v1/sites/test/policies/${path}`] = () => ({ body });
};
beforeEach(() => publish());

const press = (name: string | RegExp, page = visitor.page) => page.getByRole("button", { name, exact: true }).click();
const api = <T>(page: Page, call: (sporlos: PageApi) => T) => page.evaluate(`(${call})(window.sporlos)`) as Promise<T>;
const panel = () => visitor.page.getByRole("dialog");
const stored = async () => Object.keys(await visitor.stored()).map((key) => key.replace("sporlos:test:", ""));
const onDevice = async (beginning: string) => (await stored()).filter((name) => name.startsWith(beginning));

async function openPanel(): Promise<void> {
	await api(visitor.page, (sporlos) => sporlos.openMyData());
	await panel().waitFor();
}

/** Two page views of one visit, the second one on screen, all of it reported. */
async function visit(path = "/"): Promise<void> {
	await visitor.accept(path);
	await until("the first report", () => visitor.sink.counted()[0]);
	await visitor.watched();
	await visitor.page.click("#buy");
	await visitor.page.click("#next");
	await until("the second view", () => visitor.sink.counted()[1]);
	await until("nothing to send", async () => !(await onDevice("out:"))[0]);
}

describe("what it shows", () => {
	test("every visit and view in plain words, and the whole report beside it", async () => {
		await visit();
		await openPanel();
		const text = await panel().innerText();
		for (const words of [
			"Dine data hos 127.0.0.1",
			"Besøk",
			"pågår",
			"/second",
			"klikk: ",
			"Bare vi ser tallene",
			"IP-adresse",
		])
			expect(text).toContain(words);
		expect(await panel().locator("ol > li").count()).toBe(2);
		await panel().getByText("Alt som ble sendt").first().click();
		const shown = JSON.parse(await panel().locator("pre").first().innerText());
		expect(visitor.sink.counted()).toContainEqual(shown);
	});

	test("nothing, before a choice, and asks nothing of the network but itself and the published text", async () => {
		visitor.page = await visitor.open();
		await openPanel();
		expect(await panel().innerText()).toContain("ikke bidratt med noe");
		const asked = new Set(visitor.sink.requests.map(({ path }) => path.replace(/.*\//, "")));
		expect(asked).toEqual(new Set(["banner.js", "panel.js", "panel-nb.js", "policy-one"]));
		expect(await stored()).toEqual([]);
		expect(await api(visitor.page, (sporlos) => sporlos.state())).toBe("undecided");
	});

	test("what is left where the page has cleared a part of its storage", async () => {
		await visit();
		await visitor.page.evaluate(() => {
			for (const key of Object.keys(localStorage))
				if (/:(visit|seen|last|setting)$/.test(key)) localStorage.removeItem(key);
			const [first = ""] = Object.keys(localStorage).filter((key) => key.includes(":view:"));
			localStorage[first] = "{";
		});
		await openPanel();
		expect(await panel().locator("ol > li").count()).toBe(1);
		expect(visitor.complaints).toEqual([]);
	});

	test.each([
		["now", (notice: Notice) => hashPolicy({ follows: null, material: true, notice })],
		["in 0.2.0", (notice: Notice) => hashText(JSON.stringify(notice))],
	])("whether the text agreed to is the one that was published, by its hash as made %s", async (_, hash) => {
		const { settings } = visitor.sink;
		const { notice, policy } = settings;
		if (!notice) throw new Error("the sink has no notice");
		settings.policy = versionOf(await hash(notice));
		publish();
		await visitor.accept();
		await openPanel();
		await panel().getByText("den er lik den publiserte").waitFor();
		await press("Lukk");
		publish({ ...notice, contact: "noen@andre.example" });
		await openPanel();
		await panel().getByText("ikke lik den publiserte").waitFor();
		settings.policy = policy;
	});

	test("of a site that was deleted what this browser remembers, and asks nothing and nobody", async () => {
		await visit();
		const { settings, answers } = visitor.sink;
		const before = { ...settings };
		try {
			Object.assign(settings, { policy: "deleted", grantDays: 0, purposes: [] });
			answers["/v1/sites/test/policies/policy-one"] = () => ({ status: 410 });
			await visitor.page.goto(`${visitor.sink.site}/manual`);
			visitor.sink.requests.length = 0;
			await openPanel();
			await panel().getByText("Alt som var målt her, er slettet").waitFor();
			expect(await panel().locator("ol > li").count()).toBe(2);
			expect(await panel().getByRole("heading", { name: "Hvem ser dette?" }).count()).toBe(1);
			expect(await panel().getByRole("heading", { name: "Spør oss" }).count()).toBe(0);
			expect(visitor.sink.requests.filter(({ path }) => path.startsWith("/v1/"))).toEqual([]);
			expect(visitor.complaints).toEqual([]);
		} finally {
			Object.assign(settings, before);
		}
	});

	test("downloads everything kept and the record of consent", async () => {
		await visit();
		await openPanel();
		const [download] = await Promise.all([visitor.page.waitForEvent("download"), press("Last ned (JSON)")]);
		let text = "";
		for await (const chunk of await download.createReadStream()) text += chunk;
		const { kept, consent } = JSON.parse(text);
		expect(Object.keys(kept).sort()).toEqual((await stored()).sort());
		expect(consent).toMatchObject({
			pii_processing: {
				language: "nb",
				purposes: [{ purpose: "performance" }, { purpose: "visits" }, { purpose: "interactions" }],
			},
			events: [{ entity_id: "banner", event_state: "consent given" }],
		});
	});
});

describe("what it changes", () => {
	test("a purpose switched off is measured no more from that moment, in other tabs too, and the list stays", async () => {
		await visit();
		const other = visitor.page;
		visitor.page = await visitor.open("/english");
		await until("the third view", () => visitor.sink.counted()[2]);
		await openPanel();
		const known = new Set(visitor.sink.counted().map(({ view }) => view));
		const clicks = panel().getByRole("switch", { name: /Use of|Interaction|Clicks/ });
		expect(await clicks.isChecked()).toBe(true);
		await clicks.click();
		const next = await until("a view without", () =>
			visitor.sink.counted().find(({ view, consent }) => !known.has(view) && consent),
		);
		expect(next.consent.purposes).toEqual(["performance", "visits"]);
		expect(next.interaction).toBeUndefined();
		await until("the other tab", () =>
			visitor.sink
				.counted()
				.some(
					({ view, consent, place }) =>
						!known.has(view) && place.page === "/second" && !consent.purposes.includes("interactions"),
				),
		);
		await other.click("#buy");
		for (const view of known) expect(await onDevice("view:")).toContain(`view:${view}`);
		for (const report of visitor.sink.counted().filter(({ view }) => !known.has(view)))
			expect(report.interaction).toBeUndefined();
		expect(await clicks.evaluate((box) => (box.getRootNode() as ShadowRoot).activeElement === box)).toBe(true);
	});

	test("of a grant that has run out the list stays to be erased, until the visitor says no", async () => {
		await visit();
		await visitor.page.evaluate(() => {
			const choice = JSON.parse(localStorage["sporlos:test:choice"]);
			localStorage["sporlos:test:choice"] = JSON.stringify({ ...choice, at: Date.now() - 181 * 86_400_000 });
		});
		await visitor.page.goto(visitor.sink.site);
		expect(await api(visitor.page, (sporlos) => sporlos.state())).toBe("undecided");
		await openPanel();
		expect(await panel().locator("ol > li").count()).toBe(2);
		await press("Lukk");
		await press("Avslå");
		expect(await stored()).toEqual(["choice"]);
		await openPanel();
		expect(await panel().locator("ol > li").count()).toBe(2);
	});

	test("with a consent tool: a no here holds although the tool says yes, and can be taken back here alone", async () => {
		visitor.page = await visitor.open("/tool");
		await until("the first report", () => visitor.sink.counted()[0]);
		await openPanel();
		await panel().getByRole("switch", { name: "Ytelse" }).click();
		const fewer = await until("a view without", () =>
			visitor.sink.counted().find(({ consent }) => !consent.purposes.includes("performance")),
		);
		expect(fewer.consent).toMatchObject({ by: "shopify", purposes: ["visits", "interactions"] });
		expect((await onDevice("view:")).length).toBe(2);
		for (const name of ["Besøk", "Bruk av sidene"]) await panel().getByRole("switch", { name }).click();
		expect(await api(visitor.page, (sporlos) => sporlos.state())).toBe("withdrawn");
		expect(await stored()).toEqual(["choice"]);
		await panel().getByRole("switch", { name: "Besøk" }).click();
		const again = await until("a report again", () =>
			visitor.sink.counted().find(({ consent }) => consent.purposes.join() === "visits"),
		);
		expect(again.visit?.index).toBe(1);
	});

	test("the last purpose switched off is a withdrawal, and then it offers to erase", async () => {
		await visit();
		await openPanel();
		for (const box of await panel().getByRole("switch").all()) await box.click();
		expect(await api(visitor.page, (sporlos) => sporlos.state())).toBe("withdrawn");
		expect(await stored()).toEqual(["choice"]);
		expect(await panel().locator("ol > li").count()).toBeGreaterThanOrEqual(2); // a new choice begins a new view
		await panel().getByText("Vil du også slette").waitFor();
		expect(await panel().getByRole("heading", { name: "Samtykket" }).count()).toBe(0);
		expect(await panel().getByText("Nettleseren glemmer besøket").count()).toBe(0); // it does so when the page is left
		await press("La det stå");
		expect(await panel().locator("ol > li").count()).toBe(0);
		expect(await stored()).toEqual(["choice"]);
	});
});

describe("for everybody", () => {
	test("takes the focus, keeps it, and gives it back", async () => {
		await visit();
		await visitor.page.focus("#buy");
		await openPanel();
		const inside = () => visitor.page.evaluate(() => document.activeElement?.localName);
		expect(await inside()).toBe("sporlos-data");
		expect(
			await panel()
				.getByRole("heading", { level: 2 })
				.evaluate((title) => (title.getRootNode() as ShadowRoot).activeElement === title),
		).toBe(true);
		const seen: string[] = [];
		for (let step = 0; step < 12; step++) {
			await visitor.page.keyboard.press("Tab");
			seen.push(
				await visitor.page.evaluate(() => {
					const active = document.activeElement?.shadowRoot?.activeElement as HTMLElement | null | undefined;
					return active?.ariaLabel || active?.textContent || (active as HTMLInputElement | null)?.value || "";
				}),
			);
		}
		expect(seen.slice(0, 4)).toEqual(["Lukk", "Slett alt", "Trekk samtykket", "Last ned (JSON)"]);
		expect(seen).toContain("interactions");
		await visitor.page.keyboard.press("Escape");
		expect(await visitor.page.evaluate(() => document.activeElement?.id)).toBe("buy");
		await visitor.page.locator("sporlos-data").waitFor({ state: "detached" });
	});

	test("works under a strict content policy and with Trusted Types, without a complaint", async () => {
		await visitor.accept("/csp");
		await until("a report", () => visitor.sink.counted()[0]);
		await openPanel();
		expect(await panel().locator("ol > li").count()).toBe(1);
		await press("Last ned (JSON)");
		await press("Trekk samtykket");
		expect(visitor.complaints).toEqual([]);
	});

	test.each([
		["nb", "/bokmaal", "Godta", "Slett alt"],
		["en", "/both", "Accept", "Erase all"],
	])(
		"axe finds nothing, and it fits, in light and dark, 320 and 1320 pixels wide: %s",
		async (lang, path, yes, eraseAll) => {
			visitor.page = await visitor.open(path);
			await press(yes);
			await until("a report", () => visitor.sink.counted()[0]);
			await visitor.page.click("#buy");
			await visitor.page.goto(visitor.sink.site + path);
			await until("the second view", () => visitor.sink.counted()[1]);
			await openPanel();
			for (const colorScheme of ["light", "dark"] as const)
				for (const width of [1320, 320]) {
					await visitor.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
					await visitor.page.setViewportSize({ width, height: 900 });
					await keepPicture(visitor.page, `my-data-${lang}-${colorScheme}-${width}`);
					expect(await violations(visitor.page, "sporlos-data")).toEqual([]);
					expect(await panel().evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth)).toBeLessThanOrEqual(0);
				}
			for (const summary of await panel().locator("summary").all()) await summary.click();
			await press(eraseAll);
			await keepPicture(visitor.page, `my-data-${lang}-sure`);
			expect(await violations(visitor.page, "sporlos-data")).toEqual([]);
		},
	);

	test("speaks the page's language, loads no other, and fits 320 pixels in each of the eight", async () => {
		await visitor.accept("/bokmaal");
		await until("a report", () => visitor.sink.counted()[0]);
		await visitor.page.setViewportSize({ width: 320, height: 900 });
		const files = () => new Set(visitor.sink.requests.flatMap(({ path }) => path.match(/panel-\w+\.js$/) ?? []));
		const seen = new Set<string>();
		for (const language of panelLanguages) {
			await visitor.page.evaluate((language) => {
				document.documentElement.lang = language;
			}, language);
			await openPanel();
			expect(files()).toEqual(new Set([...seen, `panel-${language}.js`]));
			seen.add(`panel-${language}.js`);
			expect(await visitor.page.locator("sporlos-data").getAttribute("lang")).toBe(language);
			await panel().locator(".danger").first().click(); // all the buttons there are, in two rows of them
			await keepPicture(visitor.page, `my-data-320-${language}`);
			expect(await panel().evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth)).toBeLessThanOrEqual(0);
			for (const button of await panel().getByRole("button").all()) {
				const { height = 0 } = (await button.boundingBox()) ?? {};
				expect(height, await button.innerText()).toBeLessThanOrEqual(68); // two lines, in a wide font
			}
			expect(await violations(visitor.page, "sporlos-data")).toEqual([]);
			await visitor.page.keyboard.press("Escape");
		}
		expect(visitor.complaints).toEqual([]);
	});
});
