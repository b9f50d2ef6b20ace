/** The names of Cloudflare's types that Node-side tests meet. All of them would hide the browser's own. */
type D1Database = import("@cloudflare/workers-types/index.ts").D1Database;
type D1PreparedStatement = import("@cloudflare/workers-types/index.ts").D1PreparedStatement;
