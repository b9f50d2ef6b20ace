/** What the page about privacy tells besides figures, in tests: a notice in its third version, erasures, and two releases. */
import type { PrivacyFacts } from "../../worker/dashboard/privacy/facts.ts";
import { sharingFixture } from "./sharing-fixture.ts";

const text = (title: string) => ({ title, text: "Vi måler.", recipients: "Bare vi.", retention: "I 180 dager." });

export const privacyFixture: PrivacyFacts = {
	site: {
		id: "demo",
		timeZone: "Europe/Oslo",
		k: 5,
		retentionMonths: 25,
		notice: {
			languages: {
				nb: text("Kan vi måle hvordan nettsiden brukes?"),
				en: text("May we measure how the site is used?"),
			},
			purposes: ["performance", "visits"],
			contact: "personvern@nordfjordturer.example",
			answerDays: 2,
		},
		grantDays: 180,
		policy: "kZCUtsdECgErsb88",
		valid: new Set(["kZCUtsdECgErsb88", "mPq2vYh0wL9tRs4x"]),
		policies: [
			{ version: "a1B2c3D4e5F6g7H8", published: Date.parse("2026-06-01T10:00:00Z"), material: true },
			{ version: "mPq2vYh0wL9tRs4x", published: Date.parse("2026-09-01T10:00:00Z"), material: true },
			{ version: "kZCUtsdECgErsb88", published: Date.parse("2026-10-12T22:30:00Z"), material: false },
		],
	},
	clock: {
		first: "2026-11-22",
		last: "2026-11-22",
		sealed: "2026-11-24",
		forgotten: "2026-12-24",
		deleted: "2029-01-01",
		oldest: "2024-10-01",
	},
	erasures: { waiting: 2, done: 14, last: "2026-11-20" },
	shared: sharingFixture.shared.map(({ release }) => release),
};
