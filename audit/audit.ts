/** Looks at a page in the states that are asked for, two browsers at a time. Leaves out judging and reporting. */
import type { Audited, State } from "./evidence.ts";
import { journeys, travel } from "./journey.ts";
import type { Way } from "./wish.ts";

const lanes = 2;

/** `say` is told what is being done. Without `wanted`: all states. */
export async function audit(
	way: Way,
	wanted?: readonly State[],
	say: (line: string) => void = () => {},
): Promise<Audited> {
	const ways = journeys.filter((states) => !wanted || states.some((state) => wanted.includes(state)));
	const found = new Map<number, Awaited<ReturnType<typeof travel>>>();
	const queue = [...ways.entries()];
	const work = async () => {
		for (let next = queue.shift(); next; next = queue.shift()) {
			const [profile, states] = next;
			say(`looking at the page: ${states.join(", then ")} …`);
			const travelled = await travel(states, profile, way).catch((error: unknown) => {
				queue.length = 0;
				throw error;
			});
			found.set(profile, travelled);
		}
	};
	// Where one fails, the others still close their browsers.
	for (const lane of await Promise.allSettled(Array.from({ length: lanes }, work)))
		if (lane.status === "rejected") throw lane.reason;
	const travelled = ways.flatMap((_, profile) => found.get(profile) ?? []);
	return {
		url: way.url,
		address: travelled[0]?.address ?? way.url,
		browser: travelled[0]?.browser ?? "",
		date: new Date().toISOString(),
		tools: [...new Set(travelled.flatMap(({ tools }) => tools))],
		evidence: travelled.flatMap(({ evidence }) => evidence),
	};
}
