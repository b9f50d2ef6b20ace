/** The figures of one site, read from the closed books and the open one. One method per route of the Stats API. */
import type { Env } from "../env.ts";
import type { Moment } from "../query/read.ts";
import type { Site } from "../sites/sites.ts";
import type { Stats } from "./answers.ts";
import { audience } from "./audience.ts";
import { consent } from "./consent.ts";
import { outcomes } from "./outcomes.ts";
import { overview } from "./overview.ts";
import { pageFigures } from "./pages.ts";
import { type Scope, scopeOf } from "./scope.ts";
import { speed } from "./speed.ts";

/** `moment`: of one page, all figures of which are then of it; not for asking again later. */
export function statsOf(env: Env, site: Site, moment?: Moment): Stats {
	return statsIn(scopeOf(env, site, moment));
}

/** Wherever its cells are. */
export function statsIn(scope: Scope): Stats {
	return {
		...overview(scope),
		...pageFigures(scope),
		...audience(scope),
		...speed(scope),
		...outcomes(scope),
		...consent(scope),
	};
}
