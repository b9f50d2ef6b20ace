/** The line to paste, with the file for whoever asks for consent, and the guides for where to paste it. */
import { formatOf } from "../format.ts";
import { Panel } from "../panels/panel.tsx";
import type { SetupInput } from "./cards.tsx";
import { type Guide, guides } from "./guides.ts";
import { setupWords } from "./words.ts";

/** Where the gate file of a consent source is. */
export const gateAddress = ({ origin, site }: Pick<SetupInput, "origin" | "site">, source: string) =>
	`${origin}/gate/${site.id}/${source}.js`;

/** What asks on this site as far as can be told: what was asked for, what the page has, else our own banner. */
export function likelySource({ setup, sources }: SetupInput): string {
	const named = [
		...setup.onPage.filter(({ kind }) => kind === "other-tool").map(({ about }) => about),
		...(setup.look?.files ?? []),
		...setup.files,
	].map((file) => file.replace(/\.js$/, ""));
	return named.find((name) => sources.includes(name)) ?? "banner";
}

export function Line(input: SetupInput & { source: string; hasChoice: boolean }) {
	const { origin, sources, source, language, hasChoice } = input;
	const words = setupWords[language];
	const names: Record<string, string> = words.sources;
	return (
		<Panel id="linje" title={words.line} class="line">
			<pre>
				<code>{`<script src="${gateAddress(input, source)}" defer></script>`}</code>
			</pre>
			{hasChoice && (
				<form method="get" class="look">
					<input type="hidden" name="lang" value={language} />
					<label>
						{words.source}
						<select name="source">
							{sources.map((name) => (
								<option value={name} selected={name === source}>
									{names[name] ?? name}
								</option>
							))}
						</select>
					</label>
					<button type="submit">{words.choose}</button>
				</form>
			)}
			<p class="meta">
				{words.host} <code>{new URL(origin).host}</code>
			</p>
		</Panel>
	);
}

export function Guides(input: SetupInput & { source: string }) {
	const words = setupWords[input.language];
	return (
		<Panel id="veiledninger" title={words.guides} subtitle={words.guidesLead} class="guides">
			{guides.map((guide) => (
				<GuideFold {...input} guide={guide} />
			))}
		</Panel>
	);
}

/** The day on which the names of menus were read. */
const readOn = "2026-11-23";

function GuideFold({ guide, source, language, ...input }: SetupInput & { source: string; guide: Guide }) {
	const words = setupWords[language];
	const { name, steps, tried, file } = guide;
	const address = gateAddress(input, file ?? source);
	return (
		<details id={`guide-${name.toLowerCase().replace(/\W+/g, "-")}`}>
			<summary>{name === "plain HTML" ? "HTML" : name}</summary>
			<ol>
				{steps[language].map((step) => (
					<li>{step}</li>
				))}
			</ol>
			<pre>
				<code>{guide.code(address)}</code>
			</pre>
			<p class="meta">
				{words.tried}: {tried[language]}.
				{guide.source && (
					<>
						{" "}
						{words.menus} <bdi>{guide.source}</bdi> ({formatOf(language).dates(readOn, readOn)}).
					</>
				)}
			</p>
		</details>
	);
}
