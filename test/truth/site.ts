/**
 * Serves the test site, and on another origin a front that passes everything to the Worker (or the tests' sink) and notes
 * every post. Leaves out: what is on the pages, driving, and judging.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Report } from "../../schema/report.ts";
import { elsewherePath, failScript, file, grantScript, layoutScript, refreshing, renderPage, thanks } from "./pages.ts";

export interface Post {
	/** ms since 1970. */
	at: number;
	/** A fetch whose answer can be read, or what a page leaves behind: a beacon or the like. */
	mode: "fetch" | "beacon";
	reports: Report[];
	/** What was answered; 0: nobody was there. */
	status: number;
}

/** Where things are on the screen, as the page itself sees it. */
export interface Layout {
	path: string;
	/** Centre of each element with an id, px of the screen. */
	at: Record<string, [x: number, y: number]>;
}

export interface TestSite {
	/** Origin of the pages. */
	origin: string;
	/** A page on another site. */
	elsewhere: string;
	posts: Post[];
	/** The newest layout of each page; only with `screen`. */
	layouts: Map<string, Layout & { shown: number }>;
	/** Drops what comes to the front, as a broken network does. */
	isOffline: boolean;
	/** The highest seq of each view that was taken, in the order in which views were first heard of. */
	counted(): Report[];
	stop(): Promise<void>;
}

const javascript = { "content-type": "text/javascript" };

async function readBody(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString();
}

async function listen(server: Server, host: string): Promise<number> {
	await new Promise<void>((resolve) => server.listen(0, host, resolve));
	return (server.address() as AddressInfo).port;
}

export interface Upstream {
	/** Address of the Worker or of the sink. */
	app: string;
	/** An origin whose pages may report there. */
	origin: string;
	siteId: string;
}

/** `screen`: pages tell where things are. `losesAnswer`: asked for each report that was taken. */
export async function startTestSite(
	upstream: Upstream,
	{ screen = false, losesAnswer }: { screen?: boolean; losesAnswer?: () => boolean } = {},
): Promise<TestSite> {
	const posts: Post[] = [];
	const layouts: TestSite["layouts"] = new Map();
	let front = "";
	let origin = "";

	/** What both servers answer: where things are on the screen. */
	const takeLayout = (path: string, body: string | undefined, response: ServerResponse) => {
		if (path === "/layout.js") response.writeHead(200, javascript).end(layoutScript);
		else if (path === "/layout" && body) {
			const layout = JSON.parse(body) as Layout;
			layouts.set(layout.path, { ...layout, shown: (layouts.get(layout.path)?.shown ?? 0) + 1 });
			response.writeHead(204).end();
		} else if (path === "/favicon.ico") response.writeHead(204).end();
		else return false;
		return true;
	};

	const pageServer = createServer(async (request, response) => {
		const path = new URL(request.url ?? "/", "http://site").pathname;
		const body = await readBody(request);
		if (takeLayout(path, body, response)) return;
		if (path === "/ja.js") return response.writeHead(200, javascript).end(grantScript);
		if (path === "/feil.js") return response.writeHead(200, javascript).end(failScript);
		if (path === file) return response.writeHead(200, { "content-disposition": "attachment" }).end("fil");
		if (request.method === "POST") return response.writeHead(303, { location: path }).end();
		const head = [
			path === refreshing ? `<meta http-equiv="refresh" content="2;url=${thanks}">` : "",
			`<script src="${front}/gate/${upstream.siteId}/manual.js" defer></script><script src="/ja.js" defer></script>`,
			`<script src="/feil.js"></script>`,
			screen ? `<script src="/layout.js" defer></script>` : "",
		];
		const headers = { "content-type": "text/html; charset=utf-8", "cache-control": "no-cache" };
		response.writeHead(200, headers).end(renderPage(path, head.join(""), front + elsewherePath));
	});

	const frontServer = createServer(async (request, response) => {
		const path = request.url ?? "/";
		if (path === elsewherePath) {
			const head = screen ? `<script src="/layout.js" defer></script>` : "";
			response
				.writeHead(200, { "content-type": "text/html" })
				.end(`<!doctype html><title>Et annet sted</title>${head}`);
			return;
		}
		const body = await readBody(request).catch(() => undefined);
		if (takeLayout(path, body, response)) return;
		if (body === undefined || site.isOffline) return response.destroy();
		const post: Post | undefined =
			path === "/v1/reports" && request.method === "POST"
				? {
						at: Date.now(),
						mode: request.headers["sec-fetch-mode"] === "cors" ? "fetch" : "beacon",
						reports: [JSON.parse(body) as Report | Report[]].flat(),
						status: 0,
					}
				: undefined;
		if (post) posts.push(post);
		await passOn(request, body, response, post);
	});

	async function passOn(request: IncomingMessage, body: string, response: ServerResponse, post: Post | undefined) {
		try {
			const answer = await fetch(upstream.app + request.url, {
				method: request.method ?? "GET",
				headers: {
					origin: upstream.origin,
					"content-type": request.headers["content-type"] ?? "text/plain",
					"user-agent": request.headers["user-agent"] ?? "",
				},
				...(body ? { body } : {}),
			});
			if (post) post.status = answer.status;
			if (post && losesAnswer?.()) return response.destroy();
			const kept = ["content-type", "cache-control"].map((name) => [name, answer.headers.get(name)]);
			const headers = Object.fromEntries(kept.filter(([, value]) => value));
			response.writeHead(answer.status, { ...headers, "access-control-allow-origin": "*" });
			response.end(Buffer.from(await answer.arrayBuffer()));
		} catch {
			response.destroy(); // the other side is gone
		}
	}

	const site: TestSite = {
		origin: "",
		elsewhere: "",
		posts,
		layouts,
		isOffline: false,
		counted: () => {
			const newest = new Map<string, Report>();
			for (const { reports, status } of posts)
				if (status === 204)
					for (const report of reports)
						if ((newest.get(report.view)?.seq ?? 0) < report.seq) newest.set(report.view, report);
			return [...newest.values()];
		},
		stop: async () => {
			for (const server of [pageServer, frontServer]) {
				server.closeAllConnections();
				await new Promise((resolve) => server.close(resolve));
			}
		},
	};
	// Two names of this machine, so that the pages are another site to the browser than the front, as in real life.
	origin = `http://127.0.0.1:${await listen(pageServer, "127.0.0.1")}`;
	front = `http://localhost:${await listen(frontServer, "localhost")}`;
	return Object.assign(site, { origin, elsewhere: front + elsewherePath });
}
