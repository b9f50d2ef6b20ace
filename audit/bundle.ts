/** Makes the code that runs in the audited page out of page/. Leaves out running it. */
import { join } from "node:path";
import { build } from "esbuild";

async function bundle(
	file: string,
	options: { define?: Record<string, string>; globalName?: string },
): Promise<string> {
	const { outputFiles } = await build({
		entryPoints: [join(import.meta.dirname, "page", file)],
		bundle: true,
		write: false,
		format: "iife",
		target: "es2022",
		charset: "utf8",
		logLevel: "error",
		...options,
	});
	return outputFiles?.[0]?.text ?? "";
}

/** `saysNo`: the browser asks not to be measured (GPC). */
export function bundleSpy(saysNo: boolean): Promise<string> {
	return bundle("spy.ts", { define: { __SAYS_NO__: String(saysNo) } });
}

/** The functions that `file` exports, as an expression for the page. */
async function bundleFunctions(file: string): Promise<string> {
	const code = await bundle(file, { globalName: "exported" });
	return `(() => { ${code}\nreturn exported; })()`;
}

export interface PageCode {
	listStored: string;
	listIcons: string;
	readSignals: string;
	findHarmlessPlace: string;
	/** With the words of the button, what the banner must be about, and whether it may be anywhere. */
	findButton(options: { words: string; about: string; anywhere: boolean }): string;
}

/** Expressions to be evaluated in a page. */
export async function bundlePageCode(): Promise<PageCode> {
	const [stored, signals, button] = await Promise.all(["stored.ts", "signals.ts", "button.ts"].map(bundleFunctions));
	return {
		listStored: `${stored}.listStored()`,
		listIcons: `${stored}.listIcons()`,
		readSignals: `${signals}.readSignals()`,
		findHarmlessPlace: `${button}.findHarmlessPlace()`,
		findButton: (options) => `${button}.findButton(${JSON.stringify(options)})`,
	};
}
