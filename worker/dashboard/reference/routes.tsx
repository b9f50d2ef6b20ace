/** The reference page's route, open to everybody: it tells nothing that the description of the calls does not. */
import { Hono } from "hono";
import { paths, style } from "../../../dist/assets.ts";
import { makeSecret } from "../../access/secrets.ts";
import { ensure } from "../../book/ensure.ts";
import type { Env } from "../../env.ts";
import { type AppRoute, describeApi } from "../../stats/openapi.ts";
import type { Language } from "../format.ts";
import { requestLanguage, sendPage } from "../routes.tsx";
import { renderReference } from "./page.tsx";

/** `routesOf` tells the app's routes once all of them are there. */
export function reference(routesOf: () => readonly AppRoute[]): Hono<{ Bindings: Env }> {
	/** Drawn once in each language, with the nonce it was drawn with: drawing costs 10 ms, and nothing else in it changes. */
	const drawn = new Map<Language, { html: string; nonce: string }>();
	const draw = (language: Language) => {
		const nonce = makeSecret();
		const api = describeApi(routesOf(), language);
		return { html: renderReference({ api, language, nonce, paths, style }), nonce };
	};
	const routes = new Hono<{ Bindings: Env }>();
	routes.get("/reference", (c) => {
		const language = requestLanguage(c);
		const page = ensure(drawn, language, () => draw(language));
		const nonce = makeSecret();
		return sendPage(c, page.html.replaceAll(page.nonce, nonce), nonce);
	});
	return routes;
}
