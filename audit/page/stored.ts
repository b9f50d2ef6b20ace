/**
 * Lists what the network log does not tell: what a frame's origin keeps on the device, and the page's icons, which the browser
 * asks for itself. Leaves out cookies, which the browser lists.
 */

type Kept = [kind: string, name: string, value: string];

async function list<T>(look: () => Promise<T[]> | T[], describe: (item: T) => Kept): Promise<Kept[]> {
	try {
		return (await look()).map(describe);
	} catch {
		return []; // the origin may keep nothing here
	}
}

async function filesOf(): Promise<string[]> {
	const names: string[] = [];
	const root = (await navigator.storage.getDirectory()) as FileSystemDirectoryHandle & {
		keys(): AsyncIterable<string>;
	};
	for await (const name of root.keys()) names.push(name);
	return names;
}

export async function listStored(): Promise<Kept[]> {
	const lists = await Promise.all([
		list(
			() => Object.entries(localStorage),
			([name, value]) => ["local storage", name, String(value)],
		),
		list(
			() => Object.entries(sessionStorage),
			([name, value]) => ["session storage", name, String(value)],
		),
		list(
			() => indexedDB.databases(),
			({ name = "" }) => ["database", name, ""],
		),
		list(
			() => caches.keys(),
			(name) => ["cache", name, ""],
		),
		list(
			async () => [...(await navigator.serviceWorker.getRegistrations())],
			({ scope }) => ["service worker", scope, ""],
		),
		list(filesOf, (name) => ["file", name, ""]),
	]);
	return lists.flat();
}

export function listIcons(): string[] {
	return [...document.querySelectorAll<HTMLLinkElement>("link[rel~=icon], link[rel=apple-touch-icon]")].map(
		({ href }) => href,
	);
}
