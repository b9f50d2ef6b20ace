/**
 * The page on which every contestant does the same: text, a picture, twenty things to click that need no script, at places
 * known beforehand. Leaves out: any script of its own but what makes the run comparable.
 */
import { pageWith } from "../support/sink.ts";

export const viewport = { width: 1280, height: 720 };
export const clicks = 20;

/** Middle of the n-th thing to click; nobody has to ask the page, which would be script time. */
export function placeOf(n: number): { x: number; y: number } {
	return { x: 120 + (n % 5) * 240, y: 120 + Math.floor(n / 5) * 100 };
}

/** Middle of the link that leaves the page. It stays on screen. */
export const wayOut = { x: 60, y: 30 };

const style = `<style>
	body { margin: 0; font: 16px/1.5 sans-serif; }
	header { position: fixed; inset: 0 0 auto; height: 60px; background: #eee; }
	header a { position: absolute; inset: 10px auto auto 10px; width: 100px; height: 40px; }
	.things > * { position: absolute; width: 200px; height: 60px; overflow: hidden; }
	.text { margin: 520px 40px 0; }
</style>`;

/**
 * Some contestants stay silent where the browser says that it is driven by a script. And the page tells its server whether
 * it came back from the back/forward cache: nothing else can look into it then.
 */
const script = `<script>
	Object.defineProperty(Navigator.prototype, "webdriver", { get: () => false });
	addEventListener("pageshow", ({ persisted }) => {
		if (persisted || performance.getEntriesByType("navigation")[0].type === "back_forward")
			navigator.sendBeacon("/shown/" + persisted);
	});
</script>`;

const kinds = [
	(n: number) => `<button class="thing">Thing ${n}</button>`,
	(n: number) => `<details><summary>Thing ${n}</summary>More about it</details>`,
	(n: number) => `<label><input type="checkbox" name="thing"> Thing ${n}</label>`,
	(n: number) => `<button class="other" type="button"><b>Thing ${n}</b></button>`,
	(n: number) => `<p>Thing ${n}</p>`,
];

function placed(n: number): string {
	const { x, y } = placeOf(n);
	const html = kinds[n % kinds.length]?.(n) ?? "";
	return html.replace(/^<\w+/, (tag) => `${tag} style="left:${x - 100}px;top:${y - 30}px"`);
}

const picture = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="600" height="300"><rect width="600" height="300" fill="#268"/></svg>')}`;

/** The page with a contestant's script element, or none. */
export function benchPage(element: string): string {
	const things = Array.from({ length: clicks }, (_, n) => placed(n)).join("\n");
	const paragraphs = Array.from(
		{ length: 40 },
		(_, n) => `<h2>Part ${n}</h2><p>${"A line of text that says little. ".repeat(12)}</p>`,
	);
	return pageWith(
		script + style + element,
		`<header><a href="/away">Away</a></header><main><div class="things">${things}</div>
		<div class="text"><h1>A page</h1><img alt="" width="600" height="300" src='${picture}'>${paragraphs.join("\n")}</div></main>`,
	);
}
