/**
 * `npm start`: builds, serves everything on this machine, prints where to look, and fills in sample visits.
 * The last line of stdout is `ready {json}`; what comes after it goes to stderr.
 */
import { resolve } from "node:path";
import { bundle } from "./bundle.ts";
import { firstDemo } from "./demo-site.ts";
import { Failure, runCommand } from "./failure.ts";
import type { Ready } from "./ready.ts";
import { fillSamples } from "./samples.ts";
import { serve } from "./serve.ts";

function portFrom(variable: string, fallback: number): number {
	const port = Number(process.env[variable] ?? fallback);
	if (!Number.isInteger(port) || port < 1 || port > 65_535)
		throw new Failure(`${variable} must be a port number, 1 to 65535.`);
	return port;
}

await runCommand(async () => {
	const { DATA_DIR, OWNER_KEY, SAMPLE } = process.env;
	const ports = { port: portFrom("PORT", 8787), sitePort: portFrom("SITE_PORT", 8788) };
	if (ports.port === ports.sitePort) throw new Failure("PORT and SITE_PORT must be two different ports.");
	if (OWNER_KEY && OWNER_KEY.length < 8) throw new Failure("OWNER_KEY must have at least 8 characters.");
	await bundle();
	const served = await serve({
		...ports,
		dataDir: resolve(DATA_DIR || ".sporlos"),
		...(OWNER_KEY ? { ownerKey: OWNER_KEY } : {}),
	});
	const { app, site, siteId, signIn, ownerKey, partnerLink, snippet } = served;

	const stopping = new AbortController();
	const stop = async () => {
		if (stopping.signal.aborted) return;
		stopping.abort();
		await served.stop();
		process.exit(0);
	};
	// Miniflare ends the process at once on these signals; ours let workerd finish its last writes.
	for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.removeAllListeners(signal).on(signal, stop);
	process.removeAllListeners("disconnect").on("disconnect", stop);

	console.log(`
  Sporløs runs on this machine.

  Owner's dashboard   ${signIn}
                      (works once; start again for a new link)
  A partner's report  ${partnerLink ?? "ended by the owner"}
  Demo shop           ${site}
  Embed in a page     ${snippet}

  Ctrl-C stops it.
`);
	if (siteId !== firstDemo) console.log(`  The demo site before this one was deleted: this is a new one, ${siteId}.\n`);
	const ready: Ready = { app, site, siteId, signIn, ownerKey, partnerLink };
	console.log(`ready ${JSON.stringify(ready)}`);

	if (SAMPLE === "0") return;
	await fillSamples({
		app,
		siteId,
		ownerKey,
		now: Date.now(),
		say: (line) => console.error(line),
		signal: stopping.signal,
	}).catch((error: unknown) => {
		if (!stopping.signal.aborted) console.error(error);
	});
});
