/** `npm run check`: sizes, types, format and lint. */
import { runChecks } from "./checks.ts";
import { Failure, runCommand } from "./failure.ts";

await runCommand(async () => {
	const failed = Object.entries(await runChecks()).filter(([, passed]) => !passed);
	if (failed.length > 0) throw new Failure(`Failed: ${failed.map(([name]) => name).join(", ")}.`);
	console.log("sizes, types, format and lint are in order");
});
