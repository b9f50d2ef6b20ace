import { join } from "node:path";

/** Static files, so that the sink can serve them: the router in the browser is the same. */
export default { output: "export", turbopack: { root: join(import.meta.dirname, "..") } };
