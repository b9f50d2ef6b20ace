/** The owner's way in by a link, and everybody's way out. Leaves out pages (worker/dashboard/account). */
import { type Context, Hono } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { LoginWay } from "../../schema/access.ts";
import type { Env } from "../env.ts";
import { clientOf } from "../ingest/config.ts";
import { callerOf, loginCookie, refuseForged } from "./guard.ts";
import { note } from "./log.ts";
import { endLogin, loginHolder, loginMs, startLogin } from "./logins.ts";
import { redeemSignIn } from "./sign-in.ts";

type AppContext = Context<{ Bindings: Env }>;

const isSecure = (c: AppContext) => new URL(c.req.url).protocol === "https:";

/** Signs somebody in with this browser, and writes it into the log of every site they may see something of. */
export async function letIn(c: AppContext, account: string, how: LoginWay): Promise<void> {
	const { browser, os } = clientOf(c.req.header("User-Agent") ?? "");
	const secret = await startLogin(c.env.DB, { account, how, browser: `${browser}, ${os}` });
	const login = await loginHolder(c.env.DB, secret);
	const sites = login?.rights.map(({ site }) => site) ?? [];
	await note(c.env.DB, sites, { at: Date.now(), who: login?.name ?? "", what: "signed-in", about: how });
	setCookie(c, loginCookie, secret, {
		path: "/",
		httpOnly: true,
		secure: isSecure(c),
		sameSite: "Lax",
		maxAge: loginMs / 1000,
	});
	c.header("Referrer-Policy", "no-referrer");
	c.header("Cache-Control", "no-store");
}

/** Draws a page that only says something. */
type ShowMessage = (c: AppContext, kind: "expired") => Response;

export function accessRoutes(show: ShowMessage): Hono<{ Bindings: Env }> {
	const access = new Hono<{ Bindings: Env }>();

	access.get("/sign-in/:token", async (c) => {
		// Neither a look ahead by the browser nor a preview by a mail program may use the link up.
		if (c.req.method === "HEAD" || c.req.header("Sec-Purpose")?.includes("prefetch")) return c.body(null, 204);
		const owner = await redeemSignIn(c.env.DB, c.req.param("token"));
		if (!owner) return show(c, "expired");
		await letIn(c, owner.account, "link");
		return c.redirect(`/sites/${owner.site}`, 303);
	});

	access.post("/sign-out", async (c) => {
		refuseForged(c);
		const caller = await callerOf(c);
		if (caller && getCookie(c, loginCookie)) await endLogin(c.env.DB, caller);
		deleteCookie(c, loginCookie, { path: "/", secure: isSecure(c) });
		// What other tabs have read ahead (worker/dashboard/look-ahead.ts) must not be shown to the next person at the machine.
		c.header("Clear-Site-Data", '"prefetchCache", "prerenderCache"');
		return c.redirect("/", 303);
	});

	return access;
}
