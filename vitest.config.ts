/**
 * The kinds of tests: plain Node, inside workerd with the real bindings, Chromium before the collector, Chromium before the
 * dashboard, the whole application, and what takes more engines than Chromium, which only runs where EVERY_ENGINE is set.
 */
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

// Nothing is sent anywhere, and no request trace goes to disk.
process.env.X_LOCAL_OBSERVABILITY = "false";
process.env.CLOUDFLARE_CF_FETCH_ENABLED = "false";
process.env.WRANGLER_SEND_METRICS = "false";

const migrations = await readD1Migrations(`${import.meta.dirname}/schema/migrations`);

/** What differs has to be in an error's first line: it is all that is left where the log is cut off. */
const chaiConfig = { truncateThreshold: 1_000 };

/** For tests that compute: they give way to those that drive browsers. */
const patienceMs = 60_000;

/** What takes longest comes first: at the end a single test would keep the others' processors waiting. */
const longest = ["simulation/simulation", "simulation/several-books", "fuzz"];
class LongestFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		const place = ({ moduleId }: TestSpecification) => {
			const at = longest.findIndex((name) => moduleId.includes(`/${name}.test.`));
			return at < 0 ? longest.length : at;
		};
		return (await super.sort(files)).sort((one, other) => place(one) - place(other));
	}
}

const driving = (name: string, include: string) => ({
	test: {
		name,
		include: [include],
		chaiConfig,
		fileParallelism: false, // they share the machine's screen, ports and time
		testTimeout: 120_000,
		hookTimeout: 120_000,
	},
});

export default defineConfig({
	test: {
		sequence: { sequencer: LongestFirst },
		projects: [
			{
				test: {
					name: "unit",
					include: ["test/{schema,collector,demo,house,release}/**/*.test.ts"],
					chaiConfig,
					testTimeout: patienceMs,
					hookTimeout: patienceMs,
				},
			},
			{
				plugins: [
					cloudflareTest({
						wrangler: { configPath: "./wrangler.toml" },
						miniflare: {
							email: { send_email: [{ name: "EMAIL" }] }, // used only where a test sets MAIL_FROM
							d1Databases: { DB_1: "sporlos-1" }, // a second one, as a busy server has
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
					chaiConfig,
					testTimeout: patienceMs,
					hookTimeout: patienceMs,
				},
			},
			driving("browser", "test/browser/**/*.test.ts"),
			driving("dashboard", "test/dashboard/**/*.test.ts"),
			driving("whole", "test/whole/**/*.test.ts"),
			...(process.env.EVERY_ENGINE ? [driving("engines", "test/{engines,frameworks}/**/*.test.ts")] : []),
		],
	},
});
