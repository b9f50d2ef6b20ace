/** Pictures of pages: who may ask for one, what is taken in, and that a link lets in one picture of one page, once. */
import { beforeEach, describe, expect, test } from "vitest";
import type { Drawn } from "../../schema/picture.ts";
import { linkFor, linkMs, pageOfAddress } from "../../worker/pictures/links.ts";
import { listPictures, picturesOf } from "../../worker/pictures/pictures.ts";
import { loginOf } from "./access-callers.ts";
import { startFresh } from "./migrations.ts";
import { call, openSite, settings, shop, testEnv } from "./support.ts";

const db = testEnv.DB;

const drawn: Drawn = {
	width: 390,
	height: 844,
	colours: ["#ffffff", "#1a5a4c80"],
	shapes: [[0, 24, 244, 160, 44, 1, 8]],
	keys: ["main a.button in"],
	places: [[0, 24, 244, 160, 44]],
	unseen: [],
	cut: false,
};

interface Asked {
	site?: string;
	address?: string;
	page?: string;
	device?: "desktop" | "mobile";
	at?: number;
}

async function ask({ site = "shop", address = `${shop}/priser`, page = "/priser", device = "mobile", at }: Asked = {}) {
	const link = await linkFor(db, { site, url: new URL(address), page, device }, at ?? Date.now());
	return { link, token: link.slice(-22) };
}

function sendPicture(body: unknown, { site = "shop", origin = shop }: { site?: string; origin?: string } = {}) {
	const text = typeof body === "string" ? body : JSON.stringify(body);
	return call(`/v1/sites/${site}/pictures`, { method: "POST", body: text, headers: { Origin: origin } });
}

const statusOf = async (...sent: Parameters<typeof sendPicture>) => (await sendPicture(...sent)).status;

beforeEach(startFresh);

describe("a link", () => {
	test("has its secret behind #, which browsers send to no server, and in the query only where # is a route", async () => {
		expect((await ask()).link).toMatch(/^https:\/\/[^/]+\/priser#sporlos-picture=mobile\.[\w-]{22}$/);
		const { link } = await ask({ address: `${shop}/app#/kurv` });
		expect(link).toMatch(/\/app\?sporlos-picture=mobile\.[\w-]{22}#\/kurv$/);
	});

	test("is kept as a hash only", async () => {
		const { token } = await ask();
		const { results } = await db.prepare("SELECT * FROM picture_link").all();
		expect(results).toHaveLength(1);
		expect(JSON.stringify(results)).not.toContain(token);
	});

	test("is made for pages of the site, named as reports name them, and for no other place", () => {
		const site = { origins: [shop], settings: { hashRoutes: false } } as unknown as Parameters<typeof pageOfAddress>[0];
		const routed = { ...site, settings: { ...site.settings, hashRoutes: true } };
		const pageOf = (address: string, of = site) => pageOfAddress(of, address)?.page;
		expect(pageOf(` ${shop}/ordre/123456?x=1#y `)).toBe("/ordre/:id");
		expect(pageOf(`${shop}/app#/kurv`)).toBe("/app");
		expect(pageOf(`${shop}/app#/kurv`, routed)).toBe("/app/kurv");
		for (const other of ["https://elsewhere.example/priser", "javascript:alert(1)", "/priser", ""])
			expect(pageOf(other)).toBeUndefined();
	});
});

describe("a picture", () => {
	test("is kept in place of the one before, one for each page and device", async () => {
		for (const [device, width, height] of [
			["mobile", 390, 844],
			["desktop", 1320, 900],
			["mobile", 412, 900],
		] as const) {
			const { token } = await ask({ device });
			expect(await statusOf({ token, page: "/priser", picture: { ...drawn, width, height } })).toBe(204);
		}
		const kept = await listPictures(db, "shop");
		expect(kept.map(({ page, device, width }) => [page, device, width])).toEqual([
			["/priser", "desktop", 1320],
			["/priser", "mobile", 412],
		]);
		expect((await picturesOf(db, "shop", "/priser"))[1]?.drawn).toEqual({ ...drawn, width: 412, height: 900 });
		expect(await picturesOf(db, "shop", "/")).toEqual([]);
	});

	test("is let in once", async () => {
		const body = { token: (await ask()).token, page: "/priser", picture: drawn };
		const [first, second] = await Promise.all([statusOf(body), statusOf(body)]);
		expect([first, second].sort()).toEqual([204, 403]);
		expect(await statusOf(body)).toBe(403);
	});

	test("is let in for ten minutes", async () => {
		const { token } = await ask({ at: Date.now() - linkMs });
		expect(await statusOf({ token, page: "/priser", picture: drawn })).toBe(403);
		const { token: newer } = await ask({ at: Date.now() - linkMs + 60_000 });
		expect(await statusOf({ token: newer, page: "/priser", picture: drawn })).toBe(204);
	});

	test("is of the site, the page and the width the link was made for, else the link stays good", async () => {
		await openSite({ ...settings, id: "other" });
		const { token } = await ask();
		expect(await statusOf({ token, page: "/priser", picture: drawn }, { site: "other" })).toBe(403);
		expect(await statusOf({ token, page: "/", picture: drawn })).toBe(403);
		expect(await statusOf({ token, page: "/priser", picture: { ...drawn, width: 1320 } })).toBe(422);
		expect(await statusOf({ token: "x".repeat(22), page: "/priser", picture: drawn })).toBe(403);
		expect(await statusOf({ token, page: "/priser", picture: drawn })).toBe(204);
		expect(await listPictures(db, "other")).toEqual([]);
	});

	test("comes from the site's own pages, which can read the answer", async () => {
		const body = { token: (await ask()).token, page: "/priser", picture: drawn };
		expect(await statusOf(body, { origin: "https://elsewhere.example" })).toBe(403);
		const answer = await sendPicture({ ...body, page: "/" });
		expect([answer.status, answer.headers.get("Access-Control-Allow-Origin")]).toEqual([403, shop]);
		expect(await statusOf(body)).toBe(204);
	});

	test("has room for places, sizes, colours and keys, and for nothing else", async () => {
		const { token } = await ask();
		const wrong = (change: object) => statusOf({ token, page: "/priser", picture: { ...drawn, ...change } });
		for (const change of [
			{ text: "Kari Nordmann" },
			{ colours: ["url(https://elsewhere.example/)"] },
			{ colours: ['#fff"/><script>'] },
			{ shapes: [[0, 0, 0, 10, 10, 0, 0, "Kari"]] },
			{ shapes: [["Kari", 0, 0, 10, 10, 0, 0]] },
			{ shapes: [[0, -1, 0, 10, 10, 0, 0]] },
			{ shapes: [[0, 0.5, 0, 10, 10, 0, 0]] },
			{ keys: ["x".repeat(121)] },
			{ width: 5 },
		])
			expect(await wrong(change)).toBe(422);
		expect(await statusOf("{")).toBe(400);
		expect(await statusOf("null")).toBe(422);
		expect(await statusOf(`"${"x".repeat(513 * 1024)}"`)).toBe(413);
		expect(await wrong({ keys: ["nav a.ordre-12345 in"] })).toBe(204);
		expect((await picturesOf(db, "shop", "/priser"))[0]?.drawn.keys).toEqual(["nav a.ordre-0 in"]);
	});
});

describe("the owner's page", () => {
	const post = async (path: string, form: Record<string, string>) => {
		const headers = (await loginOf("owner")) ?? {};
		return call(`/sites/shop/pictures${path}`, {
			method: "POST",
			redirect: "manual",
			headers,
			body: new URLSearchParams(form),
		});
	};

	test("makes a link that lets a picture in, and says where an address is of no page of the site", async () => {
		const html = await (await post("", { address: `${shop}/priser?a=1`, device: "mobile" })).text();
		const [link = ""] = /https:\/\/[^"<]+#sporlos-picture=[\w.-]+/.exec(html) ?? [];
		expect(await statusOf({ token: link.slice(-22), page: "/priser", picture: drawn })).toBe(204);
		const refused = await (await post("", { address: "https://elsewhere.example/", device: "mobile" })).text();
		expect(refused).toContain('aria-invalid="true"');
		expect(refused).not.toContain("sporlos-picture=");
	});

	test("deletes a picture", async () => {
		await sendPicture({ token: (await ask()).token, page: "/priser", picture: drawn });
		expect((await post("/delete", { page: "/priser", device: "desktop" })).status).toBe(303);
		expect(await listPictures(db, "shop")).toHaveLength(1);
		await post("/delete", { page: "/priser", device: "mobile" });
		expect(await listPictures(db, "shop")).toEqual([]);
	});
});
