/**
 * Watches a browser context: every request with the script that caused it, and what the spy in the page tells.
 * Leaves out what only the NetLog sees.
 */
import type { BrowserContext, CDPSession, Page, Request } from "playwright-core";
import { bundleSpy } from "./bundle.ts";
import type { Act, Asked } from "./evidence.ts";

export interface Watch {
	acts: Act[];
	/** Everything asked for so far, oldest first. */
	requests(): Asked[];
	/** A request that is known from elsewhere. */
	add(request: Asked): void;
	/** Requests that have not been answered yet. */
	open: Set<Request>;
	/** When the last request began or ended, or the watch, ms since 1970. */
	lastAt: number;
}

interface Frame {
	url: string;
}
interface Stack {
	callFrames: Frame[];
	parent?: Stack;
}
interface Sending {
	request: { url: string };
	/** s since 1970. */
	wallTime: number;
	initiator: { url?: string; stack?: Stack };
}

/** Who asked, by the address that was asked for: oldest first. */
type Initiators = Map<string, { at: number; by: string | undefined }[]>;

const isAddress = (url: string | undefined) => /^(https?|blob):/.test(url ?? "");

function scriptOf({ stack, url }: Sending["initiator"]): string | undefined {
	for (let part = stack; part; part = part.parent) {
		const frame = part.callFrames.find((frame) => isAddress(frame.url));
		if (frame) return frame.url;
	}
	return isAddress(url) ? url : undefined;
}

async function watchInitiators(page: Page, initiators: Initiators): Promise<void> {
	const session: CDPSession = await page.context().newCDPSession(page);
	session.on("Network.requestWillBeSent", (event) => {
		const { request, wallTime, initiator } = event as Sending;
		const known = initiators.get(request.url) ?? [];
		known.push({ at: wallTime * 1000, by: scriptOf(initiator) });
		initiators.set(request.url, known);
	});
	await session.send("Network.enable");
}

/** Watches the context's first page, which must still be blank. `saysNo`: the browser asks not to be measured. */
export async function watch(context: BrowserContext, saysNo: boolean): Promise<{ page: Page; watched: Watch }> {
	const initiators: Initiators = new Map();
	const asked: Asked[] = [];
	const watched: Watch = {
		acts: [],
		open: new Set(),
		lastAt: Date.now(),
		add: (request) => asked.push(request),
		requests: () => {
			const seen = new Map<string, number>();
			for (const request of asked) {
				const nth = seen.get(request.url) ?? 0;
				seen.set(request.url, nth + 1);
				const known = initiators.get(request.url)?.[nth];
				if (known) request.at = known.at;
				if (known?.by) request.by = known.by;
			}
			return asked;
		},
	};
	await context.exposeBinding("sporlosAudit", (_, act: string) => {
		watched.acts.push(JSON.parse(act) as Act);
	});
	await context.addInitScript({ content: await bundleSpy(saysNo) });

	const entries = new Map<Request, Asked>();
	context.on("request", (request) => {
		const url = request.url();
		if (!/^https?:/.test(url)) return;
		const body = request.postDataBuffer();
		const entry: Asked = { at: Date.now(), url, method: request.method(), kind: request.resourceType() };
		if (body) entry.body = `base64:${body.toString("base64")}`;
		asked.push(entry);
		entries.set(request, entry);
		watched.open.add(request);
		watched.lastAt = Date.now();
	});
	const ended = (request: Request) => {
		watched.open.delete(request);
		watched.lastAt = Date.now();
	};
	context.on("requestfailed", ended);
	context.on("requestfinished", async (request) => {
		ended(request);
		const entry = entries.get(request);
		if (!entry) return;
		try {
			entry.status = (await request.response())?.status() ?? 0;
			entry.bytes = (await request.sizes()).responseBodySize;
		} catch {
			// the page went away before it could be asked
		}
	});
	const page = context.pages()[0] ?? (await context.newPage());
	page.on("websocket", (socket) => asked.push({ at: Date.now(), url: socket.url(), method: "GET", kind: "websocket" }));
	await watchInitiators(page, initiators);
	return { page, watched };
}
