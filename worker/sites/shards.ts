/** Finds the D1 database that holds a site's closed books. Leaves out what is common to all sites, which is in DB. */
import type { Env } from "../env.ts";

/** Name of a shard's binding. */
export const bindingOf = (shard: number) => (shard === 0 ? "DB" : (`DB_${shard}` as const));

/** Throws where the binding has been taken away: nothing may be written anywhere else. */
export function shardOf(env: Env, { shard }: { shard: number }): D1Database {
	const database = env[bindingOf(shard)];
	if (!database) throw new Error(`The database ${bindingOf(shard)} is not bound.`);
	return database;
}

/** How many databases there are; a new site is given one of them. */
export function countShards(env: Env): number {
	let shards = 1;
	while (env[bindingOf(shards)]) shards++;
	return shards;
}
