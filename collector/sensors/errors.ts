/**
 * Errors that nobody caught, as `type @ script:line`. Only listens, so that the page and its other listeners see them as
 * before. Leaves out: what they say, resources that did not load, and scripts of browser extensions, which tell who has them.
 */
import { maxErrorsPerReport } from "../../schema/limits.ts";
import { tally } from "./tally.ts";
import type { Tools } from "./tools.ts";

/** Host, path and line of `https://host/path?query:line:column`, which is how every engine writes a place in a stack. */
const script = /https?:\/\/([^/\s]+)([^\s?#:]*)\S*?:(\d+):\d/;

type Failure = Pick<ErrorEvent & PromiseRejectionEvent, "error" | "reason" | "filename" | "lineno">;

export function nameError(
	{ error, reason, filename, lineno }: Partial<Failure>,
	ownHost: string,
	{ cleanPath, cleanHost }: Pick<Tools, "cleanPath" | "cleanHost">,
): string {
	const { name = "", message, stack } = Object(error ?? reason);
	// A stack may begin with the message, which may hold addresses.
	const places = filename ? `${filename}:${lineno}:0` : `${stack}`.replace(message, "");
	const [, host = "", path = "", line] = script.exec(places) ?? [];
	const place = host === ownHost ? `${cleanPath(path)}:${line}` : cleanHost(host) || "elsewhere";
	return `${/^[a-z]{1,40}$/i.exec(name) ?? "Error"} @ ${place}`;
}

export function watchErrors(tools: Tools, failed: () => void): void {
	tools.guard.listen<Event & Partial<Failure>>(window, "error unhandledrejection", (event) => {
		const part = tools.view().interaction;
		// A place without a line: the browser's own notices, such as those of ResizeObserver.
		if (!part || event.target !== window || (event.filename && !event.lineno)) return;
		tally(part, "errors", nameError(event, location.host, tools), maxErrorsPerReport);
		failed();
	});
}
