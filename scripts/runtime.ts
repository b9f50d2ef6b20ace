/**
 * The Worker of wrangler.toml on this machine: workerd under Miniflare's API, data in one folder, no login, nothing sent
 * anywhere. Leaves out building the bundle and what the demo site needs.
 */
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";

export interface Runtime {
	db: D1Database;
	/** The same, and those of the other shards. */
	databases: D1Database[];
	/** Calls the Worker's cron handler. */
	tick(): Promise<void>;
	stop(): Promise<void>;
}

/** Worker errors and warnings go to stderr: the last line of stdout belongs to `ready`. */
function printStructured({ level, message }: { level: string; message: string }): void {
	if (level === "error" || level === "warn") console.error(message);
}

/** Of everything Miniflare would say, only where it put the text of a message that would have been sent. */
class MailFiles extends Log {
	override logWithLevel(_: LogLevel, message: string): void {
		const file = /^Text: (.+)$/m.exec(message)?.[1];
		if (file) console.error(`an e-mail, not sent from this machine: ${file}`);
	}
}

/** Data in one folder, and nothing that Miniflare would print, send or keep by itself. */
export function quietOptions(dataDir: string) {
	return {
		log: new Log(LogLevel.NONE),
		resourcePersistencePath: dataDir,
		unsafeObservability: false, // else request traces, addresses included, go to disk
		telemetry: { enabled: false },
		cf: false as const,
	};
}

export async function startRuntime(options: {
	root: string;
	host: string;
	port: number;
	dataDir: string;
	vars: Record<string, string>;
	/** File in dist/. */
	script?: string;
}): Promise<Runtime> {
	const { root, host, port, dataDir, vars, script = "worker.js" } = options;
	const { workerOptions } = unstable_getMiniflareWorkerOptions(`${root}/wrangler.toml`);
	const miniflare = new Miniflare(
		convertV4MiniflareOptions({
			...quietOptions(dataDir),
			...(vars.MAIL_FROM ? { log: new MailFiles(LogLevel.NONE) } : {}),
			host,
			port: 0, // Miniflare's own entry, used by its proxies only
			handleStructuredLogs: printStructured,
			workers: [
				{
					...workerOptions,
					name: "sporlos",
					bindings: { ...(workerOptions.bindings as Record<string, string> | undefined), ...vars },
					modules: [{ type: "ESModule", path: `${root}/dist/${script}` }],
					modulesRoot: `${root}/dist`,
					// Nothing is sent from here: messages become files.
					...(vars.MAIL_FROM ? { email: { send_email: [{ name: "EMAIL" }] } } : {}),
					unsafeDirectSockets: [{ host, port }], // without Miniflare's entry proxy: a quarter of the CPU
				},
			],
		}),
	);
	await miniflare.ready;
	const bindings = Object.keys((workerOptions.d1Databases ?? {}) as Record<string, string>);
	const databases = await Promise.all(
		bindings.map(async (binding) => (await miniflare.getD1Database(binding)) as unknown as D1Database),
	);
	return {
		db: databases[bindings.indexOf("DB")] as D1Database,
		databases,
		async tick() {
			const worker = await miniflare.getWorker();
			await worker.scheduled({ scheduledTime: new Date(), cron: "*/10 * * * *" });
		},
		stop: () => miniflare.dispose(),
	};
}
