/** What the demo shop wants its visits to lead to. */
import type { MeasuringSettings } from "../schema/settings.ts";
import { packingList } from "./interactions.ts";

export const aims: Pick<MeasuringSettings, "goals" | "funnels"> = {
	goals: [
		{ name: "Bestilling", kind: "page", match: "/takk" },
		{ name: "Bestilling sendt", kind: "event", match: "bestilling" },
		{ name: "Pakkeliste lastet ned", kind: "download", match: packingList },
	],
	funnels: [
		{
			name: "Fra tur til bestilling",
			steps: [
				{ kind: "page", match: "/turer*" },
				{ kind: "page", match: "/bestill" },
				{ kind: "page", match: "/takk" },
			],
		},
	],
};
