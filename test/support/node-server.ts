/** Serves a fetch handler over node:http on a free port of this machine. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface NodeServer {
	origin: string;
	stop(): Promise<void>;
}

export async function serveFetch(
	handle: (request: Request) => Response | Promise<Response>,
	port = 0,
): Promise<NodeServer> {
	const server = createServer(async (incoming, outgoing) => {
		const headers = Object.entries(incoming.headers).flatMap(([name, value]): [string, string][] =>
			value === undefined ? [] : [[name, String(value)]],
		);
		const url = `http://${incoming.headers.host}${incoming.url}`;
		const { method = "GET" } = incoming;
		const body = method === "GET" || method === "HEAD" ? undefined : Buffer.concat(await incoming.toArray());
		const response = await handle(new Request(url, { method, headers, ...(body ? { body } : {}) }));
		outgoing.writeHead(response.status, Object.fromEntries(response.headers));
		outgoing.end(Buffer.from(await response.arrayBuffer()));
	});
	await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
	const { port: bound } = server.address() as AddressInfo;
	return {
		origin: `http://127.0.0.1:${bound}`,
		stop: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}
