/**
 * Every consent tool in every state, in a real browser: the gate is open after a yes in the tool and closed otherwise. What
 * was seen is the table in docs/consent.md; `RENEW=1` writes it anew.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { type Tool, tools } from "../../collector/gate/adapters/index.ts";
import type { PageApi } from "../../collector/package.ts";
import type { Drive } from "../consent/drive.ts";
import { bundleTools, describeTool, installTools } from "../consent/tools.ts";
import { type Answer, pageWith } from "../support/sink.ts";
import { until } from "../support/until.ts";
import { useVisitor } from "../support/visitor.ts";

const document = join(import.meta.dirname, "../../docs/consent.md");

installTools();
const files = await bundleTools();

/** The tool that says something else, where two are on a page. */
const otherOf = (tool: Tool): Tool => (tool === "cookiebot" ? "onetrust" : "cookiebot");

const visitor = useVisitor(({ app }) => {
	const pages: Record<string, Answer> = { ...files };
	for (const tool of tools) {
		const drives = [tool, otherOf(tool)].map((name) => `<script src="/drives/${name}.js"></script>`).join("");
		const own = tool === "tarteaucitron" ? '<script src="/tarteaucitron/tarteaucitron.js"></script>' : "";
		for (const gate of [tool, "auto"])
			pages[`/${tool}/${gate}`] = {
				body: pageWith(`${own}${drives}<script src="${app}/gate/test/${gate}.js"></script>`, "<h1>Side</h1>"),
			};
	}
	return pages;
});

/** A visitor on a page with the tool, who has answered nothing and has no tool yet. */
class Situation {
	readonly sent: string[] = [];
	readonly tool: Tool;
	readonly page: Page;
	constructor(tool: Tool, page: Page) {
		this.tool = tool;
		this.page = page;
		page.on("request", (request) => {
			if (request.url().startsWith(visitor.sink.app) && !request.url().includes("/gate/"))
				this.sent.push(request.url());
		});
	}
	drive<Act extends keyof Drive>(act: Act, as?: string, tool = this.tool): Promise<unknown> {
		return this.page.evaluate(`Promise.resolve(drives["${tool}"].${act}(${as ? `"${as}"` : ""})).then(() => {})`);
	}
	state(): Promise<ReturnType<PageApi["state"]>> {
		return this.page.evaluate("sporlos.state()");
	}
	/** Everything of ours that is stored. */
	names(): Promise<string[]> {
		return this.page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('sporlos')).sort()");
	}
	async granted(): Promise<void> {
		await until("the grant", async () => (await this.state()) === "granted" && this.sent.length > 0);
	}
	/** The gate looks twice more at the tool. */
	async aWhile(): Promise<void> {
		await this.page.clock.runFor(1_100);
	}
	async closed(kept: string[] = []): Promise<"closed"> {
		await this.aWhile();
		expect(await this.state()).not.toBe("granted");
		expect(await this.names()).toEqual(kept);
		return "closed";
	}
	async neverOpened(kept?: string[]): Promise<"closed"> {
		await this.closed(kept);
		expect(this.sent).toEqual([]);
		return "closed";
	}
	/** An end to a grant: does the gate close within the very call? */
	async ends(act: "withdraw" | "reset"): Promise<string> {
		await this.drive("grant");
		await this.granted();
		const now = await this.page.evaluate(`drives["${this.tool}"].${act}(), sporlos.state()`);
		await this.closed();
		expect(await this.state()).toBe("withdrawn");
		return now === "withdrawn" ? "closed at once" : "closed within 1 s";
	}
	/** The next page of the same visitor. */
	async next(): Promise<void> {
		await this.page.reload();
		this.sent.length = 0;
	}
}

type Results = Record<string, string>;

/** One visitor after the other, and what was seen of the gate. */
const visitors: ((on: Situation) => Promise<Results>)[] = [
	async (on) => {
		const results: Results = { absent: await on.neverOpened() };
		await on.drive("stub");
		results.stub = await on.neverOpened();
		await on.drive("expire");
		await on.next();
		await on.drive("start");
		await on.neverOpened();
		await on.drive("refuse");
		await on.neverOpened();
		await on.next();
		await on.drive("start");
		results.refused = await on.neverOpened();
		expect(await on.state()).toBe("refused");
		await on.drive("grant");
		await on.granted();
		await on.next();
		await on.neverOpened(await on.names());
		await on.drive("start");
		await on.granted();
		results.granted = "open";
		results.slow = "open when it comes";
		await on.next();
		await on.drive("start");
		results.withdrawn = await on.ends("withdraw");
		results.reset = await on.ends("reset");
		await on.drive("grant");
		await on.granted();
		await on.drive("expire");
		await on.next();
		const kept = await on.names();
		await on.drive("start");
		results.expired = await on.neverOpened(kept);
		return results;
	},
	async (on) => {
		await on.drive("start", "silence");
		return { "default-granted": await on.neverOpened() };
	},
	async (on) => {
		await on.drive("start", "bot");
		return { bot: await on.neverOpened() };
	},
	async (on) => {
		await on.page.addInitScript(`Object.defineProperty(navigator, "globalPrivacyControl", { value: true })`);
		await on.next();
		await on.drive("start");
		await on.drive("grant");
		return { GPC: await on.neverOpened() };
	},
	async (on) => {
		const other = otherOf(on.tool);
		await on.page.goto(`${visitor.sink.site}/${on.tool}/auto`);
		await on.drive("start");
		await on.drive("start", undefined, other);
		await on.drive("grant");
		await on.drive("refuse", undefined, other);
		await on.neverOpened();
		await on.drive("grant", undefined, other);
		await on.granted();
		await on.drive("refuse", undefined, other);
		return { "two disagree": await on.closed() };
	},
];

/** Columns of the table. */
const states = [
	"absent",
	"stub",
	"default-granted",
	"granted",
	"refused",
	"withdrawn",
	"reset",
	"expired",
	"slow",
].concat("two disagree", "bot", "GPC");

const seen = new Map<Tool, Record<string, string>>();

describe.each(tools)("%s", (tool) => {
	test("opens the gate after a yes, and in no other state", async () => {
		const results: Results = {};
		for (const visit of visitors) {
			const context = await visitor.browser.newContext();
			await context.clock.install();
			const page = await context.newPage();
			const situation = new Situation(tool, page);
			await page.goto(`${visitor.sink.site}/${tool}/${tool}`);
			Object.assign(results, await visit(situation));
			await context.close();
		}
		expect(Object.keys(results).toSorted()).toEqual(states.toSorted());
		seen.set(tool, results);
	});
});

test("the table in docs/consent.md says what was seen here", async () => {
	const rows = tools.map(async (tool) => {
		const results = seen.get(tool) ?? {};
		return [`\`${tool}\``, await describeTool(tool), ...states.map((state) => results[state] ?? "not run")];
	});
	const header = ["file", "tested with", ...states];
	const lines = [header, header.map(() => "---"), ...(await Promise.all(rows))].map(
		(cells) => `| ${cells.join(" | ")} |`,
	);
	const table = `<!-- matrix -->\n${lines.join("\n")}\n<!-- end of matrix -->`;
	const text = await readFile(document, "utf8");
	const renewed = text.replace(/<!-- matrix -->[\s\S]*<!-- end of matrix -->/, () => table);
	if (process.env.RENEW) await writeFile(document, renewed);
	expect(process.env.RENEW ? await readFile(document, "utf8") : text).toBe(renewed);
});
