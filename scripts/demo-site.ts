/** The demo site: made, or brought up to date. In an id of its own again where its owner has deleted it: no id is given twice. */
import { drizzle } from "drizzle-orm/d1";
import { aims } from "../demo/aims.ts";
import { notice } from "../demo/notice.ts";
import { site } from "../schema/tables.ts";
import { createSite } from "../worker/sites/create.ts";
import { deletedSites } from "../worker/sites/delete.ts";

export const firstDemo = "demo";
const name = "Nordfjord Turer";

/** The first of demo, demo-2, demo-3 … that nobody has deleted, and that is not somebody's own site. */
async function chooseId(db: D1Database): Promise<string> {
	const deleted = new Set((await deletedSites(db)).map(({ id }) => id));
	const sites = await drizzle(db).select({ id: site.id, name: site.name }).from(site);
	const names = new Map(sites.map((one) => [one.id, one.name]));
	const isOurs = (id: string) => id === firstDemo || (names.get(id) ?? name) === name;
	let id = firstDemo;
	for (let next = 2; deleted.has(id) || !isOurs(id); next++) id = `${firstDemo}-${next}`;
	return id;
}

/** `origins`: where the demo shop is. */
export async function createDemoSite(db: D1Database, origins: string[]) {
	const demo = { id: await chooseId(db), timeZone: "Europe/Oslo", grain: "day" } as const;
	await createSite(db, { ...demo, name, origins, k: 5, settings: aims, notice });
	return demo;
}
