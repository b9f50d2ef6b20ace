/** The health route: for whoever watches the place from outside. Open to everybody, so it holds counts and labels only. */
import { Hono } from "hono";
import type { Env } from "./env.ts";
import { type Status, statusOfPlace } from "./operator/status.ts";

export const health = new Hono<{ Bindings: Env }>();

health.get("/healthz", async (c) => {
	const status: Status = await statusOfPlace(c.env, Date.now());
	return c.json(status, 200, { "Cache-Control": "no-store" });
});
