/**
 * What a grant through a consent tool leads to, tried with the stand-in for Wix (the most forgiving of defaults) and with Klaro:
 * reports, the visitor's own no, other tabs, and the ways in which sites embed a script.
 */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { PageApi } from "../../collector/package.ts";
import { bundleTools, installTools } from "../consent/tools.ts";
import { pageWith } from "../support/sink.ts";
import { until } from "../support/until.ts";
import { useVisitor } from "../support/visitor.ts";

installTools();
const files = await bundleTools();

const body = '<main><h1>Side</h1><button id="buy">Kjøp</button></main>';
const visitor = useVisitor(({ app }) => {
	const drive = '<script src="/drives/wix.js"></script>';
	const starting = `${drive}<script>drives.wix.start()</script>`;
	const gate = (attributes = "") => `<script src="${app}/gate/test/wix.js" ${attributes}></script>`;
	return {
		...files,
		"/wix": { body: pageWith(drive + gate(), body) },
		"/strict": { body: pageWith(drive + gate("data-strict"), body) },
		"/advertising": { body: pageWith(drive + gate('data-category="advertising"'), body) },
		"/nothing": { body: pageWith(drive + gate('data-category="nothing"'), body) },
		"/after": { body: pageWith(starting, `${body}${gate()}`) },
		"/before": { body: pageWith(gate("async"), `${body}${starting}`) },
		"/naive": { body: pageWith(`${drive}<script src="${app}/naive/gate/test/wix.js"></script>`, body) },
		"/klaro": {
			body: pageWith(
				`<script src="/drives/klaro.js"></script><script src="${app}/gate/test/auto.js" defer></script>`,
				body,
			),
		},
	};
});

const api = <T>(page: Page, call: (sporlos: PageApi) => T) => page.evaluate(`(${call})(window.sporlos)`) as Promise<T>;
const state = (page = visitor.page) => api(page, (sporlos) => sporlos.state());
const drive = (act: string, page = visitor.page, tool = "wix") => page.evaluate(`drives["${tool}"].${act}`);
const choice = async () => JSON.parse((await visitor.stored())["sporlos:test:choice"] ?? "null");
const openWix = async (path = "/wix") => {
	visitor.page = await visitor.open(path);
	await drive("start()");
};
const granted = (page?: Page) => until("the grant", async () => (await state(page)) === "granted");
const report = (index = 0) => until("a report", () => visitor.sink.counted()[index]);
/** The gate looks twice a second. */
const aWhile = async (page = visitor.page) => {
	const now = await page.evaluate(() => performance.now());
	await until("a while", () => page.evaluate((since) => performance.now() > since + 1_100, now));
};

describe("a yes in the tool", () => {
	test("gives reports that name the tool, the version in force, the day and all purposes", async () => {
		await openWix();
		await drive("grant()");
		const { consent } = await report();
		expect(consent).toMatchObject({ by: "wix", policy: "policy-one", given: true });
		expect(consent.day).toBe(new Date().toISOString().slice(0, 10));
		expect(consent.purposes).toEqual(["performance", "visits", "interactions"]);
		expect(await choice()).toMatchObject({ by: "wix", policy: "policy-one" });
		expect(visitor.complaints).toEqual([]);
	});

	test("holds on the next page, where it is not given anew", async () => {
		await openWix();
		await drive("grant()");
		await report();
		await openWix();
		const second = await report(1);
		expect(second.consent).not.toHaveProperty("given");
		expect(second.visit).toMatchObject({ index: 2 });
	});

	test("to an earlier notice does not hold for a new one until the tool has asked again", async () => {
		await openWix();
		await drive("grant()");
		await report();
		await visitor.page.close();
		visitor.sink.settings.policy = "policy-two";
		try {
			await openWix();
			await aWhile();
			expect(await state()).toBe("undecided");
			expect(visitor.sink.counted().length).toBe(1);
			await drive("reset()");
			await drive("grant()");
			expect((await report(1)).consent).toMatchObject({ policy: "policy-two", given: true });
		} finally {
			visitor.sink.settings.policy = "policy-one";
		}
	});

	test("under data-strict leaves the timings of its own page alone", async () => {
		await openWix("/strict");
		await drive("grant()");
		expect((await report()).speed).toEqual({});
	});

	test("to another category counts where data-category names it, and to one that the tool lacks never", async () => {
		await openWix("/advertising");
		await drive("grant()");
		await granted();
		await openWix("/nothing");
		await aWhile();
		expect(await state()).toBe("refused");
	});

	test("is found by auto.js, which comes before it", async () => {
		visitor.page = await visitor.open("/klaro");
		await aWhile();
		expect(await state()).toBe("undecided");
		await drive("start()", visitor.page, "klaro");
		await drive("grant()", visitor.page, "klaro");
		expect((await report()).consent).toMatchObject({ by: "auto" });
	});
});

test("a yes that is taken back before the collector has come leaves nothing", async () => {
	await openWix();
	await drive("grant()");
	await report();
	await openWix(); // with the note of a grant
	visitor.sink.requests.length = 0;
	await visitor.page.evaluate("drives.wix.withdraw(), drives.wix.grant(), drives.wix.withdraw()");
	expect(await state()).toBe("withdrawn");
	await aWhile();
	expect(Object.keys(await visitor.stored()).filter((name) => name.startsWith("sporlos"))).toEqual([]);
	expect(visitor.sink.posts()).toEqual([]);
});

test("a gate that believes Wix' default policy would open, so the stand-in sets its trap", async () => {
	const gate = await (await fetch(`${visitor.sink.app}/gate/test/wix.js`)).text();
	const naive = gate.replace(".defaultPolicy===!1", ".policy.analytics");
	expect(naive).not.toBe(gate);
	visitor.sink.answers["/naive/gate/test/wix.js"] = () => ({
		body: naive,
		headers: { "content-type": "text/javascript" },
	});
	await openWix("/naive");
	await granted();
});

describe("what the visitor says to Sporløs", () => {
	test("no outlasts the tool's yes, on the next pages too, until it is taken back", async () => {
		await openWix();
		await drive("grant()");
		await report();
		await api(visitor.page, (sporlos) => sporlos.withdraw());
		expect(await state()).toBe("withdrawn");
		expect(Object.keys(await visitor.stored()).filter((name) => name.startsWith("sporlos"))).toEqual([
			"sporlos:test:choice",
		]);
		await openWix();
		visitor.sink.requests.length = 0;
		await drive("grant()");
		await aWhile();
		expect(await state()).toBe("refused");
		expect(visitor.sink.requests).toEqual([]);
		await api(visitor.page, (sporlos) => sporlos.grant());
		await granted();
		await report();
	});

	test("yes to some purposes narrows the tool's yes", async () => {
		await openWix();
		await drive("grant()");
		await granted();
		await api(visitor.page, (sporlos) => sporlos.grant(["performance"]));
		const { consent, visit } = await until("a narrow report", () =>
			visitor.sink.counted().find(({ consent }) => consent.purposes.length === 1),
		);
		expect(consent.purposes).toEqual(["performance"]);
		expect(visit).toBeUndefined();
	});

	test("yes opens nothing while the tool says no", async () => {
		await openWix();
		await drive("refuse()");
		await api(visitor.page, (sporlos) => sporlos.grant());
		await aWhile();
		expect(await state()).toBe("refused");
		expect(visitor.sink.requests.map(({ path }) => path)).toEqual(["/gate/test/wix.js"]);
	});
});

describe("several tabs", () => {
	test("that hear of one yes, one after the other, have been given one grant", async () => {
		const other = await visitor.open("/wix");
		await drive("start()", other);
		await openWix();
		await drive("grant()", other);
		await report();
		await drive("grant()");
		await report(1);
		expect(visitor.sink.counted().filter(({ consent }) => consent.given).length).toBe(1);
	});

	test("follow a withdrawal in one of them, though the tool in theirs has not heard of it", async () => {
		await openWix();
		await drive("grant()");
		await report();
		const other = await visitor.open("/wix");
		await drive("start()", other);
		await granted(other);
		await report(1);
		visitor.sink.requests.length = 0;
		await drive("withdraw()");
		await until("the other tab", async () => (await state(other)) === "withdrawn");
		await other.click("#buy");
		await aWhile(other);
		expect(await state(other)).toBe("withdrawn");
		expect(visitor.sink.posts()).toEqual([]);
	});
});

describe("however the script is embedded", () => {
	test.each(["/before", "/after"])("%s the tool, a yes is found on the next page", async (path) => {
		await openWix();
		await drive("grant()");
		await granted();
		visitor.page = await visitor.open(path);
		await granted();
	});

	test("a page change without a load, with the script put in once more, is one gate and a further view", async () => {
		await openWix();
		await drive("grant()");
		await report();
		await visitor.page.evaluate((src) => {
			history.pushState({}, "", "/wix/neste");
			document.body.append(Object.assign(document.createElement("script"), { src }));
			document.dispatchEvent(new CustomEvent("consentPolicyInitialized"));
		}, `${visitor.sink.app}/gate/test/wix.js`);
		const next = await report(1);
		expect(next.place).toMatchObject({ page: "/wix/neste", kind: "route" });
		await aWhile();
		expect(visitor.sink.counted().length).toBe(2);
	});
});
