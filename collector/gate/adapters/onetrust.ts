/**
 * OneTrust. Under an opt-out rule its groups are active before anybody answered: they count once its window was closed.
 * https://developer.onetrust.com/onetrust/docs/javascript-events-guide
 */
import type { Adapter } from "./adapter.ts";

declare const OneTrust: { IsAlertBoxClosed(): boolean };
/** The active groups, as `,C0001,C0002,`. */
declare const OnetrustActiveGroups: string;

export const adapter: Adapter = {
	named: "C0002",
	decided: () => OneTrust.IsAlertBoxClosed(),
	allows: (group) => OnetrustActiveGroups.split(",").includes(group),
	onChange: (wake) => window.addEventListener("OneTrustGroupsUpdated", wake),
};
