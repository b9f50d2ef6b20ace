/** The little that the drives use of the real tools: types are checked also where the tools are not installed. */

declare module "@iabtcf/cmpapi" {
	export class CmpApi {
		constructor(id: number, version: number, isServiceSpecific: boolean);
		update(encoded: string | null, isShown?: boolean): void;
	}
}
declare module "@iabtcf/core" {
	export class GVL {
		constructor(list: object);
	}
	export class TCModel {
		constructor(list: GVL);
		cmpId: number;
		purposeConsents: { set(ids: number[]): void };
		purposeLegitimateInterests: { set(ids: number[]): void };
	}
	export const TCString: { encode(model: TCModel): string };
}
declare module "@iabtcf/stub" {
	export default function install(): void;
}
declare module "@iabgpp/cmpapi" {
	export class CmpApi {
		constructor(id: number, version: number);
		setFieldValue(section: string, field: string, value: unknown): void;
		setApplicableSections(sections: number[]): void;
		setSignalStatus(status: "ready" | "not ready"): void;
		fireSectionChange(section: string): void;
	}
}
declare module "klaro" {
	export function setup(config: object): void;
	export function getManager(): {
		changeAll(yes: boolean): void;
		updateConsent(service: string, yes: boolean): void;
		saveAndApplyConsents(): void;
		resetConsents(): void;
	};
}
declare module "vanilla-cookieconsent" {
	export function run(config: object): Promise<void>;
	export function acceptCategory(categories: string | string[]): void;
	export function reset(erases: boolean): void;
}
declare module "c15t" {
	interface State {
		initConsentManager(): Promise<unknown>;
		saveConsents(kind: "all" | "necessary"): Promise<void>;
		resetConsents(): void;
	}
	export function getOrCreateConsentRuntime(options: object): { consentStore: { getState(): State } };
	export function clearConsentRuntimeCache(): void;
	export const policyPackPresets: Record<"europeOptIn" | "worldNoBanner", () => object>;
}
declare module "orejime/dist/orejime-standard-en.js";
