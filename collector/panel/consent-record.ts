/**
 * The record of consent in the fields of ISO/IEC TS 27560, made from what this browser keeps, and whether the text it names is
 * the one that was published. Leaves out keeping: the choice itself is the gate's.
 */
import { hashPolicy, hashText, versionOf } from "../../schema/canonical.ts";
import type { PolicyLine } from "../../schema/policy.ts";
import { purposeOfPart } from "../../schema/purposes.ts";
import type { GateSettings, Notice } from "../../schema/site.ts";
import { chooseLanguage } from "../gate/language.ts";
import type { Choice } from "../gate/record.ts";

export type Published = PolicyLine & { notice: Notice };

/** The published version, and whether its own hash is the name under which it was consented to. Rejects where it cannot be had. */
export async function readPublished(url: string, version: string): Promise<{ policy: Published; isTrue: boolean }> {
	const answer = await fetch(url, { credentials: "omit" });
	if (!answer.ok) throw answer.status;
	const policy: Published = await answer.json();
	// Versions from before there was a chain (0.2.0) are named by the notice alone.
	const hashes = await Promise.all([hashPolicy(policy), hashText(JSON.stringify(policy.notice))]);
	return { policy, isTrue: hashes.map(versionOf).includes(version) };
}

interface Consented {
	settings: Pick<GateSettings, "site" | "grantDays">;
	choice: Choice;
	notice: Notice | undefined;
	/** Of the panel; the record says in which of the notice's the text was shown. */
	language: string;
	/** Address of the published text. */
	url: string;
	/** Of the pages. */
	origin: string;
}

export function makeConsentRecord({ settings, choice, notice, language, url, origin }: Consented) {
	const { site, grantDays } = settings;
	const shown = chooseLanguage(language, Object.keys(notice?.languages ?? {}));
	const text = notice?.languages[shown];
	return {
		schema_version: "ISO/IEC TS 27560:2023",
		record_id: `${site}/${choice.policy}/${choice.at}`,
		pii_principal_id: "the holder of this browser; nothing identifies them",
		pii_processing: {
			privacy_notice: url,
			language: shown,
			purposes: choice.purposes.map((purpose) => ({
				purpose,
				lawful_basis: "consent",
				pii_information: Object.entries(purposeOfPart)
					.filter(([, of]) => of === purpose)
					.map(([part]) => ({ pii_type: part, pii_optional: true })),
				pii_controllers: [site],
				collection_method: "script in this browser",
				processing_method: "counting",
				storage_locations: [new URL(url).host],
				retention_period: text?.retention,
				recipient_third_parties: text?.recipients,
				withdrawal_method: "sporlos.withdraw()",
				privacy_rights: ["access", "portability", "erasure", "rectification", "withdrawal"],
			})),
		},
		party_identification: [
			{ party_id: site, party_role: "PII controller", party_url: origin, party_contact: notice?.contact },
		],
		events: [
			{
				event_time: new Date(choice.at).toISOString(),
				validity_duration: `P${grantDays}D`,
				entity_id: choice.by,
				event_type: "explicit",
				event_state: choice.purposes[0] ? "consent given" : "consent refused or withdrawn",
			},
		],
	};
}
