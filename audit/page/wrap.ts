/** Puts a look-out in front of functions and properties of the browser. Leaves out hiding it: a page can see that it is there. */
import { note } from "./tell.ts";

type Any = Record<string, unknown>;
type Callable = (this: unknown, ...args: never[]) => unknown;

/** Calls `see` with the arguments before the method runs. A method that this browser lacks stays away. */
export function onCall(owner: unknown, name: string, see: (args: unknown[], self: unknown) => void): void {
	const target = owner as Any | undefined;
	const original = target?.[name];
	if (!target || typeof original !== "function") return;
	const wrapped = {
		[name](this: unknown, ...args: never[]) {
			see(args, this);
			return (original as Callable).apply(this, args);
		},
	}[name];
	Object.defineProperty(target, name, { value: wrapped, writable: true, configurable: true });
}

/** Notes every read of a property that is an accessor on `owner`, or on what it inherits from. */
export function onRead(owner: unknown, name: string, kind: "read" | "fingerprint", what: string): void {
	let holder = owner as object | null;
	while (holder && !Object.hasOwn(holder, name)) holder = Object.getPrototypeOf(holder);
	const found = holder && Object.getOwnPropertyDescriptor(holder, name);
	const get = found?.get;
	if (!holder || !found?.configurable || !get) return;
	Object.defineProperty(holder, name, {
		...found,
		get(this: unknown) {
			note({ kind, what });
			return get.call(this);
		},
	});
}

/** Calls `see` when the class is used with `new`. */
export function onNew(name: string, see: (args: unknown[]) => void): void {
	const target = window as unknown as Any;
	const original = target[name];
	if (typeof original !== "function") return;
	target[name] = new Proxy(original, {
		construct(made, args, newTarget) {
			see(args);
			return Reflect.construct(made, args, newTarget);
		},
	});
}
