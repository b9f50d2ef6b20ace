/** The pages for signing in and for one's own account, and what their forms and script post. Leaves out the owner's page about others. */
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import * as v from "valibot";
import { paths, style } from "../../../dist/assets.ts";
import { maxBodyBytes } from "../../../schema/limits.ts";
import { vouchedAddress } from "../../access/cloudflare-access.ts";
import { type Caller, callerOf, mayAdd, refuseForged } from "../../access/guard.ts";
import { accept, offerOf } from "../../access/invitations.ts";
import { limitSignIn } from "../../access/limiter.ts";
import { note } from "../../access/log.ts";
import { endLogin, listLogins } from "../../access/logins.ts";
import {
	addPasskey,
	creationOptions,
	listPasskeys,
	passkeyHolder,
	removePasskey,
	requestOptions,
} from "../../access/passkeys.ts";
import { countCodes, makeCodes, redeemCode } from "../../access/recovery.ts";
import { letIn } from "../../access/routes.ts";
import { makeSecret } from "../../access/secrets.ts";
import { assertionSchema, attestationSchema, type RelyingParty } from "../../access/webauthn.ts";
import type { Env } from "../../env.ts";
import { clientOf } from "../../ingest/config.ts";
import { Problem } from "../../problem.ts";
import { releaseOf } from "../../release/definition.ts";
import { wasDeleted } from "../../sites/delete.ts";
import { siteOf } from "../../sites/sites.ts";
import { showMessage } from "../mount.ts";
import { requestLanguage, sendPage } from "../routes.tsx";
import { siteMenu } from "../site-links.ts";
import { type Account, renderAccount } from "./account-page.tsx";
import type { AccountFrame } from "./frame.tsx";
import { renderInvitation, renderSignIn } from "./sign-in-page.tsx";
import { accountWords } from "./words.ts";

type AppContext = Context<{ Bindings: Env }>;

/** What every page of ours is drawn within. */
export function frameFor(c: Context, signedIn: boolean): AccountFrame {
	return { language: requestLanguage(c), nonce: makeSecret(), paths, style, signedIn };
}

/** A path on this server that `?to=` names, else home: never another place. */
function wanted(c: Context): string {
	const to = c.req.query("to") ?? "/";
	return /^\/(?![/\\])[\w\-./?=&%:,]*$/.test(to) ? to : "/";
}

const partyOf = (c: Context): RelyingParty => {
	const { hostname, origin } = new URL(c.req.url);
	return { id: hostname, origin };
};

/** What was posted as JSON. Throws `malformed`. */
async function readJson<Schema extends v.GenericSchema>(c: Context, schema: Schema): Promise<v.InferOutput<Schema>> {
	const result = v.safeParse(schema, await c.req.json().catch(() => undefined));
	if (!result.success) throw new Problem("malformed", "Send the passkey's answer as the browser gives it.");
	return result.output;
}

/** A field of the form that was posted; empty where there is none. */
export async function field(c: Context, name: string): Promise<string> {
	const form = await c.req.parseBody().catch(() => ({}) as Record<string, unknown>);
	const value = form[name];
	return typeof value === "string" ? value.slice(0, 2_000) : "";
}

/** Where a caller's rights lead, a place each, what they are shown first. */
async function placesOf(c: AppContext, { rights }: Caller): Promise<Account["places"]> {
	const language = requestLanguage(c);
	const { offer } = accountWords[language];
	const places = rights.map(async ({ site, role, release }) => {
		const { name } = await siteOf(c.env, site);
		if (role === "partner") {
			const audience = (await releaseOf(c.env.DB, release))?.audience ?? release;
			return {
				href: `/releases/${release}?lang=${language}`,
				text: `${name}: ${audience}`,
				role: offer[role],
				more: [],
			};
		}
		const more = siteMenu(`/sites/${site}`, { language, isOwner: role === "owner" });
		return { href: `/sites/${site}?lang=${language}`, text: name, role: offer[role], more };
	});
	return Promise.all(places);
}

/** Whose account it is. Keys have none. */
async function ownerOf(c: AppContext): Promise<Caller | undefined> {
	const caller = await callerOf(c);
	return caller?.kind === "login" ? caller : undefined;
}

export const accountRoutes = new Hono<{ Bindings: Env }>();

for (const path of ["/sign-in/*", "/invitation/*", "/account/*", "/sites/:site/*", "/subscribe/*", "/unsubscribe/*"])
	accountRoutes.use(
		path,
		bodyLimit({
			maxSize: maxBodyBytes,
			onError: () => {
				throw new Problem("too-large", "Forms take at most 64 KiB.");
			},
		}),
	);

accountRoutes.get("/", async (c) => {
	const caller = await ownerOf(c);
	if (!caller) return showMessage(c, "sign-in");
	const places = new Set(
		caller.rights.map(({ site, release }) => (release ? `/releases/${release}` : `/sites/${site}`)),
	);
	const [only = "/account"] = places;
	return c.redirect(places.size === 1 ? only : "/account");
});

accountRoutes.get("/sign-in", async (c) => {
	const frame = frameFor(c, false);
	return sendPage(c, renderSignIn(frame, { to: wanted(c) }), frame.nonce);
});

accountRoutes.post("/sign-in/passkey/options", async (c) => {
	refuseForged(c);
	await limitSignIn(c.req.raw, Date.now());
	return c.json(await requestOptions(c.env.DB, partyOf(c)), 200, { "Cache-Control": "no-store" });
});

accountRoutes.post("/sign-in/passkey", async (c) => {
	refuseForged(c);
	const shown = await readJson(c, assertionSchema);
	await limitSignIn(c.req.raw, Date.now(), shown.id);
	const account = await passkeyHolder(c.env.DB, shown, partyOf(c));
	if (account === undefined) throw new Problem("forbidden", "This passkey does not let anybody in here.");
	await letIn(c, account, "passkey");
	return c.json({ to: wanted(c) });
});

accountRoutes.post("/sign-in/code", async (c) => {
	refuseForged(c);
	await limitSignIn(c.req.raw, Date.now());
	const account = await redeemCode(c.env.DB, await field(c, "code"));
	if (account === undefined) {
		const frame = frameFor(c, false);
		return sendPage(c, renderSignIn(frame, { to: wanted(c), isWrong: true }), frame.nonce, 401);
	}
	await letIn(c, account, "code");
	return c.redirect(wanted(c), 303);
});

accountRoutes.get("/invitation/:token", async (c) => {
	await limitSignIn(c.req.raw, Date.now());
	const offer = await offerOf(c.env.DB, c.req.param("token"));
	if (!offer) return showMessage(c, "expired");
	const caller = await ownerOf(c);
	const isForThem = offer.email === null || offer.email === (await vouchedAddress(c.env, c.req.raw));
	const frame = frameFor(c, caller !== undefined);
	const { name: site } = await siteOf(c.env, offer.site);
	const page = renderInvitation(frame, { site, role: offer.role, signedInAs: caller?.name, isForThem });
	return sendPage(c, page, frame.nonce);
});

accountRoutes.post("/invitation/:token", async (c) => {
	refuseForged(c);
	await limitSignIn(c.req.raw, Date.now());
	const caller = await ownerOf(c);
	const address = await vouchedAddress(c.env, c.req.raw);
	const accepted = await accept(c.env.DB, c.req.param("token"), { account: caller?.account, address });
	if (!accepted) return showMessage(c, "expired");
	if (caller || address !== undefined) return c.redirect("/", 303);
	await letIn(c, accepted.account, "invitation");
	return c.redirect("/account", 303);
});

async function showAccount(c: AppContext, caller: Caller, newCodes?: string[]): Promise<Response> {
	const { DB } = c.env;
	const [places, passkeys, codes, logins] = await Promise.all([
		placesOf(c, caller),
		listPasskeys(DB, caller.account),
		countCodes(DB, caller.account),
		listLogins(DB, caller.account),
	]);
	const { name, id: own } = caller;
	const frame = frameFor(c, true);
	const asked = c.req.query("deleted");
	const deleted = asked && (await wasDeleted(DB, asked)) ? asked : undefined;
	const account = {
		name,
		places,
		mayAdd: mayAdd(caller),
		deleted,
		passkeys,
		codes,
		logins,
		own,
		...(newCodes ? { newCodes } : {}),
	};
	return sendPage(c, renderAccount(frame, account), frame.nonce);
}

accountRoutes.get("/account", async (c) => {
	const caller = await ownerOf(c);
	return caller ? showAccount(c, caller) : showMessage(c, "sign-in");
});

/** What is posted below /account is for whoever is signed in. Throws `unknown-key`. */
export async function mustBeSignedIn(c: AppContext): Promise<Caller> {
	const caller = await ownerOf(c);
	if (!caller) throw new Problem("unknown-key", "Sign in first.");
	return caller;
}

/** Says something about an account in the log of every site it may see something of. */
function tell(c: AppContext, { name, rights }: Caller, what: "passkey-added" | "passkey-removed" | "codes-made") {
	const sites = rights.map(({ site }) => site);
	return note(c.env.DB, sites, { at: Date.now(), who: name, what, about: "" });
}

accountRoutes.post("/account/passkeys/options", async (c) => {
	const { account, name } = await mustBeSignedIn(c);
	return c.json(await creationOptions(c.env.DB, { account, name }, partyOf(c)), 200, { "Cache-Control": "no-store" });
});

accountRoutes.post("/account/passkeys", async (c) => {
	const caller = await mustBeSignedIn(c);
	const made = await readJson(c, attestationSchema);
	const { browser, os } = clientOf(c.req.header("User-Agent") ?? "");
	const passkey = { account: caller.account, name: `${browser}, ${os}` };
	if (!(await addPasskey(c.env.DB, passkey, made, partyOf(c))))
		throw new Problem("outside-limits", "This passkey cannot be added: it was not made for this, or too long ago.");
	await tell(c, caller, "passkey-added");
	return c.json({ to: "/account" });
});

accountRoutes.post("/account/passkeys/remove", async (c) => {
	const caller = await mustBeSignedIn(c);
	if (await removePasskey(c.env.DB, caller.account, await field(c, "id"))) await tell(c, caller, "passkey-removed");
	return c.redirect("/account", 303);
});

accountRoutes.post("/account/codes", async (c) => {
	const caller = await mustBeSignedIn(c);
	const codes = await makeCodes(c.env.DB, caller.account);
	await tell(c, caller, "codes-made");
	return showAccount(c, caller, codes);
});

accountRoutes.post("/account/logins/end", async (c) => {
	const { account } = await mustBeSignedIn(c);
	await endLogin(c.env.DB, { account, id: await field(c, "id") });
	return c.redirect("/account", 303);
});
