/** The D1 tables for Drizzle. The migrations are written by hand, because drizzle-kit cannot emit WITHOUT ROWID; a test holds the two together. */

export * from "./tables/closed-books.ts";
export * from "./tables/messages.ts";
export * from "./tables/notes.ts";
export * from "./tables/operation.ts";
export * from "./tables/people.ts";
export * from "./tables/releases.ts";
export * from "./tables/set-up.ts";
export * from "./tables/sites.ts";
