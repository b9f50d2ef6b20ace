/**
 * What the page tells measuring and advertising tools about the visitor's consent: IAB TCF and Google's consent mode.
 * Leaves out whether anybody asks.
 */

type Told = { gdprApplies?: boolean; purpose?: { consents?: Record<string, boolean> } };
type Tcf = (command: string, version: number, callback: (data: Told | null, success: boolean) => void) => void;

const patienceMs = 500;

function readTcf(): Promise<string[]> {
	const { __tcfapi } = window as { __tcfapi?: Tcf };
	if (typeof __tcfapi !== "function") return Promise.resolve([]);
	return new Promise((resolve) => {
		setTimeout(() => resolve([]), patienceMs); // a stub that nobody replaced never answers
		__tcfapi("getTCData", 2, (data, success) => {
			const consents = success && data?.gdprApplies !== false ? (data?.purpose?.consents ?? {}) : {};
			resolve(Object.keys(consents).flatMap((purpose) => (consents[purpose] ? [`TCF purpose ${purpose}`] : [])));
		});
	});
}

const storages = ["analytics_storage", "ad_storage", "ad_user_data", "ad_personalization"];

function readConsentMode(): string[] {
	const { dataLayer } = window as { dataLayer?: unknown };
	const now = new Map<string, unknown>();
	for (const entry of Array.isArray(dataLayer) ? dataLayer : []) {
		const [command, kind, settings] = Array.from(Object(entry) as ArrayLike<unknown>);
		const { region, ...values } = Object(settings) as Record<string, unknown>;
		if (command !== "consent" || (kind === "default" && region)) continue; // perhaps not this visitor's region
		for (const storage of storages) if (storage in values) now.set(storage, values[storage]);
	}
	return [...now].flatMap(([storage, value]) => (value === "granted" ? [`Google consent mode ${storage}`] : []));
}

/** Every yes that the page passes on at this moment. */
export async function readSignals(): Promise<string[]> {
	return [...(await readTcf()), ...readConsentMode()];
}
