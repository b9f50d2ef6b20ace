/** The owner's way in and out: the sign-in link, the way home, and sign-out. */
import { type Context, Hono } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Env } from "../env.ts";
import { Problem } from "../problem.ts";
import { loginCookie, signedInSite } from "./guard.ts";
import { endLogin, loginMs, redeemSignIn } from "./sign-in.ts";

type AppContext = Context<{ Bindings: Env }>;

const isSecure = (c: AppContext) => new URL(c.req.url).protocol === "https:";

/** Draws a page that only says something. */
type ShowMessage = (c: AppContext, kind: "sign-in" | "expired") => Response;

export function accessRoutes(show: ShowMessage): Hono<{ Bindings: Env }> {
	const access = new Hono<{ Bindings: Env }>();

	access.get("/", async (c) => {
		const site = await signedInSite(c);
		return site ? c.redirect(`/sites/${site}`) : show(c, "sign-in");
	});

	access.get("/sign-in/:token", async (c) => {
		// Neither a look ahead by the browser nor a preview by a mail program may use the link up.
		if (c.req.method === "HEAD" || c.req.header("Sec-Purpose")?.includes("prefetch")) return c.body(null, 204);
		const login = await redeemSignIn(c.env.DB, c.req.param("token"));
		if (!login) return show(c, "expired");
		setCookie(c, loginCookie, login.secret, {
			path: "/",
			httpOnly: true,
			secure: isSecure(c),
			sameSite: "Lax",
			maxAge: loginMs / 1000,
		});
		c.header("Referrer-Policy", "no-referrer");
		c.header("Cache-Control", "no-store");
		return c.redirect(`/sites/${login.site}`, 303);
	});

	access.post("/sign-out", async (c) => {
		// SameSite=Lax keeps the cookie from foreign posts; checked all the same. Our pages send no referrer, so their Origin is "null".
		const isOwn =
			c.req.header("Sec-Fetch-Site") === "same-origin" || c.req.header("Origin") === new URL(c.req.url).origin;
		if (!isOwn) throw new Problem("forbidden");
		const secret = getCookie(c, loginCookie);
		if (secret) await endLogin(c.env.DB, secret);
		deleteCookie(c, loginCookie, { path: "/", secure: isSecure(c) });
		return c.redirect("/", 303);
	});

	return access;
}
