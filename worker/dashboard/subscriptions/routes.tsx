/**
 * The owner's page about summaries and alerts with what its forms post, and the links in messages. That whoever asks owns the site is
 * checked for all pages below it (dashboard/mount.ts). A link in a message asks before it does anything, because mail programs open
 * links by themselves; a POST to the way out is what RFC 8058 has them send, from anywhere and without a cookie.
 */
import { type Context, Hono } from "hono";
import * as v from "valibot";
import {
	type AlertLimits,
	limitNames,
	limitsSchema,
	type NewSubscription,
	subscriptionSchema,
} from "../../../schema/subscription.ts";
import { note } from "../../access/log.ts";
import type { Env } from "../../env.ts";
import { siteOf } from "../../sites/sites.ts";
import { siteAlertsOf } from "../../subscriptions/alerts.ts";
import { deliver, rhythmsOf, tellSubscribers } from "../../subscriptions/due.ts";
import { failuresOf } from "../../subscriptions/outgoing.ts";
import {
	confirm,
	endRequest,
	hookKey,
	limitsOf,
	mostRequests,
	moveTo,
	requestOf,
	requestSubscription,
	requestsOf,
	setLimits,
	subscribe,
	subscriptionOfLink,
	subscriptionsOf,
	unsubscribe,
} from "../../subscriptions/subscribers.ts";
import { waysOut } from "../../subscriptions/ways-out.ts";
import { field, frameFor, mustBeSignedIn } from "../account/routes.tsx";
import { drawLetter } from "../mail/letter.ts";
import { requestLanguage, sendPage } from "../routes.tsx";
import { renderSubscriptions, type SubscriptionsInput } from "./page.tsx";
import { type LinkPage, renderLinkPage } from "./public-pages.tsx";

type AppContext = Context<{ Bindings: Env }>;

/** For the scheduled work. */
export const tell = (env: Env, site: Parameters<typeof tellSubscribers>[1], now: number) =>
	tellSubscribers(env, site, now, { draw: drawLetter });

export const subscriptionPages = new Hono<{ Bindings: Env }>();
const base = "/sites/:site/subscriptions";

async function show(c: AppContext, more: Pick<SubscriptionsInput, "said" | "typed"> = {}): Promise<Response> {
	const { DB } = c.env;
	const site = await siteOf(c.env, c.req.param("site") ?? "");
	const [subscriptions, requests, failures, alerts, limits] = await Promise.all([
		subscriptionsOf(DB, site.id),
		requestsOf(DB, site.id, Date.now()),
		failuresOf(DB, site.id),
		siteAlertsOf(DB, site.id),
		limitsOf(DB, site.id),
	]);
	const withKeys = subscriptions.map(async (one) =>
		one.way === "webhook" ? { ...one, key: await hookKey(DB, one) } : one,
	);
	const frame = frameFor(c, true);
	const html = renderSubscriptions(frame, {
		site,
		hasMail: waysOut(c.env).mail !== undefined,
		rhythms: rhythmsOf[site.grain],
		subscriptions: await Promise.all(withKeys),
		requests,
		failures,
		alerts,
		limits,
		...more,
	});
	return sendPage(c, html, frame.nonce);
}

subscriptionPages.get(base, (c) => show(c));

const back = (c: AppContext) =>
	c.redirect(`/sites/${c.req.param("site")}/subscriptions?lang=${requestLanguage(c)}`, 303);

/** A subscription as the log names it: without its address. */
const logged = ({ way, summary, alerts }: Pick<NewSubscription, "way" | "summary" | "alerts">) =>
	[way, summary === "none" ? "" : summary, alerts ? "alerts" : ""].filter(Boolean).join(", ");

/** Asks an address by mail whether it wants what an owner wants it to get. Returns why that was not possible. */
async function ask(c: AppContext, wanted: NewSubscription): Promise<string | undefined> {
	const site = await siteOf(c.env, c.req.param("site") ?? "");
	const { origin } = new URL(c.req.url);
	const { mail } = waysOut(c.env);
	if (!mail) return "sender";
	const { language } = wanted;
	const token = await requestSubscription(c.env.DB, site.id, wanted, Date.now());
	const link = `${origin}/subscribe/${token}?lang=${language}`;
	const letter = drawLetter({ told: { kind: "confirm", link, of: wanted }, site, language, origin });
	const failure = await mail({ to: wanted.address, language, ...letter });
	const asked = await requestOf(c.env.DB, token, Date.now());
	if (failure && asked) await endRequest(c.env.DB, site.id, asked.hash);
	return failure;
}

subscriptionPages.post(`${base}/add`, async (c) => {
	const { name: who } = await mustBeSignedIn(c);
	const site = c.req.param("site");
	const typed = {
		way: await field(c, "way"),
		address: await field(c, "address"),
		summary: await field(c, "summary"),
		alerts: (await field(c, "alerts")) !== "",
		language: await field(c, "language"),
	};
	const wanted = v.safeParse(subscriptionSchema, typed);
	if (!wanted.success) {
		const isNothing = wanted.issues[0].message === "nothing";
		return show(c, { said: { kind: isNothing ? "wrongNothing" : "wrongAddress" }, typed });
	}
	const { way } = wanted.output;
	const about = logged(wanted.output);
	if (way === "webhook") {
		await subscribe(c.env.DB, site, wanted.output, new URL(c.req.url).origin, Date.now());
		await note(c.env.DB, [site], { at: Date.now(), who, what: "granted", about });
		return show(c, { said: { kind: "added" } });
	}
	if ((await requestsOf(c.env.DB, site, Date.now())).length >= mostRequests)
		return show(c, { said: { kind: "wrongTooMany" }, typed });
	const failure = await ask(c, wanted.output);
	if (failure) return show(c, { said: { kind: "notSent", failure }, typed });
	await note(c.env.DB, [site], { at: Date.now(), who, what: "invited", about });
	return show(c, { said: { kind: "asked" } });
});

/** The subscription of the path's site that a form names. */
async function named(c: AppContext) {
	const id = await field(c, "id");
	return (await subscriptionsOf(c.env.DB, c.req.param("site") ?? "")).find((one) => one.id === id);
}

subscriptionPages.post(`${base}/test`, async (c) => {
	const found = await named(c);
	if (!found) return back(c);
	const { origin } = new URL(c.req.url);
	await moveTo(c.env.DB, found.id, origin);
	const now = Date.now();
	const site = await siteOf(c.env, found.site);
	const message = { id: `${found.id}/test-${now}`, told: { kind: "test", of: found } as const };
	const failure = await deliver(c.env, site, { ...found, origin }, message, { draw: drawLetter, now });
	return show(c, { said: failure ? { kind: "notSent", failure } : { kind: "testSent" } });
});

subscriptionPages.post(`${base}/remove`, async (c) => {
	const { name: who } = await mustBeSignedIn(c);
	const found = await named(c);
	if (!found) return back(c);
	await unsubscribe(c.env.DB, found);
	await note(c.env.DB, [found.site], { at: Date.now(), who, what: "ended", about: logged(found) });
	return back(c);
});

subscriptionPages.post(`${base}/requests/remove`, async (c) => {
	await endRequest(c.env.DB, c.req.param("site"), await field(c, "hash"));
	return back(c);
});

subscriptionPages.post(`${base}/limits`, async (c) => {
	const typed: Partial<AlertLimits> = {};
	for (const name of limitNames) {
		const text = (await field(c, name)).trim();
		typed[name] = text === "" ? null : Number(text);
	}
	const limits = v.safeParse(limitsSchema, typed);
	if (!limits.success) return show(c, { said: { kind: "wrongLimit" } });
	await setLimits(c.env.DB, c.req.param("site"), limits.output);
	return show(c, { said: { kind: "saved" } });
});

async function showLink(c: AppContext, page: LinkPage): Promise<Response> {
	const frame = frameFor(c, false);
	const path = c.req.path;
	return sendPage(c, renderLinkPage({ ...frame, path }, page), frame.nonce, page.done || page.about ? 200 : 410);
}

/** What somebody did by a link in a message: the log knows nobody's name. */
const noteLink = (c: AppContext, of: Parameters<typeof logged>[0] & { site: string }, what: "granted" | "ended") =>
	note(c.env.DB, [of.site], { at: Date.now(), who: "e-mail", what, about: logged(of) });

/** What a link is about, in the words of its page. */
async function aboutOf(
	c: AppContext,
	of: { site: string; summary: "none" | "weekly" | "monthly"; alerts: boolean } | undefined,
) {
	if (!of) return undefined;
	const { name } = await siteOf(c.env, of.site);
	return { site: name, summary: of.summary, alerts: of.alerts };
}

subscriptionPages.get("/subscribe/:token", async (c) => {
	const about = await aboutOf(c, await requestOf(c.env.DB, c.req.param("token"), Date.now()));
	return showLink(c, { kind: "confirm", about });
});

subscriptionPages.post("/subscribe/:token", async (c) => {
	const confirmed = await confirm(c.env.DB, c.req.param("token"), new URL(c.req.url).origin, Date.now());
	if (confirmed) await noteLink(c, confirmed, "granted");
	return showLink(c, { kind: "confirm", about: undefined, done: confirmed !== undefined });
});

subscriptionPages.get("/unsubscribe/:token", async (c) => {
	const about = await aboutOf(c, await subscriptionOfLink(c.env.DB, c.req.param("token")));
	return showLink(c, { kind: "leave", about });
});

subscriptionPages.post("/unsubscribe/:token", async (c) => {
	const found = await subscriptionOfLink(c.env.DB, c.req.param("token"));
	if (found) {
		await unsubscribe(c.env.DB, found);
		await noteLink(c, { ...found, way: "email" }, "ended");
	}
	return showLink(c, { kind: "leave", about: undefined, done: found !== undefined });
});
