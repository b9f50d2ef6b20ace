/** Where messages arrive in tests: Cloudflare's e-mail binding as far as it is documented, and receivers of webhooks. Clocks are arguments. */
import type { Report } from "../../schema/report.ts";
import { bookOf } from "../../worker/book/books.ts";
import { planFor } from "../../worker/closing/close.ts";
import { drawLetter } from "../../worker/dashboard/mail/letter.ts";
import type { Env } from "../../worker/env.ts";
import { makeEntries } from "../../worker/ingest/entries.ts";
import { siteOf } from "../../worker/sites/sites.ts";
import { tellSubscribers } from "../../worker/subscriptions/due.ts";
import { subscribe, subscriptionsOf } from "../../worker/subscriptions/subscribers.ts";
import { waysOut } from "../../worker/subscriptions/ways-out.ts";
import { app, testEnv } from "./support.ts";

export interface Arrived {
	from: unknown;
	to: string;
	subject: string;
	text: string;
	html: string;
	headers: Record<string, string>;
}

/** https://developers.cloudflare.com/email-service/reference/headers/ (2026-11), those we may use. */
const allowed = ["Auto-Submitted", "Content-Language", "List-Unsubscribe", "List-Unsubscribe-Post"];

export class LetterBox {
	readonly mails: Arrived[] = [];
	readonly hooks: { url: string; headers: Headers; body: string }[] = [];
	/** Code of the error that the binding throws instead of taking a message. */
	refusal: string | undefined;
	/** What webhooks answer; undefined where they cannot be reached. */
	status: number | undefined = 204;

	/** A Worker's environment whose e-mail arrives here. */
	env(): Env {
		return {
			...testEnv,
			MAIL_FROM: "sporlos@example.no",
			EMAIL: { send: (mail: unknown) => this.#take(mail) } as SendEmail,
		};
	}

	async #take(mail: unknown): Promise<EmailSendResult> {
		const { refusal } = this;
		if (refusal) throw Object.assign(new Error("not to kari@example.com"), { code: refusal });
		const arrived = mail as Arrived;
		for (const [name, value] of Object.entries(arrived.headers)) {
			if (!allowed.includes(name)) throw Object.assign(new Error(), { code: "E_HEADER_NOT_ALLOWED" });
			if (/[\r\n]/.test(value) || value.length > 2_048)
				throw Object.assign(new Error(), { code: "E_HEADER_VALUE_INVALID" });
		}
		if (/[\r\n]/.test(arrived.subject) || arrived.subject.length > 998)
			throw Object.assign(new Error(), { code: "E_VALIDATION_ERROR" });
		this.mails.push(arrived);
		return { messageId: "<id@example.no>" };
	}

	/** The scheduled work's part for those who are told. */
	async run(now: number, site = "shop"): Promise<void> {
		const out = waysOut(this.env(), async (url, init) => {
			if (this.status === undefined) throw new Error("nobody there");
			this.hooks.push({ url, headers: new Headers(init.headers), body: String(init.body) });
			return new Response(null, { status: this.status });
		});
		await tellSubscribers(this.env(), await siteOf(testEnv, site), now, { draw: drawLetter, out });
	}
}

/** A subscription as if its address had been confirmed. Returns its id. */
export async function subscribed(
	wanted: Partial<Parameters<typeof subscribe>[2]> = {},
	created = 0,
	site = "shop",
): Promise<string> {
	const asked = { way: "email", address: "kari@example.com", summary: "none", alerts: false, language: "en" } as const;
	await subscribe(testEnv.DB, site, { ...asked, ...wanted } as Parameters<typeof subscribe>[2], app, created);
	return (await subscriptionsOf(testEnv.DB, site)).at(-1)?.id ?? "";
}

/** Puts reports into the book, and closes their period. */
export async function closeWith(period: string, reports: Report[], now: number): Promise<void> {
	const book = bookOf(testEnv, "shop");
	await book.accept(await makeEntries(reports), now);
	await book.close(planFor(await siteOf(testEnv, "shop"), period), now);
}
