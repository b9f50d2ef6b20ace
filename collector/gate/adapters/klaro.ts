/**
 * Klaro: the service named `sporlos` in its configuration. A switch that was moved but not saved already reads as a consent:
 * only what was confirmed and saved counts. https://klaro.org/docs/api/js_api
 */
import type { Adapter } from "./adapter.ts";

interface Manager {
	confirmed: boolean;
	savedConsents: Record<string, boolean>;
	watch(watcher: { update(): void }): void;
}

declare const klaro: { getManager(): Manager };

export const adapter: Adapter = {
	named: "sporlos",
	decided: () => klaro.getManager().confirmed,
	allows: (service) => klaro.getManager().savedConsents[service] === true,
	onChange: (update) => klaro.getManager().watch({ update }),
};
