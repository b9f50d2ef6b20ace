/**
 * The other origin of the benchmark: serves every contestant's files, takes what they send and counts it.
 * Leaves out: understanding any of it; what is the collector's own goes on to the sink.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Sent {
	method: string;
	/** With its query. */
	path: string;
	/** Bytes of the body, as they came. */
	bytes: number;
	/** The answer was a script. */
	isScript: boolean;
}

export interface Counter {
	origin: string;
	/** Oldest first. */
	sent: Sent[];
	/** Source of every script that was asked for, by its path. */
	scripts: Map<string, string>;
	close(): Promise<void>;
}

/** What belongs to the collector's server. */
const own = /^\/(gate|code|v1)\//;

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk);
	return Buffer.concat(chunks);
}

/** `scripts` by path; anything else is answered `{}`. `app` is the origin of the collector's server. */
export async function startCounter(scripts: Map<string, string>, app: () => string): Promise<Counter> {
	const forward = async (request: IncomingMessage, body: Buffer) => {
		const { method = "GET", url } = request;
		const response = await fetch(app() + url, { method, ...(method === "POST" && { body: new Uint8Array(body) }) });
		const type = response.headers.get("content-type") ?? "";
		return { status: response.status, type, text: await response.text() };
	};
	const answer = async (request: IncomingMessage, response: ServerResponse) => {
		const { method = "", url: path = "", headers } = request;
		const body = await bodyOf(request);
		const script = scripts.get(path);
		const { status, type, text } =
			script !== undefined
				? { status: 200, type: "text/javascript; charset=utf-8", text: script }
				: own.test(path) && method !== "OPTIONS"
					? await forward(request, body)
					: { status: 200, type: "application/json", text: "{}" };
		const isScript = type.includes("javascript");
		if (isScript) counter.scripts.set(path, text);
		counter.sent.push({ method, path, bytes: body.length, isScript });
		response.writeHead(status, {
			"access-control-allow-origin": headers.origin ?? "*",
			"access-control-allow-credentials": "true",
			"access-control-allow-headers": headers["access-control-request-headers"] ?? "*",
			"cache-control": isScript ? "max-age=31536000, immutable" : "no-store",
			...(type && { "content-type": type }),
		});
		response.end(status === 204 ? undefined : text);
	};
	const server = createServer((request, response) => {
		answer(request, response).catch(() => response.destroy());
	});
	await new Promise<void>((resolve) => server.listen(0, resolve));
	const counter: Counter = {
		origin: `http://localhost:${(server.address() as AddressInfo).port}`,
		sent: [],
		scripts: new Map(),
		close: () => {
			server.closeAllConnections();
			return new Promise((resolve) => server.close(() => resolve()));
		},
	};
	return counter;
}
