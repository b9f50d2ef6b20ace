/**
 * What the scheduled work does for those who are told about a site: puts summaries that are due among the outgoing, watches for
 * alerts, sends what waits. Words are handed in (dashboard/mail), because nothing here imports the dashboard.
 */
import type { OutgoingContent } from "../../schema/subscription.ts";
import type { Env } from "../env.ts";
import type { Site } from "../sites/stored.ts";
import { statsOf } from "../stats/stats.ts";
import { watchSite } from "./alerts.ts";
import { addSummary, forgetGivenUp, noteFailure, noteTaken, takeDue } from "./outgoing.ts";
import type { DeliveryFailure, Draw, Subscription, Told } from "./shapes.ts";
import { forgetRequests, hookKey, leaveToken, subscriptionsOf } from "./subscribers.ts";
import { latestPeriod, summaryOf } from "./summary.ts";
import { isFinal, type WaysOut, waysOut } from "./ways-out.ts";

/** Which rhythms a site's periods can be summed up in. */
export const rhythmsOf = { day: ["weekly", "monthly"], week: ["weekly"], month: ["monthly"] } as const;

/** Sends one message to one subscription. Returns why it was not taken, if it was not. */
export async function deliver(
	env: Env,
	site: Site,
	to: Subscription,
	message: { id: string; told: Told },
	{ draw, out = waysOut(env), now }: { draw: Draw; out?: WaysOut; now: number },
): Promise<DeliveryFailure | undefined> {
	const { language, origin, address } = to;
	const letter = { told: message.told, site, language, origin };
	if (to.way === "email") {
		const leave = `${origin}/unsubscribe/${await leaveToken(env.DB, to)}`;
		return out.mail ? out.mail({ to: address, language, leave, ...draw({ ...letter, leave }) }) : "sender";
	}
	const drawn = draw(letter); // without a way out: many may read what a webhook passes on
	const { kind, ...content } = message.told;
	const body = JSON.stringify({
		event: kind === "alert" ? "site-alert" : kind,
		id: message.id,
		site: site.name,
		url: `${origin}/sites/${site.id}`,
		...content,
		text: `${drawn.subject}\n\n${drawn.text}`,
	});
	return out.hook(address, { id: message.id, key: await hookKey(env.DB, to), body }, now);
}

async function toldBy(env: Env, site: Site, content: OutgoingContent): Promise<Told> {
	if (content.kind === "alert") return content;
	return { kind: "summary", summary: await summaryOf(statsOf(env, site), content.rhythm, content.period) };
}

async function planSummaries(env: Env, site: Site, subscriptions: Subscription[], now: number): Promise<void> {
	for (const subscription of subscriptions) {
		const rhythm = rhythmsOf[site.grain].find((known) => known === subscription.summary);
		if (!rhythm) continue;
		const { period, due } = latestPeriod(rhythm, now, site.timeZone);
		// Whoever came after it was due gets the next one.
		if (now < due || subscription.created > due || subscription.summarised >= period) continue;
		await addSummary(env.DB, subscription, { kind: "summary", rhythm, period }, now);
	}
}

export async function tellSubscribers(
	env: Env,
	site: Site,
	now: number,
	{ draw, out = waysOut(env) }: { draw: Draw; out?: WaysOut },
): Promise<void> {
	await forgetRequests(env.DB, site.id, now);
	const subscriptions = await subscriptionsOf(env.DB, site.id);
	if (subscriptions.length === 0) return;
	await planSummaries(env, site, subscriptions, now);
	if (subscriptions.some(({ alerts }) => alerts)) await watchSite(env, site, now);
	await forgetGivenUp(env.DB, site.id, now);
	const made = new Map<string, Promise<Told>>();
	for (const row of await takeDue(env.DB, site.id, now)) {
		const to = subscriptions.find(({ id }) => id === row.subscription);
		if (!to) continue;
		const told = made.get(row.message) ?? toldBy(env, site, row.content);
		made.set(row.message, told);
		const message = { id: `${row.subscription}/${row.message.replaceAll(" ", "-")}`, told: await told };
		const failure = await deliver(env, site, to, message, { draw, out, now });
		if (failure === undefined) await noteTaken(env.DB, row, now);
		else await noteFailure(env.DB, row, failure, isFinal(failure));
	}
}
