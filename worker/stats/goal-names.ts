/** Which keys of the tree of goals are goals: the others are steps of funnels, and what is too rare to be named. */
import { otherName } from "../../schema/tree-rules.ts";
import { keySeparator } from "../../schema/trees.ts";
import type { Sums } from "../query/ranked.ts";

export const isGoal = (key: string) => !key.includes(keySeparator) && key !== otherName;

/** The goals that were counted. */
export const goalsIn = (aims: Sums): string[] => [...aims.keys()].filter(isGoal);
