/**
 * Gives a visitor's answer on a page: by the selectors the user named, else by a known tool's own function, else by the
 * words on a banner's buttons. Leaves out whether the page honours it.
 */
import type { ElementHandle, Frame, Page } from "playwright-core";
import type { PageCode } from "./bundle.ts";
import { type Tool, tools } from "./tools.ts";
import { about, words } from "./words.ts";

export type Answer = "accept" | "decline" | "withdraw";

/** Selectors to press, one after the other. */
export type Selectors = Partial<Record<Answer, string[]>>;

export interface Given {
	/** In words. */
	how: string;
	/** ms since 1970. */
	at: number;
}

const pressMs = 3_000;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The known consent tools that are there and ready. */
export async function findTools(page: Page): Promise<Tool[]> {
	const questions = tools.map(({ present }) => `() => ${present}`).join(", ");
	const ask = `[${questions}].map((question) => { try { return !!question(); } catch { return false; } })`;
	const answers = await page.evaluate<boolean[]>(ask).catch(() => []);
	return tools.filter((_, index) => answers[index]);
}

/** As much of an element as is needed of it, in the page. */
interface Button {
	innerText?: string;
	value?: string;
	ariaLabel: string | null;
	click(): void;
	addEventListener(type: "click", listener: () => void, options: object): void;
}

function inPage<T>(element: ElementHandle, work: (button: Button) => T | Promise<T>): Promise<T> {
	return element.evaluate(work as unknown as (element: unknown) => T | Promise<T>);
}

/** Presses it, and tells when the page saw that. */
async function press(element: ElementHandle): Promise<number> {
	const before = Date.now();
	const seen = inPage<number>(
		element,
		(button) =>
			new Promise((done) => {
				button.addEventListener("click", () => done(Date.now()), { capture: true, once: true });
			}),
	).catch(() => before); // the page was left by it
	await element.click({ timeout: pressMs }).catch(() => inPage(element, (button) => button.click()));
	return Promise.race([seen, pause(pressMs).then(() => before)]);
}

export interface Decider {
	/** A button of the banner's first layer is there. */
	sees(button: "accept" | "decline"): Promise<boolean>;
	/** Waits until the page asks its visitor, or until the patience is at an end. */
	isAsked(patienceMs: number): Promise<boolean>;
	/** Undefined where no way was found. Waits so long for a banner, ms. */
	give(answer: Answer, patienceMs: number): Promise<Given | undefined>;
}

export function decideOn(page: Page, code: PageCode, selectors: Selectors): Decider {
	async function find(button: keyof typeof words, anywhere = false): Promise<ElementHandle | undefined> {
		const expression = code.findButton({ words: words[button], about, anywhere });
		const look = async (frame: Frame) => {
			const handle = await frame.evaluateHandle(expression).catch(() => undefined);
			return handle?.asElement() ?? undefined;
		};
		for (const frame of page.frames()) {
			const element = await look(frame);
			if (element) return element;
		}
		return undefined;
	}

	async function pressSelectors(list: string[]): Promise<Given> {
		let at = Date.now();
		for (const selector of list) {
			const element = await page.locator(selector).first().elementHandle({ timeout: pressMs });
			if (element) at = await press(element);
		}
		return { how: `pressed ${list.join(", then ")}`, at };
	}

	async function callTool(answer: Answer): Promise<Given | undefined> {
		const [tool] = await findTools(page);
		if (!tool) return undefined;
		const call = answer === "withdraw" ? (tool.withdraw ?? tool.decline) : tool[answer];
		const at = await page.evaluate<number>(`(() => { const at = Date.now(); void (${call}); return at; })()`);
		return { how: `by ${tool.name}'s own function`, at };
	}

	/** Presses one button after the other; undefined where one of them does not come. */
	async function pressInTurn(...buttons: (keyof typeof words)[]): Promise<Given | undefined> {
		const labels: string[] = [];
		let at = 0;
		const pressIt = async (element: ElementHandle) => {
			const label = await inPage(element, (button) => button.innerText || button.value || button.ariaLabel || "");
			labels.push(`“${label.trim()}”`);
			at = await press(element);
		};
		for (const button of buttons) {
			let element = await find(button, button === "reopen");
			for (let tries = 0; !element && labels.length > 0 && tries < 8; tries++) {
				await pause(250);
				element = await find(button);
			}
			if (!element) return undefined;
			await pressIt(element);
		}
		// On a second layer the answer may still have to be saved.
		if (buttons.length > 1) {
			await pause(250);
			const save = await find("save");
			if (save) await pressIt(save);
		}
		return { how: `pressed ${labels.join(", then ")}`, at };
	}

	const ways: Record<Answer, (keyof typeof words)[][]> = {
		accept: [["accept"]],
		decline: [["decline"], ["settings", "decline"], ["settings", "save"]],
		withdraw: [
			["reopen", "decline"],
			["reopen", "settings", "decline"],
		],
	};

	return {
		sees: async (button) => (await find(button)) !== undefined,
		async isAsked(patienceMs) {
			const end = Date.now() + patienceMs;
			for (;;) {
				if ((await find("accept")) || (await findTools(page)).length > 0) return true;
				if (Date.now() >= end) return false;
				await pause(100);
			}
		},
		async give(answer, patienceMs) {
			const list = selectors[answer];
			if (list?.length) return pressSelectors(list).catch(() => undefined);
			const end = Date.now() + patienceMs;
			for (;;) {
				const given = await callTool(answer).catch(() => undefined);
				if (given) return given;
				for (const way of ways[answer]) {
					// A second layer is only opened where there is a banner without a button to decline.
					if (way[0] === "settings" && !(await find("accept"))) continue;
					const given = await pressInTurn(...way).catch(() => undefined);
					if (given) return given;
				}
				if (Date.now() > end) return undefined;
				await pause(250);
			}
		},
	};
}
