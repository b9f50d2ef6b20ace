/** The pages of a release: the partner's own, the embedded one, and the file of figures. Who may see them is asked of the caller. */
import { type Context, type Env, Hono } from "hono";
import { languages } from "../format.ts";
import { type AssetPaths, contentPolicy } from "../layout.tsx";
import { requestLanguage, sendMessage } from "../routes.tsx";
import type { StyleOf } from "../style.ts";
import { writePartnerCsv } from "./csv.ts";
import { type PartnerPageInput, renderEmbed, renderPartner } from "./page.tsx";
import { spanOf, unitOf } from "./range.ts";
import type { PartnerSource } from "./source.ts";

export type Readable = { kind: "source"; source: PartnerSource } | { kind: "sign-in" } | { kind: "no-release" };

export interface PartnerDeps<E extends Env> {
	/** The release of the request's path, if whoever asks may read it. One that there is not answers like somebody else's. */
	sourceFor(c: Context<E>): Promise<Readable>;
	/** The same for the holder of an embedding's token, with the origins that may embed it; null for a token that does not hold. */
	embeddedFor(c: Context<E>): Promise<{ source: PartnerSource; framers: readonly string[] } | null>;
	paths: AssetPaths;
	style: StyleOf;
	/** Unguessable, a new one for every answer. */
	nonce(): string;
}

/** Nothing of a release is indexed, kept by caches in between, or told to where a link leads. */
const headers = {
	"cache-control": "private, no-store",
	"referrer-policy": "no-referrer",
	"x-content-type-options": "nosniff",
	"x-robots-tag": "noindex",
};

export function partnerRoutes<E extends Env>(deps: PartnerDeps<E>): Hono<E> {
	const routes = new Hono<E>();

	function send(c: Context, html: string, nonce: string, framers?: readonly string[]) {
		return c.html(html, 200, { ...headers, "content-security-policy": contentPolicy(nonce, framers) });
	}
	function inputOf(c: Context, source: PartnerSource, path: string): PartnerPageInput {
		const { paths, style } = deps;
		return {
			source,
			span: spanOf(unitOf(source.release.grain), c.req.query("p")),
			language: requestLanguage(c),
			askedLanguage: languages.find((language) => language === c.req.query("lang")),
			nonce: deps.nonce(),
			paths,
			style,
			path,
		};
	}

	routes.get("/", async (c) => {
		const readable = await deps.sourceFor(c);
		if (readable.kind !== "source") return sendMessage(c, readable.kind, deps);
		const input = inputOf(c, readable.source, new URL(c.req.url).pathname);
		return send(c, await renderPartner(input), input.nonce);
	});

	routes.get("/figures.csv", async (c) => {
		const readable = await deps.sourceFor(c);
		if (readable.kind !== "source") return sendMessage(c, readable.kind, deps);
		const { source, span, language } = inputOf(c, readable.source, "");
		const { id } = source.release;
		return c.body(await writePartnerCsv(source, span, language), 200, {
			...headers,
			"content-type": "text/csv; charset=utf-8",
			"content-disposition": `attachment; filename="${id}.csv"`,
		});
	});

	routes.get("/embed", async (c) => {
		const embedded = await deps.embeddedFor(c);
		if (!embedded) return sendMessage(c, "no-embedding", deps);
		const input = inputOf(c, embedded.source, new URL(c.req.url).pathname);
		return send(c, await renderEmbed(input), input.nonce, embedded.framers);
	});

	return routes;
}
