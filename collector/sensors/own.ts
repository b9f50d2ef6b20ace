/**
 * What the page itself counts with `sporlos.event(name, properties)`: both cleaned like every name. What is no name or no
 * plain value is passed over in silence. Leaves out: sums and averages of values, and values that look like ids.
 */
import { maxEventsPerReport, maxPropertiesPerReport } from "../../schema/limits.ts";
import { tally } from "./tally.ts";
import type { Sensors, Tools } from "./tools.ts";

/** Of one call. */
const maxProperties = 10;

export function createEvents({ view, reach, cleanWords }: Tools): Sensors["event"] {
	return (name, properties) => {
		const { own } = view();
		const event = typeof name === "string" && cleanWords(name);
		if (!own || !event) return;
		tally(own, "events", event, maxEventsPerReport);
		reach("event", event);
		if (properties?.constructor !== Object) return;
		for (const [property, value] of Object.entries(properties).slice(0, maxProperties)) {
			if (!/^(string|number|boolean)$/.test(typeof value)) continue;
			const key = `${event}\t${cleanWords(property)}=${cleanWords(`${value}`)}`;
			tally(own, "properties", key, maxPropertiesPerReport);
		}
	};
}
