/** What a new version of the notice does to grants that browsers keep, also where an old gate file is still in a cache. */
import { afterEach, describe, expect, test } from "vitest";
import type { Notice } from "../../schema/site.ts";
import { notice, pageWith } from "../support/sink.ts";
import { until } from "../support/until.ts";
import { useVisitor } from "../support/visitor.ts";

const visitor = useVisitor((sink) => ({
	"/manual": {
		body: pageWith(`<script src="${sink.app}/gate/test/manual.js"></script><script>sporlos.grant()</script>`),
	},
	"/tool": {
		body: pageWith(
			`<script>
				const kept = localStorage.tool;
				const said = { confirmed: !!kept, savedConsents: { sporlos: kept === "yes" }, watch: (one) => (said.watcher = one) };
				const say = (yes) => {
					Object.assign(said, { confirmed: yes !== undefined, savedConsents: { sporlos: !!yes } });
					localStorage.tool = yes === undefined ? "" : yes ? "yes" : "no";
					said.watcher?.update();
				};
				const comeUp = () => (window.klaro = { getManager: () => said });
				if (location.search === "?late") setTimeout(comeUp, 300);
				else comeUp();
			</script><script src="${sink.app}/gate/test/klaro.js"></script>`,
			"<h1>Side</h1>",
		),
	},
}));
const choiceKey = "sporlos:test:choice";
const dayMs = 86_400_000;

const state = (page = visitor.page) => page.evaluate("sporlos.state()");
const press = (name: string, page = visitor.page) => page.getByRole("button", { name }).click();
const region = (page = visitor.page) => page.getByRole("region");
const report = (index = 0) => until("a report", () => visitor.sink.counted()[index]);

/** The gate file as it is from now on. */
function publish(policy: string, change: { earlier?: string[]; grantDays?: number; changes?: string } = {}): void {
	const { changes, ...settings } = change;
	const { nb, en } = notice.languages as Record<"nb" | "en", Notice["languages"][string]>;
	const languages = changes ? { nb: { ...nb, changes }, en } : notice.languages;
	visitor.sink.settings = { ...visitor.sink.settings, ...settings, policy, notice: { ...notice, languages } };
}

afterEach(() => {
	const { earlier: _, ...settings } = visitor.sink.settings;
	visitor.sink.settings = { ...settings, policy: "policy-one", grantDays: 180, notice };
});

describe("a material version", () => {
	test("closes the gate, says what is new, and a yes to it counts from then on", async () => {
		await visitor.accept();
		expect((await report()).consent).toMatchObject({ policy: "policy-one", given: true });
		publish("policy-two", { changes: "Vi teller nå også skjemaer." });
		visitor.sink.clear();
		visitor.page = await visitor.open("/second");
		expect(await state()).toBe("undecided");
		await region().getByText("Vi teller nå også skjemaer.").waitFor();
		expect(visitor.sink.requests.map(({ path }) => path)).toEqual(["/gate/test/banner.js"]);
		await press("Godta");
		expect((await report()).consent).toMatchObject({ policy: "policy-two", given: true });
		const views = Object.keys(await visitor.stored()).filter((key) => key.includes(":view:"));
		expect(views, "what was contributed before is still the visitor's to see").toHaveLength(2);
		expect(visitor.complaints).toEqual([]);
	});

	test("says nothing of changes to who has never agreed to anything", async () => {
		publish("policy-two", { changes: "Vi teller nå også skjemaer." });
		visitor.page = await visitor.open();
		await region().waitFor();
		expect(await region().getByText("Vi teller nå også skjemaer.").count()).toBe(0);
	});

	test("leaves a refusal alone", async () => {
		visitor.page = await visitor.open();
		await press("Avslå");
		publish("policy-two", { changes: "Vi teller nå også skjemaer." });
		visitor.page = await visitor.open("/second");
		expect(await state()).toBe("refused");
		expect(await region().count()).toBe(0);
	});
});

describe("an editorial version", () => {
	test("leaves grants open, and reports name the version that was agreed to", async () => {
		await visitor.accept();
		await report();
		publish("policy-two", { earlier: ["policy-one"] });
		await visitor.page.goto(`${visitor.sink.site}/second`);
		expect(await state()).toBe("granted");
		const { consent, visit } = await report(1);
		expect(consent.policy).toBe("policy-one");
		expect(consent).not.toHaveProperty("given");
		expect(visit).toMatchObject({ index: 2, before: "/" });
	});
});

describe("a grant", () => {
	const age = (days: number, page = visitor.page) =>
		page.evaluate(
			`localStorage["${choiceKey}"] = JSON.stringify({ ...JSON.parse(localStorage["${choiceKey}"]), at: ${Date.now() - days * dayMs} })`,
		);

	test("lasts as long as the site says", async () => {
		publish("policy-one", { grantDays: 30 });
		await visitor.accept();
		await age(29);
		await visitor.page.goto(`${visitor.sink.site}/second`);
		expect(await state()).toBe("granted");
		await age(31);
		await visitor.page.goto(`${visitor.sink.site}/third`);
		expect(await state()).toBe("undecided");
		await region().waitFor();
	});

	test("that the page repeats on every load is one and the same: neither renewed nor counted again", async () => {
		visitor.page = await visitor.open("/manual");
		expect((await report()).consent).toMatchObject({ by: "manual", given: true });
		await age(100);
		const { [choiceKey]: before } = await visitor.stored();
		await visitor.page.goto(`${visitor.sink.site}/manual`);
		const { consent, visit } = await report(1);
		expect(consent).not.toHaveProperty("given");
		expect(visit).toMatchObject({ index: 2 });
		expect((await visitor.stored())[choiceKey]).toBe(before);
		await visitor.page.evaluate(`sporlos.grant(["performance"])`);
		expect((await report(2)).consent).toMatchObject({ purposes: ["performance"], given: true });
	});

	test("given in two tabs, one after the other, opens both", async () => {
		visitor.page = await visitor.open();
		const other = await visitor.open("/second");
		await press("Godta");
		await press("Godta", other);
		expect([await state(), await state(other)]).toEqual(["granted", "granted"]);
	});

	test("that expires while the page is open ends when the visitor looks at it again", async () => {
		await visitor.accept();
		await report();
		await age(181);
		await visitor.page.evaluate(`document.dispatchEvent(new Event("visibilitychange", { bubbles: true }))`);
		expect(await state()).toBe("undecided");
		expect(Object.keys(await visitor.stored()).some((key) => key.includes(":view:"))).toBe(true);
	});
});

describe("with a consent tool, which asks by itself, a material version", () => {
	const open = async (path: string) => {
		visitor.page = await visitor.open(path);
	};
	const is = (wanted: string) => until(`to be ${wanted}`, async () => (await state()) === wanted);
	const grantOf = (policy: string) =>
		until(`a report under ${policy}`, () => visitor.sink.counted().find(({ consent }) => consent.policy === policy));

	test("closes the gate until the tool has asked again, also where it comes late", async () => {
		await open("/tool");
		await visitor.page.evaluate("say(true)");
		expect((await grantOf("policy-one")).consent).toMatchObject({ by: "klaro", given: true });
		publish("policy-two");
		visitor.sink.clear();
		for (const path of ["/tool", "/tool?late"]) {
			await open(path);
			await until("the tool to be seen", () => visitor.page.evaluate("!!window.klaro?.getManager().watcher"));
			await is("undecided");
		}
		expect(visitor.sink.posts()).toEqual([]);
		await visitor.page.evaluate("say(undefined)");
		await visitor.page.evaluate("say(true)");
		expect((await grantOf("policy-two")).consent).toMatchObject({ by: "klaro", given: true });
		expect(visitor.complaints).toEqual([]);
	});

	test("is agreed to on a page that the tool begins by asking", async () => {
		await open("/tool");
		await visitor.page.evaluate("say(true)");
		await grantOf("policy-one");
		publish("policy-two");
		await visitor.page.evaluate(`localStorage.tool = ""`);
		await open("/tool");
		await is("undecided");
		await visitor.page.evaluate("say(true)");
		await grantOf("policy-two");
	});

	test("that is editorial leaves it open, under the version that was agreed to", async () => {
		await open("/tool");
		await visitor.page.evaluate("say(true)");
		await grantOf("policy-one");
		publish("policy-two", { earlier: ["policy-one"] });
		await visitor.page.goto(`${visitor.sink.site}/tool`);
		const next = await until("the next view", () => visitor.sink.counted().find(({ visit }) => visit?.index === 2));
		expect(next.consent).toMatchObject({ policy: "policy-one", by: "klaro" });
		expect(next.consent).not.toHaveProperty("given");
	});
});

describe("an old gate file in a cache", () => {
	test("takes a yes that the server refuses: measuring stops, and the new file asks again, with nothing lost", async () => {
		await visitor.accept();
		const first = await report();
		visitor.sink.status = 409;
		await visitor.page.goto(`${visitor.sink.site}/second`);
		await until("the refusal", () =>
			visitor.sink
				.posts()
				.flat()
				.some(({ place }) => place.page === "/second"),
		);
		const sent = visitor.sink.posts().length;
		await visitor.page.mouse.wheel(0, 500);
		await visitor.page.evaluate(`Object.defineProperty(document, "hidden", { value: true });
			document.dispatchEvent(new Event("visibilitychange", { bubbles: true }))`);
		expect(visitor.sink.posts()).toHaveLength(sent);
		expect(Object.keys(await visitor.stored()).filter((key) => key.includes(":out:"))).toEqual([]);

		visitor.sink.status = 204;
		publish("policy-two", { changes: "Vi teller nå også skjemaer." });
		visitor.page = await visitor.open("/third");
		expect(await state()).toBe("undecided");
		await press("Godta");
		const next = await until("a report that counts", () =>
			visitor.sink.counted().find(({ consent }) => consent.policy === "policy-two"),
		);
		expect(next.visit).toMatchObject({ index: 1 });
		const kept = await visitor.stored();
		expect(Object.keys(kept)).toContain(`sporlos:test:view:${first.view}`);
		expect(visitor.complaints.filter((text) => !text.includes("409"))).toEqual([]);
	});

	test("in another tab ends there, and takes nothing away from the tab with the new one", async () => {
		await visitor.accept();
		await report();
		const old = visitor.page;
		publish("policy-two");
		visitor.page = await visitor.open("/second");
		await press("Godta");
		const { view } = await until("a report under the new version", () =>
			visitor.sink.counted().find(({ consent }) => consent.policy === "policy-two"),
		);
		await until("the old tab", async () => (await state(old)) === "undecided");
		expect(await state()).toBe("granted");
		const kept = await visitor.stored();
		expect(JSON.parse(kept[choiceKey] ?? "")).toMatchObject({ policy: "policy-two" });
		expect(Object.keys(kept)).toEqual(expect.arrayContaining([`sporlos:test:view:${view}`, "sporlos:test:visit"]));
	});
});
