/** What subscriptions, alerts and letters are made of, for those who draw them too. Leaves out what is done with them. */
import type { OutgoingContent } from "../../schema/subscription.ts";
import type { outgoing, siteAlert, subscription, subscriptionRequest } from "../../schema/tables.ts";
import type { Summary } from "./summary.ts";

export type Subscription = typeof subscription.$inferSelect;
export type Request = typeof subscriptionRequest.$inferSelect;
export type Outgoing = typeof outgoing.$inferSelect;
export type SiteAlert = typeof siteAlert.$inferSelect;

/** Why a message was not taken. "recipient" and "content" are final; the others may pass. A number is the status that a webhook answered. */
export type DeliveryFailure = "recipient" | "content" | "sender" | "limit" | "unreachable" | `${number}`;

/** What a message says, with everything it is drawn from. */
export type Told =
	| { kind: "summary"; summary: Summary }
	| Extract<OutgoingContent, { kind: "alert" }>
	| { kind: "test"; of: Pick<Subscription, "summary" | "alerts"> }
	| { kind: "confirm"; link: string; of: Pick<Subscription, "summary" | "alerts"> };

export interface Letter {
	told: Told;
	site: { id: string; name: string; timeZone: string };
	language: Subscription["language"];
	/** Where links lead. */
	origin: string;
	/** Ends the subscription; what goes to a webhook, or to an address that is not confirmed, has none. */
	leave?: string;
}

/** A letter in words. */
export interface Drawn {
	subject: string;
	text: string;
	html: string;
}
export type Draw = (letter: Letter) => Drawn;
