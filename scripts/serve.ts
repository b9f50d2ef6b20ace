/**
 * Serves everything on this machine: the Worker with its data in one folder, the demo site in its books, and the demo
 * shop on another origin. Leaves out building, and what `npm start` prints.
 */
import { mkdir, rm, writeFile } from "node:fs/promises";
import type { Server } from "node:http";
import { dirname } from "node:path";
import { createShop } from "../demo/shop.ts";
import { issueKey } from "../worker/access/keys.ts";
import { issueSignIn } from "../worker/access/sign-in.ts";
import { inviteDemoPartner } from "./demo-release.ts";
import { createDemoSite } from "./demo-site.ts";
import { Failure } from "./failure.ts";
import { applyMigrations } from "./migrations.ts";
import { claimPort } from "./ports.ts";
import { startRuntime } from "./runtime.ts";

const root = dirname(import.meta.dirname);
const host = "127.0.0.1";
const cronEveryMs = 10 * 60_000; // as in wrangler.toml; nothing fires it locally

export interface Served {
	app: string;
	site: string;
	siteId: string;
	signIn: string;
	ownerKey: string;
	/** Link that invites a partner to read the demo's release, once; null where its owner has ended it. */
	partnerLink: string | null;
	/** The tag to embed. */
	snippet: string;
	stop(): Promise<void>;
}

/** Every byte that wrangler or Miniflare would send elsewhere is switched off before they look. */
function silence(): void {
	process.env.X_LOCAL_OBSERVABILITY = "false";
	process.env.CLOUDFLARE_CF_FETCH_ENABLED = "false";
	process.env.WRANGLER_SEND_METRICS = "false";
}

/** Folder by folder, because Node's recursive mkdir never returns where a parent takes no folders, as in /proc. */
async function makeFolder(folder: string): Promise<void> {
	try {
		await mkdir(folder);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === "EEXIST") return;
		if (code !== "ENOENT" || dirname(folder) === folder) throw error;
		await makeFolder(dirname(folder));
		await mkdir(folder);
	}
}

async function claimFolder(dataDir: string): Promise<void> {
	try {
		await makeFolder(dataDir);
		const probe = `${dataDir}/.writable`;
		await writeFile(probe, "");
		await rm(probe);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		throw new Failure(`The folder ${dataDir} cannot be written to (${code}): set DATA_DIR to another one.`);
	}
}

function listen(server: Server, port: number): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once("error", reject);
		server.listen(port, host, resolve);
	});
}

export async function serve(options: {
	port: number;
	sitePort: number;
	dataDir: string;
	ownerKey?: string;
}): Promise<Served> {
	const { port, sitePort, dataDir, ownerKey } = options;
	silence();
	await claimPort(port, host, "PORT");
	await claimPort(sitePort, host, "SITE_PORT");
	await claimFolder(dataDir);

	// Two names of this machine, so that the shop is another site to the browser too, as in real life.
	const app = `http://localhost:${port}`;
	const site = `http://127.0.0.1:${sitePort}`;
	const { ALERT_URL, MAIL_FROM } = process.env;
	const vars = { SAMPLES: "1", ...(ALERT_URL ? { ALERT_URL } : {}), ...(MAIL_FROM ? { MAIL_FROM } : {}) };
	const runtime = await startRuntime({ root, host, port, dataDir, vars });
	for (const db of runtime.databases) await applyMigrations(db, `${root}/schema/migrations`);
	const demo = await createDemoSite(runtime.db, [site, `http://localhost:${sitePort}`]);
	const siteId = demo.id;
	const key = await issueKey(runtime.db, {
		site: siteId,
		role: "owner",
		name: "local",
		...(ownerKey ? { key: ownerKey } : {}),
	});
	const invitation = await inviteDemoPartner(runtime.db, demo, Date.now());
	const shop = createShop({ app, siteId });
	await listen(shop, sitePort);

	const tick = () => void runtime.tick().catch((error: unknown) => console.error("cron:", error));
	const timer = setInterval(tick, cronEveryMs);
	tick(); // what fell due while nothing ran

	return {
		app,
		site,
		siteId,
		signIn: `${app}/sign-in/${await issueSignIn(runtime.db, { site: siteId })}`,
		ownerKey: key,
		partnerLink: invitation === null ? null : `${app}/invitation/${invitation}`,
		snippet: `<script src="${app}/gate/${siteId}/banner.js" defer></script>`,
		async stop() {
			clearInterval(timer);
			shop.closeAllConnections();
			shop.close();
			await runtime.stop();
		},
	};
}
