/** Notes which scripts watch the visitor, and which store something. Leaves out listeners on single elements. */
import { note } from "./tell.ts";
import { onCall, onNew } from "./wrap.ts";

const behaviour =
	/^(click|dblclick|auxclick|contextmenu|(pointer|mouse|touch)\w+|wheel|scroll\w*|key\w+|input|beforeinput|change|submit|focus(in|out)?|blur|copy|cut|paste|selectionchange|visibilitychange|pagehide|beforeunload|unload|freeze)$/;

export function watchWatching(): void {
	onCall(EventTarget.prototype, "addEventListener", ([type], self) => {
		const isWide =
			!self || self === window || self === document || self === document.documentElement || self === document.body;
		if (isWide && behaviour.test(String(type))) note({ kind: "listen", what: String(type) });
	});
	for (const name of ["PerformanceObserver", "MutationObserver", "ReportingObserver"])
		onNew(name, () => note({ kind: "listen", what: name }));
}

export function watchStoring(): void {
	const store = (what: string) => note({ kind: "store", what });
	const cookie = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
	if (cookie?.set && cookie.configurable) {
		const { set } = cookie;
		Object.defineProperty(Document.prototype, "cookie", {
			...cookie,
			set(this: Document, value: string) {
				store(`cookie ${String(value).split("=")[0]?.trim()}`);
				set.call(this, value);
			},
		});
	}
	const cookieStore = (window as { cookieStore?: object }).cookieStore;
	onCall(cookieStore && Object.getPrototypeOf(cookieStore), "set", ([first]) =>
		store(`cookie ${typeof first === "object" ? Object(first).name : first}`),
	);
	onCall(Storage.prototype, "setItem", ([name], self) => {
		let isSession = false;
		try {
			isSession = self === sessionStorage;
		} catch {
			// blocked: then it is not that one
		}
		store(`${isSession ? "session" : "local"} storage ${name}`);
	});
	onCall(window.IDBFactory?.prototype, "open", ([name]) => store(`database ${name}`));
	onCall(window.CacheStorage?.prototype, "open", ([name]) => store(`cache ${name}`));
	onCall(window.ServiceWorkerContainer?.prototype, "register", ([url]) => store(`service worker ${url}`));
}
