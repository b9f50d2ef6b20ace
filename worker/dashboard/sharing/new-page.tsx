/** The form of a new release, with the plan of what was typed above it. What was typed stays, and what is wrong is said beside its field. */
import type { Child } from "hono/jsx";
import type { Grain } from "../../../schema/period.ts";
import {
	maxEpsilon,
	minEpsilon,
	type ReleaseGroup,
	type ReleasePeriod,
	releaseGroups,
} from "../../../schema/release.ts";
import type { ReleasePlan } from "../../release/answers.ts";
import { periodsOfGrain } from "../../release/definition.ts";
import { type AccountFrame, renderAccountPage } from "../account/frame.tsx";
import { formatOf } from "../format.ts";
import { Panel } from "../panels/panel.tsx";
import { Budget } from "./budget.tsx";
import { look } from "./look.ts";
import { startText } from "./period-text.ts";
import { groupBox, type Typed } from "./typed.ts";
import { type SharingWords, sharingWords } from "./words.ts";

export interface NewRelease {
	site: { id: string; name: string; grain: Grain };
	typed: Typed;
	/** The field that was not understood, and why in English, where the check says so. */
	wrong?: { field: keyof SharingWords["wrong"]; detail?: string | undefined };
	plan?: ReleasePlan;
	/** Says which terms the plan is of. */
	planned?: string;
	/** True where something was changed between plan and switching on. */
	changed?: boolean;
	/** Where sample visits may be shared. */
	samples: boolean;
}

export function renderNewRelease(frame: AccountFrame, input: NewRelease): string {
	const words = sharingWords[frame.language];
	const { site, typed, plan, planned } = input;
	const at = `/sites/${site.id}/sharing`;
	return renderAccountPage(
		{ ...frame, style: frame.style + look },
		{
			title: words.newTitle,
			site,
			page: "sharing",
			children: (
				<div class="account sharing">
					<p class="lead">{words.newLead}</p>
					<form method="post" action={`${at}/new?lang=${frame.language}`}>
						{plan && (
							<PlanPanel plan={plan} grain={site.grain} frame={frame} changed={input.changed ?? false}>
								<input type="hidden" name="planned" value={planned} />
								<div class="submit">
									<button type="submit" class="main" name="step" value="on">
										{words.on}
									</button>
								</div>
							</PlanPanel>
						)}
						<Panel id="new" title={words.terms}>
							<Fields input={input} words={words} typed={typed} english={frame.language === "en"} />
							<div class="submit">
								<button type="submit" class={plan ? undefined : "main"} name="step" value="plan">
									{words.plan}
								</button>
							</div>
						</Panel>
					</form>
					<p class="ways">
						<a href={`${at}?lang=${frame.language}`}>{words.back}</a>
					</p>
				</div>
			),
		},
	);
}

function Fields(props: { input: NewRelease; words: SharingWords; typed: Typed; english: boolean }) {
	const { input, words, typed, english } = props;
	const { wrong, site } = input;
	const of = (field: string) =>
		wrong?.field === field
			? { "aria-invalid": "true" as const, "aria-describedby": `wrong-${field}` }
			: { "aria-describedby": undefined };
	const say = (field: string) =>
		wrong?.field === field && (
			<span class="wrong-text" id={`wrong-${field}`} role="alert">
				{(english && wrong.detail) || words.wrong[wrong.field]}
			</span>
		);
	const Box = ({ name, text }: { name: string; text: string }) => (
		<label class="box">
			<input type="checkbox" name={name} checked={typed[name] === "on"} /> {text}
			{say(name)}
		</label>
	);
	const Text = ({ name, text, max = 100 }: { name: string; text: string; max?: number }) => (
		<label>
			{text}
			<input name={name} required maxlength={max} autocomplete="off" value={typed[name]} {...of(name)} />
			{say(name)}
		</label>
	);
	return (
		<>
			{wrong?.field === "other" && (
				<p class="notice wrong" role="alert">
					{(english && wrong.detail) || words.wrong.other}
				</p>
			)}
			<div class="fields">
				<Text name="name" text={words.name} />
				<Text name="audience" text={words.audience} />
				<label>
					{words.period}
					<select name="period" {...of("period")}>
						{periodsOfGrain[site.grain].map((period: ReleasePeriod) => (
							<option value={period} selected={typed.period === period}>
								{words.periods[period]}
							</option>
						))}
					</select>
					{say("period")}
				</label>
			</div>
			<label class="wide">
				{words.pages}
				<textarea name="pages" {...of("pages")}>
					{typed.pages}
				</textarea>
				<span class="hint-text">{words.pagesNote}</span>
				{say("pages")}
			</label>
			<div class="boxes">
				<Box name="sitemap" text={words.sitemap} />
				<Box name="unlisted" text={words.unlisted} />
				{input.samples && <Box name="samples" text={words.samples} />}
			</div>
			<fieldset>
				<legend>{words.what}</legend>
				<div class="boxes">
					{releaseGroups
						.filter((group) => group !== "site")
						.map((group: ReleaseGroup) => (
							<Box name={groupBox(group)} text={words.groups[group]} />
						))}
				</div>
				{say("groups")}
			</fieldset>
			<div class="fields">
				<Text name="countries" text={words.countries} />
				<label>
					{words.epsilon}
					<input
						name="epsilon"
						required
						inputmode="decimal"
						value={typed.epsilon}
						title={`${minEpsilon}–${maxEpsilon}`}
						{...of("epsilon")}
					/>
					{say("epsilon")}
				</label>
				<label>
					{words.k}
					<input name="k" required inputmode="numeric" value={typed.k} {...of("k")} />
					{say("k")}
				</label>
			</div>
		</>
	);
}

function PlanPanel(props: { plan: ReleasePlan; grain: Grain; frame: AccountFrame; changed: boolean; children: Child }) {
	const { plan, grain, frame, changed, children } = props;
	const words = sharingWords[frame.language];
	const format = formatOf(frame.language);
	const { basis, shown, budget, together, threshold } = plan;
	const spendings = [
		{ name: words.planned.period, epsilon: budget.epsilon },
		{ name: words.planned.month, epsilon: budget.month.epsilon },
		{ name: words.planned.year, epsilon: budget.year.epsilon },
		...(together.releases > 1
			? [{ name: words.planTogether(format.count(together.releases)), epsilon: together.epsilon }]
			: []),
	];
	return (
		<Panel id="plan" title={words.planTitle} subtitle={words.planNote} class="plan">
			{changed && (
				<p class="notice wrong" role="alert">
					{words.changed}
				</p>
			)}
			<p>
				{words.planStarts(startText(plan.starts, grain, format))}{" "}
				{words.planPages(shown.pages, format.count(shown.pages))}{" "}
				{basis && shown.share !== null
					? words.planShare(format.percent(shown.share), format.dates(basis.from, basis.to))
					: words.planNoPast}{" "}
				{threshold !== null && words.planThreshold(format.count(threshold))}
			</p>
			<h3>{words.planWidths}</h3>
			<section class="scroller" tabindex={0} aria-label={words.planWidths}>
				<table>
					<thead>
						<tr>
							<th scope="col">{words.group}</th>
							<th scope="col" class="number">
								{words.onePeriod}
							</th>
							<th scope="col" class="number">
								{words.oneShown}
							</th>
						</tr>
					</thead>
					<tbody>
						{plan.groups.map(({ group, plusMinus, ofPeriod }) => (
							<tr>
								<th scope="row">{words.groups[group]}</th>
								<td class="number">{words.plusMinus(format.count(plusMinus))}</td>
								<td class="number">{words.plusMinus(format.count(ofPeriod))}</td>
							</tr>
						))}
					</tbody>
				</table>
			</section>
			<h3>{words.planBudget}</h3>
			<Budget spendings={spendings} words={words} format={format} />
			{children}
		</Panel>
	);
}
