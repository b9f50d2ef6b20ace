/**
 * The sensors that may come late, in a chunk of their own: what they read is buffered by the browser, or is an act of the
 * visitor and comes after the page has settled. Leaves out: dwell, scroll and leaving, which the core cannot wait for.
 */
import { watchClicks } from "./clicks.ts";
import { watchErrors } from "./errors.ts";
import { watchForms } from "./forms.ts";
import { createEvents } from "./own.ts";
import { watchResources } from "./resources.ts";
import type { Sensors, Tools } from "./tools.ts";
import { watchVitals } from "./vitals.ts";

export function watchSensors(tools: Tools): Sensors {
	const { speed, interaction } = tools.view();
	if (speed && !tools.strict) {
		watchVitals(tools);
		watchResources(tools);
	}
	if (interaction) {
		watchErrors(tools, watchClicks(tools));
		watchForms(tools);
	}
	return { event: createEvents(tools) };
}
