/** The click map, from the owner's link to the boxes: pictures of the demo shop, taken and drawn by the whole application. */
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Drawn } from "../../schema/picture.ts";
import type { Elements } from "../../worker/stats/answers.ts";
import { violations } from "../support/axe.ts";
import { placed, watched } from "../support/in-place.ts";
import { keepPicture, keepWholePage } from "../support/pictures.ts";
import { openReader, overflowOf } from "../support/reader.ts";
import { readFigures, todayInOslo } from "../support/reports.ts";
import { smallTargets } from "../support/targets.ts";
import { until } from "../support/until.ts";
import { useWholeApp } from "../support/whole-app.ts";

const whole = useWholeApp();

/** What visitors click, by the key under which it counts; the last two are not to be seen on the pictures. */
const targets = {
	"main a.button in": ".hero a.button.quiet",
	"main a.card in": 'a.card[href="/turer/brevandring"]',
	"meny-bestill": '[data-sporlos="meny-bestill"]',
	"nav a in": 'nav a[href="/kontakt"]',
	"footer a in": 'footer a[href="/en"]',
	"main a.news in": "a.news",
} as const;
const onPicture = ["main a.button in", "main a.card in", "meny-bestill", "nav a in"] as const;
const sizes = { desktop: 1320, mobile: 390 } as const;
type Size = keyof typeof sizes;
type Rect = [x: number, y: number, width: number, height: number];

let owner: BrowserContext;
let dashboard: Page;
const complaints: string[] = [];
/** Where the targets were when each picture was taken, and what was sent. */
const places = {} as Record<Size, Record<string, Rect>>;
const sent = {} as Record<Size, { link: string; body: string; picture: Drawn; words: string[] }>;
const secrets = ["Ragnhild Tokstad", "hemmelighet", "kundenummer 4711", "0b8e1f7c"];

/** Puts a secret into every place of the page that has room for text, as a site with a signed-in customer would. */
function hideSecrets(page: Page): Promise<void> {
	return page.evaluate(([name = "", word = "", number = "", id = ""]) => {
		const card = document.querySelector<HTMLElement>("a.card h3");
		if (!card) throw new Error("no card");
		card.textContent = name;
		card.title = word;
		card.id = id;
		card.dataset.customer = number;
		card.ariaLabel = word;
		const field = document.createElement("input");
		Object.assign(field, { value: name, placeholder: number, name: id, alt: word });
		const image = document.querySelector<HTMLImageElement>("main img");
		if (image) image.alt = `${name} ${word}`;
		const link = document.createElement("a");
		link.href = `/?kunde=${id}#${word}`;
		link.textContent = number;
		document.querySelector("main")?.append(field, link, document.createComment(word));
	}, secrets);
}

/** At the end of the page: a strip of which more is hidden than shown, an invisible button, one that stays put, and a component. */
function addOddities(page: Page): Promise<void> {
	return page.evaluate(() => {
		const make = (className: string, within: Node | null, style: Partial<CSSStyleDeclaration>, name = "button") => {
			const element = document.createElement(name);
			element.className = className;
			Object.assign(element.style, { height: "40px", boxSizing: "border-box", ...style });
			return within?.appendChild(element) as HTMLElement;
		};
		const main = document.querySelector("main");
		const strip = make("strip", main, { display: "flex", width: "200px", overflow: "hidden" }, "div");
		for (const name of ["first", "second", "third"]) make(name, strip, { flex: "0 0 150px", width: "150px" });
		make("ghost", main, { opacity: "0" });
		make("bright", main, { background: "oklch(0.6279 0.2577 29.23)", width: "33px", display: "block" }, "div");
		make("blend", main, { backgroundImage: "linear-gradient(rgb(1, 2, 3), rgb(9, 9, 9))", width: "37px" }, "div");
		make("floating", main, { position: "fixed", top: "70px", left: "30px", width: "90px" });
		const widget = make("widget", main, { width: "120px" }, "div");
		make("inside", widget.attachShadow({ mode: "open" }), { width: "100px" });
		scrollTo(0, 300);
	});
}

const rectsOf = (page: Page) =>
	page.evaluate(
		(all) =>
			Object.fromEntries(
				Object.entries(all).flatMap(([key, selector]) => {
					const at = document.querySelector(selector)?.getBoundingClientRect();
					if (!at?.width) return [];
					const [x, y] = [Math.round(at.left + scrollX), Math.round(at.top + scrollY)];
					return [[key, [x, y, Math.round(at.right + scrollX) - x, Math.round(at.bottom + scrollY) - y]]];
				}),
			),
		targets,
	) as Promise<Record<string, Rect>>;

/** Asks for a picture on the dashboard as the owner would. Returns the link. */
async function askFor(size: Size): Promise<string> {
	await dashboard.goto(`${whole.app.app}/sites/demo/pictures?side=/&lang=nb`);
	await dashboard.locator("select[name=device]").selectOption(size);
	await dashboard.getByRole("button", { name: "Lag lenke" }).click();
	return (await dashboard.getByRole("link", { name: "Åpne siden" }).getAttribute("href")) ?? "";
}

async function takePicture(size: Size): Promise<void> {
	const link = await askFor(size);
	const page = await owner.newPage();
	await page.setViewportSize({ width: sizes[size], height: 844 });
	await page.goto(link);
	const take = page.getByRole("button", { name: "Ta bildet" });
	await take.waitFor();
	await hideSecrets(page);
	if (size === "desktop") await addOddities(page);
	await page.evaluate(() => document.querySelector("footer")?.toggleAttribute("hidden", true));
	places[size] = await rectsOf(page);
	const request = page.waitForRequest((one) => one.url().endsWith("/pictures"));
	await take.click();
	const body = (await request).postData() ?? "";
	await page.getByText("Bildet er lagret").waitFor();
	const words = await page.evaluate(() => document.documentElement.innerText.match(/\p{L}{4,}/gu) ?? []);
	sent[size] = { link, body, picture: JSON.parse(body).picture, words };
	await page.close();
}

/** Visits of the front page at other widths: as it is, with a banner on top, with another card. Each clicks every target once. */
const visits = [
	[360, ""],
	[820, "banner"],
	[1920, "card"],
] as const;

async function visitTheShop(): Promise<void> {
	const context = await whole.browser.newContext({ locale: "nb-NO" });
	const page = await context.newPage();
	for (const [index, [width, change]] of visits.entries()) {
		await page.setViewportSize({ width, height: 900 });
		await page.goto(`${whole.app.site}/`);
		if (change === "") await page.getByRole("button", { name: "Godta" }).click();
		await placed(page, index + 1);
		await watched(page);
		await page.evaluate((change) => {
			document.addEventListener("click", (event) => event.preventDefault());
			const news = document.createElement("a");
			Object.assign(news, { href: "/nytt", className: "news", textContent: "Nytt" });
			document.querySelector("main")?.prepend(news);
			const banner = document.createElement("div");
			banner.textContent = "Stengt mandag";
			banner.style.height = "180px";
			if (change === "banner") document.body.prepend(banner);
			const card = document.querySelector(".cards a.card");
			if (change === "card") card?.before(card.cloneNode(true));
		}, change);
		for (const selector of Object.values(targets)) await page.locator(selector).first().click();
	}
	await page.goto("about:blank");
	await until("every click", async () => {
		const { rows } = await readFigures<Elements>(
			whole.app.app,
			whole.app.ownerKey,
			`elements?page=/&from=${todayInOslo()}`,
		);
		return Object.keys(targets).every((key) => rows.find(({ element }) => element === key)?.views === visits.length);
	});
	await context.close();
}

const map = (query = "") =>
	dashboard.goto(`${whole.app.app}/sites/demo/interactions?p=idag&side=/${query}&lang=nb#klikkart`);

beforeAll(async () => {
	({ context: owner, page: dashboard } = await openReader(whole.browser, complaints));
	await dashboard.goto(whole.app.signIn);
});
afterAll(() => owner?.close());

describe("taking a picture", () => {
	test("loads nothing before a yes, then asks, and takes the secret out of the address", async () => {
		const link = await askFor("desktop");
		expect(new URL(link).hash).toMatch(/^#sporlos-picture=desktop\.[\w-]{22}$/);
		await keepWholePage(dashboard, "click-map-link");
		expect(await violations(dashboard)).toEqual([]);
		const page = await owner.newPage();
		const asked: string[] = [];
		page.on("request", (request) => asked.push(request.url()));
		await page.goto(link);
		await page.getByRole("region").waitFor();
		const ours = () => asked.filter((url) => url.startsWith(whole.app.app)).map((url) => new URL(url).pathname);
		expect(ours()).toEqual(["/gate/demo/banner.js"]);
		await page.getByRole("button", { name: "Godta" }).click();
		const take = page.getByRole("button", { name: "Ta bildet" });
		await take.waitFor();
		expect(page.url()).toBe(`${whole.app.site}/`);
		expect(ours().filter((path) => /\/(picture|debug)\.js$/.test(path))).toHaveLength(2);
		await keepPicture(page, "click-map-box");
		await page.setViewportSize({ width: 390, height: 844 });
		await until("it is disabled", () => take.isDisabled());
		await keepPicture(page, "click-map-box-narrow");
		expect(asked.filter((url) => url.endsWith("/pictures"))).toEqual([]);
		await page.close();
		const visitor = await owner.newPage();
		visitor.on("request", (request) => asked.push(request.url()));
		asked.length = 0;
		await visitor.goto(whole.app.site);
		await until("the sensors", () => asked.find((url) => url.endsWith("/sensors.js")));
		expect(asked.filter((url) => /\/(picture|debug)\.js$/.test(url))).toEqual([]);
		await visitor.close();
	});

	test("keeps no word of the page, wherever it stands, nor an address or an image", async () => {
		await takePicture("desktop");
		await takePicture("mobile");
		for (const { body, picture, words } of Object.values(sent)) {
			expect(words.length).toBeGreaterThan(30);
			// Keys are the words of the page's build that clicks are counted under anyway.
			const besides = JSON.stringify({ ...picture, keys: [] });
			expect(words.filter((word) => besides.includes(word))).toEqual([]);
			for (const secret of secrets) expect(body).not.toContain(secret);
			expect(besides).toMatch(/^[\w{}[\]":,#.-]*$/);
			expect(picture.keys.join("\n")).not.toMatch(/http|\/|@/);
			expect(picture.shapes.length).toBeGreaterThan(40);
			expect(body.length).toBeLessThan(20_000);
		}
	});

	test("shows as much of an element as the page does, and knows what clicks on it would be counted as", () => {
		const { keys, places, unseen, shapes } = sent.desktop.picture;
		const of = (name: string) => places.find(([key]) => keys[key]?.split(/[ .]/).includes(name))?.slice(1);
		expect(of("first")?.slice(2)).toEqual([150, 40]);
		expect(of("second")?.slice(2)).toEqual([50, 40]);
		expect(unseen.map((key) => keys[key])).toEqual(
			expect.arrayContaining(["main button.third submit", "main button.ghost submit", "footer a in"]),
		);
		expect(of("floating")).toEqual([30, 70, 90, 40]);
		expect(of("widget")).toBeDefined();
		const colourOf = (px: number) =>
			sent.desktop.picture.colours[shapes.find(([, , , width]) => width === px)?.[5] ?? 0];
		expect(colourOf(33)).toMatch(/^#f[ef]0[0-3]0[0-3]$/); // sRGB red
		expect(colourOf(37)).toBe("#010203");
		expect(keys.join()).not.toContain("inside");
	});

	test("says so where the link is used up", async () => {
		const page = await owner.newPage();
		await page.setViewportSize({ width: 390, height: 844 });
		await page.goto(sent.mobile.link);
		await page.getByRole("button", { name: "Ta bildet" }).click();
		await page.getByText("Lenken er brukt").waitFor();
		await page.close();
	});
});

describe("the map", () => {
	beforeAll(visitTheShop);

	/** The boxes of an element, by its key and its number in the list. */
	async function boxesOf(key: string): Promise<Rect[]> {
		const item = dashboard.locator("#klikkart .ranked li", { has: dashboard.getByText(key, { exact: true }) });
		const number = await item.locator(".mark-number").textContent();
		return dashboard
			.locator(`#klikkart [data-mark="${number}"] .ring`)
			.evaluateAll((rings) =>
				rings.map(
					(ring) =>
						["x", "y", "width", "height"].map((name) => Number(ring.getAttribute(name))) as [
							number,
							number,
							number,
							number,
						],
				),
			);
	}

	for (const size of ["desktop", "mobile"] as const)
		test(`has its boxes over the elements that were clicked, whatever the visitors' pages looked like: ${size}`, async () => {
			await map(size === "mobile" ? "&bilde=mobil" : "");
			for (const key of onPicture) expect(await boxesOf(key), key).toContainEqual(places[size][key]);
			const item = dashboard.locator("#klikkart .ranked li", { hasText: "meny-bestill" });
			expect(await item.locator(".mark-number").textContent()).toBe("3");
			expect(await item.locator("strong").textContent()).toMatch(new RegExp(`^${visits.length} av \\d+$`)); // the owner's own views count too
			// On the screen too, not only in the picture's own pixels, however narrow it is.
			const [x, y, width] = places[size]["meny-bestill"] ?? [0, 0, 0];
			const badge = dashboard.locator(".badge", { has: dashboard.locator(`text=/^3 · /`) }).locator("rect");
			for (const window of [1320, 390]) {
				await dashboard.setViewportSize({ width: window, height: 900 });
				const corner = await badge.evaluate((rect) => {
					const { right, top, bottom } = rect.getBoundingClientRect();
					return [right, (top + bottom) / 2] as const;
				});
				const drawn = await dashboard.locator(".picture .page").evaluate((svg, px) => {
					const { left, top, width } = svg.getBoundingClientRect();
					return { left, top, scale: width / px };
				}, sizes[size]);
				expect(corner[0]).toBeCloseTo(drawn.left + (x + width) * drawn.scale, 0);
				expect(corner[1]).toBeCloseTo(drawn.top + y * drawn.scale, 0);
			}
		});

	test("lists what is not on the picture, with the likely reason", async () => {
		await map();
		const listAfter = (title: string) =>
			dashboard.locator(`#klikkart ol[aria-labelledby="${title}"] bdi`).allTextContents();
		expect(await listAfter("klikkart-skjult")).toEqual(["footer a in"]);
		expect(await listAfter("klikkart-borte")).toContain("main a.news in");
		expect(await dashboard.locator("#klikkart").textContent()).toContain("skjult da bildet ble tatt");
	});

	test("axe finds nothing and nothing is cut off, in light and dark, wide and narrow, nb and en", async () => {
		complaints.length = 0;
		for (const [name, within, path, languages] of [
			["desktop", "#klikkart", "interactions?p=idag&side=/&bilde=pc", ["nb", "en"]],
			["mobile", "#klikkart", "interactions?p=idag&side=/&bilde=mobil", ["nb"]],
			["pictures", "html", "pictures?side=/", ["nb", "en"]],
		] as const)
			for (const lang of languages) {
				await dashboard.goto(`${whole.app.app}/sites/demo/${path}&lang=${lang}`);
				for (const colorScheme of ["light", "dark"] as const)
					for (const width of [1320, 390]) {
						await dashboard.emulateMedia({ colorScheme });
						await dashboard.setViewportSize({ width, height: 900 });
						if (name !== "mobile") expect(await violations(dashboard, within)).toEqual([]);
						expect(await overflowOf(dashboard)).toBeLessThanOrEqual(0);
						expect(await smallTargets(dashboard, width === 390 ? 44 : 24)).toEqual([]);
						if (lang !== "nb") continue;
						await dashboard.locator(within).evaluate((element) => element.scrollIntoView());
						await keepPicture(dashboard, `click-map-${name}-${colorScheme}-${width}`);
					}
			}
		for (const width of [320, 1920]) {
			await dashboard.setViewportSize({ width, height: 900 });
			await map();
			expect(await overflowOf(dashboard)).toBeLessThanOrEqual(0);
		}
		expect(complaints).toEqual([]);
	});

	test("is all there without script, and its picture can be scrolled by keyboard", async () => {
		const { cookies } = await owner.storageState();
		const still = await whole.browser.newContext({ javaScriptEnabled: false, locale: "nb-NO" });
		await still.addCookies(cookies);
		const reader = await still.newPage();
		await reader.goto(`${whole.app.app}/sites/demo/interactions?p=idag&side=/`);
		await reader.locator("#klikkart").getByRole("link", { name: "Mobil" }).click();
		expect(new URL(reader.url()).search).toBe("?p=idag&side=/&bilde=mobil");
		expect(await reader.locator("#klikkart .ring").count()).toBeGreaterThan(8);
		await reader.getByLabel("Klikkart, kan rulles").focus();
		await reader.keyboard.press("End");
		await until("it is scrolled", () => reader.getByLabel("Klikkart, kan rulles").evaluate((box) => box.scrollTop > 0));
		await reader.locator("#klikkart").getByRole("link", { name: "Ta et bilde" }).click();
		await reader.getByRole("button", { name: "Slett: /, PC" }).click();
		await reader.locator("#pictures").getByRole("link", { name: "/", exact: true }).click();
		expect(await reader.locator("#klikkart .meta").last().textContent()).toContain("Mobil");
		await still.close();
	});
});
