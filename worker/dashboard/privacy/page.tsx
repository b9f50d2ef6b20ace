/** The page about privacy: how many agree, what they are asked, what is collected and for how long, and who else sees figures. */
import { plainRange } from "../figures.ts";
import type { Drawing, Section } from "../section.tsx";
import { sectionPaths } from "../section-paths.ts";
import { ClockPanel } from "./clock-panel.tsx";
import { CollectedPanel } from "./collected.tsx";
import { AskedPanel, SharePanel } from "./consent.tsx";
import { ErasuresPanel } from "./erasures.tsx";
import { NoticePanel } from "./notice.tsx";
import { PartnersPanel } from "./partners.tsx";
import { HiddenPanel, hiddenLists } from "./thresholds.tsx";
import { privacyWords } from "./words.ts";

async function draw({ stats, frame, summary, home, isOwner, privacy }: Drawing) {
	const { view, language } = frame;
	const words = privacyWords[language];
	const range = plainRange(view);
	const [{ site, clock, erasures, shared }, whole, grants, ...answers] = await Promise.all([
		privacy(),
		// Page loads are counted for the whole site, whatever the device.
		view.device ? stats.summary(range) : summary,
		stats.grants(range),
		...hiddenLists.map((name) => stats[name]({ ...range, limit: 1 })),
	]);
	const hidden = [
		...hiddenLists.map((name, at) => ({ name, share: answers[at]?.hidden ?? 0 })),
		{ name: "grants" as const, share: grants.hidden },
	];
	const parts = { words, frame };
	const settings = isOwner ? `${home}/settings?lang=${language}#measuring` : undefined;
	return (
		<>
			<div class="columns wide-first">
				<SharePanel coverage={whole.coverage} settings={settings} {...parts} />
				<AskedPanel rows={grants.rows} {...parts} />
			</div>
			<NoticePanel site={site} grants={grants.rows} {...parts} />
			<CollectedPanel asked={site.notice.purposes} {...parts} />
			<ClockPanel clock={clock} site={site} {...parts} />
			<div class="columns">
				<HiddenPanel k={site.k} rows={hidden} isOpen={grants.provisional} {...parts} />
				<ErasuresPanel erasures={erasures} {...parts} />
			</div>
			{shared && <PartnersPanel shared={shared} site={site.id} home={home} {...parts} />}
		</>
	);
}

export const privacy: Section = {
	name: "privacy",
	path: sectionPaths.privacy,
	sheets: ["privacy"],
	parameters: {},
	isStanding: true,
	draw,
};
