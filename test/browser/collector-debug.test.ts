/** The overlay of `?sporlos-debug` in a real browser: only after a grant, shows what is true, and counts for nothing. */
import { expect, test } from "vitest";
import { until } from "../support/until.ts";
import { useVisitor } from "../support/visitor.ts";

const visitor = useVisitor((sink) => {
	const policy = `default-src 'none'; script-src ${sink.app}; connect-src ${sink.app}; require-trusted-types-for 'script'`;
	const script = `<script src="${sink.app}/gate/test/banner.js" defer></script>`;
	return {
		"/csp": {
			body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>Page</title>${script}<body><h1>Page</h1>`,
			headers: { "content-security-policy": policy },
		},
	};
});

const code = () => visitor.sink.requests.map(({ path }) => path).filter((path) => path.includes("/debug.js"));
const overlay = () => visitor.page.locator("sporlos-debug");
const words = () => overlay().locator("details").innerText();

test("it is not loaded before a grant, nor without being asked for", async () => {
	visitor.page = await visitor.open("/?sporlos-debug");
	await visitor.page.getByRole("region").waitFor();
	expect(visitor.sink.requests.map(({ path }) => path)).toEqual(["/gate/test/banner.js"]);
	await visitor.page.goto(visitor.sink.site);
	await visitor.page.getByRole("button", { name: "Godta" }).click();
	await until("a report", () => visitor.sink.counted()[0]);
	expect(code()).toEqual([]);
});

test("it shows consent, the view, the report as sent and what the server answered, under a strict policy", async () => {
	visitor.page = await visitor.open("/csp?sporlos-debug");
	await visitor.page.getByRole("button", { name: "Accept" }).click();
	await until("an answer", async () => /\/v1\/reports {2}204/.test(await words()));
	expect(code()).toHaveLength(1);
	const text = await words();
	expect(text).toContain("granted by banner on ");
	expect(text).toContain("for performance, visits, interactions; policy policy-one");
	expect(text).toContain("page /csp (load)");
	const shown = JSON.parse(await overlay().locator("pre").innerText());
	expect(shown).toMatchObject({ place: { page: "/csp" }, view: visitor.sink.counted()[0]?.view });
	expect(visitor.complaints).toEqual([]);
});

test("a click in it is nobody's click, and closing it leaves the page as it was", async () => {
	await visitor.accept("/?sporlos-debug");
	await overlay().getByText("Consent").click();
	await overlay().getByRole("button", { name: "Close" }).click();
	expect(await overlay().count()).toBe(0);
	await visitor.watched();
	await visitor.page.getByRole("button", { name: "Kjøp" }).click();
	await visitor.page.goto(`${visitor.sink.site}/second`); // the first report may have gone before
	const clicks = await until("a report with the page's click", () => {
		const list = visitor.sink.counted()[0]?.interaction?.clicks;
		return list?.length ? list : undefined;
	});
	expect(clicks.map(([key]) => key)).toEqual([expect.stringContaining("button.buy")]);
});

test("after a withdrawal it says so and stands still", async () => {
	await visitor.accept("/?sporlos-debug");
	await until("the overlay", () => overlay().count());
	await visitor.page.evaluate("sporlos.withdraw()");
	expect(await words()).toContain("withdrawn: everything has stopped");
	const sent = visitor.sink.requests.length;
	const text = await words();
	await until("a while", () => visitor.page.evaluate(() => performance.now() > 4_000));
	expect(await words()).toBe(text);
	expect(visitor.sink.requests).toHaveLength(sent);
});
