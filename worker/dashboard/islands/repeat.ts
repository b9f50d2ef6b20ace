/** Does something again and again while the page is looked at: not while it is hidden, and no more once it is over. */

export type Outcome = "again" | "over";

export function repeat(everyMs: () => number, look: () => Promise<Outcome>): void {
	let timer: ReturnType<typeof setTimeout> | undefined;
	let running = false;

	async function run(): Promise<void> {
		if (running || document.hidden) return;
		running = true;
		// A network that is away comes back: the next look finds out.
		const outcome = await look().catch(() => "again" as const);
		running = false;
		clearTimeout(timer);
		if (outcome === "again" && !document.hidden) timer = setTimeout(run, everyMs());
		if (outcome === "over") document.removeEventListener("visibilitychange", turn);
	}
	function turn(): void {
		clearTimeout(timer);
		if (!document.hidden) void run();
	}

	document.addEventListener("visibilitychange", turn);
	timer = setTimeout(run, everyMs());
}
