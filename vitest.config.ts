/** Three kinds of tests: plain Node, inside workerd with the real bindings, and Node driving real browsers. */
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

// Nothing is sent anywhere, and no request trace goes to disk.
process.env.X_LOCAL_OBSERVABILITY = "false";
process.env.CLOUDFLARE_CF_FETCH_ENABLED = "false";
process.env.WRANGLER_SEND_METRICS = "false";

const migrations = await readD1Migrations(`${import.meta.dirname}/schema/migrations`);

export default defineConfig({
	test: {
		projects: [
			{
				test: {
					name: "unit",
					include: ["test/{schema,collector,demo,house}/**/*.test.ts"],
				},
			},
			{
				plugins: [
					cloudflareTest({
						wrangler: { configPath: "./wrangler.toml" },
						miniflare: {
							bindings: {
								TEST_MIGRATIONS: migrations,
								SAMPLES: "1",
								FUZZ: process.env.FUZZ ?? "10000",
								SIMULATIONS: process.env.SIMULATIONS ?? "200",
								REPLAY: process.env.REPLAY ?? "{}",
							},
						},
					}),
				],
				test: {
					name: "workerd",
					include: ["test/worker/**/*.test.{ts,tsx}"],
				},
			},
			{
				test: {
					name: "browser",
					// The frameworks' apps take minutes to install and build: only where the other engines are tried too.
					include: [`test/{browser,whole${process.env.EVERY_ENGINE ? ",frameworks" : ""}}/**/*.test.ts`],
					exclude: process.env.EVERY_ENGINE ? [] : ["test/browser/engines-*.test.ts"], // Chromium is all one needs
					fileParallelism: false, // they share the machine's screen, ports and time
					testTimeout: 120_000,
					hookTimeout: 120_000,
				},
			},
		],
	},
});
