import { evictDurableObject, reset, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { bookOf } from "../../../worker/book/books.ts";
import { makeEntries } from "../../../worker/ingest/entries.ts";
import { applyMigrations } from "../migrations.ts";
import { makeVisit, testEnv } from "../support.ts";

test("probe", async () => {
	await reset();
	await applyMigrations();
	const t0 = performance.now();
	const stub = bookOf(testEnv, "sim-1");
	const now = Date.parse("2100-01-01T10:00:00Z");
	const entries = await makeEntries(makeVisit("policy", ["/", "/a"], { period: "2100-01-01" }));
	await runInDurableObject(stub, async (instance, state) => {
		await instance.accept(entries, now);
		const own = Object.getOwnPropertyDescriptor(instance, "env");
		console.log("env", JSON.stringify(own && { w: own.writable, c: own.configurable }));
		(instance as unknown as { env: unknown }).env = { ...testEnv };
		console.log(await state.storage.getAlarm());
		state.storage.sql.exec("CREATE TABLE fuse (left INTEGER)");
		state.storage.sql.exec(
			"CREATE TRIGGER f BEFORE INSERT ON mark WHEN (SELECT left FROM fuse) IS NOT NULL BEGIN UPDATE fuse SET left = left - 1; SELECT RAISE(ABORT, 'disk full') WHERE (SELECT left FROM fuse) < 0; END",
		);
	});
	const time = async (name: string, n: number, f: () => Promise<unknown>) => {
		const d0 = Date.now();
		for (let i = 0; i < n; i++) await f();
		console.log(name, (Date.now() - d0) / n);
	};
	await time("run", 100, () => runInDurableObject(stub, (i) => i.status()));
	await time("evict", 30, async () => {
		await evictDurableObject(stub);
		await runInDurableObject(stub, (i) => i.status());
	});
	await time("d1", 100, () =>
		testEnv.DB.batch([
			testEnv.DB.prepare("SELECT * FROM cell WHERE site = 'x'"),
			testEnv.DB.prepare("SELECT * FROM closing WHERE site = 'x'"),
		]),
	);
	let n = 0;
	await time("new", 30, () => runInDurableObject(bookOf(testEnv, `sim-x${n++}`), (i) => i.status()));
	await time("entries", 100, () => makeEntries(makeVisit("policy", ["/", "/a"], { period: "2100-01-01" })));
	console.log(performance.now() - t0);
	expect(1).toBe(1);
});
