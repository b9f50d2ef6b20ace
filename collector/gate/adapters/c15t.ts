/** c15t: its store. Where a jurisdiction does not ask, categories are on before anybody answered. https://c15t.com/docs */
import type { Adapter } from "./adapter.ts";

interface State {
	hasConsented(): boolean;
	has(category: string): boolean;
}

declare const c15tStore: { getState(): State; subscribe(run: () => void): void };

export const adapter: Adapter = {
	named: "measurement",
	decided: () => c15tStore.getState().hasConsented(),
	allows: (category) => c15tStore.getState().has(category),
	onChange: (wake) => c15tStore.subscribe(wake),
};
