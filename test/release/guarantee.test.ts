/** The figures in docs/guarantee.md are those of the code. Leaves out what the audit writes there. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { maxBoundedPages } from "../../schema/limits.ts";
import type { ReleaseGroup } from "../../schema/release.ts";
import { groupRules } from "../../worker/release/groups.ts";
import { halfWidth } from "../../worker/release/interval.ts";
import { composed, rhoOf, sigma2Of, thresholdOf } from "../../worker/release/noise/accountant.ts";
import { allowedMu } from "./attacks.ts";

const text = await readFile(join(import.meta.dirname, "../../docs/guarantee.md"), "utf8");

describe("docs/guarantee.md", () => {
	test.each([
		["visitors of each page", "page"],
		["engaged time on each released page, 8 parts", "dwell"],
		["visitors of the site; by channel; by device; by country", "site"],
		["LCP, INP, CLS of the site, 16 parts, a browser's first sample of each", "lcp"],
	] satisfies [string, ReleaseGroup][])("has the noise of %s", (named, group) => {
		const { l2Squared, share } = groupRules[group];
		const cells = `${l2Squared} cell${l2Squared === 1 ? " each" : "s"}`;
		const each = group === "site" || group === "lcp" ? " each" : "";
		const sigma2 = sigma2Of(groupRules[group], 1);
		expect(text).toContain(`| ${named} | ${cells} | ${share.join("/")}${each} | ${sigma2} | ±${halfWidth(sigma2)} |`);
	});

	test("has the budget, the threshold and the distance that they come to", () => {
		expect(text).toContain(`ρ = ${rhoOf(1).toFixed(6)}`);
		expect(text).toContain(`τ = ${thresholdOf(sigma2Of(groupRules.page, 1), maxBoundedPages)}`);
		expect(text).toContain(`μ = √(2ρ) = ${allowedMu.toFixed(3)}`);
	});

	test.each([
		["a month (31 days, 5 weeks)", 31, 5],
		["a year (366 days, 53 weeks)", 366, 53],
	])("has what %s add up to", (named, days, weeks) => {
		const short = (periods: number) => `ε = ${composed(1, periods).epsilon.toPrecision(3)}`;
		expect(text).toContain(`| ${named} | ${short(days)} | ${short(weeks)} |`);
	});
});
