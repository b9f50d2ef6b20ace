/** The collector's file as gates load it. */
export { begin, run } from "./gate/granted.ts";
