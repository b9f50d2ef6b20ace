/** Erasing from the browser: which requests leave it, what they are answered, and what is left on the device. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { PageApi } from "../../collector/package.ts";
import type { Report } from "../../schema/report.ts";
import type { Answer } from "../support/sink.ts";
import { until } from "../support/until.ts";
import { useVisitor } from "../support/visitor.ts";

const visitor = useVisitor();

interface Asked {
	view: string;
	report: Report;
}

const press = (name: string | RegExp) => visitor.page.getByRole("button", { name, exact: true }).click();
const api = <T>(page: Page, call: (sporlos: PageApi) => T) => page.evaluate(`(${call})(window.sporlos)`) as Promise<T>;
const panel = () => visitor.page.getByRole("dialog");
const stored = async () => Object.keys(await visitor.stored()).map((key) => key.replace("sporlos:test:", ""));
const onDevice = async (beginning: string) => (await stored()).filter((name) => name.startsWith(beginning));
const asked = (): Asked[] =>
	visitor.sink.requests.filter(({ path }) => path === "/v1/erasures").map(({ body }) => JSON.parse(body));
const asks = (answer: (request: Asked) => Answer) => {
	visitor.sink.answers["/v1/erasures"] = (body) => answer(JSON.parse(body));
};

async function openPanel(): Promise<void> {
	await api(visitor.page, (sporlos) => sporlos.openMyData());
	await panel().waitFor();
}

/** Two page views of one visit, the second one on screen, all of it reported. */
async function visit(): Promise<string[]> {
	const before = visitor.sink.counted().length;
	if (visitor.context.pages()[0]) await visitor.page.goto(visitor.sink.site);
	else await visitor.accept();
	await until("the first report", () => visitor.sink.counted()[before]);
	await visitor.page.click("#next");
	await until("the second view", () => visitor.sink.counted()[before + 1]);
	await until("nothing to send", async () => !(await onDevice("out:"))[0]);
	return visitor.sink
		.counted()
		.slice(before)
		.map(({ view }) => view);
}

const endVisit = () => visitor.page.evaluate(() => localStorage.removeItem("sporlos:test:visit"));
const newest = (view: string) => visitor.sink.counted().find((report) => report.view === view);

describe("one visit", () => {
	test("is erased whole, one request for each view with the report that was counted; the others stay", async () => {
		asks(() => ({ status: 204 }));
		const old = await visit();
		await endVisit();
		const open = await visit();
		await openPanel();
		await visitor.page
			.getByRole("button", { name: /^Slett besøket/ })
			.last()
			.click();
		await press("Slett");
		await until("both", () => asked().length === 2);
		await panel().getByText("Slettet.").waitFor();
		expect(new Set(asked().map(({ view }) => view))).toEqual(new Set(old));
		for (const { view, report } of asked()) expect(report).toEqual(newest(view));
		expect((await onDevice("view:")).sort()).toEqual(open.map((view) => `view:${view}`).sort());
		expect(await onDevice("erase")).toEqual([]);
		expect(await api(visitor.page, (sporlos) => sporlos.state())).toBe("granted");
	});

	test("that is going on ends with it; what follows begins a new one", async () => {
		asks(() => ({ status: 204 }));
		const views = await visit();
		await openPanel();
		await press(/^Slett besøket/);
		await press("Slett, og mål videre fra nå");
		await until("both", () => asked().length === 2);
		const next = await until("a new view", () => visitor.sink.counted().find(({ view }) => !views.includes(view)));
		expect(next.visit).toMatchObject({ index: 1, gap: 31 });
		expect(next.first.length).toBeGreaterThan(0);
		await visitor.page.keyboard.press("Escape");
		await visitor.page.goto(`${visitor.sink.site}/third`);
		const later = await until("a later view", () =>
			visitor.sink.counted().find(({ place }) => place.page === "/third"),
		);
		expect(later.visit).toMatchObject({ index: 2, before: "/second" });
		const late = visitor.sink
			.posts()
			.flat()
			.filter(({ view }) => views.includes(view));
		for (const report of late) expect(report.seq).toBeLessThanOrEqual(newest(report.view)?.seq ?? 0);
	});
});

describe("everything", () => {
	test("together with the end of measuring: nothing is left on the device but the refusal", async () => {
		asks(() => ({ status: 204 }));
		const views = await visit();
		await openPanel();
		await press("Slett alt");
		await press("Slett og stopp målingen");
		expect(await onDevice("view:")).toEqual([]);
		await until("both", () => asked().length === 2);
		await panel().getByText("Slettet.").waitFor();
		expect(new Set(asked().map(({ view }) => view))).toEqual(new Set(views));
		await until("nothing left", async () => (await stored()).join() === "choice");
		expect(await panel().innerText()).toContain("ikke bidratt med noe");
		visitor.sink.requests.length = 0;
		await visitor.page.goto(visitor.sink.site);
		expect(visitor.sink.requests.map(({ path }) => path)).toEqual(["/gate/test/banner.js"]);
	});

	test("one view at a time, in random order, with random pauses", async () => {
		// Always the last one, always the longest pause. Storage has an order of its own, so it is told when one is drawn.
		await visitor.context.addInitScript(`{
			const names = () => Object.keys(localStorage).filter((name) => name.includes(":erase:"));
			window.drawn = [];
			Math.random = () => (drawn.push(names().at(-1)?.split(":").at(-1)), 0.999);
		}`);
		const times: number[] = [];
		asks(() => {
			times.push(Date.now());
			return { status: 204 };
		});
		await visit();
		const views = (await onDevice("view:")).map((name) => name.replace("view:", ""));
		await openPanel();
		await press("Slett alt");
		await press("Slett og stopp målingen");
		await until("both", () => asked().length === 2);
		expect(
			asked()
				.map(({ view }) => view)
				.toSorted(),
		).toEqual(views.toSorted());
		const drawn = await visitor.page.evaluate<(string | undefined)[]>("drawn");
		for (const { view } of asked()) expect(drawn).toContain(view);
		expect(asked()[0]?.view).toBe(drawn.find((view) => view));
		expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(1_000);
	});

	test("after a withdrawal in the banner, which offers it, as long as the page is open", async () => {
		asks(() => ({ status: 204 }));
		await visit();
		await press("Personvernvalg");
		await press("Trekk tilbake");
		expect(await stored()).toEqual(["choice"]);
		await press("Slett også mine data");
		await panel().waitFor();
		expect(await panel().locator("ol > li").count()).toBe(2);
		await press("Slett alt");
		await until("both", () => asked().length === 2);
		await until("nothing left", async () => (await stored()).join() === "choice");
	});

	test("goes on on the next page, without consent, and not longer than it has to", async () => {
		asks(() => ({ status: 503 }));
		await visit();
		await openPanel();
		await press("Slett alt");
		await press("Slett og stopp målingen");
		await until("an attempt", () => asked().length === 1);
		expect((await onDevice("erase:")).length).toBe(2);
		asks(() => ({ status: 204 }));
		await visitor.page.goto(`${visitor.sink.site}/third`);
		await until("nothing left", async () => (await stored()).join() === "choice");
		expect(new Set(asked().map(({ view }) => view)).size).toBe(2);
		expect(await api(visitor.page, (sporlos) => sporlos.state())).toBe("refused");
	});

	test("waits where there is no network, says so, and goes on when it is back", async () => {
		asks(() => ({ status: 204 }));
		await visit();
		await openPanel();
		await visitor.context.setOffline(true);
		await press("Slett alt");
		await press("Slett og stopp målingen");
		await panel().getByText("gjenstår: 2").waitFor();
		expect(await panel().innerText()).toContain("uten nett");
		await visitor.context.setOffline(false);
		await until("nothing left", async () => (await stored()).join() === "choice");
		expect(asked().length).toBe(2);
	});
});

describe("what the server may answer", () => {
	test("another report was counted: that one is sent, once", async () => {
		const [view = ""] = await visit();
		const first = visitor.sink
			.posts()
			.flat()
			.find((report) => report.view === view);
		asks((request) =>
			request.view === view && request.report.seq !== first?.seq
				? { status: 409, body: JSON.stringify({ seq: first?.seq }) }
				: { status: 204 },
		);
		await openPanel();
		await press("Slett alt");
		await press("Slett og stopp målingen");
		await until("nothing left", async () => (await stored()).join() === "choice");
		const reports = asked()
			.filter((request) => request.view === view)
			.map(({ report }) => report);
		expect(reports).toEqual([newest(view), first]);
	});

	test("there is nothing to erase: that view is done with", async () => {
		asks(() => ({ status: 404 }));
		await visit();
		await openPanel();
		await press("Slett alt");
		await press("Slett og stopp målingen");
		await until("nothing left", async () => (await stored()).join() === "choice");
		expect(asked().length).toBe(2);
		await panel().getByText("Slettet.").waitFor();
	});

	test("nothing to erase yet, of what nobody has acknowledged: it may be on its way, and is asked for again", async () => {
		visitor.sink.status = 503;
		await visitor.accept();
		await until("a report", () => visitor.sink.counted()[0]);
		asks(() => ({ status: 404 }));
		await openPanel();
		await press("Slett alt");
		await press("Slett og stopp målingen");
		await until("a second attempt", () => asked().length > 1);
		expect((await onDevice("erase:")).length).toBe(1);
		asks(() => ({ status: 204 }));
		await until("nothing left", async () => (await stored()).join() === "choice");
	});

	test("no, for good: the visitor is told whom to ask, and it is not tried again", async () => {
		asks(() => ({ status: 409, body: JSON.stringify({ seq: 1_000 }) }));
		await visit();
		await openPanel();
		await press("Slett alt");
		await press("Slett og stopp målingen");
		await panel().getByText("Noe lot seg ikke slette herfra").waitFor();
		expect(await stored()).toEqual(["choice"]);
		expect(asked().length).toBe(2);
	});
});
