/** The page of the notice's versions, and what its form posts: languages more or less, a preview, a publication. */
import { type Context, Hono } from "hono";
import type { Env } from "../../env.ts";
import { checkPublication, nextVersion, notePublished, publish, versionsOf } from "../../policies/publish.ts";
import { Problem } from "../../problem.ts";
import { isNoticeLanguage } from "../../sites/ready-notice.ts";
import { forgetSite, siteOf } from "../../sites/sites.ts";
import { frameFor, mustBeSignedIn } from "../account/routes.tsx";
import { requestLanguage, sendPage } from "../routes.tsx";
import { type Typed, typedIn } from "../sharing/typed.ts";
import type { Wrong } from "./forms.ts";
import { changesBetween } from "./notice-changes.tsx";
import { fieldOfFault, publicationOf, typedNotice, withLanguage, withoutLanguage } from "./notice-form.ts";
import { type NoticeInput, renderNotice } from "./notice-page.tsx";
import { noticeWords } from "./notice-words.ts";

type AppContext = Context<{ Bindings: Env }>;

export const noticePages = new Hono<{ Bindings: Env }>();

const base = "/sites/:site/settings/notice";

async function show(c: AppContext, more: Partial<Omit<NoticeInput, "site">> = {}): Promise<Response> {
	const site = await siteOf(c.env, c.req.param("site") ?? "");
	const frame = frameFor(c, true);
	return sendPage(c, renderNotice(frame, { site, typed: typedNotice(site.notice), wrong: {}, ...more }), frame.nonce);
}

noticePages.get(base, async (c) => {
	const { policies } = await siteOf(c.env, c.req.param("site"));
	const done = policies.find(({ version }) => version === c.req.query("done"))?.version;
	return show(c, done === undefined ? {} : { done });
});

/** The form after a button that changes its languages; undefined for the other buttons. */
function withOtherLanguages(typed: Typed, siteName: string): Typed | undefined {
	const { step = "", add = "" } = typed;
	if (step === "add" && isNoticeLanguage(add)) return withLanguage(typed, add, siteName);
	const [, gone] = /^remove-(\w+)$/.exec(step) ?? [];
	return gone === undefined ? undefined : withoutLanguage(typed, gone);
}

noticePages.post(base, async (c) => {
	const { name: who } = await mustBeSignedIn(c);
	const id = c.req.param("site");
	const typed = typedIn(await c.req.parseBody());
	forgetSite(id); // what is published follows what is stored, not a copy
	const site = await siteOf(c.env, id);
	const other = withOtherLanguages(typed, site.name);
	if (other) return show(c, { typed: other });
	const latest = (await versionsOf(c.env.DB, id)).at(-1);
	const checked = checkPublication(publicationOf(typed), latest);
	const words = noticeWords[requestLanguage(c)];
	if (!checked.ok) {
		const wrong: Wrong = {};
		for (const fault of checked.faults) {
			const field = fieldOfFault(fault);
			wrong[field] ??= words.wrong[field.split("-").at(-1) ?? ""] ?? fault.detail;
		}
		return show(c, { typed, wrong });
	}
	const version = await nextVersion(checked.value, latest);
	const changes = changesBetween(site.notice, checked.value.notice, words);
	const { material: isMaterial } = checked.value;
	const isAsked = typed.step === "publish";
	if (!isAsked || typed.previewed !== version || changes.length === 0)
		return show(c, { typed, preview: { changes, version, isMaterial, isStale: isAsked } });
	try {
		const row = await publish(c.env.DB, id, checked.value, latest, Date.now());
		await notePublished(c.env.DB, row, who);
	} catch (error) {
		if (!(error instanceof Problem) || error.kind !== "published-meanwhile") throw error;
		return show(c, { typed, preview: { changes, version, isMaterial, isStale: true } });
	}
	forgetSite(id);
	const lang = c.req.query("lang") ? `&lang=${requestLanguage(c)}` : "";
	return c.redirect(`/sites/${id}/settings/notice?done=${version}${lang}`, 303);
});
