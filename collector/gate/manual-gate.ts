/** The gate file for pages that ask the visitor themselves and call `sporlos.grant()` or `sporlos.refuse()`. */
import type { GateSettings } from "../../schema/site.ts";
import { openGate } from "./gate.ts";

declare const __SPORLOS_GATE__: GateSettings;

openGate(__SPORLOS_GATE__, "manual", () => () => {});
