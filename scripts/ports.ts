/** Asks for a TCP port before something bigger wants it, so that a port in use is one clear sentence. */
import { createServer } from "node:net";
import { Failure } from "./failure.ts";

/** Throws unless `port` can be listened on; `variable` is what the owner can set instead. */
export function claimPort(port: number, host: string, variable: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once("error", (error: NodeJS.ErrnoException) => {
			const reason = error.code === "EADDRINUSE" ? "is in use" : `cannot be used (${error.code})`;
			reject(new Failure(`Port ${port} ${reason}: set ${variable} to another one.`));
		});
		server.listen(port, host, () => server.close(() => resolve()));
	});
}
