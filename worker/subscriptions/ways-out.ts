/**
 * How messages leave: e-mail through Cloudflare's Email Service (which makes the MIME of a text and an HTML part, and lets only named
 * headers through: https://developers.cloudflare.com/email-service/reference/headers/), webhooks by a signed POST. Tests hand in
 * their own. Leaves out what is sent.
 */
import type { Env } from "../env.ts";
import { postSigned, type Send, sendByFetch } from "../sharing/signed-post.ts";
import type { DeliveryFailure } from "./shapes.ts";

export interface Mail {
	to: string;
	subject: string;
	text: string;
	html: string;
	/** Where one request ends the subscription; only with https may it be a header (RFC 8058). */
	leave?: string;
	language: string;
}

export interface WaysOut {
	/** Undefined where this place sends no e-mail. */
	mail: ((mail: Mail) => Promise<DeliveryFailure | undefined>) | undefined;
	hook(
		url: string,
		message: { id: string; key: string; body: string },
		now: number,
	): Promise<DeliveryFailure | undefined>;
}

/** https://developers.cloudflare.com/email-service/api/send-emails/workers-api/ (2026-11), by the code of the error thrown. */
const failures: Record<string, DeliveryFailure> = {
	E_RECIPIENT_SUPPRESSED: "recipient",
	E_RECIPIENT_NOT_ALLOWED: "recipient",
	E_VALIDATION_ERROR: "content",
	E_CONTENT_TOO_LARGE: "content",
	E_SENDER_NOT_VERIFIED: "sender",
	E_SENDER_DOMAIN_NOT_AVAILABLE: "sender",
	E_RATE_LIMIT_EXCEEDED: "limit",
	E_DAILY_LIMIT_EXCEEDED: "limit",
};

export const isFinal = (failure: DeliveryFailure) => failure === "recipient" || failure === "content";

/** Headers of a message to one person of a list they joined. */
export function headersOf({ leave, language }: Pick<Mail, "leave" | "language">): Record<string, string> {
	return {
		"Auto-Submitted": "auto-generated",
		"Content-Language": language,
		...(leave?.startsWith("https://")
			? { "List-Unsubscribe": `<${leave}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }
			: {}),
	};
}

/** The ways of this place. */
export function waysOut({ EMAIL, MAIL_FROM }: Env, send: Send = sendByFetch): WaysOut {
	return {
		mail:
			EMAIL && MAIL_FROM
				? async ({ to, subject, text, html, ...more }) => {
						try {
							const from = { email: MAIL_FROM, name: "Sporløs" };
							await EMAIL.send({ from, to, subject, text, html, headers: headersOf(more) });
							return undefined;
						} catch (error) {
							// Its message may hold the address: only the code is looked at.
							const { code } = error as { code?: unknown };
							return failures[String(code)] ?? "unreachable";
						}
					}
				: undefined,
		async hook(url, message, now) {
			const status = await postSigned(send, url, message, now);
			if (status === undefined) return "unreachable";
			return status >= 200 && status < 300 ? undefined : `${status}`;
		},
	};
}
