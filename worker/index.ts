/** The Worker: which part answers which address, and the scheduled work. */
import { Hono } from "hono";
import { accessLogRoutes } from "./access/log-routes.ts";
import { accessRoutes } from "./access/routes.ts";
import { doDueWork } from "./closing/nightly.ts";
import { closings } from "./closing/routes.ts";
import { peopleRoutes } from "./dashboard/account/people-routes.ts";
import { accountRoutes } from "./dashboard/account/routes.tsx";
import { dashboard, showMessage } from "./dashboard/mount.ts";
import { releasePages } from "./dashboard/partner/mount.ts";
import { reference } from "./dashboard/reference/routes.tsx";
import { setupLook } from "./dashboard/setup/routes.ts";
import { sharing } from "./dashboard/sharing/routes.tsx";
import type { Env } from "./env.ts";
import { health } from "./health.ts";
import { ingest } from "./ingest/routes.ts";
import { mcpRoutes } from "./mcp/routes.ts";
import { policies } from "./policies/routes.ts";
import { onError, problemResponse } from "./problem.ts";
import { partnerFigures } from "./release/partner-routes.ts";
import { releases } from "./release/routes.ts";
import { gateFiles } from "./sites/gate.ts";
import { siteRoutes } from "./sites/routes.ts";
import { samples } from "./sites/samples.ts";
import { openApiRoutes } from "./stats/openapi.ts";
import { stats } from "./stats/routes.ts";

export { Book } from "./book/book.ts";

const app = new Hono<{ Bindings: Env }>();
for (const part of [
	ingest,
	gateFiles,
	siteRoutes,
	policies,
	stats,
	releases,
	partnerFigures,
	mcpRoutes((request, c) => app.fetch(request, c.env, c.executionCtx)),
	closings,
	samples,
	health,
	accessRoutes(showMessage),
	accessLogRoutes,
	accountRoutes,
	dashboard,
	peopleRoutes, // behind the dashboard's question who asks
	sharing, // as well
	setupLook, // and this
	releasePages,
	openApiRoutes(() => app.routes),
	reference(() => app.routes),
])
	app.route("/", part);
app.onError(onError);
app.notFound((c) => {
	const known = app.routes.some(
		({ path, method }) => path === c.req.path && method !== c.req.method && method !== "ALL",
	);
	return problemResponse(known ? "wrong-method" : "not-found");
});

export default {
	fetch: app.fetch,
	async scheduled(controller, env) {
		await doDueWork(env, controller.scheduledTime);
	},
} satisfies ExportedHandler<Env>;
