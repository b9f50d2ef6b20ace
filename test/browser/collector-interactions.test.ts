/** Clicks, forms, errors, links and own events in a real browser with real input: what counts, and what must not. */
import { describe, expect, test } from "vitest";
import type { Report } from "../../schema/report.ts";
import { goOn } from "../support/in-place.ts";
import { type Answer, pageWith, type Sink } from "../support/sink.ts";
import { until } from "../support/until.ts";
import { useVisitor } from "../support/visitor.ts";

const bodies: Record<string, string> = {
	"/frustrating": `<main>
		<button data-sporlos="broken">Virker ikke</button>
		<button data-sporlos="also-broken">Heller ikke</button>
		<a data-sporlos="nowhere" href="#">Ingen steder</a>
		<div data-sporlos="looks-clickable" style="cursor:pointer">Ser ut som en knapp</div>
		<div data-sporlos="plain">Bare tekst</div></main>`,
	"/served": `<main>
		<button data-sporlos="stepper" onclick="count.textContent = +count.textContent + 1">+</button><b id="count">0</b>
		<my-stepper data-sporlos="component" style="cursor:pointer"></my-stepper>
		<button data-sporlos="early">Åpnes når den trykkes ned</button>
		<p data-sporlos="text" style="cursor:pointer">Velkjente ord om fjord og fjell</p>
		<input data-sporlos="number" type="number" value="1">
		<input data-sporlos="radio" type="radio" checked style="cursor:pointer">
		<select data-sporlos="choice"><option>En</option></select>
		<video data-sporlos="film" style="cursor:pointer" width="60" height="60"></video>
		<label><input data-sporlos="agree" type="checkbox"> Ja <span id="words">takk</span></label>
		<input id="name" data-sporlos="name">
		<button data-sporlos="focuses">Skriv her</button>
		<a data-sporlos="anchor" href="#here">Rett her</a><span id="here"></span>
		<a data-sporlos="mail" href="mailto:post@fjordbua.example">Skriv</a>
		<a data-sporlos="tab" href="/second" aria-current="page">Denne siden</a>
		<button data-sporlos="disabled" disabled>Utsolgt</button>
		<button data-sporlos="asks-server">Spør tjeneren</button>
		<button data-sporlos="asks-long">Spør lenge</button>
		<button data-sporlos="asks-visitor">Spør deg</button>
		<button data-sporlos="scrolls">Til toppen</button>
		<p style="height:3000px"></p></main>
		<script>
			const part = (word) => document.querySelector("[data-sporlos=" + word + "]");
			customElements.define("my-stepper", class extends HTMLElement {
				connectedCallback() {
					const button = document.createElement("button");
					button.textContent = "0";
					button.onclick = () => { button.textContent += "0"; };
					this.attachShadow({ mode: "open" }).append(button);
				}
			});
			part("early").onpointerdown = (event) => { event.target.className = "open"; };
			part("focuses").onclick = () => part("name").focus();
			part("asks-server").onclick = () => fetch("/api/spor");
			part("asks-visitor").onclick = () => confirm("Sikker?");
			part("scrolls").onclick = () => { answered.scrolls = false; scrollBy(0, 10); };
			const answered = {};
			addEventListener("scroll", () => { answered.scrolls = true; }, true);
			part("asks-long").onclick = () => fetch("/api/lenge");
			new PerformanceObserver((list) => {
				for (const [word, end] of [["asks-server", "spor"], ["asks-long", "lenge"]])
					answered[word] ||= list.getEntries().some(({ name }) => name.endsWith(end));
			}).observe({ type: "resource" });
			part("tab").onclick = (event) => event.preventDefault();
		</script>`,
	"/slow-link": `<a data-sporlos="slow" href="/slow">Treg side</a> <a data-sporlos="inn" href="/second">Videre</a>`,
	"/links": `<a data-sporlos="out" href="http://www.localhost:9/u?navn=ola">Ut</a>
		<a data-sporlos="price" href="/priser.pdf?navn=ola">Priser</a>
		<a data-sporlos="saved" href="/kart/bergen?navn=ola" download>Kart</a>
		<button data-sporlos="button">Knapp</button>`,
	"/forms": `<main>
		<form class="order" action="/takk"><input type="hidden" name="type" value="x">
			<input id="email" type="email" name="href" required><input id="secret" type="password" name="role">
			<textarea id="note"></textarea><button data-sporlos="send" id="send">Send</button></form>
		<form class="search" role="search" action="/sok"><input id="q" type="search" name="q"><button>Søk</button></form>
		<form class="letter"><input id="letter" data-sporlos="letter-mail" type="email"><button id="subscribe">Meld på</button></form>
		<form class="looked-at"><input id="looked-at"><button>Send</button></form>
		<form class="scripted"><input id="scripted"><button>Send</button></form>
		<div id="free" contenteditable>Skriv her</div></main>
		<script>
			document.querySelector(".letter").onsubmit = (event) => { event.preventDefault(); };
		</script>`,
	"/errors": `<main><button data-sporlos="throws" onclick="fail()">Feil</button><button data-sporlos="fine">Fint</button></main>
		<script src="/kode/feil.js?navn=ola"></script><img src="/finnes-ikke.png" alt="">`,
};

const scripts: Record<string, Answer> = {
	"/kode/feil.js": {
		headers: { "content-type": "text/javascript", "access-control-allow-origin": "*" },
		body: `function fail() {
	throw new TypeError("Ola Nordmann finnes ikke");
}
function refuse() {
	Promise.reject(new RangeError("https://hemmelig.example/ola.js:1:2 sier nei"));
}
function ask(text) {
	return new Promise((resolve, reject) => reject(text));
}`,
	},
	"/priser.pdf": { headers: { "content-type": "application/pdf", "content-disposition": "attachment" } },
	"/kart/bergen": { headers: { "content-type": "image/png" } },
	"/finnes-ikke.png": { status: 404 },
	"/api/lenge": { body: "{}", afterMs: 2_300 }, // longer than a click may go without an answer
};

const visitor = useVisitor((sink: Sink) => ({
	...Object.fromEntries(
		Object.entries(bodies).map(([path, body]) => [
			path,
			{ body: pageWith(`<script src="${sink.app}/gate/test/banner.js" defer></script>`, body) },
		]),
	),
	...scripts,
}));

const at = (word: string) => `[data-sporlos=${word}]`;

/** The view of a page with its interactions, from what was last heard of it. */
function told(path: string): Report | undefined {
	return visitor.sink.counted().findLast(({ place }) => place.page === path);
}

/** Opens a page with consent. */
async function visit(path: string): Promise<void> {
	await visitor.accept(path);
	await sense(path);
}

/** Waits until an event of the page's own is in a report: then all sensors are there. */
async function sense(path: string): Promise<void> {
	await until("the sensors", async () => {
		await visitor.page.evaluate(() => {
			const { sporlos } = window as unknown as { sporlos: { event(name: string): void } };
			sporlos.event("klar");
		});
		return told(path)?.own?.events;
	});
}

/** Leaves the page, and gives what was counted on it. */
async function leave(path: string): Promise<Report> {
	await goOn(visitor.page, "/second");
	return until(`${path} left`, () => {
		const report = told(path);
		return report?.leaving?.how === "script" ? report : undefined;
	});
}

const clicksOf = ({ interaction }: Report) =>
	Object.fromEntries((interaction?.clicks ?? []).map(([key, ...n]) => [key, n]));

/** On the page, without anybody waiting for it: longer than a dead click is given. */
const wait = () => visitor.context.clock.fastForward(2_100);

describe("a click", () => {
	test("is dead though the collector itself sends a report just then", async () => {
		await visit("/frustrating");
		const { page } = visitor;
		await page.click(at("broken"));
		const clicked = await page.evaluate(() => performance.now());
		await until("the early report", () => visitor.sink.posts().length);
		await until("a while", () => page.evaluate((since) => performance.now() - since > 4_500, clicked));
		await page.click(at("plain"));
		expect(clicksOf(await leave("/frustrating"))).toMatchObject({ broken: [1, 0, 1] });
	});

	test("is dead where nothing comes of it, and in a burst on one place it is rage", async () => {
		await visitor.context.clock.install();
		await visit("/frustrating");
		const { page } = visitor;
		await page.click(at("broken"));
		await wait();
		for (let click = 0; click < 4; click++) await page.click(at("also-broken"));
		await wait();
		await page.click(at("plain"));
		await wait();
		await page.click(at("looks-clickable"));
		await wait();
		await page.click(at("nowhere"));
		await wait();
		expect(clicksOf(await leave("/frustrating"))).toEqual({
			broken: [1, 0, 1],
			"also-broken": [4, 1, 1],
			plain: [1],
			"looks-clickable": [1, 0, 1],
			nowhere: [1, 0, 1],
		});
		expect(visitor.complaints).toEqual([]);
	});

	test("is neither where the page answers, or nothing is to be expected", async () => {
		await visitor.context.clock.install();
		await visit("/served");
		const { page } = visitor;
		for (let click = 0; click < 4; click++) await page.click(at("stepper"));
		for (let click = 0; click < 4; click++) await page.click(at("component"));
		await wait();
		await page.click(at("text"), { clickCount: 3 });
		await wait();
		await page.click(at("number"), { clickCount: 4 });
		await page.click(at("film"), { clickCount: 4 });
		const once = ["early", "radio", "choice", "film", "focuses", "anchor", "mail", "tab", "asks-server"];
		for (const word of [...once, "scrolls"]) {
			await page.click(at(word));
			if (/asks|scrolls/.test(word)) await page.waitForFunction(`answered["${word}"]`); // not at once
			await wait();
		}
		await page.click(at("disabled"), { force: true });
		await wait();
		expect(clicksOf(await leave("/served"))).toEqual({
			...Object.fromEntries([...once, "scrolls"].map((word) => [word, [1]])),
			stepper: [4],
			component: [4],
			text: [3],
			number: [4],
			film: [5],
		});
	});

	test("that asked the server at once is not dead, however long that takes", async () => {
		await visit("/served");
		const { page } = visitor;
		await page.click(at("asks-long"));
		await page.waitForFunction(`answered["asks-long"]`);
		await page.click(at("text"));
		expect(clicksOf(await leave("/served"))).toMatchObject({ "asks-long": [1] });
	});

	test("that opened a dialog is not dead when the visitor said no", async () => {
		await visit("/served");
		const { page } = visitor;
		page.on("dialog", async (dialog) => {
			const opened = Date.now();
			await until("the visitor to read the question", () => Date.now() - opened > 400);
			await dialog.dismiss();
		});
		await page.click(at("asks-visitor"));
		const asked = Date.now();
		await until("the time in which a click dies", () => Date.now() - asked > 2_100);
		expect(clicksOf(await leave("/served"))).toEqual({ "asks-visitor": [1] });
	});

	test("on a label is one click, on its field; by Enter and Space on a button it counts", async () => {
		await visit("/served");
		await visitor.page.click("#words");
		await visitor.page.focus(at("stepper"));
		await visitor.page.keyboard.press("Enter");
		for (let press = 0; press < 3; press++) await visitor.page.keyboard.press("Space");
		expect(clicksOf(await leave("/served"))).toEqual({ agree: [1], stepper: [4] });
	});

	test("that navigates is never lost, and not dead however slow the next page", async () => {
		await visit("/slow-link");
		await visitor.context.route("**/slow", () => {}); // no answer
		const click = async (word: string) => {
			const { x = 0, y = 0 } = boxes[word] ?? {};
			await visitor.page.mouse.click(x + 5, y + 5);
		};
		const boxes = Object.fromEntries(
			await Promise.all(
				["slow", "inn"].map(async (word) => [word, await visitor.page.locator(at(word)).boundingBox()] as const),
			),
		);
		await click("slow");
		const clicked = Date.now();
		await until("the time in which a click dies", () => Date.now() - clicked > 2_100);
		await click("inn");
		const left = await until("the page left", () => {
			const report = told("/slow-link");
			return report?.leaving?.how === "link" ? report : undefined;
		});
		expect(clicksOf(left)).toEqual({ slow: [1], inn: [1] });
	});

	test("is not judged by the time a page spent in the back/forward cache", async () => {
		await visit("/frustrating");
		await visitor.page.click(at("broken"));
		await visitor.page.goto(`${visitor.sink.site}/second`);
		const gone = Date.now();
		await until("the time in which a click dies", () => Date.now() - gone > 2_100);
		await visitor.page.evaluate(() => history.back());
		await until("the restored page", () => visitor.page.url().endsWith("/frustrating"));
		await visitor.page.click(at("plain"));
		await leave("/frustrating");
		const views = visitor.sink.counted().filter(({ place }) => place.page === "/frustrating");
		expect(views.map((view) => [view.place.kind, clicksOf(view)])).toEqual([
			["load", { broken: [1] }],
			["restore", { plain: [1] }],
		]);
	});
});

describe("a click by a script", () => {
	test("is none, wherever it goes; real ones count with the purpose `interactions` alone, until it is withdrawn", async () => {
		const page = await visitor.open("/frustrating");
		visitor.page = page;
		await page.evaluate(() => {
			const { sporlos } = window as unknown as { sporlos: { grant(purposes: string[]): void } };
			sporlos.grant(["interactions"]);
		});
		await sense("/frustrating");
		await page.evaluate((broken) => {
			for (let click = 0; click < 6; click++) {
				document.dispatchEvent(new MouseEvent("click"));
				document.querySelector<HTMLElement>(broken)?.click();
			}
		}, at("broken"));
		await page.click(at("plain"));
		await page.goto(`${visitor.sink.site}/second`);
		const { interaction, speed, visit } = await until("the click", () => {
			const report = told("/frustrating");
			return report?.interaction?.clicks.length ? report : undefined;
		});
		expect(interaction?.clicks).toEqual([["plain", 1]]);
		expect([speed, visit]).toEqual([undefined, undefined]);
		await sense("/second");
		const heard = visitor.sink.posts().length;
		await page.evaluate(() => {
			const { sporlos } = window as unknown as { sporlos: { withdraw(): void; event(name: string): void } };
			sporlos.withdraw();
			sporlos.event("too late");
		});
		await page.click("#buy");
		await page.goto(`${visitor.sink.app}/elsewhere`);
		expect(visitor.sink.posts().length).toBe(heard);
	});
});

describe("a link", () => {
	test("counts by the host it leads to, or the file it downloads, in whatever tab; nothing else of it is kept", async () => {
		await visit("/links");
		const { page, context } = visitor;
		for (const button of ["middle", "right"] as const) await page.click(at("out"), { button });
		await page.click(at("button"), { button: "middle" });
		for (const word of ["price", "saved"]) {
			const saved = page.waitForEvent("download");
			await page.click(at(word));
			await (await saved).cancel();
		}
		const opened = context.waitForEvent("page");
		await page.click(at("out"), { modifiers: ["Shift"] });
		await (await opened).close();
		const { interaction } = await leave("/links");
		expect(interaction).toMatchObject({
			clicks: [
				["out", 2],
				["price", 1],
				["saved", 1],
			],
			outbound: [["localhost", 2]],
			downloads: [
				["/priser.pdf", 1],
				["/kart/bergen", 1],
			],
		});
		expect(JSON.stringify(visitor.sink.posts())).not.toContain("ola");
	});
});

describe("a form", () => {
	test("that was begun and left has the last field reached, and never a value", async () => {
		await visit("/forms");
		const { page } = visitor;
		await page.focus("#looked-at");
		await page.click("#free");
		await page.keyboard.type("fritekst");
		await page.evaluate(() => {
			const field = document.querySelector("#scripted") as HTMLInputElement;
			field.value = "x";
			field.dispatchEvent(new InputEvent("input", { bubbles: true }));
		});
		await page.fill("#email", "ola");
		await page.focus("#email");
		await page.keyboard.type("x");
		await page.keyboard.press("Tab");
		await page.keyboard.type("hemmelig");
		await page.click("#send"); // not an address: the browser refuses
		await page.focus("#note");
		await page.focus("#looked-at");
		const { interaction } = await leave("/forms");
		expect(interaction?.forms).toEqual([["main form.order", 0, "3 textarea"]]);
		for (const value of ["ola", "hemmelig", "fritekst"])
			expect(JSON.stringify(visitor.sink.posts())).not.toContain(value);
	});

	test("counts as submitted by the button, by Enter, and where a script takes it over", async () => {
		await visit("/forms");
		const { page } = visitor;
		await page.focus("#letter");
		await page.keyboard.type("ola@fjordbua.example");
		await page.click("#subscribe");
		await page.click("#subscribe");
		await page.focus("#q");
		await page.keyboard.type("fjord");
		await page.keyboard.press("Enter");
		const left = await until("the page left", () => {
			const report = told("/forms");
			return report?.leaving?.how === "form" ? report : undefined;
		});
		expect(left.interaction).toMatchObject({
			forms: [
				["main form.letter", 2, "letter-mail"],
				["main form.search", 1, "1 search"],
			],
			clicks: [["form button submit", 2]], // Enter in a field is no click
		});
		expect(JSON.stringify(visitor.sink.posts())).not.toMatch(/fjord"|ola/);
	});
});

describe("an error", () => {
	test("that nobody caught counts by type and place, and for the click it came with; what it says is not kept", async () => {
		await visit("/errors");
		const { page } = visitor;
		await page.click(at("fine"));
		await page.click(at("throws"));
		await page.click(at("throws"));
		await page.evaluate(() => {
			const { refuse, ask } = window as unknown as { refuse(): void; ask(text: string): void };
			refuse();
			ask("Ola");
			const main = document.querySelector("main") as HTMLElement;
			// The browser calls it an error of the page that this never settles.
			addEventListener("error", ({ message }) => {
				if (message?.startsWith("ResizeObserver")) Object.assign(window, { noticed: 1 });
			});
			new ResizeObserver(() => Object.assign(main.style, { width: `${main.offsetWidth - 1}px` })).observe(main);
			Object.assign(document.body.appendChild(document.createElement("img")), { src: "/finnes-ikke.png" });
		});
		await page.waitForFunction("window.noticed");
		await until("four errors", () => visitor.complaints.filter((text) => /Ola|nei/.test(text)).length >= 4);
		const { interaction } = await leave("/errors");
		expect(interaction).toMatchObject({
			errors: [
				["TypeError @ /kode/feil.js:2", 2],
				["RangeError @ /kode/feil.js:5", 1],
				["Error @ elsewhere", 1],
			],
			clicks: [
				["fine", 1],
				["throws", 2, 0, 0, 2],
			],
		});
		expect(JSON.stringify(visitor.sink.posts())).not.toMatch(/Ola|hemmelig/i);
	});
});

describe("an event of the page's own", () => {
	test("counts with its properties, cleaned, in the order of the calls and from the grant on", async () => {
		visitor.page = await visitor.open("/second");
		await visitor.page.evaluate(() => {
			const { sporlos } = window as unknown as { sporlos: { event(...call: unknown[]): void } };
			const button = document.querySelector("sporlos-choices") as Element;
			sporlos.event("before the grant");
			button.addEventListener("click", () => {
				queueMicrotask(() => {
					sporlos.event("  order   done ", {
						tour: "fjord",
						seats: 2,
						paid: true,
						mail: "ola@fjordbua.example",
						list: [1],
					});
					sporlos.event("second", ["no", "object"]);
					sporlos.event("second", null);
					sporlos.event("call 22 33 44 55");
					for (const nonsense of [undefined, 5, {}, "", "  "]) sporlos.event(nonsense);
					sporlos.event("many", Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`p${n}`, n])));
				});
			});
		});
		await visitor.page.getByRole("button", { name: "Godta" }).click();
		await until("the events", () => told("/second")?.own?.events);
		const own = (await leave("/second")).own;
		expect(own?.events).toEqual([
			["order done", 1],
			["second", 2],
			["call :id", 1],
			["many", 1],
		]);
		expect(own?.properties?.map(([name]) => name.replace("\t", " | "))).toEqual([
			"order done | tour=fjord",
			"order done | seats=2",
			"order done | paid=true",
			"order done | mail=:id",
			...Array.from({ length: 10 }, (_, n) => `many | p${n}=${n}`),
		]);
		expect(visitor.complaints).toEqual([]);
	});
});
