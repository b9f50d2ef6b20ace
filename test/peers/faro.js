/** Grafana Faro as its README's basic set-up shows. */
import { initializeFaro } from "@grafana/faro-web-sdk";

initializeFaro({ url: `${SINK}/faro`, app: { name: "bench", version: "1.0.0" } });
