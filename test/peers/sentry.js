/** Sentry with tracing, as its quick start shows; without session replay. */
import { browserTracingIntegration, init } from "@sentry/browser";

init({
	dsn: `${SINK.replace("//", "//bench@")}/1`,
	integrations: [browserTracingIntegration()],
	tracesSampleRate: 1,
});
