/** PostHog as its quick start shows. The sink's remote configuration leaves every optional product off: its lightest. */
import posthog from "posthog-js";

posthog.init("bench", { api_host: SINK, defaults: "2026-01-30" });
