/** The gate file with the built-in banner. */
import type { BannerSettings } from "../../schema/site.ts";
import { createBanner } from "./banner.ts";
import { openGate } from "./gate.ts";

declare const __SPORLOS_GATE__: BannerSettings;

const settings = __SPORLOS_GATE__;
openGate(settings, "banner", (gate) => createBanner(gate, settings));
