import { expect, test } from "vitest";
import { runKills } from "./kills.ts";

/** KILLS raises it; `npm run bench -- kill` is the long run. */
const kills = Number(process.env.KILLS ?? 10);

test(`SIGKILL of the process that holds the storage, ${kills} times with requests in flight or a closing under way, loses nothing acknowledged and counts nothing twice`, {
	timeout: 60_000 + kills * 60_000,
}, async () => {
	const { wrong, answered, unanswered, copies, older, counted } = await runKills({ kills, seed: "kills" });
	expect(wrong).toEqual([]);
	for (const count of [unanswered, copies, older]) expect(count).toBeGreaterThan(0);
	expect(answered).toBeGreaterThan(kills * 20);
	for (const { views, reloads } of Object.values(counted)) expect(views).toBeGreaterThan(reloads);
});
