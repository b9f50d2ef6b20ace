/** What can happen to a book: the steps of a schedule, and how random ones are made. Leaves out carrying them out (run.ts). */
import fc from "fast-check";
import { channels } from "../../../schema/report.ts";

/** What becomes of a post: answered, taken but the answer is lost, or on its way for now. */
const fates = ["answered", "unanswered", "waiting"] as const;
export type Fate = (typeof fates)[number];

/**
 * What goes wrong in D1 during a closing: a statement fails after so many rows; the answer to the batch is lost; it is
 * lost and nothing can be asked afterwards; nothing can be reached at all.
 */
export type Trouble = number | "none" | "answer lost" | "cut off" | "unreachable";

const pages = ["/", "/a", "/b", "/c"];

const page = fc.constantFrom(...pages);
const fate = fc.oneof(
	{ weight: 3, arbitrary: fc.constant<Fate>("answered") },
	{ weight: 1, arbitrary: fc.constantFrom(...fates) },
);
/** Null, and one time in so many a number. */
const seldom = (times: number, highest: number) =>
	fc.oneof({ weight: times - 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(highest) });
/** The book's storage fails at this many rows written in the step; null where it works. */
const fails = seldom(6, 40);
const trouble = fc.oneof(
	{ weight: 4, arbitrary: fc.constant<Trouble>("none") },
	{ weight: 1, arbitrary: fc.nat(20) },
	{ weight: 2, arbitrary: fc.constantFrom<Trouble>("answer lost", "cut off", "unreachable") },
);
const whole = <T extends string, R extends object>(name: T, rest: { [K in keyof R]: fc.Arbitrary<R[K]> }) =>
	fc.record({ do: fc.constant(name), ...rest }) as unknown as fc.Arbitrary<{ do: T } & R>;

/** `group`, `post` and `periods` are taken modulo what there is, so that a schedule stays one when steps are left out. */
const steps = [
	// So many browsers, each for the first time, come to a page.
	{
		weight: 7,
		arbitrary: whole("arrive", {
			browsers: fc.integer({ min: 1, max: 7 }),
			page,
			channel: fc.constantFrom(...channels.slice(0, 3)),
			device: fc.constantFrom("desktop" as const, "mobile" as const),
			fate,
			fails,
		}),
	},
	// Browsers that were here go to a page: the next of their visit, or a new visit's first.
	{ weight: 5, arbitrary: whole("move", { group: fc.nat(9), page, fate, fails }) },
	// Something more is known of the view they are on: a higher seq.
	{
		weight: 3,
		arbitrary: whole("grow", {
			group: fc.nat(9),
			how: fc.constantFrom("closed" as const, "outbound" as const, "away" as const),
			clicks: fc.nat(2),
			fate,
			fails,
		}),
	},
	// A post arrives that was on its way, or a copy of one that had arrived; its reports in either order.
	{ weight: 3, arbitrary: whole("deliver", { post: fc.nat(30), reversed: fc.boolean(), fails }) },
	// Time passes; a clock may also be set back.
	{
		weight: 5,
		arbitrary: whole("wait", {
			minutes: fc.constantFrom(1, 10, 31, 31, 240, 1500, 1500, 1500, 1500, 2900, 2900, 44_640, -20),
		}),
	},
	{ weight: 3, arbitrary: whole("fold", { fails }) },
	{ weight: 1, arbitrary: whole("alarm", { fails }) },
	{ weight: 1, arbitrary: whole("crash", {}) },
	// The owner closes ended periods, all at once; while D1 works, a post may arrive.
	{
		weight: 5,
		arbitrary: whole("close", {
			periods: fc.uniqueArray(fc.nat(4), { minLength: 1, maxLength: 3 }),
			twice: fc.boolean(),
			trouble,
			during: seldom(2, 30),
			fails: seldom(3, 40),
		}),
	},
	// A browser takes one of its visits out of the statistics; the views it cannot are unknown, or another report is counted.
	{
		weight: 6,
		arbitrary: whole("erase", { group: fc.nat(9), browser: fc.nat(6), visit: fc.nat(2), fails }),
	},
	// The scheduled work carries out the erasures that wait.
	{ weight: 5, arbitrary: whole("sweep", { trouble, fails }) },
	// The scheduled work closes what is due, one after the other.
	{ weight: 2, arbitrary: whole("night", { trouble, fails }) },
] as const;

export type Step = (typeof steps)[number]["arbitrary"] extends fc.Arbitrary<infer S> ? S : never;

export const schedule: fc.Arbitrary<Step[]> = fc.array(fc.oneof(...steps) as fc.Arbitrary<Step>, {
	minLength: 1,
	maxLength: 32,
	size: "max",
});
