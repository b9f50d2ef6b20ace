/**
 * What a collector needs to run for real: a server with pages, and on another origin one that serves gate, collector and
 * config and keeps every request it gets. Leaves out: judging a report beyond its schema; that is ingest's.
 */
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import * as v from "valibot";
import { buildCollector, type GateName } from "../../collector/build.ts";
import { bannerWords } from "../../collector/gate/messages/index.ts";
import { bannerStyle } from "../../schema/banner-style.ts";
import { channelPatterns } from "../../schema/channels.ts";
import { type Report, reportSchema } from "../../schema/report.ts";
import type { BannerSettings, Notice, SiteConfig } from "../../schema/site.ts";

const dayMs = 86_400_000;
const hourMs = 3_600_000;

export const notice: Notice = {
	languages: {
		nb: {
			title: "Kan vi måle hvordan siden brukes?",
			text: "Vi i Fjordbua vil gjerne måle svartider, hvor lenge sidene vises og hva som brukes, for å gjøre dem bedre.",
			recipients: "Bare vi ser tallene.",
			retention:
				"Tallene kan ikke føres tilbake til deg. Du kan trekke samtykket når som helst med knappen «Personvernvalg».",
		},
		en: {
			title: "May we measure how this site is used?",
			text: "We at Fjordbua would like to measure response times, how long pages are looked at and what is used.",
			recipients: "Only we see the figures.",
			retention: "The figures cannot be traced to you. Withdraw at any time with the button “Privacy choices”.",
		},
	},
	purposes: ["performance", "visits", "interactions"],
	contact: "post@fjordbua.example",
	link: "/personvern",
};

export interface Answer {
	status?: number;
	headers?: Record<string, string>;
	body?: string;
	/** The answer waits this long, ms. */
	afterMs?: number;
	/** Instead of answering, the connection is cut. */
	isCut?: boolean;
}

export interface Sink {
	/** Origin of the pages, and of the Worker's stand-in. */
	site: string;
	app: string;
	/** Every request to the stand-in, oldest first. */
	requests: { method: string; path: string; body: string }[];
	/** Requests to the page's own server. */
	visited: string[];
	/** What `POST /v1/reports` answers. */
	status: number;
	/** What the stand-in answers to further addresses, by path. */
	answers: Record<string, (body: string) => Answer>;
	settings: BannerSettings;
	config: Partial<SiteConfig>;
	/** Reports as they came, each post an array. */
	posts(): Report[][];
	/** What would be counted: the highest seq of each view, in the order in which views were first heard of. */
	counted(): Report[];
	/** Forgets what came, and what it was told to answer. */
	clear(): void;
	/** The same before another visitor: reports of views that were heard of before are not kept, as pages that close send them late. */
	clearAll(): void;
	close(): Promise<void>;
}

const links = `
	<nav><a id="next" href="/second">neste</a> <a id="out" href="about:blank">ut</a></nav>
	<main><h1>Side</h1><button id="buy" class="buy">Kjøp</button>
	<form action="/takk"><input name="q" value="hemmelig"><button id="send">Send</button></form>
	<p style="height:3000px">Lang side</p></main>`;

/** A page with the gate in it; `script` is the gate's script element. */
export function pageWith(script: string, body = links): string {
	return `<!doctype html><html lang="nb"><head><meta charset="utf-8"><title>Side</title>${script}</head><body>${body}</body></html>`;
}

export async function startSink(pages: (sink: Sink) => Record<string, Answer> = () => ({})): Promise<Sink> {
	const built = await buildCollector();
	const answer = (response: ServerResponse, { status = 200, headers = {}, body = "" }: Answer) =>
		response.writeHead(status, { "content-type": "text/html; charset=utf-8", ...headers }).end(body);

	const siteServer = createServer((request, response) => {
		const path = new URL(request.url ?? "/", sink.site).pathname;
		sink.visited.push(path);
		if (path === "/favicon.ico") return answer(response, { status: 204 });
		const gate = `<script src="${sink.app}/gate/test/banner.js" defer></script>`;
		const page: Answer = { body: pageWith(gate, links.replace("about:blank", `${sink.app}/elsewhere`)) };
		const { afterMs = 0, isCut, ...found } = pages(sink)[path] ?? page;
		if (isCut) return response.destroy();
		if (!afterMs) return answer(response, found);
		return setTimeout(() => answer(response, found), afterMs);
	});
	const appServer = createServer(async (request, response) => {
		let body = "";
		for await (const chunk of request) body += chunk;
		const path = request.url ?? "/";
		if (path === "/v1/reports" && isLate(body)) return answer(response, { status: 204 });
		sink.requests.push({ method: request.method ?? "", path, body });
		const cors = { "access-control-allow-origin": "*" };
		const javascript = { ...cors, "content-type": "text/javascript" };
		const gate = /^\/gate\/test\/([\w-]+)\.js/.exec(path)?.[1] as GateName | undefined;
		const file = built.files.get(path);
		if (gate) {
			const { notice: _, words: __, style: ___, ...plain } = sink.settings;
			const settings = JSON.stringify(gate === "banner" ? sink.settings : plain);
			answer(response, {
				headers: javascript,
				body: built.gates[gate].replace("__SPORLOS_GATE__", () => settings),
			});
		} else if (file) {
			answer(response, { headers: { ...javascript, "cache-control": "max-age=31536000, immutable" }, body: file.body });
		} else if (path === "/v1/sites/test/config") {
			answer(response, { headers: cors, body: JSON.stringify(makeConfig(Date.now(), sink.config)) });
		} else if (path === "/v1/reports") {
			answer(response, { status: sink.status, headers: cors });
		} else if (sink.answers[path]) {
			answer(response, { headers: cors, ...sink.answers[path](body) });
		} else {
			answer(response, { body: "<!doctype html><title>Et annet sted</title>" });
		}
	});
	/** Views of visitors who are gone. */
	const past = new Set<string>();
	const isLate = (body: string) =>
		past.size > 0 && [JSON.parse(body)].flat().every(({ view }: Pick<Report, "view">) => past.has(view));
	const sink: Sink = {
		site: `http://127.0.0.1:${await listen(siteServer)}`,
		app: `http://localhost:${await listen(appServer)}`,
		requests: [],
		visited: [],
		status: 204,
		answers: {},
		settings: {
			site: "test",
			policy: "policy-one",
			grantDays: 180,
			purposes: notice.purposes,
			code: built.code,
			notice,
			words: bannerWords,
			style: bannerStyle(),
		},
		config: {},
		posts: () =>
			sink.requests
				.filter(({ path }) => path === "/v1/reports")
				.map(({ body }) => [JSON.parse(body)].flat().map((report) => v.parse(reportSchema, report))),
		counted: () => {
			const newest = new Map<string, Report>();
			for (const report of sink.posts().flat()) {
				if ((newest.get(report.view)?.seq ?? 0) < report.seq) newest.set(report.view, report);
			}
			return [...newest.values()];
		},
		clear: () => {
			sink.requests.length = sink.visited.length = 0;
			Object.assign(sink, { status: 204, config: {}, answers: {} });
		},
		clearAll: () => {
			for (const { view } of sink.posts().flat()) past.add(view);
			sink.clear();
		},
		close: async () => {
			for (const server of [siteServer, appServer]) {
				server.closeAllConnections();
				await new Promise((resolve) => server.close(resolve));
			}
		},
	};
	return sink;
}

function listen(server: Server): Promise<number> {
	return new Promise((resolve) => {
		server.listen(0, () => resolve((server.address() as AddressInfo).port));
	});
}

function makeConfig(now: number, changes: Partial<SiteConfig>): SiteConfig {
	const day = now - (now % dayMs);
	const label = (instant: number) => new Date(instant).toISOString().slice(0, 10);
	return {
		v: 1,
		site: "test",
		now,
		active: true,
		periods: [
			[label(day), day, day + dayMs],
			[label(day + dayMs), day + dayMs, day + 2 * dayMs],
		],
		hour: 10,
		hourBegan: now - (now % hourMs),
		books: 1,
		aims: [],
		hashRoutes: false,
		search: "^(q|s)$",
		channels: channelPatterns,
		country: "NO",
		device: "desktop",
		browser: "Chromium",
		os: "Linux",
		...changes,
	};
}
