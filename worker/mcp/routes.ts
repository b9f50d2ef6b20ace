/**
 * POST /mcp: the figures of a key's site or release as tools for an assistant (Model Context Protocol, Streamable HTTP answered with
 * plain JSON). Read only, without sessions and streams: nothing is kept between two requests.
 */
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { maxBodyBytes } from "../../schema/limits.ts";
import { callerOf } from "../access/guard.ts";
import { makeLimiter } from "../access/limiter.ts";
import type { Env } from "../env.ts";
import { kindOf, Problem } from "../problem.ts";
import { answerRequest, Refused } from "./answer.ts";
import { codes, type Era, eraOf, RpcError, type RpcId, type RpcResponse, readMessage } from "./protocol.ts";
import { type AskRoute, type Desk, deskOf } from "./tools.ts";

type AppContext = Context<{ Bindings: Env }>;
/** The app itself: what a tool asks goes the way every call goes. */
export type Serve = (request: Request, c: AppContext) => Response | Promise<Response>;

/** More than an assistant asks in a conversation, with some to spare; a tool may read a whole site's years. */
const limitKey = makeLimiter(300);

/** Whom a key lets ask what. Only keys: an assistant has no cookie, and a page that has one needs no assistant's door. */
async function deskFor(c: AppContext): Promise<Desk> {
	const origin = c.req.header("Origin");
	if (origin !== undefined && origin !== new URL(c.req.url).origin)
		throw new Problem("forbidden", "Pages of other origins may not call this.");
	const caller = await callerOf(c);
	const [right] = caller?.kind === "key" ? caller.rights : [];
	if (!caller || !right) throw new Problem("unknown-key");
	const desk = await deskOf(c.env.DB, right);
	if (!desk) throw new Problem("forbidden");
	await limitKey(caller.id, Date.now());
	return desk;
}

/** Asks the app's own routes below a path, with the key that came. Throws Refused, with the words of the refusal. */
function askBelow(base: string, serve: Serve, c: AppContext): AskRoute {
	return async (path, query) => {
		const url = new URL(`${base}${path}?${new URLSearchParams(query)}`, c.req.url);
		const headers = { Authorization: c.req.header("Authorization") ?? "" };
		const answer = await serve(new Request(url, { headers }), c);
		if (answer.ok) return answer.json();
		const { title, detail } = await answer.json<{ title: string; detail?: string }>();
		throw new Refused(detail === undefined ? title : `${title} ${detail}`);
	};
}

export function mcpRoutes(serve: Serve): Hono<{ Bindings: Env }> {
	const routes = new Hono<{ Bindings: Env }>();
	const withinLimit = bodyLimit({
		maxSize: maxBodyBytes,
		onError: () => {
			throw new Problem("too-large");
		},
	});
	routes.post("/mcp", withinLimit, async (c) => {
		const desk = await deskFor(c);
		let id: RpcId | undefined;
		let era: Era = "newest";
		const reply = (body: Omit<RpcResponse, "jsonrpc" | "id">, status: 200 | 400 | 404 = 200) =>
			c.json({ jsonrpc: "2.0", ...(id === undefined ? {} : { id }), ...body } satisfies RpcResponse, status, {
				"Cache-Control": "no-store",
			});
		try {
			const request = readMessage(await c.req.text());
			if (!request) return c.body(null, 202);
			id = request.id;
			era = eraOf(c.req.raw.headers, request);
			return reply({ result: await answerRequest(request, era, desk, askBelow(desk.path, serve, c)) });
		} catch (error) {
			return reply(...refusalOf(error, era));
		}
	});
	return routes;
}

function refusalOf(error: unknown, era: Era): [Pick<RpcResponse, "error">, 200 | 400 | 404] {
	if (error instanceof RpcError) {
		const { code, message, status, data } = error;
		// Older revisions know of a method that is not there by the code alone.
		return [{ error: { code, message, ...(data ? { data } : {}) } }, era === "newest" ? status : 200];
	}
	const kind = error instanceof Error ? kindOf(error) : "internal";
	console.error(`mcp: unexpected ${kind}`);
	return [{ error: { code: codes.internal, message: "Something went wrong here. Ask again later." } }, 200];
}
