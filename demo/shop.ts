/**
 * The demo shop: a small business's site on another origin than the Worker, which embeds the gate like any owner would,
 * under a strict content security policy. Leaves out every kind of business.
 */
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";

const folder = import.meta.dirname;

/** Path → file in pages/. */
const pages: Record<string, string> = {
	"/": "forside",
	"/turer": "turer",
	"/turer/kajakk": "turer-kajakk",
	"/turer/brevandring": "turer-brevandring",
	"/turer/nordlys": "turer-nordlys",
	"/turer/geiranger": "turer-geiranger",
	"/priser": "priser",
	"/bestill": "bestill",
	"/takk": "takk",
	"/vaer": "vaer",
	"/blogg/pakkeliste": "blogg-pakkeliste",
	"/kontakt": "kontakt",
	"/personvern": "personvern",
	"/en": "en",
};
/** The slow page and what its script asks for: the "weather service" takes this long. */
const slowMs: Record<string, number> = { "/vaer": 900, "/api/vaer": 400 };

const types: Record<string, string> = {
	css: "text/css",
	jpg: "image/jpeg",
	js: "text/javascript; charset=utf-8",
	pdf: "application/pdf",
	svg: "image/svg+xml",
};

/** The collector needs one host in script-src and connect-src, and no unsafe-*; 'self' there is for the shop's own script. */
function policyFor(app: string): string {
	return [
		"default-src 'none'",
		`script-src 'self' ${app}`,
		`connect-src 'self' ${app}`,
		"style-src 'self'",
		"img-src 'self'",
		"form-action 'self'",
		"base-uri 'none'",
		"frame-ancestors 'none'",
		"require-trusted-types-for 'script'",
	].join("; ");
}

async function render(name: string, shop: Shop): Promise<string> {
	const [layout, page] = await Promise.all(
		["layout", `pages/${name}`].map((file) => readFile(`${folder}/${file}.html`, "utf8")),
	);
	const [, title = "", content = ""] = /^<title>(.*?)<\/title>\s*([\s\S]*)$/.exec(page ?? "") ?? [];
	const values: Record<string, string> = { ...shop, title, content };
	const html = (layout ?? "").replace(/\{\{(\w+)\}\}/g, (_, word: string) => values[word] ?? "");
	return name === "en" ? html.replace('lang="nb"', 'lang="en"') : html;
}

export interface Shop {
	/** Address of the Worker. */
	app: string;
	siteId: string;
}

/** The caller listens and closes. */
export function createShop(shop: Shop): Server {
	const htmlHeaders = {
		"content-type": "text/html; charset=utf-8",
		"content-security-policy": policyFor(shop.app),
		"referrer-policy": "strict-origin-when-cross-origin",
		"x-content-type-options": "nosniff",
		"cache-control": "no-cache",
	};
	return createServer(async (request, response) => {
		const path = (request.url ?? "/").split("?")[0] ?? "/";
		request.resume(); // nothing that is posted here is read
		if (request.method === "POST" && path === "/bestill") {
			response.writeHead(303, { location: "/takk" }).end();
			return;
		}
		if (request.method !== "GET" && request.method !== "HEAD") {
			response.writeHead(405, { allow: "GET, HEAD" }).end();
			return;
		}
		const file = /^\/files\/([a-z]+\.(css|jpg|js|pdf|svg))$/.exec(path);
		const body = file && (await readFile(`${folder}/files/${file[1]}`).catch(() => undefined));
		if (file && body) {
			response.writeHead(200, { "content-type": types[file[2] ?? ""], "cache-control": "max-age=300" }).end(body);
			return;
		}
		const delayMs = slowMs[path];
		if (delayMs) await new Promise((resolve) => setTimeout(resolve, delayMs));
		if (path === "/api/vaer") {
			const weather = JSON.stringify({ luft: 7, vann: 9, vind: 2 });
			response.writeHead(200, { "content-type": "application/json", "cache-control": "no-store" }).end(weather);
			return;
		}
		if (path === "/sitemap.xml") {
			const origin = `http://${request.headers.host}`;
			const urls = Object.keys(pages).map((page) => `<url><loc>${origin}${page}</loc></url>`);
			const xml = `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.join("")}</urlset>`;
			response.writeHead(200, { "content-type": "application/xml", "cache-control": "max-age=300" }).end(xml);
			return;
		}
		const page = pages[path];
		response.writeHead(page ? 200 : 404, htmlHeaders).end(await render(page ?? "404", shop));
	});
}
