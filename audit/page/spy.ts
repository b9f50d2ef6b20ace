/**
 * The spy: stands in every frame before any script of the page and notes what scripts do. Leaves out workers, where it
 * cannot stand; what they send is seen on the network.
 */
import { watchDevice } from "./device.ts";
import { watchTraffic } from "./traffic.ts";
import { watchStoring, watchWatching } from "./watching.ts";

declare const __SAYS_NO__: boolean;

if (__SAYS_NO__)
	Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get: () => true, configurable: true });

for (const watch of [watchTraffic, watchStoring, watchWatching, watchDevice]) {
	try {
		watch();
	} catch {
		// no part of the browser that is missing may blind the spy to the rest
	}
}
