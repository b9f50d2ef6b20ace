/**
 * Reads the log of the browser's own network stack: it alone shows connections made ahead of any request, name look-ups, and
 * WebRTC. Leaves out what belongs to the browser itself rather than to a page.
 */
import type { Hidden } from "./evidence.ts";

interface Event {
	/** ms on the log's own clock. */
	time: string;
	type: number;
	source: { id: number };
	params?: Record<string, unknown>;
}

interface Log {
	constants: { timeTickOffset: number; logEventTypes: Record<string, number> };
	events: Event[];
}

/** The log ends in the middle of a line where the browser was killed. */
function parse(text: string): Log {
	try {
		return JSON.parse(text) as Log;
	} catch {
		return JSON.parse(`${text.slice(0, text.lastIndexOf("\n")).replace(/,\s*$/, "")}]}`) as Log;
	}
}

/** Whether the traffic is kept with the site of a page on `host`. The browser's own is kept with none, or with its maker's. */
function isOf(host: string, key: unknown): boolean {
	const site = typeof key === "string" ? /^https?:\/\/([^\s:/]+)/.exec(key)?.[1] : undefined;
	return site !== undefined && (host === site || host.endsWith(`.${site}`));
}

const str = (value: unknown) => (typeof value === "string" ? value : undefined);

/** `https://a.example:443` and `a.example:443` → `a.example:443`. */
function targetOf(value: string | undefined): string | undefined {
	return value?.replace(/^\w+:\/\//, "").replace(/\/.*$/, "");
}

/** Datagrams to name servers, and to everybody nearby, are no connection to anybody. */
const isNobody = (address: string) => /:(53|853|5353)$|^(22[4-9]|23\d|255)\.|^\[ff/i.test(address);

/** Every connection, look-up and datagram that a page on `host` caused, oldest first. */
export function readNetLog(text: string, host: string): Hidden[] {
	const { constants, events } = parse(text);
	const { timeTickOffset, logEventTypes: types } = constants;
	const found: Hidden[] = [];
	const addresses = new Map<number, string>();
	for (const { time, type, source, params = {} } of events) {
		const see = (kind: Hidden["kind"], target: string | undefined) => {
			if (target) found.push({ at: Number(time) + Number(timeTickOffset), kind, target });
		};
		if (type === types.HOST_RESOLVER_MANAGER_REQUEST && isOf(host, params.network_anonymization_key))
			see("lookup", targetOf(str(params.host)));
		if (type === types.SOCKET_POOL_CONNECT_JOB_CREATED || type === types.TCP_CLIENT_SOCKET_POOL_REQUESTED_SOCKETS) {
			const [, target, key] = /(https?:\/\/\S+) <([^>]*)>/.exec(str(params.group_id) ?? "") ?? [];
			if (isOf(host, key)) see("connection", targetOf(target));
		}
		if (type === types.URL_REQUEST_START_JOB && isOf(host, params.network_isolation_key))
			see("request", str(params.url));
		if (type === types.UDP_CONNECT) addresses.set(source.id, str(params.address) ?? "");
		if (type === types.UDP_BYTES_SENT) {
			const address = str(params.address) ?? addresses.get(source.id) ?? "";
			if (address && !isNobody(address)) see("datagram", address);
		}
	}
	return found;
}
