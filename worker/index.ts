/** The Worker: which part answers which address, and the scheduled work. */
import { Hono } from "hono";
import { accessLogRoutes } from "./access/log-routes.ts";
import { accessRoutes } from "./access/routes.ts";
import { doDueWork } from "./closing/nightly.ts";
import { closings } from "./closing/routes.ts";
import { peopleRoutes } from "./dashboard/account/people-routes.ts";
import { accountRoutes } from "./dashboard/account/routes.tsx";
import { picturePages } from "./dashboard/click-map/routes.ts";
import { dashboard, showMessage } from "./dashboard/mount.ts";
import { notePages } from "./dashboard/notes/routes.tsx";
import { releasePages } from "./dashboard/partner/mount.ts";
import { reference } from "./dashboard/reference/routes.tsx";
import { savedPages } from "./dashboard/saved/routes.tsx";
import { deletePages } from "./dashboard/settings/delete-routes.ts";
import { newSitePages } from "./dashboard/settings/new-routes.tsx";
import { noticePages } from "./dashboard/settings/notice-routes.tsx";
import { settingsPages } from "./dashboard/settings/routes.tsx";
import { setupLook } from "./dashboard/setup/routes.ts";
import { sharing } from "./dashboard/sharing/routes.tsx";
import { subscriptionPages, tell } from "./dashboard/subscriptions/routes.tsx";
import type { Env } from "./env.ts";
import { health } from "./health.ts";
import { ingest } from "./ingest/routes.ts";
import { mcpRoutes } from "./mcp/routes.ts";
import { notes } from "./notes/routes.ts";
import { pictures } from "./pictures/routes.ts";
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
	pictures,
	stats,
	notes,
	releases,
	partnerFigures,
	mcpRoutes((request, c) => app.fetch(request, c.env, c.executionCtx)),
	closings,
	samples,
	health,
	accessRoutes(showMessage),
	accessLogRoutes,
	accountRoutes,
	newSitePages, // before the dashboard, where "new" would be a site
	dashboard,
	// behind the dashboard's question who asks
	peopleRoutes,
	sharing,
	notePages,
	savedPages,
	noticePages,
	deletePages, // before the settings, where "delete" would be a part of them
	settingsPages,
	setupLook,
	picturePages,
	subscriptionPages, // those below a site; links in messages are for everybody who has one
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
		await doDueWork(env, controller.scheduledTime, tell);
	},
} satisfies ExportedHandler<Env>;
