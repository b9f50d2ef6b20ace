/**
 * A stand-in for the part of Cloudflare's REST API that a deployment needs: accounts, D1 on real SQLite, and Workers that are
 * kept as uploaded. Shapes as documented at https://developers.cloudflare.com/api (2026-11). Leaves out running the Worker.
 */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";

const accountId = "0123456789abcdef0123456789abcdef";

interface Query {
	sql: string;
	params?: SQLInputValue[];
}

export interface CloudflareStandIn {
	/** For CLOUDFLARE_API_BASE_URL. */
	api: string;
	/** Accounts the token sees. */
	accounts: { id: string; name: string }[];
	databases: { uuid: string; name: string; db: DatabaseSync }[];
	/** What was uploaded, oldest first: the metadata's bindings and migrations, and how many bytes of code. */
	uploads: { name: string; metadata: Record<string, unknown>; bytes: number }[];
	/** Crons as set. */
	schedules: unknown[];
	/** `METHOD path` of every call, oldest first. */
	calls: string[];
	/** Answers this instead, once, to a call whose `METHOD path` matches. */
	failing: { call: RegExp; status: number; message: string } | undefined;
	close(): Promise<void>;
}

/** Runs one text of one or more statements; a batch runs in one transaction. */
function execute(db: DatabaseSync, queries: Query[], raw: boolean): unknown[] {
	const results: unknown[] = [];
	db.exec("BEGIN");
	try {
		for (const { sql, params = [] } of queries) {
			const meta = { duration: 0.1, changes: 0, last_row_id: 0, rows_read: 0, rows_written: 0 };
			// Several statements in one text carry no parameters, as at Cloudflare.
			const isMany = sql.replace(/;\s*$/, "").includes(";");
			if (isMany && params.length === 0) {
				db.exec(sql);
				results.push({ success: true, meta, results: raw ? { columns: [], rows: [] } : [] });
				continue;
			}
			const prepared = db.prepare(sql);
			const columns = prepared.columns().map(({ name }) => name);
			prepared.setReturnArrays(raw);
			const rows = prepared.all(...params);
			results.push({ success: true, meta, results: raw ? { columns, rows } : rows });
		}
		db.exec("COMMIT");
	} catch (error) {
		db.exec("ROLLBACK");
		throw error;
	}
	return results;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

export async function startCloudflare(): Promise<CloudflareStandIn> {
	const standIn: CloudflareStandIn = {
		api: "",
		accounts: [{ id: accountId, name: "A small company" }],
		databases: [],
		uploads: [],
		schedules: [],
		calls: [],
		failing: undefined,
		close: () =>
			new Promise((resolve) => {
				server.closeAllConnections();
				server.close(() => resolve());
			}),
	};
	const seeDatabase = ({ uuid, name }: { uuid: string; name: string }) => ({ uuid, name, version: "production" });

	const answer = async (request: IncomingMessage, path: string, query: URLSearchParams): Promise<unknown> => {
		const { method } = request;
		const body = await bodyOf(request);
		const json = () => JSON.parse(body.toString()) as Record<string, unknown>;
		const inAccount = new RegExp(`^/accounts/${accountId}(/.*)$`).exec(path)?.[1];
		if (path === "/accounts") return standIn.accounts;
		if (path === "/memberships")
			return standIn.accounts.map((account) => ({ id: account.id, account, status: "accepted" }));
		if (path === "/user/tokens/verify") return { id: "token", status: "active" };
		if (path === "/user") return { id: "user", email: "somebody@example.no" };
		if (inAccount === "/d1/database" && method === "GET")
			return standIn.databases.filter(({ name }) => name === (query.get("name") ?? name)).map(seeDatabase);
		if (inAccount === "/d1/database") {
			const database = { uuid: crypto.randomUUID(), name: String(json().name), db: new DatabaseSync(":memory:") };
			standIn.databases.push(database);
			return seeDatabase(database);
		}
		const [, uuid, kind] = /^\/d1\/database\/([^/]+)(?:\/(query|raw))?$/.exec(inAccount ?? "") ?? [];
		const database = standIn.databases.find((candidate) => candidate.uuid === uuid);
		if (database && !kind) return seeDatabase(database);
		if (database) {
			const asked = json() as unknown as Query & { batch?: Query[] };
			return execute(database.db, asked.batch ?? [asked], kind === "raw");
		}
		const [, name, part = ""] = /^\/workers\/scripts\/([^/]+)(\/.*)?$/.exec(inAccount ?? "") ?? [];
		if (name && method === "PUT" && (part === "" || part === "/schedules")) {
			if (part !== "") {
				standIn.schedules = json() as unknown as unknown[];
				return { schedules: standIn.schedules };
			}
			const type = request.headers["content-type"] ?? "";
			const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
			const metadata = JSON.parse(String(form.get("metadata"))) as Record<string, unknown>;
			standIn.uploads.push({ name, metadata, bytes: body.length });
			return { id: name, startup_time_ms: 5, deployment_id: "d" };
		}
		if (name && part === "/subdomain") return { enabled: true, previews_enabled: false };
		if (inAccount === "/workers/subdomain") return { subdomain: "a-small-company" };
		if (inAccount === `/workers/workers/${standIn.uploads.at(-1)?.name}`)
			return { id: "w", name: standIn.uploads.at(-1)?.name, subdomain: { enabled: true, previews_enabled: false } };
		if (name && part === "/deployments") return { deployments: [] };
		return undefined;
	};

	const server = createServer(async (request, response) => {
		const { pathname, searchParams } = new URL(request.url ?? "/", "http://stand-in");
		const call = `${request.method} ${pathname}`;
		standIn.calls.push(call);
		const send = (status: number, content: unknown) =>
			response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(content));
		const refuse = (status: number, code: number, message: string) =>
			send(status, { success: false, result: null, errors: [{ code, message }], messages: [] });
		const { failing } = standIn;
		if (failing?.call.test(call)) {
			standIn.failing = undefined;
			return refuse(failing.status, 10_000, failing.message);
		}
		if (!request.headers.authorization?.startsWith("Bearer ")) return refuse(401, 10_000, "Authentication error");
		try {
			const result = await answer(request, pathname, searchParams);
			if (result === undefined) return refuse(404, 10_007, `not in the stand-in: ${call}`);
			const result_info = { page: 1, per_page: 100, count: 1, total_count: 1 };
			return send(200, { success: true, result, errors: [], messages: [], result_info });
		} catch (error) {
			return refuse(400, 7_500, (error as Error).message);
		}
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
	standIn.api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return standIn;
}
