/** `npm run build`: the bundles and the npm package, and their sizes against the budgets. Fails when one is over. */
import { bundle } from "./bundle.ts";
import { Failure, runCommand } from "./failure.ts";
import { buildPackage } from "./package.ts";
import { printWeights } from "./weights.ts";

await runCommand(async () => {
	const [weights] = await Promise.all([bundle(), buildPackage()]);
	printWeights(weights);
	const over = weights.filter(({ bytes, limit }) => bytes > limit).map(({ name }) => name);
	if (over.length > 0) throw new Failure(`Over budget: ${over.join(", ")}.`);
});
