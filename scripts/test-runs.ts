/** What vitest is asked to run, and how much of it side by side. Leaves out running it. */

/** What drives browsers, which mostly waits for visitors to dwell. The longest come first, what fills up the lanes last. */
export const driving = [
	["--project=browser"],
	[
		"--project=whole",
		...(process.env.EVERY_ENGINE ? ["--project=engines"] : []),
		"--no-file-parallelism", // with each other neither
	],
	...["1/4", "2/4", "3/4", "4/4"].map((part) => ["--project=dashboard", `--shard=${part}`]),
];
/** So many of those at a time: one more would slow down the others' visitors. */
export const lanes = 2;
/** What it prints is seen at once. */
export const watched = driving[0];

/** Beside those, and gives way to them. */
export const computing = ["--project=unit", "--project=workerd", "--maxWorkers=2"];
export const givesWay = 5;
