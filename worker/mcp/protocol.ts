/**
 * The Model Context Protocol as far as it is spoken here: JSON-RPC 2.0 messages, one at a time, and what a request must carry in the
 * newest revision (no handshake, version and capabilities in every request) and in the two before it (`initialize`). Leaves out
 * what is answered (answer.ts) and HTTP (routes.ts). Source: https://modelcontextprotocol.io/specification/2026-07-28
 */
import * as v from "valibot";
import { named } from "../../schema/words.ts";

const newest = "2026-07-28";
const withHandshake: readonly string[] = ["2025-11-25", "2025-06-18"];
/** Every revision that is spoken, the newest first. */
export const versions: readonly string[] = [newest, ...withHandshake];

/** A request of the newest revision stands alone; older ones follow an `initialize`. */
export type Era = "newest" | "handshake";

/** The codes of JSON-RPC, and the protocol's own. */
export const codes = {
	unreadable: -32700,
	noRequest: -32600,
	unknownMethod: -32601,
	badParameters: -32602,
	internal: -32603,
	otherHeaders: -32020,
	unknownVersion: -32022,
} as const;

const id = v.union([v.string(), v.pipe(v.number(), v.integer())]);
export const requestSchema = named(
	"McpRequest",
	v.object({
		jsonrpc: v.literal("2.0"),
		id: v.exactOptional(id),
		method: v.string(),
		params: v.exactOptional(v.looseObject({})),
	}),
);
export const responseSchema = named(
	"McpResponse",
	v.object({
		jsonrpc: v.literal("2.0"),
		id: v.exactOptional(id),
		result: v.exactOptional(v.looseObject({})),
		error: v.exactOptional(
			v.object({
				code: v.pipe(v.number(), v.integer()),
				message: v.string(),
				data: v.exactOptional(v.looseObject({})),
			}),
		),
	}),
);
export type RpcResponse = v.InferOutput<typeof responseSchema>;
export type RpcId = v.InferOutput<typeof id>;

export interface RpcRequest {
	id: RpcId;
	method: string;
	params: Record<string, unknown>;
}

/** A refusal in the protocol's own form. `message` must be our own words, never the sender's. */
export class RpcError extends Error {
	readonly code: number;
	/** Status in the newest revision; in older ones what belongs to a request is answered 200. */
	readonly status: 200 | 400 | 404;
	readonly data: Record<string, unknown> | undefined;
	constructor(code: number, message: string, status: 200 | 400 | 404 = 400, data?: Record<string, unknown>) {
		super(message);
		this.code = code;
		this.status = status;
		this.data = data;
	}
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === "object" && value !== null && !Array.isArray(value);

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new RpcError(codes.unreadable, "The body is not JSON.");
	}
}

/** The request in a body; undefined for what wants no answer: a notification, or an answer to nothing we asked. Throws RpcError. */
export function readMessage(text: string): RpcRequest | undefined {
	const message = parse(text);
	if (isObject(message) && message.jsonrpc === "2.0" && message.method === undefined)
		if (isObject(message.result) || isObject(message.error)) return undefined;
	const result = v.safeParse(requestSchema, message);
	// A list would pass for an object.
	if (!result.success || (isObject(message) && Array.isArray(message.params)))
		throw new RpcError(codes.noRequest, "Send one JSON-RPC 2.0 request at a time.");
	const { id: of, method, params = {} } = result.output;
	return of === undefined ? undefined : { id: of, method, params };
}

const versionKey = "io.modelcontextprotocol/protocolVersion";
const capabilitiesKey = "io.modelcontextprotocol/clientCapabilities";

/** Which rules a request is made by, after its headers and metadata were found to be as those ask. Throws RpcError. */
export function eraOf(headers: Headers, request: RpcRequest): Era {
	const meta = isObject(request.params._meta) ? request.params._meta : {};
	const header = headers.get("MCP-Protocol-Version") ?? undefined;
	const inBody = meta[versionKey];
	for (const version of [inBody, header])
		if (version !== undefined && !versions.includes(String(version))) throw unknownVersion(String(version));
	if (inBody !== newest && header !== newest) return "handshake";
	if (inBody === undefined || !isObject(meta[capabilitiesKey]))
		throw new RpcError(codes.badParameters, `_meta needs ${versionKey} and ${capabilitiesKey}.`);
	if (header !== inBody) throw otherHeaders("MCP-Protocol-Version");
	if (headers.get("Mcp-Method") !== request.method) throw otherHeaders("Mcp-Method");
	if (request.method === "tools/call" && decoded(headers.get("Mcp-Name")) !== request.params.name)
		throw otherHeaders("Mcp-Name");
	return "newest";
}

/** The revision a handshake settles on: the one asked for, else the newest that has a handshake. */
export function agreedVersion(asked: unknown): string | undefined {
	return withHandshake.find((version) => version === asked) ?? withHandshake[0];
}

function unknownVersion(asked: string): RpcError {
	const data = { supported: versions, requested: asked.slice(0, 40) };
	return new RpcError(codes.unknownVersion, "This version of the protocol is not spoken here.", 400, data);
}

const otherHeaders = (name: string) =>
	new RpcError(codes.otherHeaders, `The header ${name} is missing, or not what the body says.`);

/** A header's value; what ASCII cannot hold comes as =?base64?…?= */
function decoded(value: string | null): string | undefined {
	const encoded = /^=\?base64\?(.*)\?=$/.exec(value ?? "")?.[1];
	if (encoded === undefined) return value ?? undefined;
	try {
		return new TextDecoder().decode(Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0)));
	} catch {
		return undefined;
	}
}
