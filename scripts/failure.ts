/** A failure that the person at the keyboard can mend: one clear sentence and exit status 1, no stack. */

export class Failure extends Error {}

/** Runs a command's main function; what it throws ends the process with status 1, and so does losing whoever started it. */
export async function runCommand(main: () => Promise<void>): Promise<void> {
	process.once("disconnect", () => process.exit(1));
	process.channel?.unref(); // listening must not keep a finished command alive
	try {
		await main();
	} catch (error) {
		console.error(error instanceof Failure ? error.message : error);
		process.exit(1);
	}
}
