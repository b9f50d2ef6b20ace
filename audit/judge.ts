/** Judges a whole record by the rules. Leaves out printing. */
import { type Audited, closedStates, type Evidence, type State } from "./evidence.ts";
import { judgeRequests } from "./judge-requests.ts";
import { judgeStorage } from "./judge-storage.ts";
import { nameOf, type Parties, tellParties } from "./parties.ts";
import { type RuleName, rules, type Sighting } from "./rules.ts";
import type { Leniency } from "./wish.ts";

export interface Finding extends Sighting {
	level: "breach" | "notice";
	/** In which states it was seen. */
	states: State[];
}

export interface Verdict {
	/** Breaches first, in the order of the rules. */
	findings: Finding[];
	breaches: number;
	notices: number;
	/** States that could not be looked at, with the reason. */
	unchecked: { state: State; reason: string }[];
}

/** What one script did, by kind. */
function judgeActs({ acts }: Evidence, parties: Parties): Sighting[] {
	const scripts = Map.groupBy(
		acts.filter(({ kind }) => kind === "read" || kind === "fingerprint" || kind === "listen"),
		({ by }) => by,
	);
	return [...scripts].flatMap(([script, done]): Sighting[] => {
		const party = parties.of(script);
		if (party === "tool" || party === "allowed") return [];
		const isForeign = party === "foreign";
		const subject = nameOf(script);
		const list = (kind: string) => [...new Set(done.filter((act) => act.kind === kind).map(({ what }) => what))];
		const [reads, prints, listens] = [list("read"), list("fingerprint"), list("listen")];
		const found: Sighting[] = [];
		const see = (rule: RuleName, what: string[]) => found.push({ rule, subject, detail: what.join(", ") });
		const tellsApart = prints.length >= (isForeign ? 1 : 2);
		if (tellsApart) see("fingerprint", prints);
		const asks = tellsApart ? reads : [...prints, ...reads];
		if (asks.length >= (isForeign ? 1 : 3) || (!tellsApart && prints.length > 0)) see("device-read", asks);
		if (isForeign && listens.length > 0) see("watching", listens);
		return found;
	});
}

function judgeAsking({ state, signals, unequal, asks }: Evidence): Sighting[] {
	const found: Sighting[] = [];
	const subject = "the banner";
	for (const yes of signals) found.push({ rule: "yes-passed-on", subject: yes, detail: "granted" });
	if (unequal)
		found.push({ rule: "unequal-answers", subject, detail: "no button to decline beside the one to accept" });
	if (state === "gpc" && asks)
		found.push({ rule: "asks-despite-signal", subject, detail: "Sec-GPC: 1 and navigator.globalPrivacyControl" });
	return found;
}

export function judge(record: Audited, { allow, necessary }: Leniency): Verdict {
	const parties = tellParties([record.url, record.address], record.tools, allow);
	const storage = judgeStorage(record.evidence, parties, necessary);
	const findings = new Map<string, Finding>();
	for (const one of record.evidence) {
		if (one.missing || !closedStates.includes(one.state)) continue;
		const sightings = [
			...judgeRequests(one, parties, storage.marksOf(one)),
			...storage.judge(one),
			...judgeActs(one, parties),
			...judgeAsking(one),
		];
		for (const sighting of sightings) {
			const key = `${sighting.rule} ${sighting.subject}`;
			const known = findings.get(key) ?? { ...sighting, level: rules[sighting.rule].level, states: [] };
			if (!known.states.includes(one.state)) known.states.push(one.state);
			findings.set(key, known);
		}
	}
	const order = Object.keys(rules);
	const sorted = [...findings.values()].sort((a, b) => order.indexOf(a.rule) - order.indexOf(b.rule));
	return {
		findings: sorted,
		breaches: sorted.filter(({ level }) => level === "breach").length,
		notices: sorted.filter(({ level }) => level === "notice").length,
		unchecked: record.evidence.flatMap(({ state, missing }) => (missing ? [{ state, reason: missing }] : [])),
	};
}
