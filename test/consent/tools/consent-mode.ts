/**
 * Stand-in for a tool that drives Google Consent Mode v2, from developers.google.com/tag-platform/security/guides/consent, read
 * 2026-11-22. Traps: a default that grants, an update about something else, a data layer that drops old entries.
 */
import { type Drive, memory, page } from "../drive.ts";

const push = (...entry: unknown[]) => (page.dataLayer as unknown[]).push(entry);
const update = (yes: boolean) => push("consent", "update", { analytics_storage: yes ? "granted" : "denied" });
const answer = (yes: boolean) => {
	memory.yes = yes;
	update(yes);
	(page.dataLayer as unknown[]).splice(0, (page.dataLayer as unknown[]).length - 1);
	push("consent", "update", { ad_storage: "granted" });
};

export const drive: Drive = {
	stub: () => {
		page.dataLayer = [{ "gtm.start": Date.now(), event: "gtm.js" }];
	},
	start: (as) => {
		page.dataLayer ??= [];
		push("consent", "default", { analytics_storage: as ? "granted" : "denied", wait_for_update: 500 });
		if (memory.yes !== undefined) update(memory.yes);
	},
	grant: () => answer(true),
	refuse: () => answer(false),
	withdraw: () => answer(false),
	reset: () => {
		memory.yes = undefined;
		update(false);
	},
	expire: () => {
		memory.yes = undefined;
	},
};
