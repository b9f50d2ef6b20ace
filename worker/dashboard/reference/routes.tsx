/** The reference page's route, open to everybody: it tells nothing that the description of the calls does not. */
import { Hono } from "hono";
import { paths, style } from "../../../dist/assets.ts";
import { makeSecret } from "../../access/secrets.ts";
import type { Env } from "../../env.ts";
import { type AppRoute, describeApi } from "../../stats/openapi.ts";
import { requestLanguage, sendPage } from "../routes.tsx";
import { renderReference } from "./page.tsx";

/** `routesOf` tells the app's routes once all of them are there. */
export function reference(routesOf: () => readonly AppRoute[]): Hono<{ Bindings: Env }> {
	const routes = new Hono<{ Bindings: Env }>();
	routes.get("/reference", (c) => {
		const nonce = makeSecret();
		const language = requestLanguage(c);
		return sendPage(
			c,
			renderReference({ api: describeApi(routesOf(), language), language, nonce, paths, style }),
			nonce,
		);
	});
	return routes;
}
