/** Plausible's tracker as its README shows; `captureOnLocalhost`, because the bench runs on this machine. */
import { init } from "@plausible-analytics/tracker";

init({ domain: "bench.example", endpoint: `${SINK}/api/event`, captureOnLocalhost: true });
