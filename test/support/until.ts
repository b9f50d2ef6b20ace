/** Waiting for a condition instead of for time. */

/** The first value of `look` that is not empty, or an error that names what was waited for. */
export async function until<T>(what: string, look: () => T | Promise<T>, withinMs = 10_000): Promise<NonNullable<T>> {
	const end = Date.now() + withinMs;
	for (;;) {
		const value = await look();
		if (value) return value;
		if (Date.now() > end) throw new Error(`waited ${withinMs} ms in vain for: ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 25));
	}
}
