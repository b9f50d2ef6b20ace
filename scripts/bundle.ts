/**
 * Makes dist/: assets.ts with every file the Worker serves, and worker.js with the Worker itself.
 * Leaves out how the collector and the dashboard are bundled: they know that best.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { buildCollector, weigh } from "../collector/build.ts";
import { tools } from "../collector/gate/adapters/index.ts";
import { bannerWords } from "../collector/gate/messages/index.ts";
import { notice } from "../demo/notice.ts";
import { bannerStyle } from "../schema/banner-style.ts";
import { defaultGrantDays } from "../schema/limits.ts";
import { purposes } from "../schema/purposes.ts";
import type { BannerSettings, GateSettings, NoticeText } from "../schema/site.ts";
import { besideType, buildDashboard } from "./build-dashboard.ts";
import { compare, type Weight } from "./weights.ts";

const root = join(import.meta.dirname, "..");

interface StoredFile {
	type: string;
	body: string;
	base64?: true;
}

/** Immutable address of a file: its content decides it. */
function addressOf(name: string, body: string | Uint8Array): string {
	return `/code/${createHash("sha256").update(body).digest("hex").slice(0, 12)}/${name}`;
}

/** A gate as a site gets it. The hash in the path is always the same one here: another makes ten bytes more or less. */
function renderGate(source: string, language?: "nb"): string {
	const plain = {
		site: "demo",
		policy: "AAAAAAAAAAAAAAAA",
		grantDays: defaultGrantDays,
		purposes: [...purposes],
		code: "/code/1a2b3c4d5e/",
	};
	const settings: GateSettings | BannerSettings = language
		? {
				...plain,
				notice: { ...notice, languages: { [language]: notice.languages[language] as NoticeText } },
				words: { [language]: bannerWords[language] },
				style: bannerStyle(),
			}
		: plain;
	return source.replaceAll("__SPORLOS_GATE__", () => JSON.stringify(settings));
}

/** Whole or not at all, and only what is new: a running server or test may be reading the file. */
async function writeChanged(file: string, text: string): Promise<void> {
	if ((await readFile(file, "utf8").catch(() => undefined)) === text) return;
	const draft = `${file}.${process.pid}`;
	await writeFile(draft, text);
	await rename(draft, file);
}

/** A Worker in one file. */
export async function bundleWorker(entry: string): Promise<string> {
	const { outputFiles } = await build({
		entryPoints: [entry],
		bundle: true,
		write: false,
		format: "esm",
		target: "es2022",
		conditions: ["workerd", "worker", "browser"],
		external: ["cloudflare:*", "node:*"],
		jsx: "automatic",
		jsxImportSource: "hono/jsx",
		logLevel: "warning",
	});
	return outputFiles[0]?.text ?? "";
}

/** Builds everything and returns what the parts weigh. */
export async function bundle(): Promise<Weight[]> {
	const [collector, dashboard] = await Promise.all([buildCollector(), buildDashboard()]);
	const files: Record<string, StoredFile> = Object.fromEntries(collector.files);
	const script = addressOf("dashboard.js", [dashboard.script, ...Object.values(dashboard.beside)].join("\n"));
	const font = addressOf("hg.woff2", dashboard.font);
	files[script] = { type: "text/javascript; charset=utf-8", body: dashboard.script };
	for (const [name, body] of Object.entries(dashboard.beside))
		files[join(dirname(script), name)] = { type: besideType(name), body };
	files[font] = { type: "font/woff2", body: Buffer.from(dashboard.font).toString("base64"), base64: true };

	const paths = { code: collector.code, script, font };
	const source = [
		"/** Written by scripts/bundle.ts: the files the Worker serves. */",
		`export const gates: Record<string, string> = ${JSON.stringify(collector.gates)};`,
		`export const files: Record<string, { type: string; body: string; base64?: true }> = ${JSON.stringify(files)};`,
		`export const paths: { code: string; script: string; font: string } = ${JSON.stringify(paths)};`,
		'import type { Sheets } from "../worker/dashboard/style.ts";',
		`export const style: string = ${JSON.stringify(dashboard.style)};`,
		`export const sheets: Sheets = ${JSON.stringify(dashboard.sheets)};`,
		'import type { BannerWords } from "../schema/banner-words.ts";',
		`export const example: string = ${JSON.stringify((await readFile(`${root}/demo/example.json`, "utf8")).trim())};`,
		`export const words: Record<string, BannerWords> = ${JSON.stringify(bannerWords)};`,
	];
	await mkdir(`${root}/dist`, { recursive: true });
	await writeChanged(`${root}/dist/assets.ts`, `${source.join("\n")}\n`);
	const worker = await bundleWorker(`${root}/worker/index.ts`);
	await writeChanged(`${root}/dist/worker.js`, worker);

	// The overlay is for whoever embeds us, the picture for the site's owner: no visitor loads them. The panel comes when somebody asks for it.
	const scripts = [...collector.files].filter(([path]) => !/\/(debug|picture|opened|panel[-\w]*)\.js$/.test(path));
	const panel = [...collector.files].filter(([path]) => path.endsWith("/panel.js"));
	const spoken = [...collector.files].filter(([path]) => /\/panel-\w+\.js$/.test(path));
	const toolGates = tools.map((tool) => renderGate(collector.gates[tool]));
	const autoGate = renderGate(collector.gates.auto);
	const wholeStyle = [dashboard.style, ...Object.values(dashboard.sheets)].join("");
	const sum = (chunks: typeof scripts) => chunks.reduce((total, [, { body }]) => total + weigh(body), 0);
	return compare({
		"gate without banner": weigh(renderGate(collector.gates.manual)),
		"gate of a consent tool, the heaviest": Math.max(...toolGates.map(weigh)),
		"gate of any consent tool (auto)": weigh(autoGate),
		"gate with banner, one language": weigh(renderGate(collector.gates.banner, "nb")),
		"collector core": sum(scripts.filter(([path]) => !path.endsWith("/sensors.js"))),
		"collector, all chunks": sum(scripts),
		"besides, after a consent tool's yes": sum([...collector.files].filter(([path]) => path.endsWith("/opened.js"))),
		"my data panel, the longest language": sum(panel) + Math.max(...spoken.map(([, { body }]) => weigh(body))),
		"dashboard script, style and font": weigh(dashboard.script) + weigh(wholeStyle) + dashboard.font.byteLength,
	});
}
